//! Secondary indexes, and the table's own key as one of them.

use std::marker::PhantomData;

use crate::key::builder::{PARTITION_KEY_LIMIT, SORT_KEY_LIMIT};
use crate::model::KeyAttribute;
use crate::proof::KeyType;
use crate::table::Table;

/// A key that can be queried: a secondary index, or the table's own key ([`Primary`]).
///
/// `#[derive(Table)]` makes a unit struct of each `index(Name, ..)` and implements this for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an index",
    label = "not an index",
    note = "an index is declared on its table: `#[table(index({Self}, pk = \"..\", sk = \"..\"))]`"
)]
pub trait Index: 'static {
    /// The table it belongs to.
    type Table: Table;
    /// Its name in DynamoDB; none for the table's own key.
    const NAME: Option<&'static str>;
    /// Its number in the table's list of indexes, from 1; 0 is the table's own key.
    #[doc(hidden)]
    const NUMBER: usize;
    /// The attribute that holds its partition key.
    const PARTITION_KEY: &'static [KeyAttribute];
    /// The attribute that holds its sort key, if it has one.
    const SORT_KEY: &'static [KeyAttribute];
    /// Where templates of the partition key are stored.
    #[doc(hidden)]
    const PARTITION: KeyHalf = KeyHalf::new(Self::PARTITION_KEY, Self::Table::DELIMITER, PARTITION_KEY_LIMIT);
    /// Where templates of the sort key are stored.
    #[doc(hidden)]
    const SORT: KeyHalf = KeyHalf::new(Self::SORT_KEY, Self::Table::DELIMITER, SORT_KEY_LIMIT);
}

/// What a table or an index says of the half of a key that a template writes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct KeyHalf {
    pub(crate) attribute: &'static str,
    pub(crate) key_type: KeyType,
    pub(crate) delimiter: u8,
    /// In bytes.
    pub(crate) limit: usize,
}

impl KeyHalf {
    /// A table without a sort key has its own message for an entity with one.
    const fn new(attributes: &'static [KeyAttribute], delimiter: char, limit: usize) -> Self {
        let (attribute, key_type) = match attributes {
            [attribute, ..] => (attribute.name, attribute.key_type),
            [] => ("", KeyType::Text),
        };
        Self { attribute, key_type, delimiter: delimiter as u8, limit }
    }
}

/// The table's own key.
#[derive(Debug)]
pub struct Primary<T>(PhantomData<fn() -> T>);

#[diagnostic::do_not_recommend]
impl<T: Table> Index for Primary<T> {
    type Table = T;
    const NAME: Option<&'static str> = None;
    const NUMBER: usize = 0;
    const PARTITION_KEY: &'static [KeyAttribute] =
        &[KeyAttribute::new(T::PARTITION_KEY, T::PARTITION_KEY_TYPE)];
    const SORT_KEY: &'static [KeyAttribute] = match T::SORT_KEY {
        Some(name) => &[KeyAttribute::new(name, T::SORT_KEY_TYPE)],
        None => &[],
    };
}

/// What can be read consistently: the table's own key, and local indexes. DynamoDB has no consistent read on a
/// global index.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a global index, and DynamoDB has no consistent read on a global index",
    label = "not available on `{Self}`",
    note = "query the table's own key or a local index to read consistently"
)]
pub trait ReadsConsistently {}

#[diagnostic::do_not_recommend]
impl<T> ReadsConsistently for Primary<T> {}

/// What whole entities can be read from: the table itself, and indexes with `projection = all`.
#[diagnostic::on_unimplemented(
    message = "index `{Self}` does not store whole items",
    label = "whole entities cannot be read from `{Self}`"
)]
pub trait StoresWholeItems {}

impl<T> StoresWholeItems for Primary<T> {}

/// What an index stores of each item, as a type: [`WholeItems`] or [`SomeAttributes`].
#[doc(hidden)]
pub trait Stores {
    type What;
}

/// All attributes.
#[doc(hidden)]
#[derive(Debug)]
pub enum WholeItems {}

/// The keys, and perhaps other attributes.
#[doc(hidden)]
#[derive(Debug)]
pub enum SomeAttributes {}

impl<T> Stores for Primary<T> {
    type What = WholeItems;
}

/// Implemented by `#[derive(Table)]` for local indexes, which have the partition key of the table.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "index `{Self}` is not local, so it needs a partition key too",
    label = "no `pk` for this index",
    note = "add `pk = \"..\"`, or declare the index as local: `index({Self}, local, sk = \"..\")`"
)]
pub trait LocalIndex {
    const HOLDS: () = ();
}

/// Implemented by `#[derive(Table)]` for each index of the table `T`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an index of table `{T}`",
    label = "not declared on `{T}`",
    note = "declare it on the table: `#[table(index({Self}, pk = \"..\", sk = \"..\"))]`"
)]
pub trait IndexOf<T> {
    const HOLDS: () = ();
}
