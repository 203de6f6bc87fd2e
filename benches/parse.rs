//! What taking stored keys apart costs, beside functions written by hand for the same templates.
//!
//! Those by hand trust what is stored more than `parse` does: a number may have any width, and text may be
//! empty.

use std::hint::black_box;

use monotable::{Entity, EntityKey, Table};
use monotable_benches::{Contender, compare, keep};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "bench")]
enum Bench {
    Order(Order),
    Invoice(Invoice),
    Note(Note),
    Route(Route),
    Visit(Visit),
}

/// Plain: every part ends at a delimiter.
#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bench, pk = "CUSTOMER#{customer}", sk = "ORDER#{region}#{placed_on}#{number}")]
struct Order {
    customer: String,
    region: String,
    placed_on: u32,
    number: u64,
}

/// Plain: numbers of a width that the template chooses.
#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bench, pk = "YEAR#{year:04}", sk = "INVOICE#{month:02}#{number:08}")]
struct Invoice {
    year: u16,
    month: u8,
    number: u32,
}

/// Plain, and the texts are escaped.
#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bench, pk = "NOTE#{owner:escape}", sk = "NOTE#{folder:escape}#{title:escape}")]
struct Note {
    owner: String,
    folder: String,
    title: String,
}

/// Searched: the text may contain what closes it.
#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bench, pk = "ROUTE#{from}-{hops:02}", sk = "via{stop}via#{leg:plain}")]
struct Route {
    from: String,
    hops: u8,
    stop: String,
    leg: i16,
}

/// Searched: the text in front of others may contain what closes it.
#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bench, pk = "GUEST#{guest}", sk = "VISIT#{place}-{room:03}#{host}#{number}")]
struct Visit {
    guest: String,
    place: String,
    room: u16,
    host: String,
    number: u32,
}

fn order(partition: &str, sort: &str) -> Option<OrderKey> {
    let customer = partition.strip_prefix("CUSTOMER#")?.to_owned();
    let (region, rest) = sort.strip_prefix("ORDER#")?.split_once('#')?;
    let (placed_on, number) = rest.split_once('#')?;
    let (region, placed_on, number) = (region.to_owned(), placed_on.parse().ok()?, number.parse().ok()?);
    Some(OrderKey { customer, region, placed_on, number })
}

fn invoice(partition: &str, sort: &str) -> Option<InvoiceKey> {
    let year = partition.strip_prefix("YEAR#")?.parse().ok()?;
    let (month, number) = sort.strip_prefix("INVOICE#")?.split_once('#')?;
    Some(InvoiceKey { year, month: month.parse().ok()?, number: number.parse().ok()? })
}

fn note(partition: &str, sort: &str) -> Option<NoteKey> {
    let owner = unescape(partition.strip_prefix("NOTE#")?)?;
    let (folder, title) = sort.strip_prefix("NOTE#")?.split_once('#')?;
    Some(NoteKey { owner, folder: unescape(folder)?, title: unescape(title)? })
}

/// The codes of printable characters only.
fn unescape(text: &str) -> Option<String> {
    let mut pieces = text.split('$');
    let mut out = String::with_capacity(text.len());
    out.push_str(pieces.next()?);
    for piece in pieces {
        let mut rest = piece.chars();
        out.push(match rest.next()? {
            '_' => ' ',
            'b' => '!',
            'd' => '"',
            'h' => '#',
            'm' => '$',
            _ => return None,
        });
        out.push_str(rest.as_str());
    }
    Some(out)
}

fn route(partition: &str, sort: &str) -> Option<RouteKey> {
    let (from, hops) = partition.strip_prefix("ROUTE#")?.rsplit_once('-')?;
    let (stop, leg) = sort.strip_prefix("via")?.rsplit_once("via#")?;
    let (from, hops) = (from.to_owned(), hops.parse().ok()?);
    Some(RouteKey { from, hops, stop: stop.to_owned(), leg: leg.parse().ok()? })
}

fn visit(partition: &str, sort: &str) -> Option<VisitKey> {
    let guest = partition.strip_prefix("GUEST#")?.to_owned();
    let (place, rest) = sort.strip_prefix("VISIT#")?.split_once('#')?;
    let (place, room) = place.rsplit_once('-')?;
    let (host, number) = rest.split_once('#')?;
    let (place, room, host) = (place.to_owned(), room.parse().ok()?, host.to_owned());
    Some(VisitKey { guest, place, room, host, number: number.parse().ok()? })
}

/// Parses the texts of `key` in both ways.
fn beside<K: EntityKey + PartialEq>(title: &str, key: &K, by_hand: fn(&str, &str) -> Option<K>) {
    let text = |value: monotable::KeyValue| value.into_text();
    let partition = key.partition_key().map(text).expect("the key is valid");
    let sort = key.sort_key().map(|sort| sort.map(text)).expect("the key is valid").unwrap_or_default();
    let (partition, sort) = (partition.as_str(), sort.as_str());
    assert!(by_hand(partition, sort).as_ref() == Some(key), "by hand: {partition} {sort}");
    assert!(K::from_keys(partition, Some(sort)).as_ref() == Ok(key), "{partition} {sort}");
    let (by_hand_run, monotable) = (
        || keep(by_hand(black_box(partition), black_box(sort))),
        || keep(K::from_keys(black_box(partition), Some(black_box(sort)))),
    );
    compare(
        title,
        &[Contender { name: "by hand", run: &by_hand_run }, Contender { name: "monotable", run: &monotable }],
    );
}

fn main() {
    let (customer, region) = ("c-10042".into(), "eu-north-1".into());
    let key = OrderKey { customer, region, placed_on: 20_260_621, number: 4711 };
    beside("parse a key of text and numbers, plain", &key, order);
    let key = InvoiceKey { year: 2026, month: 6, number: 4711 };
    beside("parse a key of padded numbers, plain", &key, invoice);
    let key = NoteKey { owner: "ada".into(), folder: "letters".into(), title: "To Mr. Babbage, #7".into() };
    beside("parse a key of escaped texts, plain", &key, note);
    let key = RouteKey { from: "saint-malo".into(), hops: 3, stop: "viana".into(), leg: -12 };
    beside("parse a key of text that its literal is possible in, searched", &key, route);
    let (guest, place, host) = ("g-10042".into(), "tower-east".into(), "m.lovelace".into());
    let key = VisitKey { guest, place, room: 17, host, number: 4711 };
    beside("parse a key of four parts, searched", &key, visit);
}
