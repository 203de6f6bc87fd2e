//! Sparse indexes: each half of an index key is stored exactly while its own parts are there.

use monotable::Entity;
use monotable_tests::open;

use crate::client::s;
use crate::shop::*;

#[tokio::test]
async fn a_missing_part_takes_the_item_out_of_the_index_and_a_later_put_brings_it_back() {
    let shop = open::<Shop>().await;
    let open = || shop.query(Order::by_status(Status::Open));
    shop.put(&order("ada", 7)).await.unwrap();
    assert_eq!(*open().await.unwrap(), [order("ada", 7)]);

    let closed = Order { status: None, ..order("ada", 7) };
    shop.put(&closed).await.unwrap();
    assert!(open().await.unwrap().is_empty());
    assert_eq!(*shop.get(order_key("ada", 7)).await.unwrap(), Some(closed));

    shop.put(&order("ada", 7)).await.unwrap();
    assert_eq!(*open().await.unwrap(), [order("ada", 7)]);

    shop.put(&Order { status: Some(Status::Paid), ..order("ada", 7) }).await.unwrap();
    assert!(open().await.unwrap().is_empty());
    assert_eq!(shop.query(Order::by_status(Status::Paid)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn each_half_is_there_exactly_while_its_own_parts_are() {
    let shop = open::<Shop>().await;
    for case in 0..8u32 {
        let (assignee, due, priority) = (case & 1 > 0, case & 2 > 0, case & 4 > 0);
        let mut task = task("ada", case);
        task.assignee = task.assignee.filter(|_| assignee);
        task.due = task.due.filter(|_| due);
        task.priority = task.priority.filter(|_| priority);
        let item = task.put().explain().unwrap().into_inner().item.unwrap();
        assert_eq!(item.get("GSI1PK"), assignee.then(|| s("TEAM#blue#grace")).as_ref());
        assert_eq!(item.get("GSI1SK"), (due && priority).then(|| s("DUE#2026-06-01#001")).as_ref());
        assert!(!item.values().any(|value| value.is_null()));
        shop.put(&task).await.unwrap();
        assert_eq!(*shop.get(task.key()).await.unwrap(), Some(task));
    }
    let indexed = shop.query(Task::by_assignee("blue", "grace")).await.unwrap();
    assert_eq!(*indexed, [task("ada", 7)]);
}
