//! What makes a query: the traits of generated query structs.

use super::request::Query;
use crate::entity::Entity;
use crate::index::Index;

/// A query by a key of an entity: the generated query structs.
///
/// Whether it selects items of that entity alone is another question: see [`TypedQuery`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query",
    label = "expected a query such as `Order::by_status(..)`"
)]
pub trait KeyQuery {
    /// The entity whose key it is.
    type Entity: Entity;
    /// The index that is read.
    type Index: Index;

    /// The query as a value.
    #[doc(hidden)]
    fn into_query(self) -> Query<Self::Entity, Self::Index>;
}

/// A query that can only select items of its own entity, as the keys of all entities of the table prove.
///
/// Where an entity's sort key begins like another's in the same partition, its queries are typed from the
/// first step on that tells them apart. Short of that, [`Handle::item_collection`](crate::Handle::item_collection) reads both.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query",
    label = "expected a query such as `Order::by_status(..)`"
)]
pub trait TypedQuery {
    /// The entity that is asked for.
    type Entity: Entity;
    /// The index that is read.
    type Index: Index;

    /// The query as a value.
    #[doc(hidden)]
    fn into_typed_query(self) -> Query<Self::Entity, Self::Index>;
}
