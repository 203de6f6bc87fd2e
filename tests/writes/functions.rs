//! The functions of `monotable::op`, for code where an entity has functions of these names: they are the entity's own.

use monotable::{Entity, ErrorKind, op};

use crate::shop::{
    Account, Order, Product, Shop, customer_key, order, order_key, product, product_key, shop_with, stored,
};

#[test]
fn each_makes_what_the_entity_makes() {
    let product = product(3);
    assert_eq!(op::put(&product).explain().unwrap(), product.put().explain().unwrap());
    assert_eq!(op::insert(&product).explain().unwrap(), product.insert().explain().unwrap());
    assert_eq!(op::replace(&product).explain().unwrap(), product.replace().explain().unwrap());
    assert_ne!(op::insert(&product).explain().unwrap(), op::replace(&product).explain().unwrap());
    assert_eq!(
        op::delete(product_key()).explain().unwrap(),
        Product::delete(product_key()).explain().unwrap()
    );
    assert_eq!(
        op::exists(product_key()).explain().unwrap(),
        Product::exists(product_key()).explain().unwrap()
    );
    assert_eq!(
        op::update(product_key()).set(Product::STOCK, 1).explain().unwrap(),
        Product::update(product_key()).set(Product::STOCK, 1).explain().unwrap()
    );
    assert_eq!(
        op::upsert(product_key()).set(Product::STOCK, 1).explain().unwrap(),
        Product::upsert(product_key()).set(Product::STOCK, 1).explain().unwrap()
    );
}

#[tokio::test]
async fn they_go_into_transactions() {
    let shop = shop_with(2).await;
    let place = |number| {
        shop.transact()
            .check(op::exists(customer_key()))
            .check(op::absent(order_key(99)))
            .update(op::update(product_key()).sub(Product::STOCK, 1))
            .put(op::insert(&order(number)))
    };
    place(1).await.unwrap();
    shop.transact()
        .put(op::replace(&order(1)))
        .put(op::put(&Account { number: 1, cents: 1, moves: 0 }))
        .delete(op::delete(order_key(7)))
        .await
        .unwrap();
    shop.put(&order(99)).await.unwrap();
    let error = place(2).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::AlreadyExists, "check"), "{error}");
    assert_eq!(error.current::<Order>().unwrap(), Some(order(99)));
    let left = stored(&shop).await;
    assert!(left.contains(&Shop::Product(product(1))) && left.contains(&Shop::Order(order(1))), "{left:?}");
    assert!(!left.contains(&Shop::Order(order(2))));
}
