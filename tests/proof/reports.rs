//! What the proofs say, word for word, on tables as the design has them.

use monotable::proof::{
    EntityKeys, Key, KeyType, Language, Report, Segment, TableKeys, Template, check_entity, check_step,
    typed_from,
};

const fn literal(text: &'static str) -> Segment {
    Segment::Literal(text)
}

const fn text(field: &'static str) -> Segment {
    Segment::part(field, Language::Verbatim)
}

macro_rules! template {
    ($source:literal, $($segment:expr),+) => {
        const { Template::text($source, b'#', const { &[$($segment),+] }) }
    };
}

macro_rules! table {
    ($($name:literal: [$($key:expr),+]),+ $(,)?) => {
        TableKeys {
            name: "Shop",
            indexes: &["Gsi1"],
            entities: const { &[$(EntityKeys { name: $name, keys: const { &[$($key),+] } }),+] },
        }
    };
}

const CUSTOMER: Template = template!("CUSTOMER#{customer_id}", literal("CUSTOMER#"), text("customer_id"));
const PROFILE: Template = template!("PROFILE", literal("PROFILE"));
const ORDER: Template = template!("ORDER#{order_id}", literal("ORDER#"), text("order_id"));
const NOTE: Template = template!("{kind}#{number}", text("kind"), literal("#"), text("number"));
const LINE: Template = template!(
    "ORDER#{order_id}#LINE#{line}",
    literal("ORDER#"),
    text("order_id"),
    literal("#LINE#"),
    Segment::part("line", Language::UpTo { width: 3, max: 255 })
);
const ID: Template = Template::native("{id}", KeyType::Number, &[text("id")]);
const SEQUENCE: Template = Template::native("{sequence}", KeyType::Number, &[text("sequence")]);
const DIGEST: Template = Template::native("{digest}", KeyType::Binary, &[text("digest")]);

const fn primary(pk: Template, sk: Template) -> Key {
    Key::primary(pk, Some(sk))
}

#[track_caller]
fn says(report: Report, text: &str) {
    assert_eq!(report.as_str(), text);
}

#[track_caller]
fn holds(table: &TableKeys) {
    for entity in 0..table.entities.len() {
        assert_eq!(check_entity(table, entity).as_str(), "");
    }
}

/// As generated code has it: the proof is part of the build.
const SOUND: TableKeys = table! {
    "Customer": [primary(CUSTOMER, PROFILE), Key::index(1, CUSTOMER, None)],
    "Order": [primary(CUSTOMER, ORDER)],
    "OrderLine": [primary(CUSTOMER, LINE)],
};
const _: () = assert!(check_entity(&SOUND, 0).is_empty());
const _: () = assert!(check_entity(&SOUND, 1).is_empty());
const _: () = assert!(check_entity(&SOUND, 2).is_empty());
const ORDERS_FROM: Option<usize> = typed_from(&SOUND, 1, 0);

#[test]
fn a_nested_entity_moves_the_first_typed_step() {
    assert_eq!(typed_from(&SOUND, 0, 0), Some(0));
    assert_eq!(ORDERS_FROM, Some(1), "`ORDER#` also selects lines, a whole order key does not");
    assert_eq!(typed_from(&SOUND, 2, 0), Some(1), "`ORDER#` also selects orders, `ORDER#a#LINE#` does not");
    says(
        check_step(&SOUND, 1, 0, 0),
        r#"a query of `Order` in `Shop` also selects items of `OrderLine`
  Order      pk "CUSTOMER#{customer_id}"  sk "ORDER#{order_id}"
  OrderLine  pk "CUSTOMER#{customer_id}"  sk "ORDER#{order_id}#LINE#{line}"
for example the query for pk "CUSTOMER#a" and sk beginning with "ORDER#" selects sk "ORDER#a#LINE#111", which is
  OrderLine  customer_id = "a", order_id = "a", line = "111"
help: give the sort keys distinct first literals, or query both entities together"#,
    );
    assert!(check_step(&SOUND, 1, 0, 1).is_empty());
}

