//! What generated code calls, and nobody else: it may change in any release.

pub use std::string::String;

pub use crate::check::{TableFacts, entity as check_entity, typed_from};
pub use crate::entity::{IndexKeys, Storable, Storage, key_text};
pub use crate::index::IndexOf;
pub use crate::item::{decode, item_type, unknown_type};
pub use crate::key::builder::{KeyBuilder, KeyPlace};
pub use crate::key::parse::{InPart, Whole, agree, no_sort_key, sort_key_of, text_of, verify};
pub use crate::key::range::{IntoBound, RangePlace};
pub use crate::key::template_part::{CanonicalPart, TemplatePart};
pub use crate::key::template_part::{clone, debug, equal, has_prefixes, hash, part, range_of};
pub use crate::proof::{Key, Segment, TableKeys, Template, check_entity as prove_entity};
pub use crate::query::steps::{At, RangeAfter, Steps};
pub use crate::table::{NoTable, SameTable};

/// Carries what was proved of a query into a type.
#[derive(Debug)]
pub struct Proved<const TRUE: bool>;

/// Asks for the key encoding of a field's type, so that rustc underlines the type.
pub const fn assert_key_part<P: crate::KeyPart>() {}
