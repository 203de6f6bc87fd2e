//! edb-19: `n_9` sorts behind `n_10`.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "bank", pk = "pk", sk = "sk")]
pub enum Bank {
    Transaction(Transaction),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bank, pk = "$bank#flag_{flag:plain}", sk = "$transaction_1#n_{n:plain}")]
pub struct Transaction {
    pub flag: bool,
    pub n: u32,
}

fn main() {
    let _ = Transaction::by_flag(true).n_from(9u32);
}