#[test]
fn a_collision() {
    let table = table! { "Order": [primary(CUSTOMER, ORDER)], "Note": [primary(CUSTOMER, NOTE)] };
    says(
        check_entity(&table, 0),
        r#"two entities of `Shop` can produce the same primary key
  Order  pk "CUSTOMER#{customer_id}"  sk "ORDER#{order_id}"
  Note   pk "CUSTOMER#{customer_id}"  sk "{kind}#{number}"
for example pk "CUSTOMER#a", sk "ORDER#a", which is
  Order  customer_id = "a", order_id = "a"
  Note   customer_id = "a", kind = "ORDER", number = "a"
help: begin one of the sort keys with a literal of its own"#,
    );
    assert!(check_entity(&table, 1).is_empty(), "a pair is reported once");
    assert_eq!(typed_from(&table, 0, 0), None);
}

#[test]
fn a_collision_without_a_sort_key() {
    const ANY: Template = template!("{tenant}#{name}", text("tenant"), literal("#"), text("name"));
    let table = table! { "Customer": [Key::primary(CUSTOMER, None)], "Tenant": [Key::primary(ANY, None)] };
    says(
        check_entity(&table, 0),
        r#"two entities of `Shop` can produce the same primary key
  Customer  pk "CUSTOMER#{customer_id}"
  Tenant    pk "{tenant}#{name}"
for example pk "CUSTOMER#a", which is
  Customer  customer_id = "a"
  Tenant    tenant = "CUSTOMER", name = "a"
help: begin one of the partition keys with a literal of its own"#,
    );
    const SHOP: Template = template!("SHOP#{shop_id}", literal("SHOP#"), text("shop_id"));
    let apart = table! { "Customer": [Key::primary(CUSTOMER, None)], "Shop": [Key::primary(SHOP, None)] };
    holds(&apart);
    assert_eq!(typed_from(&apart, 0, 0), Some(0));
}

#[test]
fn two_singletons() {
    let table = table! { "Settings": [primary(PROFILE, PROFILE)], "Limits": [primary(PROFILE, PROFILE)] };
    says(
        check_entity(&table, 0),
        r#"two entities of `Shop` can produce the same primary key
  Settings  pk "PROFILE"  sk "PROFILE"
  Limits    pk "PROFILE"  sk "PROFILE"
for example pk "PROFILE", sk "PROFILE", which is
  Settings  (no parts)
  Limits    (no parts)
help: begin one of the sort keys with a literal of its own"#,
    );
}

#[test]
fn index_keys_may_meet_and_are_then_no_typed_query() {
    const STATUS: Template = template!("STATUS#{status}", literal("STATUS#"), text("status"));
    const PLACED: Template = template!("{placed_at}", text("placed_at"));
    const BY_STATUS: Key = Key::index(1, STATUS, Some(PLACED));
    let table = table! {
        "Order": [primary(CUSTOMER, ORDER), BY_STATUS],
        "Note": [primary(CUSTOMER, PROFILE), BY_STATUS],
    };
    holds(&table);
    assert_eq!(typed_from(&table, 0, 1), None);
}

#[test]
fn an_ambiguous_template() {
    const NAME: Template = template!("{first}{last}", text("first"), text("last"));
    let table = table! { "Person": [primary(CUSTOMER, NAME)] };
    says(
        check_entity(&table, 0),
        r#"two different `Person` can produce the same key "{first}{last}"
for example "aaa" is both
  first = "aa", last = "a"
  first = "a", last = "aa"
help: put a delimiter between the parts that neither of them can contain"#,
    );
}

