//! Undecoded items: what is decoded of them is what the entities say, and it is borrowed where it can be.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{__wire as wire, Entity, FromItem, Handle, ItemError, Table, Undecoded};
use monotable_tests::{engine, open};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::{Deserialize, Serialize};

use super::reads::things;
use super::tree::text;
use super::types::{Adjacent, Blob, External, Internal, Nested, Status, Untagged, untagged};
use super::world::{Open, Strict, Thing, World};

/// What [`Undecoded::decode`] tells to write where serde takes no `borrow` for a `Cow`.
#[derive(Deserialize, Debug)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// A [`Thing`].
#[derive(Deserialize, Debug)]
struct View<'a> {
    owner: &'a str,
    number: u32,
    label: Option<&'a str>,
    signed: i64,
    float: f64,
    #[serde(borrow)]
    blob: Cow<'a, [u8]>,
    texts: Vec<&'a str>,
    numbers: Vec<i64>,
    nested: Nested,
    status: Status,
    external: ExternalView<'a>,
    internal: Internal,
    adjacent: AdjacentView<'a>,
    untagged: UntaggedView<'a>,
    #[serde(rename = "the list")]
    list: Vec<Option<Text<'a>>>,
}

#[derive(Deserialize, Debug)]
enum ExternalView<'a> {
    Unit,
    Newtype(i64),
    Tuple(i8, #[serde(borrow)] Text<'a>),
    Struct { a: Option<u8>, b: Status },
}

#[derive(Deserialize, Debug)]
#[serde(tag = "t", content = "c")]
enum AdjacentView<'a> {
    Unit,
    Newtype(Status),
    Tuple(i8, Option<bool>),
    Struct {
        #[serde(borrow)]
        a: Cow<'a, str>,
    },
}

#[derive(Deserialize, Debug)]
#[serde(untagged)]
enum UntaggedView<'a> {
    Integer(i64),
    Large(u64),
    Float(f64),
    Text(#[serde(borrow)] Text<'a>),
    List(Vec<UntaggedView<'a>>),
    Struct { a: Box<UntaggedView<'a>> },
    Nothing(()),
}

/// An [`Open`].
#[derive(Deserialize, Debug)]
struct OpenView<'a> {
    owner: &'a str,
    number: u32,
    #[serde(flatten, borrow)]
    rest: BTreeMap<Cow<'a, str>, UntaggedView<'a>>,
}

impl View<'_> {
    fn to_owned(&self) -> Thing {
        Thing {
            owner: self.owner.into(),
            number: self.number,
            label: self.label.map(str::to_owned),
            signed: self.signed,
            float: self.float,
            blob: Blob(self.blob.to_vec()),
            texts: self.texts.iter().map(|text| (*text).to_owned()).collect(),
            numbers: self.numbers.iter().copied().collect(),
            nested: self.nested.clone(),
            status: self.status,
            external: match &self.external {
                ExternalView::Unit => External::Unit,
                ExternalView::Newtype(a) => External::Newtype(*a),
                ExternalView::Tuple(a, b) => External::Tuple(*a, b.0.clone().into()),
                ExternalView::Struct { a, b } => External::Struct { a: *a, b: *b },
            },
            internal: self.internal.clone(),
            adjacent: match &self.adjacent {
                AdjacentView::Unit => Adjacent::Unit,
                AdjacentView::Newtype(a) => Adjacent::Newtype(*a),
                AdjacentView::Tuple(a, b) => Adjacent::Tuple(*a, *b),
                AdjacentView::Struct { a } => Adjacent::Struct { a: a.clone().into() },
            },
            untagged: self.untagged.to_owned(),
            list: self.list.iter().map(|text| text.as_ref().map(|text| text.0.clone().into())).collect(),
        }
    }
}

impl UntaggedView<'_> {
    fn to_owned(&self) -> Untagged {
        match self {
            Self::Integer(a) => Untagged::Integer(*a),
            Self::Large(a) => Untagged::Large(*a),
            Self::Float(a) => Untagged::Float(*a),
            Self::Text(a) => Untagged::Text(a.0.clone().into()),
            Self::List(all) => Untagged::List(all.iter().map(Self::to_owned).collect()),
            Self::Struct { a } => Untagged::Struct { a: Box::new(a.as_ref().to_owned()) },
            Self::Nothing(()) => Untagged::Nothing(()),
        }
    }
}

