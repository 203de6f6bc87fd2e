//! Entities whose keys have every kind of part, in every kind of place.

use chrono::{DateTime, NaiveDate, Utc};
use monotable::{Entity, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, PartialEq)]
#[table(name = "world", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), index(Gsi2, pk = "GSI2PK"))]
pub enum World {
    Profile(Profile),
    Order(Order),
    Reading(Reading),
    Event(Event),
    Note(Note),
    Member(Member),
    Shipment(Shipment),
    Route(Route),
    Braces(Braces),
    File(File),
    Session(Session),
    Code(Code),
    Tag(Tag),
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
pub struct CustomerId(pub String);

/// One word begins with another, and one with a literal of the templates.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Open,
    #[key(rename = "OpenAgain")]
    Again,
    #[key(rename = "X#Y")]
    Odd,
}

/// No part but the customer.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
#[entity(index(Gsi1, pk = "EMAIL#{email:lower}", sk = "{customer_id}", query = by_email))]
#[entity(index(Gsi2, pk = "NICK#{nick:upper}", query = by_nick))]
pub struct Profile {
    pub customer_id: CustomerId,
    pub email: Option<String>,
    pub nick: Option<String>,
}

/// Padded numbers, at the width of the type and at a chosen one.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{year}#{number:08}")]
#[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{year}#{total:plain}", query = by_status))]
pub struct Order {
    pub customer_id: CustomerId,
    pub year: u16,
    pub number: u32,
    pub status: Option<Status>,
    pub total: i64,
}

/// Signed numbers, and parts of fixed width side by side.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "READING{sensor}{valid}", sk = "{depth}{degrees}{at:seconds}")]
pub struct Reading {
    pub sensor: uuid::Uuid,
    pub valid: bool,
    pub depth: i32,
    pub degrees: i8,
    pub at: DateTime<Utc>,
}

/// A date of a date-time that stands in the sort key in full.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "EVENT#{at:date}#{source:shard(16)}", sk = "{at:millis}#{day}#{source}")]
pub struct Event {
    pub at: DateTime<Utc>,
    pub day: NaiveDate,
    pub source: String,
}

/// Escaped text, which can be empty, in the middle and at the end.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "NOTE#{owner:escape}#{folder:escape}", sk = "NOTE#{title:escape}")]
pub struct Note {
    pub owner: String,
    pub folder: String,
    pub title: String,
}

/// A field in three forms.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "TEAM#{team}#{email:lower}", sk = "MEMBER#{team}#{email}")]
pub struct Member {
    pub team: String,
    pub email: String,
}

/// Words, and words that begin alike in front of digits.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "SHIP#{status}#{customer_id}", sk = "{status}{number}")]
pub struct Shipment {
    pub status: Status,
    pub customer_id: CustomerId,
    pub number: u8,
}

/// Text that the literal behind it is possible in.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "ROUTE#{from}-{hops:02}", sk = "via{stop}via#{leg:plain}")]
pub struct Route {
    pub from: String,
    pub hops: u8,
    pub stop: String,
    pub leg: i16,
}

/// Literal braces, in front of a part and behind one.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "{{{name}#}}", sk = "{{}}{n:plain}}}")]
pub struct Braces {
    pub name: String,
    pub n: u64,
}

/// A part in front of all literals, and text that ends as its literal does.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "{path}#FILE.txt", sk = "{name}.txt")]
pub struct File {
    pub path: String,
    pub name: String,
}

/// Identifiers in another case, of which nothing is lost.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "SESSION#{id:upper}", sk = "SESSION#{ulid:lower}")]
pub struct Session {
    pub id: uuid::Uuid,
    pub ulid: ulid::Ulid,
}

/// One character.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "CODE#{letter}#{rest:plain}", sk = "CODE")]
pub struct Code {
    pub letter: char,
    pub rest: bool,
}

/// Forms that are computed of a field, beside the field.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "TAG#{name:shard(16)}#{name:lower}#{name}", sk = "TAG#{at}")]
#[entity(index(Gsi2, pk = "{alias:shard(4)}#{alias:upper}#{alias}", query = by_alias))]
pub struct Tag {
    pub name: String,
    pub at: u8,
    pub alias: Option<String>,
}
