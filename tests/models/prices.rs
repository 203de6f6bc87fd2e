//! What a read has to cost: DynamoDB's arithmetic, from the sizes of items.

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Cost, Entity, Item};
use monotable_tests::engine;

use crate::published::stored;

/// What is stored as an item: an entity, or a table's enum of them.
pub trait Stored {
    fn item(&self) -> Item;
}

impl<E: Entity> Stored for E {
    fn item(&self) -> Item {
        stored(self)
    }
}

/// Makes a table's enum [`Stored`].
macro_rules! stored_as {
    ($table:ident: $($entity:ident),+) => {
        impl $crate::prices::Stored for $table {
            fn item(&self) -> monotable::Item {
                match self {
                    $($table::$entity(entity) => $crate::prices::Stored::item(entity),)+
                }
            }
        }
    };
}
pub(crate) use stored_as;

/// What an operation has to cost.
#[derive(Debug, Clone, Copy)]
pub struct Price {
    /// By the published rules.
    pub units: f64,
    /// As the engine of this run reports it.
    pub reported: f64,
    pub calls: u32,
    pub evaluated: u64,
}

impl Price {
    /// One page of a query that reads these items: they are added up before they are rounded.
    pub fn query<S: Stored>(items: &[S]) -> Self {
        Self::query_of_sizes(&items.iter().map(|item| size(&item.item())).collect::<Vec<_>>())
    }

    /// The same, of entries of an index that stores parts of items.
    pub fn query_of_sizes(sizes: &[usize]) -> Self {
        Self::read(blocks(sizes.iter().sum()), sizes.len())
    }

    pub fn get<E: Entity>(entity: &E) -> Self {
        Self::read(blocks(size(&stored(entity))), 1)
    }

    /// One call that reads so many times 4 KB together.
    fn read(blocks: f64, items: usize) -> Self {
        let reported = 0.5 * engine().read_units(blocks, 1.0);
        Self { units: 0.5 * blocks, reported, calls: 1, evaluated: items as u64 }
    }

    /// A batch of items that are all there: each is rounded by itself, and a call has a hundred.
    pub fn batch<S: Stored>(items: &[S]) -> Self {
        let units = items.iter().map(|item| 0.5 * blocks(size(&item.item()))).sum();
        let reported = engine().batch_read_units(units);
        Self { units, reported, calls: items.len().div_ceil(100) as u32, evaluated: items.len() as u64 }
    }

    /// A query of so many shards, each of which finds less than 4 KB.
    pub fn shards(count: u32, evaluated: u64) -> Self {
        let units = 0.5 * f64::from(count);
        Self { units, reported: units, calls: count, evaluated }
    }

    /// Two to four times as much: of `consistent()`, of a transaction.
    pub fn times(self, factor: f64) -> Self {
        Self { units: factor * self.units, reported: factor * self.reported, ..self }
    }

    /// One operation after the other.
    pub fn and(self, then: Self) -> Self {
        let (units, reported) = (self.units + then.units, self.reported + then.reported);
        let (calls, evaluated) = (self.calls + then.calls, self.evaluated + then.evaluated);
        Self { units, reported, calls, evaluated }
    }

    /// Write units of a new item, or of its deletion, with its entries in indexes that store whole items.
    pub fn write<E: Entity>(entity: &E, indexes: u32) -> f64 {
        size(&stored(entity)).div_ceil(1024) as f64 * f64::from(1 + indexes)
    }

    #[track_caller]
    pub fn is(&self, cost: &Cost, of: &str) {
        let cost = (cost.read_units(), cost.calls, cost.evaluated);
        assert_eq!(cost, (self.reported, self.calls, self.evaluated), "{of}");
    }
}

fn blocks(bytes: usize) -> f64 {
    bytes.div_ceil(4096).max(1) as f64
}

/// The size of an item as DynamoDB counts it: names and values.
pub fn size(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + size_of_value(value)).sum()
}

/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>
fn size_of_value(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => size_of_number(number),
        AttributeValue::Bool(_) | AttributeValue::Null(_) => 1,
        AttributeValue::L(list) => 3 + list.iter().map(|value| 1 + size_of_value(value)).sum::<usize>(),
        AttributeValue::M(map) => {
            3 + map.iter().map(|(name, value)| 1 + name.len() + size_of_value(value)).sum::<usize>()
        }
        other => panic!("no model has {other:?}"),
    }
}

/// About one byte for two significant digits, and one more.
fn size_of_number(number: &str) -> usize {
    let digits = number.trim_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    1 + digits.div_ceil(2)
}
