//! What a key costs: building one of three parts beside functions written by hand for it.

use std::fmt::Write as _;
use std::hint::black_box;

use monotable::{Entity, EntityKey as _, Table};
use monotable_benches::{Contender, compare, keep};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "bench")]
enum Bench {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bench, pk = "CUSTOMER#{customer}", sk = "ORDER#{region}#{placed_on}#{number}")]
struct Order {
    customer: String,
    region: String,
    placed_on: u32,
    number: u64,
}

/// The fastest that was found: the exact capacity, digits in place, no checks of the text.
fn by_hand(key: &OrderKey) -> String {
    let mut text = String::with_capacity(6 + key.region.len() + 1 + 10 + 1 + 20);
    text.push_str("ORDER#");
    text.push_str(&key.region);
    text.push('#');
    push_digits::<10>(&mut text, u64::from(key.placed_on));
    text.push('#');
    push_digits::<20>(&mut text, key.number);
    text
}

fn push_digits<const WIDTH: usize>(text: &mut String, mut number: u64) {
    let mut digits = [b'0'; WIDTH];
    let mut at = WIDTH;
    while number > 0 {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    text.push_str(std::str::from_utf8(&digits).unwrap_or_default());
}

/// As most write it.
fn by_format(key: &OrderKey) -> String {
    format!("ORDER#{}#{:010}#{:020}", key.region, key.placed_on, key.number)
}

/// As those write it who know that `format!` guesses the capacity.
fn by_write(key: &OrderKey) -> String {
    let mut text = String::with_capacity(6 + key.region.len() + 1 + 10 + 1 + 20);
    let _ = write!(text, "ORDER#{}#{:010}#{:020}", key.region, key.placed_on, key.number);
    text
}

fn main() {
    let key = OrderKey {
        customer: "c-10042".into(),
        region: "eu-north-1".into(),
        placed_on: 20_260_621,
        number: 4711,
    };
    let expected = by_hand(&key);
    assert_eq!(by_format(&key), expected);
    assert_eq!(key.sort_key(), Ok(Some(expected.clone().into())));
    compare(
        "build a sort key of three parts",
        &[
            Contender { name: "by hand, capacity known", run: &|| keep(by_hand(black_box(&key))) },
            Contender { name: "monotable", run: &|| keep(black_box(&key).sort_key()) },
            Contender { name: "write! into a String", run: &|| keep(by_write(black_box(&key))) },
            Contender { name: "format!", run: &|| keep(by_format(black_box(&key))) },
        ],
    );
}
