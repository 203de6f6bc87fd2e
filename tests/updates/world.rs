//! An entity with a field of every role, updates of it as data, and what they mean in plain Rust.
// A field that is stored as the key itself has the key's name.
#![allow(non_snake_case)]

use std::collections::{BTreeMap, BTreeSet};

use monotable::{Entity, Fields, KeyPart, Table, Update};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "depot", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), index(Gsi2, pk = "GSI2PK", sk = "GSI2SK"))]
#[table(index(ByState, pk = "state", sk = "GSI3SK"), index(ByCode, pk = "GSI4PK", sk = [code: N]))]
#[table(index(ByCourier, pk = [courier, day], sk = [eta: N]), index(ByDue, local, sk = "LSI1SK"))]
#[table(index(Inverted, pk = "SK", sk = "PK"), index(BySize, local, sk = [size: N]))]
#[allow(clippy::large_enum_variant)] // One of them has a field of every role.
pub enum Depot {
    Parcel(Parcel),
    Van(Van),
}

/// Its fields are parts of keys in every way: alone, with others, beside the primary key, stored as the key itself,
/// optional, shortened, in natural and local indexes, and stored by a function.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(rename_all = "camelCase")]
#[entity(table = Depot, pk = "ROUTE#{route_no}", sk = "PARCEL#{id}", index(Inverted))]
#[entity(index(Gsi1, pk = "TENANT#{tenant:escape}#STATUS#{status}", sk = "{placed}#{id}", query = by_tenant))]
#[entity(index(Gsi2, pk = "CAMPAIGN#{campaign:lower}", sk = "RANK#{rank}#{weight}", query = by_campaign))]
#[entity(index(ByState, pk = "{state}", sk = "PARCEL"), index(ByCourier), index(BySize, sk = "{size}"))]
#[entity(index(ByCode, pk = "PARCEL#{route_no:shard(4)}", sk = "{code}", query = by_code))]
#[entity(index(ByDue, sk = "DUE#{due}#{campaign:upper}"))]
pub struct Parcel {
    pub route_no: u16,
    pub id: u8,
    pub tenant: String,
    pub status: Status,
    pub placed: u32,
    pub campaign: Option<String>,
    pub rank: Option<u8>,
    pub weight: u32,
    pub state: Option<String>,
    pub courier: Option<String>,
    pub day: Option<String>,
    pub eta: Option<u32>,
    pub due: Option<i16>,
    pub code: Option<u32>,
    pub size: i32,
    #[serde(default, with = "text")]
    pub price: Option<u64>,
    pub count: u64,
    pub warmth: Option<i32>,
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    pub lines: Vec<Line>,
    pub words: Option<Vec<String>>,
    #[serde(default, with = "serde_dynamo::string_set", skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    pub rates: BTreeMap<String, i64>,
    pub home: Place,
}

/// A key of one part that is all there is.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Depot, pk = "{PK}", sk = "VAN", index(Inverted), index(ByState, pk = "{state}", sk = "{state}#{PK}"))]
#[allow(non_snake_case)] // Stored as the key.
pub struct Van {
    pub PK: String,
    pub state: Option<String>,
    pub seats: Option<u8>,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Open,
    Sent,
}

#[derive(Fields, Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Line {
    pub sku: String,
    pub count: i64,
}

#[derive(Fields, Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Place {
    #[serde(rename = "town")]
    pub city: String,
    pub floor: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<u32>,
    pub visits: i64,
}

