//! Proofs about key templates, in const evaluation.
//!
//! A template compiles to a small automaton over sets of bytes. Every question is reachability in the
//! product of two such automata, so every answer is exact for the languages stated, and a "yes" comes with
//! a shortest example. Shortcuts in front only answer what literals, widths and delimiters show.
//!
//! # How generated code uses it
//!
//! One constant per entity keeps each evaluation short enough for `long_running_const_eval`; the caller
//! panics with the report, so that the error points at the caller and shows no frame of this crate.
//!
//! ```
//! use monotable::proof::{EntityKeys, Key, Language, Report, Segment, TableKeys, Template, check_entity};
//!
//! const PK: Template = Template::text("USER#{id}", b'#', &[Segment::Literal("USER#"), Segment::part("id", Language::Verbatim)]);
//! const KEYS: TableKeys = TableKeys {
//!     name: "App",
//!     indexes: &[],
//!     entities: &[EntityKeys { name: "User", keys: &[Key::primary(PK, None)] }],
//! };
//! const _: () = {
//!     const REPORT: Report = check_entity(&KEYS, 0);
//!     if !REPORT.is_empty() {
//!         panic!("{}", REPORT.as_str())
//!     }
//! };
//! ```
//!
//! # What is conservative
//!
//! Nothing that these proofs accept is wrong. They refuse more than they must here:
//!
//! * A field that occurs twice, in one template or in both halves, counts as two independent fields.
//! * Dates and times are sets per place: `02-31` counts as possible.
//! * Any two native keys of one type can be equal, whatever the integer types of their fields.
//! * Text is a sequence of bytes. That differs from UTF-8 only where a part's text ends inside a
//!   character of another template's literal, so that another text part follows it directly (which is
//!   ambiguous, and refused), or where the texts in question can have no ASCII character in common.
//! * [`Template::allows_range`] refuses plain decimals of one digit, and words that are not listed in
//!   the order of their bytes.
//! * [`typed_from`] is one number: where a step holds but a later one does not, typed queries begin
//!   behind the later one.

mod bytes;
mod digits;
mod entity;
mod explain;
mod glance;
mod heads;
mod language;
mod matches;
mod product;
mod program;
mod report;
mod spell;
mod split;
mod step;
mod sweep;
mod template;
mod witness;

pub use bytes::Bytes;
#[doc(hidden)]
pub use entity::prove_entity;
pub use entity::{EntityKeys, Key, TableKeys, check_entity, collide};
#[doc(hidden)]
pub use glance::{Glance, glances};
pub use language::{Language, Segment};
pub use product::Question;
pub use report::Report;
#[doc(hidden)]
pub use step::typed_from_at;
pub use step::{check_step, typed_from};
pub use sweep::{ask, witness};
pub use template::{KeyType, Template};
pub use witness::Witness;
