//! ElectroDB changes the case of whole keys, literals included; other rules of its texts.

use monotable::{Entity, PartRule, Table};
use serde::{Deserialize, Serialize};

use crate::file::Vector;
use crate::made::{item, keys, refused as refusal};
use crate::parts::{AnyCase, UpperCase};
use crate::rows::{Row, refused, reproduced};

pub const ROWS: &[Row] = &[
    reproduced("edb-23-casing-none-upper", each_key_has_its_case),
    reproduced("edb-25-casing-template", templates_have_their_case),
    refused(
        "edb-27-beta-empty-string",
        "`PartRule::Empty`; a part that may be empty is written as `{mall:escape}`, which gives the same key",
        an_empty_part_is_refused_unless_escaped,
    ),
    refused(
        "edb-57-case-collision-a",
        "a primary key of `{a:lower}` alone: refused/lower_case_alone_in_a_primary_key.rs; with a type for which \
         case does not count, the two are one value",
        what_differs_in_case_only_is_one_value,
    ),
    reproduced("edb-59-unicode-lower", lower_case_is_unicode),
];

#[derive(Table)]
#[table(name = "MallStoreDirectory", pk = "partition_key", sk = "sort_key")]
#[table(index(Idx1, name = "idx1", pk = "partition_key_idx1", sk = "sort_key_idx1"))]
enum Malls {
    Store(Store),
}

/// The sort key is in upper case, and `mall` is in it alone.
#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Malls, pk = "$MallStoreDirectory#id_{id}")]
#[entity(sk = "$MYCOLLECTION#MALLSTORES_1#MALL_{mall}#STORES_{stores:plain}")]
#[entity(index(
    Idx1,
    pk = "$MALLSTOREDIRECTORY#MALL_{mall}",
    sk = "$otherCollection#MallStores_1#id_{id}#stores_{stores:plain}"
))]
struct Store {
    id: String,
    mall: UpperCase,
    stores: u32,
}

fn each_key_has_its_case(vector: &Vector) {
    let (id, mall) = (vector.text("id"), UpperCase::of(vector.text("mall")));
    vector.has_keys(&Store { id, mall, stores: vector.input("stores") });
}

#[derive(Table)]
#[table(name = "MallStoreDirectory", pk = "partition_key", sk = "sort_key")]
#[table(index(ByMall, name = "idx1", pk = "partition_key_idx1", sk = "sort_key_idx1"))]
enum Templates {
    Templated(Templated),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Templates, pk = "mIxEdCaSe#{id}", sk = "MALL#{mall}#STORES#{stores:plain}")]
#[entity(index(ByMall, pk = "MALL#{mall}", sk = "iD#{id}#sToReS#{stores:plain}"))]
struct Templated {
    id: String,
    mall: UpperCase,
    stores: u32,
}

fn templates_have_their_case(vector: &Vector) {
    let (id, mall) = (vector.text("id"), UpperCase::of(vector.text("mall")));
    vector.has_keys(&Templated { id, mall, stores: vector.input("stores") });
}

#[derive(Table)]
#[table(name = "MallStoreDirectory", pk = "pk", sk = "sk")]
enum Beta {
    Whole(Whole),
    MaybeEmpty(MaybeEmpty),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Beta, pk = "$whole_1#id_{id}", sk = "$mallstores#mall_{mall}#stores_{stores:plain}")]
struct Whole {
    id: String,
    mall: String,
    stores: u32,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Beta, pk = "$mallstoredirectory_1#id_{id}")]
#[entity(sk = "$mallstores#mall_{mall:escape}#stores_{stores:plain}")]
struct MaybeEmpty {
    id: String,
    mall: String,
    stores: u32,
}

fn an_empty_part_is_refused_unless_escaped(vector: &Vector) {
    let (id, mall, stores) = (vector.text("id"), vector.text("mall"), vector.input("stores"));
    assert_eq!(refusal(&Whole { id: id.clone(), mall: mall.clone(), stores }), ("mall", PartRule::Empty));
    vector.has_keys(&MaybeEmpty { id, mall, stores });
}

#[derive(Table)]
#[table(name = "service", pk = "pk", sk = "sk")]
enum Service {
    Thing(Thing),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Service, pk = "$s#a_{a}#b_{b}", sk = "$e_1#c_{c}")]
struct Thing {
    a: AnyCase,
    b: AnyCase,
    c: AnyCase,
}

fn thing(vector: &Vector) -> Thing {
    let part = |name| AnyCase(vector.text(name));
    Thing { a: part("a"), b: part("b"), c: part("c") }
}

/// The attribute keeps its spelling, as ElectroDB's does, and the key does not.
fn what_differs_in_case_only_is_one_value(vector: &Vector) {
    let one = thing(vector);
    vector.has_keys(&one);
    assert_eq!(item(&one)["a"], vector.text("a"));
    let other = Thing { a: AnyCase("aBC".into()), ..thing(vector) };
    assert_eq!(keys(&one), keys(&other));
    assert!(one.a == other.a && one.key() == other.key(), "one key, because it is one value");
}

fn lower_case_is_unicode(vector: &Vector) {
    vector.has_keys(&thing(vector));
}
