//! Keys that are numbers.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::lower_case::LowerCase;
use crate::made::keys;
use crate::rows::{Row, later};

const AS_TEXT: &str = "keys that are numbers; shown are the same keys as text";

pub const ROWS: &[Row] = &[
    later("edb-13-numeric-template-keys", AS_TEXT, |vector| {
        let record = Record { number1: vector.input("number1"), number2: vector.input("number2") };
        for (attribute, text) in keys(&record).as_object().expect("keys") {
            assert_eq!(*text, json!(vector.expected()[attribute].to_string()), "{attribute}");
        }
    }),
    later("edb-21-padding-ignored-bare-template", AS_TEXT, |vector| {
        let made = keys(&Padded { a: LowerCase::of(vector.text("a")), d: vector.input("d") });
        assert_eq!(made, json!({ "pk": vector.expected()["pk"], "SK": "09" }), "padding is not ignored");
    }),
    later("edb-35-attr-as-index", AS_TEXT, |vector| {
        // The key is the attribute there: here the attribute has a name of its own, and keeps its case.
        let (account, number) = (LowerCase::of(vector.text("accountId")), vector.input("productNumber"));
        let made = keys(&Product { account, number });
        assert_eq!(made["accountId"], vector.expected()["accountId"]);
        assert_eq!(made["productNumber"], Value::from("7"));
    }),
    later("edb-37-cast-number", AS_TEXT, |vector| {
        let score = vector.text("score").parse().expect("a number");
        let made = keys(&HighScore { gamer_tag: LowerCase::of(vector.text("gamerTag")), score });
        assert_eq!(made["pk"], vector.expected()["pk"]);
        assert_eq!(made["sk"], "0000000500", "of fixed width, so that it sorts as the number does");
    }),
];

#[derive(Table)]
#[table(name = "tests", pk = "pk", sk = "sk")]
#[table(index(Gsi1, name = "gsi1", pk = "gsi1pk", sk = "gsi1sk"))]
#[table(index(Gsi2, name = "gsi2", pk = "gsi2pk"), index(Gsi3, name = "gsi3", pk = "gsi3pk"))]
enum Records {
    Record(Record),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Records, pk = "{number1:plain}", sk = "{number2:plain}", query = by_record)]
#[entity(index(Gsi1, pk = "{number2:plain}", sk = "{number1:plain}", query = another))]
#[entity(index(Gsi2, pk = "{number1:plain}", query = yet_another), index(Gsi3, pk = "{number2:plain}"))]
struct Record {
    number1: i64,
    number2: i64,
}

#[derive(Table)]
#[table(name = "padded", pk = "pk", sk = "SK")]
enum PaddedTable {
    Padded(Padded),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = PaddedTable, pk = "a#{a}", sk = "{d:02}")]
struct Padded {
    a: LowerCase,
    d: u8,
}

#[derive(Table)]
#[table(name = "products", pk = "accountId", sk = "productNumber")]
enum Products {
    Product(Product),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Products, pk = "{account}", sk = "{number:plain}")]
struct Product {
    account: LowerCase,
    number: u32,
}

#[derive(Table)]
#[table(name = "Leaderboard", pk = "pk", sk = "sk")]
enum Leaderboard {
    HighScore(HighScore),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Leaderboard, pk = "$leaderboard#gamertag_{gamer_tag}", sk = "{score}")]
struct HighScore {
    gamer_tag: LowerCase,
    score: u32,
}
