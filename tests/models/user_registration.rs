//! The user registration of AWS's MCP server: two tables, the second of which makes e-mail addresses unique.
//!
//! In one table this is what `unique(email)` is to do by itself.

mod patterns;

use monotable::{Entity, ErrorKind, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::published::Published;

#[derive(Table, Debug)]
#[table(name = "Users", pk = "pk")]
enum Users {
    User(User),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Users, pk = "USER#{user_id}")]
struct User {
    user_id: String,
    email: String,
    full_name: String,
    created_at: String,
}

#[derive(Table, Debug)]
#[table(name = "EmailLookup", pk = "pk")]
enum Emails {
    EmailLookup(EmailLookup),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Emails, pk = "EMAIL#{email}")]
struct EmailLookup {
    email: String,
    user_id: String,
}

fn lookup(user_id: &str) -> EmailLookup {
    EmailLookup { email: "bob.smith@example.com".into(), user_id: user_id.into() }
}

#[test]
fn keys_are_the_published_ones() {
    let Some(published) = Published::read("mcp_user_registration") else { return };
    let user = User {
        user_id: "user-bob-2024".into(),
        email: "bob.smith@example.com".into(),
        full_name: "Bob Smith".into(),
        created_at: "2024-01-20T14:45:00Z".into(),
    };
    let values = [("user_id", "user-bob-2024"), ("email", "bob.smith@example.com")];
    published.primary("User (table Users)", &values, &user);
    published.primary("EmailLookup (table EmailLookup)", &values, &lookup("user-bob-2024"));
    published.is_complete();
    let of_users = published.sample("USER#user-bob-2024", "—");
    let of_emails = published.sample("EMAIL#bob.smith@example.com", "—");
    assert_eq!((of_users["entity"].as_str(), of_emails["entity"].as_str()), ("User", "EmailLookup"));
}

#[tokio::test]
async fn an_address_is_taken_once() {
    let emails = open::<Emails>().await;
    emails.insert(&lookup("user-bob-2024")).await.expect("an insert");
    let taken = emails.insert(&lookup("user-eve-2024")).await.expect_err("the address is taken");
    assert_eq!(taken.kind(), ErrorKind::AlreadyExists);
}
