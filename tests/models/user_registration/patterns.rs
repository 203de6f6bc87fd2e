//! The three patterns. A transaction of this library is one of one table: so there is a table for both entities,
//! beside the published two, with the same keys.

use super::*;
use crate::patterns::{Patterns, TRANSACTION, put_all, ran};
use crate::prices::Price;
use monotable_tests::open;

#[derive(Table, Debug)]
#[table(name = "Accounts", pk = "pk")]
enum Accounts {
    Account(Account),
    Address(Address),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Accounts, pk = "USER#{user_id}")]
struct Account {
    user_id: String,
    email: String,
    full_name: String,
    created_at: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Accounts, pk = "EMAIL#{email}")]
struct Address {
    email: String,
    user_id: String,
}

/// The published sample, or someone like him.
fn bob(number: &str) -> (Account, Address) {
    let (user_id, email) = (format!("user-bob-2024{number}"), format!("bob.smith{number}@example.com"));
    let address = Address { email: email.clone(), user_id: user_id.clone() };
    let created_at = "2024-01-20T14:45:00Z".into();
    (Account { user_id, email, full_name: "Bob Smith".into(), created_at }, address)
}

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("mcp_user_registration", "User registration (awslabs MCP fixture)");
    let table = open::<Accounts>().await;
    for (account, address) in [bob(""), bob("0")] {
        put_all(&table, &[account]).await;
        put_all(&table, &[address]).await;
    }
    patterns.left_out(1, "register_user", TRANSACTION);
    patterns.left_out(2, "delete_user_with_email", TRANSACTION);
    let (account, address) = bob("");
    let both = ran!(3, "get_user_and_email", table.transact_get((account.key(), address.key())));
    // A transaction takes four times what two reads take, in one call.
    let price = Price { calls: 1, ..Price::get(&account).and(Price::get(&address)).times(4.0) };
    let found = patterns.priced(both.remark("in one table, beside the published two"), price);
    assert_eq!(found, (Some(account), Some(address)));
    patterns.finish();
}
