//! Optimistic locks: a write takes effect only on the version that was read.

use monotable::{Entity, ErrorKind};

use crate::world::{Account, AccountKey, Order, OrderKey, Revision, Shop, Status, number, shop, stored};

fn account() -> Account {
    Account { account: 1, balance: 10, version: 0 }
}

#[tokio::test]
async fn each_put_advances_the_version_and_returns_it() {
    let (shop, _) = shop::<Shop>().await;
    let mut account = account();
    for version in 1..=3 {
        account = shop.put(&account).returning_new().await.unwrap().into_inner();
        assert_eq!(account.version, version);
        let item = stored(shop.sdk(), &account.key()).await.unwrap();
        assert_eq!(number(&item, "version"), version);
        assert_eq!(shop.get(account.key()).await.unwrap().as_ref(), Some(&account));
    }
}

#[tokio::test]
async fn a_put_of_an_old_version_is_a_conflict_with_the_current_item() {
    let (shop, _) = shop::<Shop>().await;
    let read = shop.put(&account()).returning_new().await.unwrap().into_inner();
    let newer =
        shop.put(&Account { balance: 11, ..read.clone() }).returning_new().await.unwrap().into_inner();

    let error = shop.put(&Account { balance: 12, ..read.clone() }).await.unwrap_err();
    assert_eq!((error.kind(), error.is_condition_failed()), (ErrorKind::VersionConflict, true));
    assert_eq!(error.current::<Account>().unwrap(), Some(newer.clone()));
    assert_eq!(
        error.to_string(),
        "cannot put `Account` (PK = \"ACCOUNT#0000000001\", SK = \"ACCOUNT\"): another write came between: the item \
         does not have the version that was read"
    );
    let replaced = shop.replace(&Account { balance: 12, ..read }).await.unwrap_err();
    assert_eq!((replaced.operation(), replaced.kind()), ("replace", ErrorKind::VersionConflict));
    assert_eq!(shop.get(newer.key()).await.unwrap().into_inner(), Some(newer));
}

#[tokio::test]
async fn version_zero_is_of_an_item_that_is_not_stored() {
    let (shop, _) = shop::<Shop>().await;
    assert_eq!(shop.replace(&account()).await.unwrap_err().kind(), ErrorKind::NotFound);
    shop.put(&account()).await.unwrap();
    assert_eq!(shop.put(&account()).await.unwrap_err().kind(), ErrorKind::VersionConflict);
    assert_eq!(shop.insert(&account()).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
    // Of whatever version: it is not looked at where there must be nothing.
    let insert = shop.insert(&Account { account: 2, version: 6, ..account() }).returning_new();
    assert_eq!(insert.await.unwrap().version, 7);
}

#[tokio::test]
async fn what_was_deleted_in_between_is_a_conflict_without_an_item() {
    let (shop, _) = shop::<Shop>().await;
    let read = shop.put(&account()).returning_new().await.unwrap().into_inner();
    shop.delete(read.key()).await.unwrap();
    let error = shop.put(&read).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::VersionConflict);
    assert!(
        error
            .to_string()
            .ends_with("it was deleted in between: there is no item with the version that was read")
    );
    assert_eq!(error.current::<Account>().unwrap(), None);
    assert_eq!(shop.replace(&read).await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_condition_beside_the_version_fails_for_itself() {
    let (shop, _) = shop::<Shop>().await;
    let read = shop.put(&account()).returning_new().await.unwrap().into_inner();
    let put = shop.put(&read).when(Account::BALANCE.gt(10));
    assert_eq!(put.await.unwrap_err().kind(), ErrorKind::ConditionFailed);
    shop.put(&read).when(Account::BALANCE.ge(10)).await.unwrap();
    // Both fail, and the version says more.
    let put = shop.put(&read).when(Account::BALANCE.gt(10));
    assert_eq!(put.await.unwrap_err().kind(), ErrorKind::VersionConflict);
}

#[tokio::test]
async fn a_delete_may_ask_for_the_version() {
    let (shop, _) = shop::<Shop>().await;
    let read = shop.put(&account()).returning_new().await.unwrap().into_inner();
    shop.put(&read).await.unwrap();
    let delete = |version| shop.delete(AccountKey { account: 1 }).at_version(version);
    assert_eq!(delete(1).await.unwrap_err().kind(), ErrorKind::VersionConflict);
    assert_eq!(delete(0).await.unwrap_err().kind(), ErrorKind::VersionConflict);
    delete(2).await.unwrap();
    assert_eq!(delete(2).await.unwrap_err().kind(), ErrorKind::VersionConflict);
    assert_eq!(delete(2).if_present().await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn an_item_from_before_there_were_versions_has_version_zero() {
    let (shop, _) = shop::<Shop>().await;
    let mut item = account().put().explain().unwrap().into_inner().item.unwrap();
    item.remove("version");
    shop.sdk().put_item().table_name("shop").set_item(Some(item)).send().await.unwrap();
    shop.replace(&account()).await.unwrap();
    assert_eq!(shop.replace(&account()).await.unwrap_err().kind(), ErrorKind::VersionConflict);
}

#[tokio::test]
async fn a_version_without_a_next_value_is_refused() {
    let (shop, _) = shop::<Shop>().await;
    let order = |rev| Order {
        customer: 1,
        number: 1,
        status: Status::Open,
        rev: Revision(rev),
        created_at: Default::default(),
        updated_at: Default::default(),
    };
    shop.insert(&order(254)).await.unwrap();
    let stored = shop.get(OrderKey { customer: 1, number: 1 }).await.unwrap().into_inner().unwrap();
    assert_eq!(stored.rev, Revision(255));
    let error = shop.put(&stored).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidItem);
    assert!(
        error.to_string().ends_with("its version, the attribute `v`, has no next value of its type"),
        "{error}"
    );
}

#[test]
fn the_condition_stands_in_the_request() {
    let condition = |account: &Account| {
        let put = account.put().explain().unwrap();
        let version = put.item().unwrap()["version"].as_n().unwrap().clone();
        (put.condition_expression().unwrap_or_default().to_owned(), version)
    };
    let (new, stored) = (account(), Account { version: 4, ..account() });
    assert_eq!(condition(&new), ("attribute_not_exists(#0)".to_owned(), "1".to_owned()));
    assert_eq!(condition(&stored), ("#0 = :0".to_owned(), "5".to_owned()));
    let insert = stored.insert().explain().unwrap();
    assert_eq!(insert.condition_expression(), Some("attribute_not_exists(#0)"));
    assert_eq!(insert.expression_attribute_names().unwrap()["#0"], "PK");
}

#[tokio::test]
async fn a_transaction_checks_and_advances_versions_too() {
    let (shop, _) = shop::<Shop>().await;
    let [from, to] = [1, 2].map(|account| Account { account, balance: 100, version: 0 });
    shop.transact().put(from.put()).put(to.insert()).await.unwrap();
    let read = |account| shop.get(AccountKey { account });
    let [from, to] =
        [read(1).await.unwrap().into_inner().unwrap(), read(2).await.unwrap().into_inner().unwrap()];
    assert_eq!([from.version, to.version], [1, 1]);
    shop.put(&to).await.unwrap();
    let error = shop.transact().put(from.put()).put(to.put()).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::VersionConflict, "put"));
    assert_eq!(error.current::<Account>().unwrap().unwrap().version, 2);
    assert_eq!(read(1).await.unwrap().into_inner().unwrap(), from);
}
