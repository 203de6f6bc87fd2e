//! A corpus of statements, also run on the engine, which says by its units what was a scan.

use aws_sdk_dynamodb::Client;
use monotable::{Finding, Guard};

use monotable_tests::{Quirk, engine};

use crate::world::{Orders, about, behind, declared, orders};

/// Statements that read by key. The first four of each kind of condition are those of AWS's documentation of SELECT.
const KEYED: &[&str] = &[
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' and Address='some address'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' or OrderID = 'o2'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID IN ['o1', 'o2', 'o3']"#,
    r#"SELECT OrderID, Address FROM "Orders" WHERE OrderID = 'o1'"#,
    r#"SELECT Address FROM Orders WHERE "OrderID" = 'o1' AND "Line" = '1'"#,
    r#"select * from Orders where OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID='o1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND Line > '0'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND begins_with(Line, '1')"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND Line BETWEEN '0' AND '9'"#,
    r#"SELECT * FROM "Orders" WHERE begins_with(Line, '1') AND OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND (Address = 'x' OR Address = 'y')"#,
    r#"SELECT * FROM "Orders" WHERE (OrderID = 'o1') AND (Address <> 'x')"#,
    r#"SELECT * FROM "Orders" WHERE ((OrderID = 'o1' AND Line = '1') OR (OrderID = 'o2' AND Line = '1'))"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND NOT contains(Address, 'x')"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND Address IS NOT MISSING"#,
    r#"SELECT * FROM "Orders" WHERE OrderID IN ('o1')"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'it''s'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'a -- no comment'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'or' OR OrderID = '/* none'"#,
    "SELECT * -- everything\nFROM \"Orders\" WHERE OrderID = 'o1'",
    r#"/* by key */ SELECT * FROM "Orders" /* of it */ WHERE OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' ORDER BY Line DESC"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1';"#,
    r#"SELECT * FROM "Orders"."by-day" WHERE Day = 'd1'"#,
    r#"SELECT * FROM "Orders"."by-day" WHERE "Day" = 'd1' AND Address = 'x'"#,
    r#"SELECT * FROM "Orders"."ByCourier" WHERE courier = 'none' AND region = 'r'"#,
    r#"SELECT * FROM "Orders"."ByCourier" WHERE region IN ['r'] AND courier = 'none' AND Address = 'x'"#,
    r#"EXISTS(SELECT * FROM "Orders" WHERE OrderID = 'o1' AND Line = '1')"#,
    r#"SELECT size(Address) FROM "Orders" WHERE OrderID = 'o1'"#,
];

/// Statements that are scans, and that the engine runs as such.
const SCANS: &[&str] = &[
    r#"SELECT * FROM "Orders""#,
    r#"SELECT * FROM Orders;"#,
    r#"SELECT * FROM "Orders" WHERE OrderID > '1'"#,
    r#"SELECT * FROM "Orders" WHERE Address='some address'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' OR Address='some address'"#,
    r#"SELECT * FROM "Orders" WHERE Line = '1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID <> 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID BETWEEN 'o1' AND 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE begins_with(OrderID, 'o1')"#,
    r#"SELECT * FROM "Orders" WHERE begins_with("OrderID", 'o1') AND Line = '1'"#,
    r#"SELECT * FROM "Orders" WHERE contains(OrderID, 'o1')"#,
    r#"SELECT * FROM "Orders" WHERE NOT OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE (OrderID = 'o1' AND Line = '1') OR Line = '2'"#,
    r#"SELECT * FROM "Orders" WHERE attribute_type(OrderID, 'S')"#,
    r#"SELECT * FROM "Orders" WHERE OrderID IS NOT MISSING"#,
    r#"SELECT * FROM "Orders" WHERE Address = 'OrderID = ''o1'''"#,
    "SELECT * FROM \"Orders\" WHERE Address = 'x' -- AND OrderID = 'o1'",
    r#"SELECT * FROM "Orders" WHERE Address = 'x' /* AND OrderID = 'o1' */"#,
    r#"SELECT * FROM "Orders" WHERE "orderid" = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE Address.OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders"."by-day" WHERE OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders"."by-day" WHERE begins_with(Day, 'd1')"#,
    r#"SELECT * FROM "Orders"."by-day""#,
    r#"SELECT OrderID FROM "Orders" WHERE Address = 'OrderID'"#,
];

