//! What may stand in a key template, and how it is written.
//!
//! A template such as `"ORDER#{placed_at:date}#{number:08}"` is literal text and parts. The type of a
//! part implements [`KeyPart`], which gives its default text; a codec named after the colon replaces
//! that text. Every encoding here is injective unless its codec says [`Codec::LOSSY`], and decoding
//! refuses every text that encoding does not write, so stored keys have one form only.
//!
//! | type | default text | length | byte order is value order |
//! |---|---|---|---|
//! | `String`, `Box<str>`, `Arc<str>`, `char` | verbatim | | yes, as the last part |
//! | `bool` | `0`, `1` | 1 | yes |
//! | `Vec<u8>` | lower-case hexadecimal | | yes |
//! | `u8` to `u128`, `NonZero` of them | zero-padded decimal | 3, 5, 10, 20, 39 | yes |
//! | `i8` to `i128` | `0` and digits, or `-` and nines' complement | 4, 6, 11, 20, 40 | yes |
//! | date-times of an instant | `2020-06-21T19:18:00.000000000Z` | 30 | yes |
//! | civil date-times | the same without `Z` | 29 | yes |
//! | dates | `2020-06-21` | 10 | yes |
//! | `uuid::Uuid` | lower case, hyphenated | 36 | yes |
//! | `ulid::Ulid` | upper case Crockford | 26 | yes |
//!
//! Where the table declares a key attribute as a number (`N`) or as binary (`B`), the template is a single
//! `{field}`, and the attribute holds the integer or the bytes themselves.
//!
//! | in a template | codec | writes |
//! |---|---|---|
//! | `{field}` | [`Canonical`] | the default text of any [`KeyPart`] |
//! | `{field:06}` | [`Pad`] | unsigned integers at a chosen width |
//! | `{field:plain}` | [`Plain`] | integers unpadded, booleans as words, text verbatim |
//! | `{field:lower}`, `{field:upper}` | [`Lower`], [`Upper`] | text in one case |
//! | `{field:date}` | [`Date`] | the date of a date-time |
//! | `{field:seconds}`, `{field:millis}` | [`Seconds`], [`Millis`] | date-times at lower precision |
//! | `{field:escape}` | [`Escape`] | any text, order kept wherever it stands |
//! | `{field:shard(16)}` | [`Shard`] | a number computed from the part |

pub(crate) mod attribute;
mod boolean;
pub(crate) mod bounds;
pub(crate) mod builder;
mod bytes;
mod case;
#[cfg(feature = "chrono")]
mod chrono;
mod civil;
pub(crate) mod digits;
pub(crate) mod error;
pub(crate) mod escape;
mod integer;
#[cfg(feature = "jiff")]
mod jiff;
mod key_text;
mod moment;
mod newtype;
mod pad;
pub(crate) mod parse;
mod part;
pub(crate) mod parts;
mod plain;
pub(crate) mod range;
mod rfc3339;
mod rule;
pub(crate) mod shard;
pub(crate) mod stored;
pub(crate) mod template_part;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "ulid")]
mod ulid;
#[cfg(feature = "uuid")]
mod uuid;
pub(crate) mod value;
pub(crate) mod verbatim;

pub use self::case::{Lower, Upper};
pub use self::civil::{CivilDate, CivilDateTime, DatePart, DateTimePart};
pub use self::error::{KeyError, KeyProblem};
pub use self::escape::{Escape, can_escape, escape, unescape};
pub use self::integer::UnsignedPart;
pub use self::key_text::{KeyText, is_delimiter};
pub use self::moment::{Date, Millis, Seconds};
pub use self::newtype::Newtype;
pub use self::pad::Pad;
pub use self::part::{Canonical, Codec, Decode, KeyPart};
pub use self::plain::{Plain, PlainPart};
pub use self::range::{KeyRange, Prefix, prefix};
pub use self::rule::PartRule;
pub use self::shard::{Shard, shard_hash};
pub use self::stored::Stored;
pub use self::value::KeyValue;
pub use self::verbatim::TextPart;
pub use crate::proof::{Bytes, Language};
