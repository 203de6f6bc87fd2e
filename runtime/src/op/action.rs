//! What can be an action of a transaction.

use std::time::SystemTime;

use crate::entity::Entity;
use crate::error::Error;
use crate::handle::{Handle, Unbound};
use crate::item::StoredKey;
use crate::op::check::Check;
use crate::op::delete::Delete;
use crate::op::exists::Exists;
use crate::op::put::Put;
use crate::op::update::Update;
use crate::op::write::Write;
use crate::table::{InTable, Table};

/// What can be an action of a transaction on table `T`: a value of an operation, of an entity of `T`; or one of
/// any table, which a handle to that table made.
///
/// It is implemented for [`Put`], [`Update`], [`Delete`], [`Exists`] and [`Check`], and for nothing else.
pub trait Action<T>: sealed::Sealed {
    /// The action at this time, in `table` if it is bound to no other.
    #[doc(hidden)]
    fn into_writes(self, table: &str, now: SystemTime) -> Writes;
}

/// What an action writes: the write that it is first, then what it brings along.
#[doc(hidden)]
#[derive(Debug)]
pub struct Writes(pub(crate) Result<Vec<Part>, Error>);

/// A write, and the item that it is of, as DynamoDB compares keys.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) write: Write,
    pub(crate) item: Option<StoredKey>,
}

impl Part {
    pub(crate) fn of<T: Table>(write: Write) -> Self {
        Self { item: write.identity::<T>(), write }
    }
}

impl Writes {
    fn one<E: Entity>(write: Result<Write, Error>) -> Self {
        let writes = write.and_then(|mut write| match write.unique.take() {
            None => Ok(vec![write]),
            Some(plan) => plan.in_transaction(write),
        });
        Self(writes.map(|writes| writes.into_iter().map(Part::of::<E::Table>).collect()))
    }
}

/// What can be a check of a transaction: [`Exists`] or [`Check`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a check",
    label = "expected a check, such as `Customer::exists(key)`"
)]
pub trait Checks: sealed::Sealed {}

impl<E, C> Checks for Exists<E, C> {}
impl<E, C> Checks for Check<E, C> {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! actions {
    ($($operation:ident $(<$guarded:ident>)?)*) => {$(
        impl<E, C $(, $guarded)?> sealed::Sealed for $operation<E, C $(, $guarded)?> {}

        impl<T, E: Entity + InTable<T> $(, $guarded)?> Action<T> for $operation<E, Unbound $(, $guarded)?> {
            fn into_writes(self, table: &str, now: SystemTime) -> Writes {
                Writes::one::<E>(self.into_write(table, now))
            }
        }

        impl<T, E: Entity, O: Table $(, $guarded)?> Action<T> for $operation<E, Handle<O> $(, $guarded)?> {
            fn into_writes(self, _: &str, now: SystemTime) -> Writes {
                let table = self.client.shared_name();
                Writes::one::<E>(self.into_write(&table, now))
            }
        }
    )*};
}

actions!(Put<G> Delete<G> Exists Check);

impl<E: Entity, C, P> sealed::Sealed for Update<E, C, P> {}

impl<T, E: Entity + InTable<T>, P> Action<T> for Update<E, Unbound, P> {
    fn into_writes(self, table: &str, now: SystemTime) -> Writes {
        Writes::one::<E>(self.into_write(table, now))
    }
}

impl<T, E: Entity, O: Table, P> Action<T> for Update<E, Handle<O>, P> {
    fn into_writes(self, _: &str, now: SystemTime) -> Writes {
        let table = self.client.shared_name();
        Writes::one::<E>(self.into_write(&table, now))
    }
}
