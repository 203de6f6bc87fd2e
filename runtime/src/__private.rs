//! What generated code calls, and nobody else: it may change in any release.

pub use aws_sdk_dynamodb::types::AttributeValue;
pub use monotable_derive::__natural_index as natural_index;
pub use serde;
pub use std::option::Option::{self, None, Some};
pub use std::result::Result::{self, Err, Ok};
pub use std::string::String;
pub use std::time::Duration;

pub use crate::check::collection::member as check_member;
pub use crate::check::included::included as check_included;
pub use crate::check::natural::selects_one_entity;
pub use crate::check::of_table::{Half, ImpliedKey, with_implied, with_implied_count};
pub use crate::check::projection::{stored_by_entity, stored_by_index};
pub use crate::check::{entity as check_entity, prove as prove_entity, typed_from, typed_from_in};
pub use crate::collection::{Gathered, Part, Unfit, member};
pub use crate::entity::{Storable, Storage};
pub use crate::expr::role::SetOneByOne;
pub use crate::expr::store::{StoreError, store, store_value};
pub use crate::index::{IndexOf, LocalIndex, SomeAttributes, Stores, WholeItems};
pub use crate::index_keys::{IndexKeys, Part as PartOf, PartSource, stored_as_key};
pub use crate::item::{ItemReader, decode, item_type, unknown_type};
pub use crate::key::builder::KeyPlace;
pub use crate::key::parse::{InPart, Whole, agree, no_sort_key, sort_key_of, text_of, verify};
pub use crate::key::parts::{Place, read, read_alone};
pub use crate::key::range::{IntoBound, RangePlace};
pub use crate::key::stored::{Form, FormOf, UnknownForm};
pub use crate::key::template_part::{CanonicalPart, TemplatePart};
pub use crate::key::template_part::{clone, debug, equal, has_prefixes, hash, part, range_of};
pub use crate::key_set::{Keys, OneKey, add_key};
pub use crate::managed::{Managed, Stamp, stamp};
pub use crate::moment::assert_ttl;
pub use crate::op::update::KeyAttributes;
pub use crate::projection::{Holds, ProjectionReader, Readable};
pub use crate::proof::Segment::Literal;
pub use crate::proof::{Glance, Key, TableKeys, glances};
pub use crate::query::natural::{NaturalPart, NaturalSteps, natural_has_prefixes, natural_range_of};
pub use crate::query::states::*;
pub use crate::query::steps::Steps;
pub use crate::table::{NoTable, SameTable};

/// An entry in a ledger, for the benchmark of it.
pub fn record_read(ledger: &crate::Ledger, key: &str) {
    crate::ledger::record_read(ledger, key);
}

/// Carries what was proved of a query into a type.
#[derive(Debug)]
pub struct Proved<const TRUE: bool>;

/// Asks for the key encoding of a field's type, so that rustc underlines the type.
pub const fn assert_key_part<P: crate::KeyPart>() {}
