//! DeBrie's session store: a key of one half, and an index of one half, which are attributes of the item.

mod patterns;

use monotable::{Entity, ErrorKind, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::published::{Published, stored, text_of};

#[derive(Table, Debug)]
#[table(name = "sessions", pk = "session_token", untyped, index(UserIndex, pk = [username]))]
enum Sessions {
    Session(Session),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Sessions, pk = "{session_token}")]
#[entity(index(UserIndex, query = of_user))]
struct Session {
    session_token: Uuid,
    username: String,
    #[entity(ttl)]
    expires_at: u64,
}

fn session(number: u128, username: &str) -> Session {
    // In 2096.
    Session { session_token: Uuid::from_u128(number), username: username.into(), expires_at: 4_000_000_000 }
}

#[test]
fn keys_are_the_published_ones() {
    let Some(published) = Published::read("debrie_session_store") else { return };
    // The page has the names of the attributes in place of templates.
    published.mark(&["session"]);
    published.mark(&["UserIndex", "session"]);
    published.is_complete();
    let item = stored(&session(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8, "ada"));
    let token = text_of(&item, Some("session_token"));
    assert_eq!(token.as_deref(), Some("67e55044-10b1-426f-9247-bb680e5fe0c8"), "the bare token");
    assert_eq!(text_of(&item, Some("username")).as_deref(), Some("ada"));
    let mut names: Vec<_> = item.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["expires_at", "session_token", "username"], "nothing is stored twice");
}

#[tokio::test]
async fn the_sessions_of_a_user() {
    let table = open::<Sessions>().await;
    let sessions = [session(1, "ada"), session(2, "ada"), session(3, "bob")];
    for session in &sessions {
        table.insert(session).await.expect("an insert");
    }
    let again = table.insert(&sessions[0]).await.expect_err("a token is given once");
    assert_eq!(again.kind(), ErrorKind::AlreadyExists);
    let of_ada = table.query(Session::of_user("ada")).await.expect("a query");
    assert_eq!(of_ada.len(), 2);
    for session in of_ada.iter() {
        table.delete(session.key()).await.expect("a delete");
    }
    let left = table.get(SessionKey { session_token: Uuid::from_u128(3) }).await.expect("a get");
    assert_eq!(*left, Some(session(3, "bob")));
    assert_eq!(*table.query(Session::of_user("ada")).await.expect("a query"), []);
}

#[tokio::test]
async fn a_session_past_its_time_is_not_found_and_its_token_is_free() {
    let table = open::<Sessions>().await;
    let expired = Session { expires_at: 1_700_000_000, ..session(1, "ada") };
    table.insert(&expired).await.expect("an insert");
    assert_eq!(*table.get(expired.key()).await.expect("a get"), None);
    assert_eq!(*table.query(Session::of_user("ada")).count().await.expect("a count"), 0);
    table.insert(&session(1, "ada")).await.expect("a token that is free again");
}
