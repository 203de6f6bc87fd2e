//! Keys that are numbers.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::file::Vector;
use crate::lower_case::LowerCase;
use crate::made::keys;
use crate::rows::{Row, reproduced, right};

pub const ROWS: &[Row] = &[
    reproduced("edb-13-numeric-template-keys", |vector| {
        let record = Record { number1: vector.input("number1"), number2: vector.input("number2") };
        has_keys_of(vector, &record);
    }),
    reproduced("edb-21-padding-ignored-bare-template", |vector| {
        has_keys_of(vector, &Unpadded { a: LowerCase::of(vector.text("a")), d: vector.input("d") });
        // With a codec it is text: padding is never ignored, because a table has text or a number there.
        let made = keys(&Padded { a: LowerCase::of(vector.text("a")), d: vector.input("d") });
        assert_eq!(made["SK"], "09");
    }),
    right(
        "edb-35-attr-as-index",
        "the key is the attribute, as it is; whoever wants it in lower case says so by its type",
        |vector| {
            let (account, number) = (vector.text("accountId"), vector.input("productNumber"));
            let made = keys(&Product { account_id: account.clone(), product_number: number });
            assert_eq!(made, json!({ "accountId": account, "productNumber": number }));
            let lower = LowerCase::of(&account);
            has_keys_of(vector, &LowerProduct { account_id: lower, product_number: number });
        },
    ),
    reproduced("edb-37-cast-number", |vector| {
        let score = vector.text("score").parse().expect("a number");
        has_keys_of(vector, &HighScore { gamer_tag: LowerCase::of(vector.text("gamerTag")), score });
    }),
];

/// All keys are the expected ones, numbers as numbers.
#[track_caller]
fn has_keys_of<E: Entity>(vector: &Vector, entity: &E) {
    let Value::Object(made) = keys(entity) else { unreachable!("keys are an object") };
    assert!(made.values().any(Value::is_number), "{made:?}");
    for (attribute, value) in made {
        assert_eq!(value, vector.expected()[&attribute], "{attribute}");
    }
}

#[derive(Table)]
#[table(name = "tests", pk = [pk: N], sk = [sk: N])]
#[table(index(Gsi1, name = "gsi1", templates, pk = [gsi1pk: N], sk = [gsi1sk: N]))]
#[table(index(Gsi2, name = "gsi2", templates, pk = [gsi2pk: N]))]
#[table(index(Gsi3, name = "gsi3", templates, pk = [gsi3pk: N]))]
enum Records {
    Record(Record),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Records, pk = "{number1}", sk = "{number2}", query = by_record)]
#[entity(index(Gsi1, pk = "{number2}", sk = "{number1}", query = another))]
#[entity(index(Gsi2, pk = "{number1}", query = yet_another), index(Gsi3, pk = "{number2}"))]
struct Record {
    number1: i64,
    number2: i64,
}

#[derive(Table)]
#[table(name = "unpadded", pk = "pk", sk = [SK: N])]
enum UnpaddedTable {
    Unpadded(Unpadded),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = UnpaddedTable, pk = "a#{a}", sk = "{d}")]
struct Unpadded {
    a: LowerCase,
    d: u8,
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
#[table(name = "products", pk = "accountId", sk = [productNumber: N])]
enum Products {
    Product(Product),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Products, pk = "{account_id}", sk = "{product_number}")]
#[serde(rename_all = "camelCase")]
struct Product {
    account_id: String,
    product_number: u32,
}

#[derive(Table)]
#[table(name = "products", pk = "accountId", sk = [productNumber: N])]
enum LowerProducts {
    Product(LowerProduct),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = LowerProducts, pk = "{account_id}", sk = "{product_number}")]
#[serde(rename_all = "camelCase")]
struct LowerProduct {
    account_id: LowerCase,
    product_number: u32,
}

#[derive(Table)]
#[table(name = "Leaderboard", pk = "pk", sk = [sk: N])]
enum Leaderboard {
    HighScore(HighScore),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Leaderboard, pk = "$leaderboard#gamertag_{gamer_tag}", sk = "{score}")]
struct HighScore {
    gamer_tag: LowerCase,
    score: u32,
}