/// Numbers as text.
mod text {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(price: &Option<u64>, to: S) -> Result<S::Ok, S::Error> {
        price.map(|price| price.to_string()).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}

/// One clause, by its field.
#[derive(Debug, Clone)]
pub enum Step {
    Tenant(String, Status),
    Placed(u32),
    /// The group that the keys in two indexes join.
    Campaign(Option<String>, Option<i16>),
    NoCampaign,
    NoDue,
    Ranked(Option<u8>, u32),
    NoRank,
    State(Option<String>),
    NoState,
    Courier(Option<String>),
    Day(Option<String>),
    Eta(Option<u32>),
    EtaIfAbsent(u32),
    EtaLater(u32),
    Code(Option<u32>),
    CodeUp(u32),
    Size(i32),
    SizeDown(i32),
    Price(Option<u64>),
    PriceIfAbsent(u64),
    Count(u64),
    CountUp(u64),
    WarmthDown(i32),
    WarmthUp(i32),
    NoWarmth,
    Note(Option<String>),
    NoteIfAbsent(Option<String>),
    Label(String),
    Lines(Vec<Line>),
    Append(Vec<Line>),
    Prepend(Vec<Line>),
    FirstLine(i64),
    Words(Vec<String>),
    Tags(BTreeSet<String>),
    Tagged(BTreeSet<String>),
    Untagged(BTreeSet<String>),
    Rate(String, i64),
    NoRate(String),
    RateUp(String, i64),
    Home(Place),
    HomeInside(String, Option<i8>, Option<u32>, i64),
    NoFloor,
    CountFromPlace,
}

impl Step {
    /// What no two clauses of an update can share.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Tenant(..) => "tenant",
            Self::Placed(_) => "placed",
            Self::Campaign(..) | Self::NoCampaign | Self::NoDue => "campaign",
            Self::Ranked(..) | Self::NoRank => "rank",
            Self::State(_) | Self::NoState => "state",
            Self::Courier(_) => "courier",
            Self::Day(_) => "day",
            Self::Eta(_) | Self::EtaIfAbsent(_) | Self::EtaLater(_) => "eta",
            Self::Code(_) | Self::CodeUp(_) => "code",
            Self::Size(_) | Self::SizeDown(_) => "size",
            Self::Price(_) | Self::PriceIfAbsent(_) => "price",
            Self::Count(_) | Self::CountUp(_) => "count",
            // The number that it is set from is the one before.
            Self::CountFromPlace => "count",
            Self::WarmthDown(_) | Self::WarmthUp(_) | Self::NoWarmth => "warmth",
            Self::Note(_) | Self::NoteIfAbsent(_) => "note",
            Self::Label(_) => "label",
            Self::Lines(_) | Self::Append(_) | Self::Prepend(_) | Self::FirstLine(_) => "lines",
            Self::Words(_) => "words",
            Self::Tags(_) | Self::Tagged(_) | Self::Untagged(_) => "tags",
            Self::Rate(..) | Self::NoRate(_) | Self::RateUp(..) => "rates",
            Self::Home(_) | Self::HomeInside(..) | Self::NoFloor => "home",
        }
    }

    pub fn clause<C, P>(self, update: Update<Parcel, C, P>) -> Update<Parcel, C, P>
    where
        C: monotable::Binding,
    {
        match self {
            Self::Tenant(tenant, status) => update.set_together(ParcelTenantStatus { tenant, status }),
            Self::Placed(placed) => update.set(Parcel::PLACED, placed),
            Self::Campaign(campaign, due) => update.set_together(ParcelCampaignDue { campaign, due }),
            Self::NoCampaign => update.remove(Parcel::CAMPAIGN),
            Self::NoDue => update.remove(Parcel::DUE),
            Self::Ranked(rank, weight) => update.set_together(ParcelRankWeight { rank, weight }),
            Self::NoRank => update.remove(Parcel::RANK),
            Self::State(state) => update.set(Parcel::STATE, state),
            Self::NoState => update.remove(Parcel::STATE),
            Self::Courier(courier) => update.set(Parcel::COURIER, courier),
            Self::Day(day) => update.set(Parcel::DAY, day),
            Self::Eta(eta) => update.set(Parcel::ETA, eta),
            Self::EtaIfAbsent(eta) => update.set_if_absent(Parcel::ETA, eta),
            Self::EtaLater(more) => update.add(Parcel::ETA, more),
            Self::Code(code) => update.set(Parcel::CODE, code),
            Self::CodeUp(more) => update.add(Parcel::CODE, more),
            Self::Size(size) => update.set(Parcel::SIZE, size),
            Self::SizeDown(less) => update.sub(Parcel::SIZE, less),
            Self::Price(price) => update.set(Parcel::PRICE, price),
            Self::PriceIfAbsent(price) => update.set_if_absent(Parcel::PRICE, price),
            Self::Count(count) => update.set(Parcel::COUNT, count),
            Self::CountUp(more) => update.add(Parcel::COUNT, more),
            Self::WarmthDown(less) => update.sub(Parcel::WARMTH, less),
            Self::WarmthUp(more) => update.add(Parcel::WARMTH, more),
            Self::NoWarmth => update.remove(Parcel::WARMTH),
            Self::Note(note) => update.set(Parcel::NOTE, note),
            Self::NoteIfAbsent(note) => update.set_if_absent(Parcel::NOTE, note),
            Self::Label(label) => update.set(Parcel::LABEL, label),
            Self::Lines(lines) => update.set(Parcel::LINES, lines),
            Self::Append(lines) => update.append(Parcel::LINES, lines),
            Self::Prepend(lines) => update.prepend(Parcel::LINES, &lines),
            Self::FirstLine(more) => update.add(Parcel::LINES.index(0).at(Line::COUNT), more),
            Self::Words(words) => update.append(Parcel::WORDS, words),
            Self::Tags(tags) => update.set(Parcel::TAGS, tags),
            Self::Tagged(tags) => update.insert_into_set(Parcel::TAGS, tags),
            Self::Untagged(tags) => update.remove_from_set(Parcel::TAGS, tags),
            Self::Rate(name, rate) => update.set(Parcel::RATES.key(name), rate),
            Self::NoRate(name) => update.remove(Parcel::RATES.key(name)),
            Self::RateUp(name, more) => update.sub(Parcel::RATES.key(name), -more),
            Self::Home(home) => update.set(Parcel::HOME, home),
            Self::HomeInside(city, floor, zip, visits) => update
                .set(Parcel::HOME.at(Place::CITY), city)
                .set(Parcel::HOME.at(Place::FLOOR), floor)
                .set(Parcel::HOME.at(Place::ZIP), zip)
                .add(Parcel::HOME.at(Place::VISITS), visits),
            Self::NoFloor => update.set(Parcel::HOME.at(Place::FLOOR), None),
            Self::CountFromPlace => update.set_from(Parcel::COUNT, Parcel::COUNT),
        }
    }

    /// Whether DynamoDB takes it: it refuses a place inside of what is not there.
    pub fn fits(&self, parcel: &Parcel) -> bool {
        !matches!(self, Self::FirstLine(_)) || !parcel.lines.is_empty()
    }

    pub fn apply(self, parcel: &mut Parcel) {
        match self {
            Self::Tenant(tenant, status) => (parcel.tenant, parcel.status) = (tenant, status),
            Self::Placed(placed) => parcel.placed = placed,
            Self::Campaign(campaign, due) => (parcel.campaign, parcel.due) = (campaign, due),
            Self::NoCampaign => parcel.campaign = None,
            Self::NoDue => parcel.due = None,
            Self::Ranked(rank, weight) => (parcel.rank, parcel.weight) = (rank, weight),
            Self::NoRank => parcel.rank = None,
            Self::State(state) => parcel.state = state,
            Self::NoState => parcel.state = None,
            Self::Courier(courier) => parcel.courier = courier,
            Self::Day(day) => parcel.day = day,
            Self::Eta(eta) => parcel.eta = eta,
            Self::EtaIfAbsent(eta) => {
                parcel.eta.get_or_insert(eta);
            }
            Self::EtaLater(more) => *parcel.eta.get_or_insert(0) += more,
            Self::Code(code) => parcel.code = code,
            Self::CodeUp(more) => *parcel.code.get_or_insert(0) += more,
            Self::Size(size) => parcel.size = size,
            Self::SizeDown(less) => parcel.size -= less,
            Self::Price(price) => parcel.price = price,
            Self::PriceIfAbsent(price) => {
                parcel.price.get_or_insert(price);
            }
            Self::Count(count) => parcel.count = count,
            Self::CountUp(more) => parcel.count += more,
            Self::WarmthDown(less) => *parcel.warmth.get_or_insert(0) -= less,
            Self::WarmthUp(more) => *parcel.warmth.get_or_insert(0) += more,
            Self::NoWarmth => parcel.warmth = None,
            Self::Note(note) => parcel.note = note,
            Self::NoteIfAbsent(note) => parcel.note = parcel.note.take().or(note),
            Self::Label(label) => parcel.label = label,
            Self::Lines(lines) => parcel.lines = lines,
            Self::Append(lines) => parcel.lines.extend(lines),
            Self::Prepend(lines) => {
                parcel.lines.splice(0..0, lines);
            }
            Self::FirstLine(more) => parcel.lines[0].count += more,
            Self::Words(words) => parcel.words.get_or_insert_default().extend(words),
            Self::Tags(tags) => parcel.tags = tags,
            Self::Tagged(tags) => parcel.tags.extend(tags),
            Self::Untagged(tags) => parcel.tags.retain(|tag| !tags.contains(tag)),
            Self::Rate(name, rate) => {
                parcel.rates.insert(name, rate);
            }
            Self::NoRate(name) => {
                parcel.rates.remove(&name);
            }
            Self::RateUp(name, more) => *parcel.rates.entry(name).or_default() += more,
            Self::Home(home) => parcel.home = home,
            Self::HomeInside(city, floor, zip, visits) => {
                let before = parcel.home.visits;
                parcel.home = Place { city, floor, zip, visits: before + visits };
            }
            Self::NoFloor => parcel.home.floor = None,
            Self::CountFromPlace => {}
        }
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![Just("a"), Just("Bee"), Just("c d")].prop_map(str::to_owned)
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![Just(Status::Open), Just(Status::Sent)]
}