impl OpenView<'_> {
    fn to_owned(&self) -> Open {
        let rest = self.rest.iter().map(|(name, value)| (name.clone().into(), value.to_owned()));
        Open { owner: self.owner.into(), number: self.number, rest: rest.collect() }
    }
}

fn check_thing<O>(items: &[Undecoded<O>], thing: &Thing, expected: &O)
where
    O: FromItem + Debug + PartialEq,
{
    let [item] = items else { panic!("{items:?}") };
    assert_eq!(item.item_type(), Thing::MODEL.type_name);
    assert_eq!(item.entity().unwrap(), *expected);
    assert_eq!(item.decode::<View<'_>>().unwrap().to_owned(), *thing);
    // What is owned is decoded as well.
    assert_eq!(item.decode::<Thing>().unwrap(), *thing);
}

async fn views_say_what_entities_do(world: &Handle<World>, thing: &Thing, open: &Open) {
    world.put(thing).await.unwrap();
    let things = world.query(Thing::by_owner("ada")).undecoded().await.unwrap();
    check_thing(&things, thing, thing);
    let any = world.item_collection(Thing::by_owner("ada")).undecoded().await.unwrap();
    check_thing(&any, thing, &World::Thing(thing.clone()));
    if thing.label.is_some() {
        let labelled = world.query(Thing::by_label("red")).undecoded().await.unwrap();
        check_thing(&labelled, thing, thing);
    }
    world.delete(thing.key()).await.unwrap();

    world.put(open).await.unwrap();
    let found = world.query(Open::by_owner("ada")).undecoded().await.unwrap();
    // Nothing of the table's own is in what is flattened.
    assert_eq!(found[0].decode::<OpenView<'_>>().unwrap().to_owned(), *open);
    world.delete(open.key()).await.unwrap();
}

fn opens() -> impl Strategy<Value = Open> {
    let rest = proptest::collection::btree_map(text().prop_map(|name| format!("n{name}")), untagged(), 0..4);
    (any::<u16>(), rest).prop_map(|(number, mut rest)| {
        // An attribute that is none is left out by the entity too.
        rest.retain(|_, value| !matches!(value, Untagged::Nothing(())));
        Open { owner: "ada".into(), number: number.into(), rest }
    })
}

#[test]
fn what_is_decoded_is_what_the_entity_says() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(open::<World>());
    let mut runner =
        TestRunner::new(Config { cases: engine().cases(60), failure_persistence: None, ..Config::default() });
    let law = |(thing, open): (Thing, Open)| {
        runtime.block_on(views_say_what_entities_do(&world, &thing, &open));
        Ok(())
    };
    runner.run(&(things(), opens()), law).unwrap();
}

/// As a JSON of `serde_json`, which escapes what has to be escaped and nothing else.
fn stored(text: &str) -> Vec<u8> {
    serde_json::to_vec(&serde_json::json!({ "S": text })).unwrap()
}

fn lies_in(part: &str, bytes: &[u8]) -> bool {
    bytes.as_ptr_range().contains(&part.as_ptr())
}

proptest! {
    #[test]
    fn a_text_without_escapes_is_not_copied(text in text()) {
        let bytes = stored(&text);
        // `{"S":""}` is eight bytes.
        let plain = bytes.len() == text.len() + 8;
        let reference = wire::read::<&str>(&bytes);
        prop_assert_eq!(reference.as_deref().ok(), plain.then_some(text.as_str()));
        let Text(cow) = wire::read::<Text<'_>>(&bytes).unwrap();
        prop_assert_eq!(matches!(cow, Cow::Borrowed(_)), plain);
        prop_assert_eq!(&cow, &text);
        prop_assert_eq!(lies_in(&cow, &bytes), plain);
        if let Ok(reference) = reference {
            prop_assert!(lies_in(reference, &bytes));
        }
    }
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "notes")]
enum Notes {
    Note(Note),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Notes, pk = "BOARD#{board}", sk = "NOTE#{number}")]
