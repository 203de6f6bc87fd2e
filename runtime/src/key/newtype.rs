//! Newtypes are transparent: a codec for the inner type is a codec for them.

use super::{CivilDate, CivilDateTime, DatePart, DateTimePart, KeyPart, KeyText, Language, PartRule};
use super::{PlainPart, TextPart, UnsignedPart};

/// A key part that is another key part by another name. `#[derive(KeyPart)]` writes it for newtypes.
///
/// With it every codec for the inner type writes the newtype too, which a derive on the newtype could
/// not arrange, since it sees only the name of the inner type.
///
/// ```
/// use monotable::key::{Codec, KeyPart, KeyText, Language, Newtype, Pad, PartRule};
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// struct Number(u64);
///
/// impl KeyPart for Number {
///     const LANGUAGE: Language = <u64 as KeyPart>::LANGUAGE;
///     const KEEPS_ORDER: bool = <u64 as KeyPart>::KEEPS_ORDER;
///     fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
///         self.0.encode(out)
///     }
///     fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
///         u64::decode(text, delimiter).map(Self)
///     }
/// }
///
/// impl Newtype for Number {
///     type Inner = u64;
///     fn inner(&self) -> &u64 { &self.0 }
///     fn from_inner(inner: u64) -> Result<Self, PartRule> { Ok(Self(inner)) }
/// }
///
/// let mut key = KeyText::new('#', 8);
/// Pad::<4>::encode(&Number(7), &mut key)?;
/// assert_eq!(key.finish(), "0007");
/// # Ok::<(), PartRule>(())
/// ```
pub trait Newtype: KeyPart {
    /// The type inside.
    type Inner: KeyPart;

    /// Returns the value inside.
    fn inner(&self) -> &Self::Inner;

    /// Puts a value inside.
    ///
    /// # Errors
    ///
    /// The rule that `inner` breaks, for newtypes that admit fewer values than their inner type.
    fn from_inner(inner: Self::Inner) -> Result<Self, PartRule>;
}

// Without `do_not_recommend`, rustc would report that `f64` is no `Newtype`, and not what is wrong.

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: TextPart>> TextPart for T {
    fn text(&self) -> &str {
        self.inner().text()
    }

    fn from_text(text: String) -> Result<Self, PartRule> {
        Self::from_inner(T::Inner::from_text(text)?)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: UnsignedPart>> UnsignedPart for T {
    const MAX: u128 = T::Inner::MAX;

    fn to_u128(&self) -> u128 {
        self.inner().to_u128()
    }

    fn from_u128(value: u128) -> Result<Self, PartRule> {
        Self::from_inner(T::Inner::from_u128(value)?)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: PlainPart>> PlainPart for T {
    const PLAIN_LANGUAGE: Language = T::Inner::PLAIN_LANGUAGE;
    const PLAIN_KEEPS_ORDER: bool = T::Inner::PLAIN_KEEPS_ORDER;

    fn encode_plain(&self, out: &mut KeyText) -> Result<(), PartRule> {
        self.inner().encode_plain(out)
    }

    fn decode_plain(text: &str, delimiter: char) -> Result<Self, PartRule> {
        Self::from_inner(T::Inner::decode_plain(text, delimiter)?)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: DatePart>> DatePart for T {
    fn to_civil_date(&self) -> Result<CivilDate, PartRule> {
        self.inner().to_civil_date()
    }

    fn from_civil_date(date: CivilDate) -> Result<Self, PartRule> {
        Self::from_inner(T::Inner::from_civil_date(date)?)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: DateTimePart>> DateTimePart for T {
    const UTC: bool = T::Inner::UTC;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        self.inner().to_civil()
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        Self::from_inner(T::Inner::from_civil(date_time)?)
    }
}