fn tags() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set(word(), 0..3)
}

fn some_tags() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set(word(), 1..3)
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    vec((word(), -9_i64..9).prop_map(|(sku, count)| Line { sku, count }), 0..3)
}

fn place() -> impl Strategy<Value = Place> {
    (word(), option::of(any::<i8>()), option::of(0_u32..3), -9_i64..9)
        .prop_map(|(city, floor, zip, visits)| Place { city, floor, zip, visits })
}

pub fn parcel() -> impl Strategy<Value = Parcel> {
    let sparse = (
        option::of(word()),
        option::of(0_u8..3),
        option::of(word()),
        option::of(word()),
        option::of(word()),
        option::of(0_u32..3),
        option::of(-2_i16..2),
        option::of(0_u32..3),
    );
    let plain = (option::of(0_u64..9), option::of(-9..9), option::of(word()), tags(), lines());
    let more = (option::of(vec(word(), 0..2)), btree_map(word(), -9_i64..9, 0..3), place(), word());
    ((word(), status(), 0_u32..3, 0_u32..3, -3..3), sparse, plain, more).prop_map(
        |((tenant, status, placed, weight, size), sparse, plain, more)| {
            let (campaign, rank, state, courier, day, eta, due, code) = sparse;
            let (price, warmth, note, tags, lines) = plain;
            let (words, rates, home, label) = more;
            let (route_no, id, count) = (7, 1, 1);
            Parcel {
                route_no,
                id,
                tenant,
                status,
                placed,
                campaign,
                rank,
                weight,
                state,
                courier,
                day,
                eta,
                due,
                code,
                size,
                price,
                count,
                warmth,
                note,
                label,
                lines,
                words,
                tags,
                rates,
                home,
            }
        },
    )
}

