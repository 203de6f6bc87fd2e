//! Every query of the near misses there is: the steps taken, and the last one.

use monotable::{Handle, Index, Query};
use proptest::prelude::*;

use crate::comparing::{Question, Wanted};
use crate::entities::{Misses, Note, Order, PARTITIONS, Place, Slot, attributes};
use crate::strategies::{
    Ends, Step, byte, delimited, equal_or_prefix, hour, step, take, take_equal_or_prefix, take_text, text,
    text_step,
};

#[derive(Debug, Clone)]
pub enum Asked {
    Orders(Step<String>),
    OrdersByRank(Step<u8>),
    OrdersOfRank(u8, Step<String>),
    OrdersAlone(Step<String>),
    Slots(Step<u8>),
    SlotsOfDay(u8, Step<u16>),
    SlotsOfHour(u8, u16, Step<String>),
    SlotsByHour(Step<u16>),
    SlotsByHourAndDay(u16, Step<u8>),
    Places(Step<String>),
    PlacesOfCity(String, Step<String>),
    PlacesByStreet(Step<String>),
    PlacesOfStreet(String, Step<String>),
    Notes(Step<String>),
    NotesOfTitle(String, Step<u8>),
    NotesOfLine(u8, Step<String>),
    Everything,
    EverythingInIndex,
    EverythingAlone,
    EverythingOfRank(u8),
}

pub fn asked() -> impl Strategy<Value = Asked> {
    prop_oneof![
        text_step(text).prop_map(Asked::Orders),
        step(byte).prop_map(Asked::OrdersByRank),
        (byte(), text_step(text)).prop_map(|(rank, step)| Asked::OrdersOfRank(rank, step)),
        text_step(text).prop_map(Asked::OrdersAlone),
        step(byte).prop_map(Asked::Slots),
        (byte(), step(hour)).prop_map(|(day, step)| Asked::SlotsOfDay(day, step)),
        (byte(), hour(), text_step(text)).prop_map(|(day, hour, step)| Asked::SlotsOfHour(day, hour, step)),
        step(hour).prop_map(Asked::SlotsByHour),
        (hour(), step(byte)).prop_map(|(hour, step)| Asked::SlotsByHourAndDay(hour, step)),
        equal_or_prefix().prop_map(Asked::Places),
        (text(), text_step(text)).prop_map(|(city, step)| Asked::PlacesOfCity(city, step)),
        equal_or_prefix().prop_map(Asked::PlacesByStreet),
        (text(), text_step(text)).prop_map(|(street, step)| Asked::PlacesOfStreet(street, step)),
        text_step(delimited).prop_map(Asked::Notes),
        (delimited(), step(byte)).prop_map(|(title, step)| Asked::NotesOfTitle(title, step)),
        (byte(), text_step(delimited)).prop_map(|(line, step)| Asked::NotesOfLine(line, step)),
        Just(Asked::Everything),
        Just(Asked::EverythingInIndex),
        Just(Asked::EverythingAlone),
        byte().prop_map(Asked::EverythingOfRank),
    ]
}

/// What is in the table.
pub struct Stored<'a> {
    pub table: &'a Handle<Misses>,
    pub items: &'a [Misses],
}

