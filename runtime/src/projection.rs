//! Projections: some attributes of an entity, read instead of the whole item.

use serde::de::DeserializeOwned;
use serde::de::value::MapAccessDeserializer;

use crate::entity::Entity;
use crate::index::{Index, Stores, WholeItems};
use crate::item::Attributes;

/// Some attributes of an entity: a struct with `#[derive(Projection)]`, for
/// [`Handle::query_as`](crate::Handle::query_as).
///
/// The derive proves that the entity has these attributes, and that the indexes it names store them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a projection",
    label = "not a projection",
    note = "add `#[derive(Projection)]` and `#[projection(entity = ..)]` to `{Self}`"
)]
pub trait Projection: Sized + Send + 'static {
    /// The entity that it is a projection of.
    type Entity: Entity;
    /// The name of the struct.
    const NAME: &'static str;
    /// The attributes that are read.
    const ATTRIBUTES: &'static [ProjectedAttribute];
    /// How serde reads it.
    #[doc(hidden)]
    const READER: ProjectionReader<Self>;
}

/// One attribute of a projection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectedAttribute {
    /// The name of the struct's field.
    pub field: &'static str,
    /// The attribute's name in the table.
    pub name: &'static str,
    /// Whether an item without it cannot be read.
    pub required: bool,
}

impl ProjectedAttribute {
    #[doc(hidden)]
    pub const fn new(field: &'static str, name: &'static str, required: bool) -> Self {
        Self { field, name, required }
    }
}

/// From the attributes of an item to a projection.
#[doc(hidden)]
#[derive(Debug)]
pub struct ProjectionReader<P> {
    pub(crate) decode: fn(Attributes<'_>) -> Result<P, serde_dynamo::Error>,
}

impl<P> ProjectionReader<P> {
    /// Stands in where the derive reported an error.
    pub const fn incomplete() -> Self {
        Self { decode: |_| unreachable!() }
    }
}

/// What serde can read.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "projection `{Self}` cannot be read by serde",
    label = "add `#[derive(Deserialize)]`"
)]
pub trait Readable: Sized {
    const READER: ProjectionReader<Self>;
}

#[diagnostic::do_not_recommend]
impl<P: DeserializeOwned> Readable for P {
    const READER: ProjectionReader<Self> =
        ProjectionReader { decode: |attributes| P::deserialize(MapAccessDeserializer::new(attributes)) };
}

/// The index `I`, which stores `W`, is proved to store the attributes of the projection.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "projection `{Self}` is not proved to be stored by index `{I}`",
    label = "not read from `{I}` yet",
    note = "`{I}` stores some attributes only; name it on the projection, and the compiler checks them: `#[projection(entity = .., index({I}))]`"
)]
pub trait StoredBy<I, W> {}

#[diagnostic::do_not_recommend]
impl<P: Projection, I> StoredBy<I, WholeItems> for P {}

/// A projection that can be read from the index `I`: `#[derive(Projection)]` says from which.
pub trait ProjectedBy<I> {}

impl<P, I> ProjectedBy<I> for P
where
    P: Projection + StoredBy<I, <I as Stores>::What>,
    I: Index + Stores,
{
}
