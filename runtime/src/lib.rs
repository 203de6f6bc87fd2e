//! Single-table DynamoDB for Rust: keys proved at compile time, typed queries, no scans, metered calls.
#![cfg_attr(feature = "embedded", doc = "", doc = include_str!("../../README.md"))]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod backoff;
mod bucket;
mod caller;
mod check;
mod collection;
mod concurrent;
#[cfg(feature = "embedded")]
mod embedded;
mod entity;
pub mod epoch_seconds;
mod error;
mod expiry;
mod explain;
mod expr;
mod guard;
mod handle;
mod index;
mod index_keys;
mod item;
pub mod key;
mod key_set;
mod ledger;
#[cfg(any(feature = "embedded", feature = "testing"))]
mod local;
mod maintenance;
mod managed;
mod metered;
mod model;
mod moment;
pub mod op;
mod pace;
mod projection;
pub mod proof;
mod query;
mod rate;
mod reader;
mod sdk;
mod table;
mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
mod unique;
mod units;
mod value;
mod wire;

#[doc(hidden)]
pub mod __private;
#[doc(hidden)]
pub mod __wire;

pub use aws_sdk_dynamodb;
pub use monotable_derive::{Collection, Entity, Fields, KeyPart, Projection, Table};

pub use crate::collection::{Collect, Collection, Member};
pub use crate::entity::{Entity, EntityKey};
pub use crate::error::{Error, ErrorKind};
pub use crate::explain::{Explained, Prediction, Request, Sizes};
pub use crate::expr::change::{Growing, Number, SetOf};
pub use crate::expr::compare::{AttributeType, Size};
pub use crate::expr::condition::Condition;
pub use crate::expr::field::Field;
pub use crate::expr::role::{
    ChangesInPlace, Custom, Element, Grouped, HoldsSet, IndexPart, KeyField, Optional, Plain, Removes, Role,
    SetByWrites, Sets, SetsIfAbsent, SoleIndexPart, Sorts, StoredByType, Stores, Within,
};
pub use crate::expr::shape::{ComparesWith, Container, Holds, List, Map, Ordered, Prefixed};
pub use crate::guard::finding::{Finding, Outcome};
pub use crate::guard::{Guard, Permit};
pub use crate::handle::{Binding, Handle, Sending, Unbound};
pub use crate::index::{Index, Primary, ReadsConsistently, StoresWholeItems};
pub use crate::item::{FromItem, Item, ItemError, Undecoded};
pub use crate::key::{KeyError, KeyPart, KeyProblem, KeyRange, KeyText, KeyValue, PartRule, Prefix, prefix};
pub use crate::key_set::{AnyKey, KeySet};
pub use crate::ledger::histogram::Latency;
pub use crate::ledger::{HotKey, Ledger, LedgerSnapshot, PatternReport};
pub use crate::maintenance::Maintenance;
pub use crate::maintenance::progress::Progress;
pub use crate::maintenance::scan::Scan;
pub use crate::maintenance::stream::ScanItems;
pub use crate::managed::{VersionNumber, Versioned};
pub use crate::metered::{Capacity, Cost, Metered, Units};
pub use crate::model::{
    AttributeModel, EntityModel, IndexKind, IndexModel, IndexProjection, KeyAttribute, UniqueModel,
};
pub use crate::moment::Moment;
pub use crate::op::action::{Action, Checks};
pub use crate::op::batch_get::BatchGet;
pub use crate::op::batch_write::{BatchDelete, BatchProgress, BatchPut, BatchWrite, Unwritten};
pub use crate::op::check::Check;
pub use crate::op::create::{Create, Creation};
pub use crate::op::delete::Delete;
pub use crate::op::exists::Exists;
pub use crate::op::get::Get;
pub use crate::op::guard::{Conditional, Unconditional};
pub use crate::op::put::{Put, PutReturning};
pub use crate::op::read_modify_write::{Change, ReadModifyWrite};
pub use crate::op::returning::Returning;
pub use crate::op::transact::{ActionOutcome, Transact};
pub use crate::op::transact_get::TransactGet;
pub use crate::op::update::{FieldGroup, MayCreate, MustExist, Together, Update, Upsert};
pub use crate::projection::{Projected, ProjectedAttribute, Projection};
pub use crate::proof::KeyType;
pub use crate::query::budget::{Budgeted, ReadUnits};
pub use crate::query::cursor::{Cursor, CursorError, CursorKeys};
pub use crate::query::filter::MaxWaste;
pub use crate::query::hydrate::Hydrated;
pub use crate::query::outcome::Page;
pub use crate::query::request::Query;
pub use crate::query::shards::{Sharded, Shards};
pub use crate::query::stream::Items;
pub use crate::query::typed::{KeyQuery, TypedQuery};
pub use crate::table::{InTable, Table};
pub use crate::value::IntoValue;

/// Its examples are tests; it is read in the repository.
#[cfg(all(doctest, feature = "embedded", feature = "jiff"))]
#[doc = include_str!("../../docs/guide/keys.md")]
mod guide_to_keys {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/queries.md")]
mod guide_to_queries {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/batch-reads.md")]
mod guide_to_batch_reads {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/batch-writes.md")]
mod guide_to_batch_writes {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/unique.md")]
mod guide_to_unique_values {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/transactions.md")]
mod guide_to_transactions {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/conditions.md")]
mod guide_to_conditions {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/updates.md")]
mod guide_to_updates {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/locks-and-times.md")]
mod guide_to_locks_and_times {}

#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/capacity.md")]
mod guide_to_capacity {}
/// Its examples are tests; it is read in the repository.
#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../docs/guide/maintenance.md")]
mod guide_to_maintenance {}

#[cfg(all(doctest, feature = "embedded", feature = "testing"))]
#[doc = include_str!("../../docs/guide/testing.md")]
mod guide_to_testing {}
