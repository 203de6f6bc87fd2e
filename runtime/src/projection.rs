//! Projections: some attributes of an entity, read instead of the whole item.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::entity::Entity;
use crate::handle::Handle;
use crate::index::{Stores, WholeItems};
use crate::item::Read;
use crate::item::attributes::ItemDeserializer;
use crate::query::request::Query;
use crate::query::typed::TypedQuery;

/// Some attributes of an entity: a struct with `#[derive(Projection)]`, for
/// [`Handle::projection`].
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
    /// [`Projected`]. By way of this type, a call on what is no projection is one error and not two.
    #[doc(hidden)]
    type View<T>: From<Handle<T>>;
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
    pub(crate) read: Read<P>,
}

impl<P> ProjectionReader<P> {
    /// Stands in where the derive reported an error.
    pub const fn incomplete() -> Self {
        Self { read: |_| unreachable!() }
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
        ProjectionReader { read: |attributes| P::deserialize(ItemDeserializer(attributes)) };
}

/// An index `I` that stores this much is proved to store the attributes of the projection `P`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "projection `{P}` is not proved to be stored by index `{I}`",
    label = "not read from `{I}` yet",
    note = "`{I}` stores some attributes only; name it on the projection, and the compiler checks them: `#[projection(entity = .., index({I}))]`"
)]
pub trait Holds<P, I> {}

#[diagnostic::do_not_recommend]
impl<P, I> Holds<P, I> for WholeItems {}

/// A table read as one projection: what [`Handle::projection`] returns.
#[derive(Debug)]
#[must_use = "this does nothing until it is queried"]
pub struct Projected<P, T> {
    handle: Handle<T>,
    projection: PhantomData<fn() -> P>,
}

impl<P: Projection, T> Projected<P, T> {
    /// Reads the projection of each of one entity's items in one partition: one `Query` call for each page. See
    /// [`Query`] for its cost and errors.
    pub fn query<Q>(&self, query: Q) -> Query<P, Q::Index, Handle<T>>
    where
        Q: TypedQuery<Entity = P::Entity, Index: Stores>,
        <Q::Index as Stores>::What: Holds<P, Q::Index>,
    {
        query.into_typed_query().projected::<P>().with(self.handle.clone())
    }
}

impl<P, T> From<Handle<T>> for Projected<P, T> {
    fn from(handle: Handle<T>) -> Self {
        Self { handle, projection: PhantomData }
    }
}
