//! Processing an order: the customer is checked, the product taken from stock if there is some, the order created.
//! All of it or nothing, and the error tells which part it was.

use monotable::{Entity, Error, ErrorKind, Handle, Transact};

use crate::shop::{
    Customer, Order, Product, Shop, customer, customer_key, order, product, product_key, shop_with, stored,
};

fn place<C: monotable::Binding>(transact: Transact<Shop, C>, number: u32) -> Transact<Shop, C> {
    transact
        .check(Customer::exists(customer_key()).when(Customer::BLOCKED.eq(false)))
        .update(Product::update(product_key()).sub(Product::STOCK, 1).when(Product::STOCK.ge(1)))
        .put(order(number).insert())
}

async fn process(shop: &Handle<Shop>, number: u32) -> Result<f64, Error> {
    Ok(place(shop.transact(), number).await?.write_units())
}

#[tokio::test]
async fn an_order_is_placed_as_a_whole() {
    let shop = shop_with(2).await;
    // Three items, twice one unit each, and an entry of the index.
    assert_eq!(process(&shop, 1).await.unwrap(), 7.0);
    let expected = [Shop::Customer(customer(false)), Shop::Order(order(1)), Shop::Product(product(1))];
    assert_eq!(stored(&shop).await, expected);
    assert_eq!(*shop.query(Order::by_sku("lamp")).all().await.unwrap(), [order(1)]);
}

#[tokio::test]
async fn nothing_is_sold_out_of_stock() {
    let shop = shop_with(0).await;
    let before = stored(&shop).await;
    let error = process(&shop, 1).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot update `Product` (PK = \"PRODUCT#lamp\", SK = \"PRODUCT\") in a transaction: its condition does \
         not hold; nothing was written"
    );
    assert_eq!(
        (error.kind(), error.operation(), error.entity()),
        (ErrorKind::ConditionFailed, "update", "Product")
    );
    assert!(error.is_condition_failed());
    assert_eq!(error.current::<Product>().unwrap(), Some(product(0)));
    let [checked, taken, placed] = error.actions() else { panic!("{:?}", error.actions()) };
    assert_eq!((checked.operation(), checked.entity()), ("check", "Customer"));
    assert!(checked.error().is_none() && placed.error().is_none());
    assert_eq!(taken.error().unwrap().kind(), ErrorKind::ConditionFailed);
    assert_eq!(taken.current::<Product>().unwrap(), Some(product(0)));
    assert_eq!(
        (placed.operation(), placed.key_text()),
        ("insert", Some(r#"PK = "CUSTOMER#ada", SK = "ORDER#000001""#))
    );
    assert_eq!(stored(&shop).await, before);
}

/// Every part that failed says so, and the error is that of the first.
#[tokio::test]
async fn each_part_tells_why() {
    let shop = shop_with(1).await;
    process(&shop, 1).await.unwrap();
    shop.put(&customer(true)).await.unwrap();
    let error = process(&shop, 1).await.unwrap_err();
    assert_eq!((error.operation(), error.kind()), ("check", ErrorKind::ConditionFailed));
    assert_eq!(error.current::<Customer>().unwrap(), Some(customer(true)));
    let kinds: Vec<_> = error.actions().iter().map(|action| action.error().map(Error::kind)).collect();
    let expected = [ErrorKind::ConditionFailed, ErrorKind::ConditionFailed, ErrorKind::AlreadyExists];
    assert_eq!(kinds, expected.map(Some));
    assert_eq!(error.actions()[2].current::<Order>().unwrap(), Some(order(1)));

    // What is not there has no current item.
    shop.delete(customer_key()).await.unwrap();
    let error = process(&shop, 2).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.actions()[0].current::<Customer>().unwrap()),
        (ErrorKind::NotFound, None)
    );
    shop.delete(product_key()).await.unwrap();
    let error = process(&shop, 2).await.unwrap_err();
    let kinds: Vec<_> = error.actions().iter().map(|action| action.error().map(Error::kind)).collect();
    assert_eq!(kinds, [Some(ErrorKind::NotFound), Some(ErrorKind::NotFound), None]);
}

/// What is stored shows in no text of the error, nor in the causes', but through `current`.
#[tokio::test]
async fn the_error_shows_no_item() {
    let shop = shop_with(0).await;
    let error = process(&shop, 1).await.unwrap_err();
    let mut texts = vec![format!("{error:?}"), format!("{:?}", error.actions())];
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        texts.push(format!("{error} {error:?}"));
        cause = error.source();
    }
    assert!(texts.len() > 2 && texts.iter().all(|text| !text.contains("stock")), "{texts:?}");
}

#[test]
fn it_is_a_value() {
    let input = place(Transact::<Shop>::new(), 1).explain().unwrap();
    let items = input.transact_items();
    let check = items[0].condition_check().unwrap();
    assert_eq!(check.condition_expression(), "attribute_exists(#0) AND #1 = :0");
    assert_eq!(items[1].update().unwrap().update_expression(), "ADD #0 :0");
    assert_eq!(items[1].update().unwrap().condition_expression(), Some("attribute_exists(#1) AND #0 >= :1"));
    assert_eq!(items[2].put().unwrap().condition_expression(), Some("attribute_not_exists(#0)"));
    assert_eq!(input.client_request_token(), None);
}