pub fn step() -> impl Strategy<Value = Step> {
    let keys = prop_oneof![
        (word(), status()).prop_map(|(tenant, status)| Step::Tenant(tenant, status)),
        (0_u32..3).prop_map(Step::Placed),
        (option::of(word()), option::of(-2_i16..2)).prop_map(|(campaign, due)| Step::Campaign(campaign, due)),
        Just(Step::NoCampaign),
        Just(Step::NoDue),
        (option::of(0_u8..3), 0_u32..3).prop_map(|(rank, weight)| Step::Ranked(rank, weight)),
        Just(Step::NoRank),
        option::of(word()).prop_map(Step::State),
        Just(Step::NoState),
        option::of(word()).prop_map(Step::Courier),
        option::of(word()).prop_map(Step::Day),
        option::of(0_u32..3).prop_map(Step::Eta),
        (0_u32..3).prop_map(Step::EtaIfAbsent),
        (0_u32..3).prop_map(Step::EtaLater),
        option::of(0_u32..3).prop_map(Step::Code),
        (0_u32..3).prop_map(Step::CodeUp),
        (-3..3).prop_map(Step::Size),
        (-3..3).prop_map(Step::SizeDown),
    ];
    let plain = prop_oneof![
        option::of(0_u64..9).prop_map(Step::Price),
        (0_u64..9).prop_map(Step::PriceIfAbsent),
        (0_u64..9).prop_map(Step::Count),
        (0_u64..9).prop_map(Step::CountUp),
        (-9..9).prop_map(Step::WarmthDown),
        (-9..9).prop_map(Step::WarmthUp),
        Just(Step::NoWarmth),
        option::of(word()).prop_map(Step::Note),
        option::of(word()).prop_map(Step::NoteIfAbsent),
        prop_oneof![word(), Just(String::new())].prop_map(Step::Label),
        Just(Step::CountFromPlace),
    ];
    let inside = prop_oneof![
        lines().prop_map(Step::Lines),
        lines().prop_map(Step::Append),
        lines().prop_map(Step::Prepend),
        (-9_i64..9).prop_map(Step::FirstLine),
        vec(word(), 0..3).prop_map(Step::Words),
        tags().prop_map(Step::Tags),
        some_tags().prop_map(Step::Tagged),
        some_tags().prop_map(Step::Untagged),
        (word(), -9_i64..9).prop_map(|(name, rate)| Step::Rate(name, rate)),
        word().prop_map(Step::NoRate),
        (word(), -9_i64..9).prop_map(|(name, more)| Step::RateUp(name, more)),
        place().prop_map(Step::Home),
        place().prop_map(|Place { city, floor, zip, visits }| Step::HomeInside(city, floor, zip, visits)),
        Just(Step::NoFloor),
    ];
    prop_oneof![3 => keys, 1 => plain, 2 => inside]
}

/// Steps of which an update can take all: one for a field.
pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..8).prop_map(|mut steps| {
        let mut taken = BTreeSet::new();
        steps.retain(|step| taken.insert(step.field()));
        steps
    })
}
