//! What is refused before anything is sent, and what the errors say.

use expect_test::expect;
use monotable::{Cursor, CursorError, CursorKeys, Error, ErrorKind, Handle, Index, Scan};
use monotable_tests::{named, open, proxied, unsuffixed};

use crate::world::*;

/// The error, that it is the only outcome, and that nothing was sent.
async fn refusal<O: std::fmt::Debug + Send + 'static, I: Index>(
    scan: impl Fn(&Handle<Shop>) -> Scan<O, I>,
    shop: &Handle<Shop>,
) -> Error {
    let (shop, proxy) = proxied(shop);
    let mut items = scan(&shop).stream();
    let error = items.next().await.unwrap().unwrap_err();
    assert!(items.next().await.is_none());
    assert_eq!((items.cursor(), items.cost().calls, items.progress().items), (None, 0, 0));
    proxy.assert_sent([]);
    assert_eq!((error.operation(), error.key_text()), ("scan", None));
    assert_eq!(scan(&shop).explain().unwrap_err().to_string(), error.to_string());
    error
}

#[tokio::test]
async fn a_scan_that_cannot_be_is_not_sent() {
    let shop = open::<Shop>().await;
    let errors = [
        refusal(|shop| shop.maintenance("").scan(), &shop).await,
        refusal(|shop| shop.maintenance(" \n\t").scan_index::<Gsi1>(), &shop).await,
        refusal(|shop| shop.maintenance("count").scan().segments(0), &shop).await,
        refusal(|shop| shop.maintenance("count").scan().segments(1_000_001), &shop).await,
        refusal(|shop| shop.maintenance("count").scan().read_units_per_second(0.0), &shop).await,
        refusal(|shop| shop.maintenance("count").scan().read_units_per_second(-1.0), &shop).await,
        refusal(|shop| shop.maintenance("count").scan().read_units_per_second(f64::NAN), &shop).await,
        refusal(|shop| shop.maintenance("count").scan().read_units_per_second(f64::INFINITY), &shop).await,
    ];
    let entities =
        refusal(|shop| shop.maintenance("count").scan().entity::<Order>().segments(0), &shop).await;
    assert!(errors.iter().all(|error| (error.kind(), error.entity()) == (ErrorKind::InvalidRequest, "Shop")));
    assert_eq!(entities.entity(), "Order");
    let errors: Vec<_> = errors.iter().map(Error::to_string).collect();
    expect![[r#"
        cannot scan `Shop`: no reason is given; say what the scan is for: `.maintenance("backfill of totals")`
        cannot scan `Shop`: no reason is given; say what the scan is for: `.maintenance("backfill of totals")`
        cannot scan `Shop` for maintenance (count): it has 0 segments, and DynamoDB takes 1 to 1000000
        cannot scan `Shop` for maintenance (count): it has 1000001 segments, and DynamoDB takes 1 to 1000000
        cannot scan `Shop` for maintenance (count): it would read 0 units a second; give a number above zero, or `.unpaced()` for no limit
        cannot scan `Shop` for maintenance (count): it would read -1 units a second; give a number above zero, or `.unpaced()` for no limit
        cannot scan `Shop` for maintenance (count): it would read NaN units a second; give a number above zero, or `.unpaced()` for no limit
        cannot scan `Shop` for maintenance (count): it would read inf units a second; give a number above zero, or `.unpaced()` for no limit"#]].assert_eq(&errors.join("\n"));
}

/// A cursor of a scan that was stopped behind its first item.
async fn cursor<O: std::fmt::Debug + Send + 'static, I: Index>(scan: Scan<O, I>) -> Cursor {
    let mut items = scan.unpaced().stream();
    items.next().await.unwrap().unwrap();
    items.cursor().unwrap()
}

#[tokio::test]
async fn a_cursor_of_something_else_is_not_sent() {
    let shop = open::<Shop>().await;
    let staging = named::<_, Shop>(&shop, "shop-staging");
    staging.create().await.unwrap();
    for (customer, shop) in [(1, &shop), (2, &shop), (1, &staging), (2, &staging)] {
        let (country, note, text) = (Some("A".into()), None, String::new());
        shop.put(&Order { customer, number: 1, waits_for: Some(1), country, total: 0, note, text })
            .await
            .unwrap();
        shop.put(&Customer { customer }).await.unwrap();
    }
    let scan = |shop: &Handle<Shop>| shop.maintenance("count").scan();
    let own = cursor(scan(&shop)).await;
    let mut changed = String::from(own.clone());
    changed.replace_range(8..9, if &changed[8..9] == "A" { "B" } else { "A" });
    let signing = shop.clone().sign_cursors(CursorKeys::new([1; 32]));

    let cursors = [
        (Cursor::from(""), CursorError::Malformed),
        (Cursor::from(changed), CursorError::Malformed),
        (cursor(scan(&staging)).await, CursorError::OtherTable),
        (cursor(shop.maintenance("count").scan_index::<Gsi1>()).await, CursorError::OtherKeys),
        (cursor(shop.maintenance("count").scan_index::<ByTotal>()).await, CursorError::OtherKeys),
        (cursor(scan(&shop).segments(1)).await, CursorError::OtherSegments { found: 1 }),
        (cursor(scan(&shop).segments(8)).await, CursorError::OtherSegments { found: 8 }),
        (
            shop.item_collection(Order::by_customer(1u8))
                .limit(1)
                .page()
                .await
                .unwrap()
                .into_inner()
                .next
                .unwrap(),
            CursorError::OtherOperation,
        ),
        (cursor(scan(&signing)).await, CursorError::NoKeys),
    ];
    for (cursor, expected) in cursors {
        let error = refusal(|shop| scan(shop).after(cursor.clone()), &shop).await;
        assert_eq!(error.kind(), ErrorKind::InvalidCursor);
        let source = std::error::Error::source(&error).unwrap();
        assert_eq!(source.downcast_ref::<CursorError>(), Some(&expected));
        assert_eq!(error.to_string(), format!("cannot scan `Shop` for maintenance (count): {expected}"));
    }
    let error =
        refusal(|shop| scan(&shop.clone().sign_cursors(CursorKeys::new([1; 32]))).after(own.clone()), &shop);
    assert_eq!(
        error.await.to_string(),
        format!("cannot scan `Shop` for maintenance (count): {}", CursorError::NotSigned)
    );

    let of_scan = shop.item_collection(Order::by_customer(1u8)).after(own.clone()).page().await.unwrap_err();
    let source = std::error::Error::source(&of_scan).unwrap();
    assert_eq!(source.downcast_ref::<CursorError>(), Some(&CursorError::OtherOperation));

    // Whatever else changes, it goes on.
    let rest = scan(&shop).entity::<Order>().page_size(1).consistent().unpaced().after(own);
    let mut rest = rest.stream();
    while let Some(item) = rest.next().await {
        item.unwrap();
    }
    assert_eq!(rest.cost().evaluated, 3);
}

#[tokio::test]
async fn what_is_to_be_sent_can_be_seen() {
    let shop = open::<Shop>().await;
    let scan = || shop.maintenance("backfill\n of  totals").scan();
    expect![[r#"
        Scan { reason: "backfill of totals", of: "Shop", index: None, segments: 4, page_size: None, read_units_per_second: Some(100.0), consistent: true, after: None, .. }
        Maintenance { table: Handle { name: "shop", .. }, reason: "count" }"#]].assert_eq(&unsuffixed(&shop, &format!("{:?}\n{:?}", scan().consistent(), shop.maintenance("count"))));
    let input = scan().explain().unwrap().into_inner();
    assert_eq!((input.segment, input.total_segments, input.limit), (Some(0), Some(4), Some(100)));
    assert_eq!(
        (input.table_name.as_deref(), input.index_name, input.consistent_read),
        (Some(shop.name()), None, None)
    );
    let input =
        shop.maintenance("count").scan_index::<Gsi1>().segments(1).unpaced().explain().unwrap().into_inner();
    assert_eq!((input.segment, input.total_segments, input.limit), (None, None, None));
    assert_eq!(input.index_name.as_deref(), Some("Gsi1"));

    for customer in 0..9 {
        shop.put(&Customer { customer }).await.unwrap();
    }
    let stopped = scan()
        .segments(1)
        .after(cursor(scan().segments(1)).await)
        .consistent()
        .explain()
        .unwrap()
        .into_inner();
    let start = stopped.exclusive_start_key.unwrap();
    assert_eq!(start["SK"].as_s().unwrap(), "PROFILE");
    assert_eq!((start.len(), stopped.consistent_read), (2, Some(true)));
}

#[tokio::test]
async fn a_table_that_is_not_there_is_an_error_with_the_reason() {
    let shop = named::<_, Shop>(&open::<Shop>().await, "shop-prod");
    let mut items = shop.maintenance("backfill of totals").scan().stream();
    let error = items.next().await.unwrap().unwrap_err();
    expect!["cannot scan `Shop` for maintenance (backfill of totals): table `shop-prod`, or an index of it, does not exist; `.create().await` on its handle creates it"].assert_eq(&unsuffixed(&shop, &error.to_string()));
    assert_eq!(error.kind(), ErrorKind::TableNotFound);
    assert!(items.cursor().is_some());
    expect!["backfill of totals: 0 items of 0 evaluated, 0 read units, 0 of 4 segments done"]
        .assert_eq(&items.progress().to_string().split(", ").take(3).collect::<Vec<_>>().join(", "));
}
