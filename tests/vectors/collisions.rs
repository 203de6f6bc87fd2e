//! Values that contain the delimiter: different items get one key, so they are refused.

use monotable::{Entity, PartRule, Table};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::file::Vector;
use crate::made::{keys, refused as refusal};
use crate::rows::{Row, refused};

const HOW: &str = "`PartRule::ContainsDelimiter`; `{a:escape}` takes any text";

pub const ROWS: &[Row] = &[
    refused("edb-53-collision-a", HOW, |vector| {
        assert_eq!(refusal(&labelled(vector)), ("a", PartRule::ContainsDelimiter('#')));
        escapes_apart(vector);
    }),
    refused("edb-54-collision-b", HOW, |vector| {
        assert_eq!(refusal(&labelled(vector)), ("b", PartRule::ContainsDelimiter('#')));
        escapes_apart(vector);
    }),
    refused("edb-55-template-collision-a", HOW, |vector| {
        let template = Template { a: vector.text("a"), b: vector.text("b"), c: vector.text("c") };
        assert_eq!(refusal(&template), ("a", PartRule::ContainsDelimiter('#')));
    }),
    refused("ot-19-collision-a", HOW, |vector| {
        assert_eq!(refusal(&account(vector)), ("a", PartRule::ContainsDelimiter('#')));
    }),
    refused("ot-20-collision-b", HOW, |vector| {
        assert_eq!(refusal(&account(vector)), ("b", PartRule::ContainsDelimiter('#')));
    }),
];

#[derive(Table)]
#[table(name = "service", pk = "pk", sk = "sk")]
enum Service {
    Labelled(Labelled),
    Template(Template),
    Account(Account),
    Escaped(Escaped),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Service, pk = "$s#a_{a}#b_{b}", sk = "$e_1#c_{c}")]
struct Labelled {
    a: String,
    b: String,
    c: String,
}

fn labelled(vector: &Vector) -> Labelled {
    Labelled { a: vector.text("a"), b: vector.text("b"), c: vector.text("c") }
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Service, pk = "USER#{a}#{b}", sk = "{c}")]
struct Template {
    a: String,
    b: String,
    c: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Service, pk = "acct#{a}#{b}", sk = "n#{n:06}#{s}")]
struct Account {
    a: String,
    b: String,
    n: u32,
    s: String,
}

fn account(vector: &Vector) -> Account {
    Account { a: vector.text("a"), b: vector.text("b"), n: vector.input("n"), s: vector.text("s") }
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Service, pk = "$escaped#a_{a:escape}#b_{b:escape}", sk = "$e_1#c_{c:escape}")]
struct Escaped {
    a: String,
    b: String,
    c: String,
}

/// `$` stands for what follows it: `h` for `#`, `u` for `$` itself and so on.
fn escapes_apart(vector: &Vector) {
    let made = keys(&Escaped { a: vector.text("a"), b: vector.text("b"), c: vector.text("c") });
    let expected = match vector.id() {
        "edb-53-collision-a" => "$escaped#a_x$hb_y#b_z",
        _ => "$escaped#a_x#b_y$hb_z",
    };
    assert_eq!(made, json!({ "pk": expected, "sk": "$e_1#c_1" }));
}