#[test]
fn an_open_prefix() {
    const PLAIN: Language = Language::Decimal { digits: 20, signed: false };
    const OPEN: Template = template!(
        "O#{number}{tag}",
        literal("O#"),
        Segment::part("number", PLAIN),
        Segment::part("tag", Language::Words(&["-A", "-B"]))
    );
    let table = table! { "Order": [primary(CUSTOMER, OPEN)] };
    holds(&table);
    assert_eq!(typed_from(&table, 0, 0), Some(2));
    says(
        check_step(&table, 0, 0, 1),
        r#"a query of `Order` by a prefix of "O#{number}{tag}" also selects other values of the parts given
for example the prefix with number = "1" selects "O#11-A", which is number = "11", tag = "-A"
help: close the part with a delimiter that it cannot contain"#,
    );
}

#[test]
fn native_keys() {
    let table = table! { "Event": [primary(CUSTOMER, ID)], "Tick": [primary(CUSTOMER, SEQUENCE)] };
    says(
        check_entity(&table, 0),
        r#"two entities of `Shop` can produce the same primary key
  Event  pk "CUSTOMER#{customer_id}"  sk "{id}" (number)
  Tick   pk "CUSTOMER#{customer_id}"  sk "{sequence}" (number)
for example pk "CUSTOMER#a", sk 1, which is
  Event  customer_id = "a", id = 1
  Tick   customer_id = "a", sequence = 1
help: begin one of the partition keys with a literal of its own"#,
    );
    let bare = table! { "Event": [Key::primary(ID, None)], "Tick": [Key::primary(SEQUENCE, None)] };
    assert!(
        check_entity(&bare, 0)
            .as_str()
            .ends_with("help: make the keys text, which can begin with a literal of its own")
    );
    let apart = table! { "Event": [primary(CUSTOMER, ID)], "Tick": [primary(PROFILE, SEQUENCE)] };
    holds(&apart);
    assert_eq!(typed_from(&apart, 0, 0), Some(0));
    assert!(ID.allows_range(0) && !ID.allows_prefix(0));
    let by_sort_key = table! { "Event": [primary(ID, PROFILE)], "Tick": [primary(ID, ORDER)] };
    holds(&by_sort_key);
}

#[test]
fn one_attribute_has_one_type() {
    let table = table! { "Event": [primary(CUSTOMER, ID)], "Order": [primary(CUSTOMER, ORDER)] };
    says(
        check_entity(&table, 0),
        r#"`Event` and `Order` disagree about the key attributes of `Shop`
  Event  pk "CUSTOMER#{customer_id}"  sk "{id}" (number)
  Order  pk "CUSTOMER#{customer_id}"  sk "ORDER#{order_id}"
note: a key attribute has one type for all entities
help: make the key text on both sides, by a literal in front of the field"#,
    );
    let native = table! { "Event": [primary(ID, PROFILE)], "Blob": [primary(DIGEST, PROFILE)] };
    assert!(check_entity(&native, 0).as_str().contains("\"{digest}\" (binary)"));
    let half = table! { "Event": [primary(CUSTOMER, ORDER)], "Order": [Key::primary(CUSTOMER, None)] };
    says(
        check_entity(&half, 0),
        r#"`Event` and `Order` disagree about the key attributes of `Shop`
  Event  pk "CUSTOMER#{customer_id}"  sk "ORDER#{order_id}"
  Order  pk "CUSTOMER#{customer_id}"
note: the key has a sort key for all entities or for none
help: give the other entity a sort key, which may be a literal alone"#,
    );
}

#[test]
fn a_lossy_part_does_not_identify() {
    const EMAIL: Segment = Segment::lossy("email", Language::Verbatim);
    const USER: Template = template!("USER#{email:lower}", literal("USER#"), EMAIL);
    let table = table! { "User": [primary(USER, PROFILE)] };
    says(
        check_entity(&table, 0),
        r#"the primary key of `User` holds only a lossy form of `email`
  User  pk "USER#{email:lower}"  sk "PROFILE"
note: two values of `email` can have one form, and their items one key
help: put `{email}` in full into the pk or the sk as well, or give `email` a type whose values are already in that form"#,
    );
    const IN_FULL: Template = template!("{email}", text("email"));
    holds(&table! { "User": [primary(USER, IN_FULL)] });
    holds(&table! { "User": [primary(CUSTOMER, PROFILE), Key::index(1, USER, None)] });
    const NAMED: Template = template!("{name}", text("name"));
    assert!(!check_entity(&table! { "User": [primary(USER, NAMED)] }, 0).is_empty());
    assert!(!check_entity(&table! { "User": [Key::primary(USER, None)] }, 0).is_empty());
}

