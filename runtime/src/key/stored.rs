//! What serde makes of a value, as far as keys can be made of it: the attributes of natural indexes, and
//! key attributes that are a field of the entity as it is stored.

use std::num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128};
use std::sync::Arc;

use super::Newtype;
use crate::proof::KeyType;

/// Types that serde stores as text or as a number, so that their attribute can be part of an index key.
///
/// It is there for text, integers, dates, identifiers and newtypes of these; `#[derive(KeyPart)]`
/// implements it for enums. An implementation by hand states what the type's `Serialize` does; items
/// that turn out otherwise are refused before they are sent.
///
/// ```
/// use monotable::KeyType;
/// use monotable::key::Stored;
///
/// assert_eq!(<u32 as Stored>::TYPE, KeyType::Number);
/// assert_eq!(<String as Stored>::TYPE, KeyType::Text);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to be stored as text or as a number",
    label = "not the attribute of a key",
    note = "newtypes and enums of unit variants: `#[derive(KeyPart)]`"
)]
pub trait Stored {
    /// The type of the attribute.
    const TYPE: KeyType;

    /// Whether the attributes sort as the values do.
    const SORTS_BY_VALUE: bool = false;

    /// Whether the attribute is text of which a prefix can be asked for.
    const HAS_PREFIXES: bool = false;

    /// Whether the attribute is what a key template of the field alone gives.
    const AS_IN_KEYS: bool = false;
}

/// What is known of a field's attribute. The derive finds it out for every field, whatever its type.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// serde stores the type so.
    Known {
        /// The type of the attribute.
        key_type: KeyType,
        /// See [`Stored::SORTS_BY_VALUE`].
        sorts_by_value: bool,
        /// See [`Stored::HAS_PREFIXES`].
        has_prefixes: bool,
        /// See [`Stored::AS_IN_KEYS`].
        as_in_keys: bool,
    },
    /// A function of the user's stores it: what comes out shows when an item is made.
    Custom,
    /// Nothing is known of the type.
    Unknown,
}

/// `FormOf::<T>::FORM` is what is known of `T`: a constant of the type itself wins over a trait's.
#[doc(hidden)]
#[derive(Debug)]
pub struct FormOf<T>(std::marker::PhantomData<T>);

impl<T: Stored> FormOf<T> {
    /// What is known of `T`.
    pub const FORM: Form = Form::Known {
        key_type: T::TYPE,
        sorts_by_value: T::SORTS_BY_VALUE,
        has_prefixes: T::HAS_PREFIXES,
        as_in_keys: T::AS_IN_KEYS,
    };
}

/// The answer for all other types.
#[doc(hidden)]
pub trait UnknownForm {
    /// Nothing.
    const FORM: Form = Form::Unknown;
}

impl<T> UnknownForm for FormOf<T> {}

/// The type, then whether it keeps its order, has prefixes, and is as in keys.
macro_rules! stored {
    ($key_type:ident, $order:literal, $prefixes:literal, $as_in_keys:literal: $($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Stored for $type {
            const TYPE: KeyType = KeyType::$key_type;
            const SORTS_BY_VALUE: bool = $order;
            const HAS_PREFIXES: bool = $prefixes;
            const AS_IN_KEYS: bool = $as_in_keys;
        }
    )*};
}

stored!(Text, true, true, true: String, Box<str>, Arc<str>);
stored!(Text, true, false, true: char);
stored!(Number, true, false, true: u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);
stored!(Number, true, false, true: NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128);
// Dates have one width, and sort by it, from year 0 to 9999; keys hold these alone.
#[cfg(feature = "chrono")]
stored!(Text, true, false, true: chrono::NaiveDate);
#[cfg(feature = "jiff")]
stored!(Text, true, false, true: jiff::civil::Date);
// serde writes date-times with as many digits as their fraction has, and `Z` sorts above digits.
#[cfg(feature = "chrono")]
stored!(Text, false, false, false: chrono::DateTime<chrono::Utc>, chrono::NaiveDateTime);
#[cfg(feature = "jiff")]
stored!(Text, false, false, false: jiff::Timestamp, jiff::civil::DateTime);
#[cfg(feature = "ulid")]
stored!(Text, true, false, true: ulid::Ulid);
#[cfg(feature = "uuid")]
stored!(Text, true, false, true: uuid::Uuid);

/// An item without the value is not in the index.
#[diagnostic::do_not_recommend]
impl<T: Stored> Stored for Option<T> {
    const TYPE: KeyType = T::TYPE;
    const SORTS_BY_VALUE: bool = T::SORTS_BY_VALUE;
    const HAS_PREFIXES: bool = T::HAS_PREFIXES;
    const AS_IN_KEYS: bool = T::AS_IN_KEYS;
}

/// serde stores a newtype as what it wraps.
#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: Stored>> Stored for T {
    const TYPE: KeyType = T::Inner::TYPE;
    const SORTS_BY_VALUE: bool = T::Inner::SORTS_BY_VALUE;
    const HAS_PREFIXES: bool = T::Inner::HAS_PREFIXES;
    const AS_IN_KEYS: bool = T::Inner::AS_IN_KEYS;
}