impl Stored<'_> {
    pub async fn ask(&self, asked: Asked, wanted: Wanted) {
        match asked {
            Asked::Orders(_) | Asked::OrdersAlone(_) | Asked::OrdersByRank(_) | Asked::OrdersOfRank(..) => {
                self.ask_orders(asked, wanted).await;
            }
            Asked::Slots(_)
            | Asked::SlotsOfDay(..)
            | Asked::SlotsOfHour(..)
            | Asked::SlotsByHour(_)
            | Asked::SlotsByHourAndDay(..) => self.ask_slots(asked, wanted).await,
            Asked::Notes(_) | Asked::NotesOfTitle(..) | Asked::NotesOfLine(..) => {
                self.ask_notes(asked, wanted).await;
            }
            Asked::Places(_)
            | Asked::PlacesOfCity(..)
            | Asked::PlacesByStreet(_)
            | Asked::PlacesOfStreet(..) => self.ask_places(asked, wanted).await,
            _ => self.ask_everything(asked, wanted).await,
        }
    }

    async fn ask_orders(&self, asked: Asked, wanted: Wanted) {
        let (part, table, what) = (PARTITIONS[0], self.table, asked.clone());
        let orders = self.here().filter_map(|item| match item {
            Misses::Order(order) if order.part == part => Some(order.clone()),
            _ => None,
        });
        let ranked = |order: Order| Some(((order.rank?, order.name.clone()), order));
        match asked {
            Asked::Orders(step) => {
                let found = orders.filter(|order| step.selects(&order.name)).map(|o| (o.name.clone(), o));
                let (found, reversed) = (found.collect(), step.is_reversed());
                let query =
                    take_text!(table, Order::by_part(part), step, name, name_from, name_until, name_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::OrdersAlone(step) => {
                let found = orders.filter(|order| step.selects(&order.name)).map(|o| (o.name.clone(), o));
                let (found, reversed) = (found.collect(), step.is_reversed());
                let query = take_text!(table, Order::alone(part), step, name, name_from, name_until, name_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::OrdersByRank(step) => {
                let found = orders.filter_map(ranked).filter(|((rank, _), _)| step.selects(rank));
                let (found, reversed) = (found.collect(), step.is_reversed());
                let query = take!(table, Order::by_rank(part), step, rank, rank_from, rank_until, rank_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::OrdersOfRank(rank, step) => {
                let found = orders.filter_map(ranked);
                let found = found.filter(|((of, name), _)| *of == rank && step.selects(name));
                let (found, reversed) = (found.collect(), step.is_reversed());
                let query = Order::by_rank(part).rank(rank);
                let query = take_text!(table, query, step, name, name_from, name_until, name_in);
                check(&what, wanted, query, found, reversed).await;
            }
            other => unreachable!("{other:?}"),
        }
    }

    async fn ask_slots(&self, asked: Asked, wanted: Wanted) {
        let (part, table, what) = (PARTITIONS[0], self.table, asked.clone());
        let slots = self.here().filter_map(|item| match item {
            Misses::Slot(slot) if slot.part == part => Some(slot.clone()),
            _ => None,
        });
        let slots = slots.map(|slot| ((slot.day, slot.hour, slot.label.clone()), slot));
        match asked {
            Asked::Slots(step) => {
                let found = slots.filter(|(_, slot)| step.selects(&slot.day)).collect();
                let reversed = step.is_reversed();
                let query = take!(table, Slot::by_part(part), step, day, day_from, day_until, day_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::SlotsOfDay(day, step) => {
                let found = slots.filter(|(_, slot)| slot.day == day && step.selects(&slot.hour)).collect();
                let (query, reversed) = (Slot::by_part(part).day(day), step.is_reversed());
                let query = take!(table, query, step, hour, hour_from, hour_until, hour_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::SlotsOfHour(day, hour, step) => {
                let found = slots.filter(|(_, slot)| (slot.day, slot.hour) == (day, hour));
                let found = found.filter(|(_, slot)| step.selects(&slot.label)).collect();
                let (query, reversed) = (Slot::by_part(part).day(day).hour(hour), step.is_reversed());
                let query = take_text!(table, query, step, label, label_from, label_until, label_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::SlotsByHour(step) => {
                let found = slots.filter(|(_, slot)| step.selects(&slot.hour));
                let found = found.map(|(_, slot)| ((slot.hour, slot.day), slot)).collect();
                let reversed = step.is_reversed();
                let query = take!(table, Slot::by_hour(part), step, hour, hour_from, hour_until, hour_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::SlotsByHourAndDay(hour, step) => {
                let found = slots.filter(|(_, slot)| slot.hour == hour && step.selects(&slot.day));
                let found = found.map(|(_, slot)| (slot.day, slot)).collect();
                let (query, reversed) = (Slot::by_hour(part).hour(hour), step.is_reversed());
                let query = take!(table, query, step, day, day_from, day_until, day_in);
                check(&what, wanted, query, found, reversed).await;
            }
            other => unreachable!("{other:?}"),
        }
    }

    async fn ask_places(&self, asked: Asked, wanted: Wanted) {
        let (part, table, what) = (PARTITIONS[0], self.table, asked.clone());
        let places = self.here().filter_map(|item| match item {
            Misses::Place(place) if place.part == part => Some(place.clone()),
            _ => None,
        });
        match asked {
            // Where text follows text, the stored bytes decide: the delimiter is above some characters.
            Asked::Places(step) => {
                let found = places.filter(|place| step.selects(&place.city));
                let found = found.map(|place| (format!("{}#{}", place.city, place.street), place)).collect();
                let query = take_equal_or_prefix!(table, Place::by_part(part), step, city, city_in);
                check(&what, wanted, query, found, false).await;
            }
            Asked::PlacesOfCity(city, step) => {
                let found = places.filter(|place| place.city == city && step.selects(&place.street));
                let found = found.map(|place| (place.street.clone(), place)).collect();
                let (query, reversed) = (Place::by_part(part).city(city), step.is_reversed());
                let query = take_text!(table, query, step, street, street_from, street_until, street_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::PlacesByStreet(step) => {
                let found = places.filter(|place| step.selects(&place.street));
                let found = found.map(|place| (format!("{}#{}", place.street, place.city), place)).collect();
                let query = take_equal_or_prefix!(table, Place::by_street(part), step, street, street_in);
                check(&what, wanted, query, found, false).await;
            }
            Asked::PlacesOfStreet(street, step) => {
                let found = places.filter(|place| place.street == street && step.selects(&place.city));
                let found = found.map(|place| (place.city.clone(), place)).collect();
                let (query, reversed) = (Place::by_street(part).street(street), step.is_reversed());
                let query = take_text!(table, query, step, city, city_from, city_until, city_in);
                check(&what, wanted, query, found, reversed).await;
            }
            other => unreachable!("{other:?}"),
        }
    }

    async fn ask_notes(&self, asked: Asked, wanted: Wanted) {
        let (part, table, what) = (PARTITIONS[0], self.table, asked.clone());
        let notes = self.here().filter_map(|item| match item {
            Misses::Note(note) if note.part == part => Some(note.clone()),
            _ => None,
        });
        let notes = notes.map(|note| ((note.title.clone(), note.line), note));
        match asked {
            Asked::Notes(step) => {
                let found = notes.filter(|(_, note)| step.selects(&note.title)).collect();
                let (query, reversed) = (Note::by_part(part), step.is_reversed());
                let query = take_text!(table, query, step, title, title_from, title_until, title_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::NotesOfTitle(title, step) => {
                let found = notes.filter(|(_, note)| note.title == title && step.selects(&note.line));
                let (found, reversed) = (found.collect(), step.is_reversed());
                let query = Note::by_part(part).title(title);
                let query = take!(table, query, step, line, line_from, line_until, line_in);
                check(&what, wanted, query, found, reversed).await;
            }
            Asked::NotesOfLine(line, step) => {
                let found = notes.filter(|(_, note)| note.line == line && step.selects(&note.title));
                let (found, reversed) = (found.collect(), step.is_reversed());
                let query = Note::by_line(part).line(line);
                let query = take_text!(table, query, step, title, title_from, title_until, title_in);
                check(&what, wanted, query, found, reversed).await;
            }
            other => unreachable!("{other:?}"),
        }
    }

    /// Item collections: whatever entities are there.
    async fn ask_everything(&self, asked: Asked, wanted: Wanted) {
        let (part, table, what) = (PARTITIONS[0], self.table, asked.clone());
        match asked {
            // Which entity's query it comes from does not matter.
            Asked::Everything => {
                let query = table.item_collection(Slot::by_part(part));
                check(&what, wanted, query, self.collection("PK", "P#1", "SK"), false).await;
            }
            Asked::EverythingInIndex => {
                let query = table.item_collection(Place::by_street(part));
                check(&what, wanted, query, self.collection("GPK", "G#1", "GSK"), false).await;
            }
            Asked::EverythingAlone => {
                let query = table.item_collection(Order::alone(part));
                check(&what, wanted, query, self.collection("APK", "A#1", "ASK"), false).await;
            }
            // Steps that were taken still hold.
            Asked::EverythingOfRank(rank) => {
                let mut found = self.collection("GPK", "G#1", "GSK");
                found.retain(|(_, item)| matches!(item, Misses::Order(order) if order.rank == Some(rank)));
                let query = table.item_collection(Order::by_rank(part).rank(rank));
                check(&what, wanted, query, found, false).await;
            }
            other => unreachable!("{other:?}"),
        }
    }

    /// The items that have both halves of a key, one of which is given.
    fn collection(&self, pk: &str, partition: &str, sk: &str) -> Vec<(String, Misses)> {
        let entry = |item: &Misses| {
            let stored = attributes(item);
            let half = |name: &str| Some(stored.get(name)?.as_s().unwrap().clone());
            (half(pk)? == partition).then_some(())?;
            Some((half(sk)?, item.clone()))
        };
        self.here().filter_map(entry).collect()
    }

    fn here(&self) -> impl Iterator<Item = &Misses> {
        self.items.iter()
    }
}

async fn check<E, I, K>(
    asked: &Asked,
    wanted: Wanted,
    query: Query<E, I, Handle<Misses>>,
    found: Vec<(K, E)>,
    reversed: bool,
) where
    E: Send + PartialEq + std::fmt::Debug + 'static,
    I: Index,
    K: Ord,
{
    Question { asked, query, found, reversed, shards: 1 }.check(wanted).await;
}
