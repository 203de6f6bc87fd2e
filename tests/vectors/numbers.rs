//! Numbers in keys of ElectroDB: padded, plain, and as numbers.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::file::Vector;
use crate::lower_case::LowerCase;
use crate::made::{item, keys};
use crate::rows::{Row, refused, reproduced};

pub const ROWS: &[Row] = &[
    reproduced("edb-15-padding-42", numbers_are_padded),
    refused(
        "edb-17-padding-negative",
        "a signed integer cannot be padded: refused/padded_signed_number.rs; by itself it sorts by value",
        signed_numbers_sort_by_value,
    ),
    reproduced("edb-19-unpadded-number", plain_numbers_have_no_range),
    reproduced("edb-39-cast-string", a_number_as_text),
];

#[derive(Table)]
#[table(name = "bank", pk = "pk", sk = "sk", type = "__edb_e__")]
#[table(index(ByN, name = "gsi1", pk = "gsi1pk", sk = "gsi1sk"))]
enum Bank {
    Transaction(Transaction),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bank, type = "transaction")]
#[entity(
    pk = "$bank#accountnumber_{account_number:08}",
    sk = "$transaction_1#transactionid_{transaction_id:010}"
)]
#[entity(index(ByN, pk = "$bank#flag_{flag:plain}", sk = "$transaction_1#n_{n:plain}"))]
#[serde(rename_all = "camelCase")]
struct Transaction {
    account_number: u32,
    transaction_id: u64,
    n: Option<u32>,
    flag: Option<bool>,
    #[serde(rename = "__edb_v__")]
    model_version: String,
}

fn transaction(vector: &Vector) -> Transaction {
    let (account_number, transaction_id) = (vector.input("accountNumber"), vector.input("transactionId"));
    let (n, flag) = (vector.input("n"), vector.input("flag"));
    Transaction { account_number, transaction_id, n, flag, model_version: "1".into() }
}

fn numbers_are_padded(vector: &Vector) {
    vector.has_keys(&Transaction { n: None, flag: None, ..transaction(vector) });
}

/// `n_9` sorts behind `n_10`, so it has no range: as `{n}` it has one.
fn plain_numbers_have_no_range(vector: &Vector) {
    vector.is_item(&transaction(vector));
    let by_n = Transaction::MODEL.keys[1].sk.expect("a sort key");
    assert_eq!(by_n.source(), "$transaction_1#n_{n:plain}");
    assert!(!by_n.allows_range(0), "what the compiler asks: refused/range_on_a_plain_number.rs");
}

#[derive(Table)]
#[table(name = "bank", pk = "pk", sk = "sk")]
enum Signed {
    Posting(Posting),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Signed, pk = "$bank#accountnumber_{account_number}", sk = "$posting_1#id_{id}")]
struct Posting {
    account_number: i32,
    id: i64,
}

fn signed_numbers_sort_by_value(vector: &Vector) {
    let posting =
        Posting { account_number: vector.input("accountNumber"), id: vector.input("transactionId") };
    let made = keys(&posting);
    assert_ne!(made["pk"], vector.expected()["pk"], "the sign does not stand inside the padding");
    assert_eq!(made["pk"], "$bank#accountnumber_-9999999994");
    let sort_key = |id| keys(&Posting { id, account_number: 1 })["sk"].as_str().expect("text").to_owned();
    let ids = [i64::MIN, -10, -9, -1, 0, 1, 9, 10, i64::MAX].map(sort_key);
    assert!(ids.is_sorted(), "{ids:?}");
}

#[derive(Table)]
#[table(name = "Leaderboard", pk = "pk", sk = "sk")]
enum TextScores {
    TextScore(TextScore),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = TextScores, pk = "$leaderboard#gamertag_{gamer_tag}", sk = "{num:plain}")]
struct TextScore {
    gamer_tag: LowerCase,
    num: u32,
}

fn a_number_as_text(vector: &Vector) {
    let score = TextScore { gamer_tag: LowerCase::of(vector.text("gamerTag")), num: vector.input("num") };
    vector.has_keys(&score);
    assert_eq!(item(&score)["num"], json!(500), "the attribute is a number all the same");
}
