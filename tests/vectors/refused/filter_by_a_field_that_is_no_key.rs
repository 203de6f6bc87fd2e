//! ot-15: a field that is no part of the key became a filter there.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "MyTable", pk = "pk", sk = "sk", delimiter = ":")]
pub enum Accounts {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Accounts, pk = "account:{account_name}", sk = "user:{email}")]
pub struct User {
    pub account_name: String,
    pub email: String,
    pub role: String,
}

fn main() {
    let _ = User::by_account_name("Acme").role("admin");
}
