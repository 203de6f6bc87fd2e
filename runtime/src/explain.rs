//! Requests as values, with what they will cost: what `explain()` returns.
//!
//! [`entries`] knows what an index stores of an item, [`writes`] what writing it costs, [`reads`] what reading costs,
//! [`json`] how a request looks on the wire.

mod entries;
mod json;
mod reads;
mod request;
mod writes;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

pub(crate) use self::entries::Shape;
pub use self::request::Request;
use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::handle::Binding;
use crate::item::{Item, item_of, item_size};
use crate::metered::Capacity;
use crate::table::Table;

/// A request as it would be sent, the sizes of what it holds, and the units that it will consume.
///
/// It dereferences to the SDK's input, and prints as the JSON of the request: `{}` in one line, `{:#}` in several.
/// Nothing is sent.
///
/// What a write costs depends on the item that it meets, and what a read costs on what it finds. So the units are a
/// [`Prediction`] with bounds, and exact once that is said: `replacing(&old)`, `finding(&items)` and the like.
///
/// ```
/// # use monotable::{Entity, Table};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table)]
/// # #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
/// # enum Shop { Order(Order) }
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
/// #[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{number}"))]
/// struct Order { customer: String, number: u32, status: String, note: String }
///
/// let order = |status: &str, bytes| {
///     Order { customer: "ada".into(), number: 7, status: status.into(), note: "-".repeat(bytes) }
/// };
/// let put = order("paid", 2000).put().explain()?;
/// assert_eq!(put.table_name(), Some("shop"));
/// assert_eq!(put.size().item, Some(2108));
/// assert_eq!(put.size().entries["Gsi1"], 2108);
/// assert_eq!(put.units().at_least().total().write, 3.0);
///
/// let paid = put.replacing(&order("open", 900))?;
/// let units = paid.units().exact().expect("it is known what is replaced");
/// // The larger item in the table; in the index, one entry removed and one added.
/// assert_eq!(units.to_string(), "7 write units (table 3, Gsi1 4)");
/// # Ok::<(), monotable::Error>(())
/// ```
#[derive(Clone)]
pub struct Explained<R> {
    request: R,
    shape: Shape,
    size: Sizes,
    prediction: Prediction,
}

/// Sizes by DynamoDB's published rules, in bytes: what an item counts for its limit of 400 KB and for its units.
///
/// All is exact, but numbers, of which DynamoDB documents the size approximately.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sizes {
    /// Of the item, if the request holds one.
    pub item: Option<usize>,
    /// Of its entry in each index that will have one.
    pub entries: BTreeMap<String, usize>,
}

/// The units that a request will consume, if it succeeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    least: Capacity,
    most: Capacity,
}

impl Prediction {
    pub(crate) fn exactly(units: Capacity) -> Self {
        Self { most: units.clone(), least: units }
    }

    pub(crate) fn between(least: Capacity, most: Capacity) -> Self {
        Self { least, most }
    }

    /// The units, where they do not depend on what is not known.
    #[must_use]
    pub fn exact(&self) -> Option<&Capacity> {
        (self.least == self.most).then_some(&self.least)
    }

    /// It consumes no less.
    #[must_use]
    pub fn at_least(&self) -> &Capacity {
        &self.least
    }

    /// It consumes no more, whatever it meets.
    #[must_use]
    pub fn at_most(&self) -> &Capacity {
        &self.most
    }
}

/// `3 write units`, or `from 1 write unit to 400 write units`.
impl fmt::Display for Prediction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.exact() {
            Some(units) => units.fmt(f),
            None => write!(f, "from {} to {}", self.least, self.most),
        }
    }
}

impl<R: Request> Explained<R> {
    /// The request of an operation that is bound to this.
    pub(crate) fn of<T: Table>(mut request: R, client: &impl Binding) -> Self {
        request.set_level(client.level());
        let shape = Shape::of::<T>();
        let prediction = request.predict(&shape);
        let item = request.item();
        let entries = item.into_iter().flat_map(|item| shape.entries(item));
        let entries = entries.map(|entry| (entry.index.to_owned(), entry.size)).collect();
        let size = Sizes { item: item.map(item_size), entries };
        Self { request, shape, size, prediction }
    }

    /// The SDK's input.
    pub fn into_inner(self) -> R {
        self.request
    }

    /// The sizes of the item that it holds, and of its index entries.
    pub fn size(&self) -> &Sizes {
        &self.size
    }

    /// The units that it will consume.
    pub fn units(&self) -> &Prediction {
        &self.prediction
    }

    /// The request as it would be sent, for another kind of prediction.
    pub(crate) fn predicting(self, units: Capacity) -> Self {
        Self { prediction: Prediction::exactly(units), ..self }
    }
}

impl<R> Deref for Explained<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.request
    }
}

impl<R: PartialEq> PartialEq for Explained<R> {
    fn eq(&self, other: &Self) -> bool {
        self.request == other.request
    }
}

impl<R: PartialEq> PartialEq<R> for Explained<R> {
    fn eq(&self, other: &R) -> bool {
        self.request == *other
    }
}

/// The request as JSON, as it is sent, with its members in alphabetical order.
impl<R: Request> fmt::Display for Explained<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request.json().fmt(f)
    }
}

impl<R: fmt::Debug> fmt::Debug for Explained<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Explained");
        debug
            .field("request", &self.request)
            .field("size", &self.size)
            .field("units", &self.prediction)
            .finish()
    }
}

/// The item of an entity that a request is thought to meet.
fn encoded<E: Entity>(entity: &E) -> Result<Item, Error> {
    let call = Call { operation: "explain", entity: E::MODEL.name, key: None };
    item_of(entity).map_err(|error| Error::encode(call, error))
}

/// An item before a write and after it.
pub(crate) type Change<'i> = (Option<&'i Item>, Option<&'i Item>);
