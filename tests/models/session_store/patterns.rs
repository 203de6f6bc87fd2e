//! The four patterns.

use super::*;
use crate::patterns::{Patterns, put_all, ran};
use crate::prices::Price;
use monotable_tests::open;

const DELETE_ALL: &str = "Delete all sessions of a user";

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("debrie_session_store", "Session store (DeBrie, ch. 18)");
    let table = open::<Sessions>().await;
    let (first, second) = (session(1, "ada"), session(2, "ada"));
    let others = [session(3, "bob"), session(4, "ada b")];
    put_all(&table, &others).await;
    put_all(&table, std::slice::from_ref(&second)).await;
    patterns.wrote(ran!(1, "Create session", table.insert(&first)), &first, 1);
    let get = ran!(2, "Get session", table.get(first.key()));
    patterns.got(get, &first);

    let keys = ran!(3, DELETE_ALL, table.query_keys(Session::of_user("ada")));
    let deletes =
        ran!(3, DELETE_ALL, table.delete(first.key())).then(ran!(3, DELETE_ALL, table.delete(second.key())));
    // The index stores whole items, of which the keys are sent.
    let query = Price::query(&[first.clone(), second.clone()]);
    let price = Price { calls: 3, ..query };
    let (mut keys, _) = patterns.priced(keys.then(deletes), price);
    keys.sort_by_key(|key| key.session_token);
    assert_eq!(keys, [first.key(), second.key()]);
    for other in &others {
        assert!(table.get(other.key()).await.expect("a get").is_some());
    }
    assert!(table.query(Session::of_user("ada")).await.expect("a query").is_empty());
    patterns.left_out(
        4,
        "Expire sessions",
        "DynamoDB's TTL, which `create` switches on; reads leave out what is past its time",
    );
    patterns.finish();
}