/// What is refused because it may be one: the engine refuses some of it too.
const DOUBTFUL: &[&str] = &[
    r#"SELECT * FROM "Orders"."ByCourier" WHERE courier = 'c'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = Address"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND OrderID = 'o2'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND OrderID > 'o0'"#,
    r#"SELECT * FROM "Orders" WHERE 'o1' = OrderID"#,
    r#"SELECT * FROM "Orders" WHERE (OrderID) = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID IN ['o1', Address]"#,
    r#"SELECT * FROM "Orders" WHERE OrderID IN []"#,
    r#"SELECT * FROM "Orders" WHERE OrderID NOT IN ['o1']"#,
    r#"SELECT * FROM "Orders" WHERE OrderID IN (SELECT OrderID FROM "Orders" WHERE OrderID = 'o1')"#,
    r#"SELECT * FROM (SELECT * FROM "Orders" WHERE OrderID = 'o1')"#,
    r#"SELECT (SELECT * FROM "Orders") FROM "Orders" WHERE OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE EXISTS(SELECT * FROM "Orders") AND OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders" AS o WHERE o.OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders", "Orders" WHERE OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1'; SELECT * FROM "Orders""#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' UNION SELECT * FROM "Orders""#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' /*"#,
    r#"SELECT * FROM "Orders" WHERE"#,
    r#"SELECT * FROM "Orders" WHERE OrderID = 'o1' AND"#,
    r#"SELECT * FROM "Orders" WHERE OrderID ="#,
    r#"SELECT * FROM "Other" WHERE OrderID = 'o1'"#,
    r#"SELECT * FROM "Orders"."other" WHERE OrderID = 'o1'"#,
    r#"EXISTS(SELECT * FROM "Orders")"#,
    r#"EXISTS(SELECT * FROM "Orders" WHERE OrderID = 'o1'"#,
    "EXPLAIN SELECT 1",
    "",
    "@",
];

/// DynamoDB takes none of these for more than one item.
const WRITES: &[&str] = &[
    r#"INSERT INTO "Orders" VALUE {'OrderID': 'n1', 'Line': '1'}"#,
    r#"update "Orders" SET Address = 'x' WHERE OrderID = 'o1' AND Line = '1'"#,
    r#"/* one */ DELETE FROM "Orders" WHERE OrderID = 'n1' AND Line = '1'"#,
];

async fn refusal(client: &Client, statement: &str) -> Option<Finding> {
    let error = client.execute_statement().statement(statement).send().await.err()?;
    Finding::in_error(&error).cloned()
}

#[tokio::test]
async fn keyed_statements_pass_and_scans_do_not() {
    let orders = orders().await;
    let (client, proxy) = behind(&orders, declared(Guard::deny(), &orders));
    let about = |statement: &&str| about(orders.name(), statement);
    for statement in SCANS.iter().chain(DOUBTFUL).map(about) {
        assert!(refusal(&client, &statement).await.is_some(), "{statement}");
    }
    assert_eq!(proxy.sent(), 0);
    for (at, statement) in KEYED.iter().chain(WRITES).map(about).enumerate() {
        assert_eq!(refusal(&client, &statement).await, None, "{statement}");
        assert_eq!(proxy.sent(), at + 1, "{statement}");
    }
}