struct Note {
    board: String,
    number: u8,
    text: String,
    place: Place,
    tags: Vec<String>,
    data: Blob,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Place {
    street: String,
}

fn note(number: u8, text: &str) -> Note {
    let (street, tags) = (text.to_owned(), vec!["a".into(), text.to_owned()]);
    let data = Blob(text.as_bytes().to_vec());
    Note { board: "a".into(), number, text: text.into(), place: Place { street }, tags, data }
}

async fn board(texts: &[&str]) -> (Vec<Note>, Vec<Undecoded<Note>>) {
    let notes = open::<Notes>().await;
    let all: Vec<_> = (0..).zip(texts).map(|(number, text)| note(number, text)).collect();
    for note in &all {
        notes.put(note).await.unwrap();
    }
    (all, notes.query(Note::by_board("a")).undecoded().await.unwrap().into_inner())
}

#[derive(Deserialize, Debug)]
struct Plain<'a> {
    text: &'a str,
}

#[derive(Deserialize, Debug)]
struct Streets<'a> {
    #[serde(borrow)]
    place: Street<'a>,
}

#[derive(Deserialize, Debug)]
struct Street<'a> {
    street: &'a str,
}

#[derive(Deserialize, Debug)]
struct Tags<'a> {
    #[serde(borrow)]
    tags: Vec<&'a str>,
}

#[derive(Deserialize, Debug)]
struct Data<'a> {
    #[serde(rename = "data")]
    _data: &'a [u8],
}

#[derive(Deserialize, Debug)]
struct Whole<'a> {
    #[serde(flatten, borrow)]
    _rest: HashMap<&'a str, Text<'a>>,
}

#[derive(Deserialize, Debug)]
struct Inside<'a> {
    #[serde(flatten, borrow)]
    plain: Plain<'a>,
}

#[derive(Deserialize, Debug)]
struct Free<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    place: FreeStreet<'a>,
    tags: Vec<Text<'a>>,
    #[serde(borrow)]
    data: Cow<'a, [u8]>,
}

#[derive(Deserialize, Debug)]
struct FreeStreet<'a> {
    #[serde(borrow)]
    street: Cow<'a, str>,
}

const TEXTS: [&str; 7] = ["", "plain", "two\nlines", "\"quoted\"", "back\\slash", "naïve café 🦀", "a\u{1}b"];

#[tokio::test]
async fn whatever_the_text_a_cow_takes_it() {
    let (all, items) = board(&TEXTS).await;
    assert_eq!(items.len(), TEXTS.len());
    for (note, item) in all.iter().zip(&items) {
        let free: Free<'_> = item.decode().unwrap();
        assert_eq!(free.text, note.text);
        assert_eq!(free.place.street, note.place.street);
        assert_eq!(free.tags.iter().map(|text| text.0.as_ref()).collect::<Vec<_>>(), note.tags);
        assert_eq!(*free.data, *note.data.0);
        assert_eq!(item.entity().unwrap(), *note);
    }
}

fn message<V>(read: Result<V, ItemError>) -> String {
    read.err().expect("it is refused").to_string()
}

