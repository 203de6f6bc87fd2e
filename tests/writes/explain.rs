//! What is sent is what `explain` showed.

use monotable::{Entity, Transact};
use monotable_tests::proxied;
use serde_json::json;

use crate::shop::{Customer, Order, Shop, customer_key, order, order_key, shop_with, stored};

#[tokio::test]
async fn what_is_explained_is_what_is_sent() {
    let (shop, proxy) = proxied(&shop_with(1).await);
    let transact = shop
        .transact()
        .check(Customer::exists(customer_key()))
        .check(Order::absent(order_key(9)))
        .put(order(1).put())
        .put(order(2).insert())
        .delete(Order::delete(order_key(3)))
        .delete(Order::delete(order_key(4)).when(Order::SKU.ne("lamp")))
        .idempotency_token("t1");
    let explained = transact.explain().unwrap();
    transact.await.unwrap();
    let [request] = &proxy.requests()[..] else { panic!("one request") };
    let sent = request.body["TransactItems"].as_array().unwrap();
    assert_eq!(
        (&request.body["ClientRequestToken"], explained.client_request_token()),
        (&json!("t1"), Some("t1"))
    );
    assert_eq!(sent.len(), explained.transact_items().len());
    let kinds: Vec<_> =
        sent.iter().map(|action| action.as_object().unwrap().keys().next().unwrap()).collect();
    assert_eq!(kinds, ["ConditionCheck", "ConditionCheck", "Put", "Put", "Delete", "Delete"]);
    let check = explained.transact_items()[1].condition_check().unwrap();
    assert_eq!(sent[1]["ConditionCheck"]["ConditionExpression"], check.condition_expression());
    assert_eq!(sent[1]["ConditionCheck"]["ReturnValuesOnConditionCheckFailure"], "ALL_OLD");
    assert_eq!(check.condition_expression(), "attribute_not_exists(#0)");
    // Without a condition nothing can fail, and nothing is asked for.
    assert!(sent[2]["Put"].get("ReturnValuesOnConditionCheckFailure").is_none());
}

#[tokio::test]
async fn no_actions_are_not_sent() {
    let (shop, proxy) = proxied(&shop_with(1).await);
    let done = shop.transact().await.unwrap();
    assert_eq!((done.cost().calls, done.write_units(), proxy.sent()), (0, 0.0, 0));
    assert!(Transact::<Shop>::new().explain().unwrap().transact_items().is_empty());
}

#[tokio::test]
async fn deletes_and_puts_happen() {
    let shop = shop_with(1).await;
    shop.put(&order(3)).await.unwrap();
    let before = stored(&shop).await.len();
    let done = shop.transact().put(order(1).put()).delete(Order::delete(order_key(3))).await.unwrap();
    assert_eq!((stored(&shop).await.len(), done.cost().calls), (before, 1));
    assert!(shop.get(order_key(3)).await.unwrap().is_none());
    assert_eq!(shop.get(order_key(1)).await.unwrap().into_inner(), Some(order(1)));
}