/// The engine as a judge: reading everything costs 20 units and more, one partition 1 at most.
#[tokio::test]
async fn the_engine_agrees_on_what_is_a_scan() {
    if engine().has(Quirk::StatementUnitsPerItem) {
        // So it is no judge.
        return;
    }
    let orders = orders().await;
    let mut judged = 0;
    for (statement, is_scan) in
        KEYED.iter().map(|text| (text, false)).chain(SCANS.iter().map(|text| (text, true)))
    {
        let call = orders.sdk().execute_statement().statement(about(orders.name(), statement));
        let call = call.return_consumed_capacity(aws_sdk_dynamodb::types::ReturnConsumedCapacity::Total);
        let Ok(answer) = call.send().await else { continue };
        let units = answer.consumed_capacity().and_then(|used| used.capacity_units()).unwrap();
        // DynamoDB reads each of several partitions by its key, as its documentation says; this engine scans then.
        let upper = statement.to_uppercase();
        let several = upper.contains(" OR ") || upper.contains("'O2'");
        if !several {
            assert_eq!(units >= 10.0, is_scan, "{units}: {statement}");
            judged += 1;
        }
    }
    assert!(judged > 35, "{judged}");
}

#[tokio::test]
async fn tables_are_known_by_arn_and_by_declaration() {
    let orders = orders().await;
    let arn = "arn:aws:dynamodb:eu-north-1:123456789012:table/prod-orders";
    let guard = Guard::deny().table_named::<Orders>("prod-orders").key("plain", ["id"]).index_key(
        "plain",
        "by-x",
        ["x", "y"],
    );
    let (client, _) = behind(&orders, guard);
    for (statement, refused) in [
        (format!(r#"SELECT * FROM "{arn}" WHERE OrderID = ?"#), false),
        (format!(r#"SELECT * FROM "{arn}"."by-day" WHERE Day = ?"#), false),
        (format!(r#"SELECT * FROM "{arn}" WHERE Line = ?"#), true),
        (r#"SELECT * FROM "plain" WHERE id = 7"#.to_owned(), false),
        (r#"SELECT * FROM "plain" WHERE id = -7.5e3 AND other = 1"#.to_owned(), false),
        (r#"SELECT * FROM "plain" WHERE id = 7 + 1"#.to_owned(), true),
        (r#"SELECT * FROM "plain"."by-x" WHERE x = 1 AND y = 2"#.to_owned(), false),
        (r#"SELECT * FROM "plain"."by-x" WHERE x = 1"#.to_owned(), true),
        (r#"SELECT * FROM "Orders" WHERE OrderID = 'o1'"#.to_owned(), true),
    ] {
        assert_eq!(refusal(&client, &statement).await.is_some(), refused, "{statement}");
    }
}

/// Long conditions are read, and longer ones than DynamoDB takes are refused.
#[tokio::test]
async fn a_long_condition_is_no_problem() {
    let orders = orders().await;
    let (client, _) = behind(&orders, declared(Guard::deny(), &orders));
    let from = about(orders.name(), "SELECT * FROM Orders");
    let statement = |terms: usize| format!("{from} WHERE OrderID='o'{}", " AND a=1".repeat(terms));
    for (terms, refused) in [(1000, false), (100_000, true)] {
        assert_eq!(refusal(&client, &statement(terms)).await.is_some(), refused, "{terms}");
    }
}

/// Deep nesting is refused, not a crash.
#[tokio::test]
async fn what_is_nested_too_deeply_is_refused() {
    let orders = orders().await;
    let (client, _) = behind(&orders, declared(Guard::deny(), &orders));
    let from = about(orders.name(), "SELECT * FROM Orders");
    for (open, close) in [("(", ")"), ("[", "]"), ("NOT ", ""), ("f(", ")"), ("-", ""), ("{'a':", "}")] {
        for times in [1300, 100_000] {
            let nested = format!("{from} WHERE {}a{}", open.repeat(times), close.repeat(times));
            assert!(refusal(&client, &nested).await.is_some(), "{open}");
        }
    }
}