#[tokio::test]
async fn a_reference_to_a_text_with_escapes_is_refused_with_what_to_write() {
    let (_, items) = board(&TEXTS).await;
    for (text, item) in TEXTS.iter().zip(&items) {
        if stored(text).len() == text.len() + 8 {
            // Others than DynamoDB escape what is not ASCII.
            if text.is_ascii() {
                assert_eq!(item.decode::<Plain<'_>>().unwrap().text, *text);
                assert_eq!(item.decode::<Streets<'_>>().unwrap().place.street, *text);
                assert_eq!(item.decode::<Tags<'_>>().unwrap().tags, ["a", text]);
                assert_eq!(item.decode::<Inside<'_>>().unwrap().plain.text, *text);
            }
            continue;
        }
        let refused = |of: &str, what: &str, instead: &str| {
            format!(
                "the stored item does not read as `{of}`: {what} is written in another way than it reads, with \
                 escapes or in base64, so that no reference can be to it; write `Cow<'_, {instead}>` with \
                 `#[serde(borrow)]`"
            )
        };
        let text = "its attribute `text`";
        assert_eq!(message(item.decode::<Plain<'_>>()), refused("Plain", text, "str"));
        let place = "its attribute `place`";
        assert_eq!(message(item.decode::<Streets<'_>>()), refused("Streets", place, "str"));
        assert_eq!(message(item.decode::<Tags<'_>>()), refused("Tags", "its attribute `tags`", "str"));
        // serde has put the attributes aside by then.
        assert_eq!(message(item.decode::<Inside<'_>>()), refused("Inside", "one of its attributes", "str"));
        assert_eq!(message(item.decode::<Data<'_>>()), refused("Data", "its attribute `data`", "[u8]"));
        // The entity is no worse for it.
        item.entity().unwrap();
    }
}

#[tokio::test]
async fn what_else_is_wrong_is_said_without_what_is_stored() {
    #[derive(Deserialize, Debug)]
    struct More<'a> {
        #[serde(rename = "a colour")]
        _colour: &'a str,
    }
    #[derive(Deserialize, Debug)]
    struct Counted {
        #[serde(rename = "text")]
        _text: u32,
    }
    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Denying<'a> {
        #[serde(rename = "text")]
        _text: &'a str,
    }
    let (_, items) = board(&["secret"]).await;
    let [item] = &items[..] else { panic!("{items:?}") };
    let missing = "the stored item lacks the attribute `a colour`, which `More` needs";
    assert_eq!(message(item.decode::<More<'_>>()), missing);
    let other = "the stored item does not read as `Counted`: its attribute `text` has another form";
    assert_eq!(message(item.decode::<Counted>()), other);
    assert!(message(item.decode::<Denying<'_>>()).starts_with("the stored item does not read as `Denying`"));
    assert!(message(item.decode::<Whole<'_>>()).starts_with("the stored item does not read as `Whole`"));
    assert_eq!(format!("{item:?}"), "Undecoded(\"Note\")");
}

#[tokio::test]
async fn decoding_again_finds_the_same_bytes() {
    let (_, items) = board(&["first", "second"]).await;
    let first: Plain<'_> = items[0].decode().unwrap();
    let again: Plain<'_> = items[0].decode().unwrap();
    assert!(std::ptr::eq(first.text, again.text));
    let clone = items[0].clone();
    let of_clone: Plain<'_> = clone.decode().unwrap();
    assert!(std::ptr::eq(first.text, of_clone.text));
    // Within one page, items lie in one piece.
    let second: Plain<'_> = items[1].decode().unwrap();
    let apart = second.text.as_ptr() as usize - first.text.as_ptr() as usize;
    assert!((10..2000).contains(&apart), "{apart} bytes apart");
    drop(items);
    assert_eq!(clone.decode::<Plain<'_>>().unwrap().text, "first");
}

/// They are for tasks and channels as entities are.
#[test]
fn items_go_anywhere() {
    fn check<T: Clone + Send + Sync + Debug + 'static>() {}
    check::<Undecoded<Strict>>();
    check::<Undecoded<World>>();
}

#[tokio::test]
async fn the_tables_own_attributes_are_left_out() {
    let notes = open::<Notes>().await;
    let item = note(1, "first").put().explain().unwrap().into_inner().item.unwrap();
    // One more attribute, as long as a name of the table's.
    let put = notes.sdk().put_item().table_name(notes.name()).set_item(Some(item));
    put.item("XX", AttributeValue::S("own".into())).send().await.unwrap();
    #[derive(Deserialize)]
    struct Names<'a> {
        #[serde(rename = "XX")]
        others: &'a str,
        #[serde(rename = "PK")]
        own: Option<&'a str>,
        #[serde(rename = "_type")]
        item_type: Option<&'a str>,
    }
    let items = notes.query(Note::by_board("a")).undecoded().await.unwrap();
    let names: Names<'_> = items[0].decode().unwrap();
    assert_eq!((names.others, names.own, names.item_type), ("own", None, None));
}