#[test]
fn what_cannot_be_compiled() {
    const ESCAPED: &[Segment] = &[Segment::part("name", Language::Escaped)];
    const PIPE: Template = Template::text("{name:escape}", b'|', ESCAPED);
    let table = table! { "Customer": [primary(PIPE, PIPE)], "Order": [primary(PIPE, PIPE)] };
    says(
        check_entity(&table, 0),
        "the key template \"{name:escape}\" of `Customer` cannot be used\n\
         note: `name`: an order-preserving escape needs a delimiter from `!` to `/`: behind a greater one, \
         digits and letters would have to be escaped",
    );
    assert_eq!(typed_from(&table, 0, 0), None);
    for language in [
        Language::UpTo { width: 2, max: 100 },
        Language::Words(&[]),
        Language::Words(&["b", "a", "b"]),
        Language::Decimal { digits: 0, signed: false },
        Language::Signed { width: 2, max_negative: 100, max_positive: 1 },
    ] {
        let template = Template::text("{p}", b'#', vec![Segment::part("p", language)].leak());
        let keys = vec![Key::primary(template, None)].leak();
        let entities = vec![EntityKeys { name: "E", keys }].leak();
        let report = check_entity(&TableKeys { name: "T", indexes: &[], entities }, 0);
        assert!(report.as_str().contains("note: `p`: "), "{language:?}");
    }
    const ODD: Template = Template::text("X", b'x', &[literal("X")]);
    let odd = table! { "E": [Key::primary(ODD, None)] };
    assert!(check_entity(&odd, 0).as_str().ends_with("one ASCII punctuation character"));
    const HIGH: Template = template!("\u{10FFFF}", literal("\u{10FFFF}"));
    let high = table! { "E": [Key::primary(HIGH, None)] };
    assert!(check_entity(&high, 0).as_str().ends_with("where the ends of queries are"));
}

const fn repeated<const LENGTH: usize>(bytes: &'static [u8; LENGTH]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("ASCII"),
    }
}

/// An example is cut where it gets too long, and so is a report. In const evaluation: the tables of long
/// templates are too much for a thread's stack.
#[test]
fn long_templates() {
    const LONG: &str = repeated(&[b'x'; 600]);
    const TEMPLATE: Template = Template::text(LONG, b'#', &[literal(LONG)]);
    const TABLE: TableKeys =
        table! { "A": [primary(TEMPLATE, TEMPLATE)], "B": [primary(TEMPLATE, TEMPLATE)] };
    const REPORT: Report = check_entity(&TABLE, 0);
    assert!(REPORT.as_str().starts_with("two entities of `Shop`") && REPORT.as_str().ends_with("..."));
    const LONGER: &str = repeated(&[b'x'; 3000]);
    const TOO_LONG: Template = Template::text("{long}", b'#', &[literal(LONGER)]);
    let table = table! { "A": [Key::primary(TOO_LONG, None)] };
    assert!(check_entity(&table, 0).as_str().ends_with("its literals and words are too long to be proved"));
}

#[test]
fn characters_of_a_witness_are_whole() {
    const CAFE: Template = template!("CAFÉ#{id}", literal("CAFÉ#"), text("id"));
    let table = table! { "A": [Key::primary(CAFE, None)], "B": [Key::primary(CAFE, None)] };
    assert!(check_entity(&table, 0).as_str().contains("for example pk \"CAFÉ#a\", which is"));
}
