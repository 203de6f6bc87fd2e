//! Transactions over several tables.

use monotable::{Entity, ErrorKind, Handle, Table};
use monotable_tests::named;
use serde::{Deserialize, Serialize};

use crate::shop::{Shop, order, order_key, shop_with};

#[derive(Table, Debug)]
#[table(name = "log")]
enum Log {
    Entry(Entry),
}

#[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
#[entity(table = Log, pk = "LOG#{day}", sk = "{number:06}")]
struct Entry {
    day: String,
    number: u32,
}

fn entry() -> Entry {
    Entry { day: "monday".into(), number: 1 }
}

async fn both() -> (Handle<Shop>, Handle<Log>) {
    let shop = shop_with(1).await;
    let log = named::<_, Log>(&shop, "log-staging");
    log.create().await.unwrap();
    (shop, log)
}

#[tokio::test]
async fn actions_of_another_table_come_from_its_handle() {
    let (shop, log) = both().await;
    let entry_key = || EntryKey { day: "monday".into(), number: 1 };
    let transact =
        shop.transact().put(order(1).insert()).check(log.exists(entry_key())).put(log.insert(&entry()));
    // The key is checked and written: that is refused, whichever table it is in.
    assert_eq!(transact.await.unwrap_err().kind(), ErrorKind::DuplicateKey);

    let done = shop.transact().put(order(1).insert()).put(log.insert(&entry())).await.unwrap();
    // Two units each, and one for the index of the shop: those of both tables are added up.
    assert_eq!((done.cost().capacity.table.write, done.write_units()), (4.0, 5.0));
    assert_eq!(log.get(entry_key()).await.unwrap().into_inner(), Some(entry()));

    let error = shop.transact().put(order(2).insert()).put(log.insert(&entry())).await.unwrap_err();
    assert_eq!((error.entity(), error.kind()), ("Entry", ErrorKind::AlreadyExists));
    assert!(shop.get(order_key(2)).await.unwrap().is_none());

    let done = shop.transact().delete(log.delete(entry_key())).delete(shop.delete(order_key(1))).await;
    done.unwrap();
    assert!(log.get(entry_key()).await.unwrap().is_none());
}
