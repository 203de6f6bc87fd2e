//! edb-17 and ot-17: `-5` padded is `000000-5`, which is below no other number.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "bank", pk = "pk", sk = "sk")]
pub enum Bank {
    Transaction(Transaction),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bank, pk = "$bank#accountnumber_{account_number:08}", sk = "$transaction_1")]
pub struct Transaction {
    pub account_number: i64,
}

fn main() {}
