//! The traits: what has a text in a key, and the ways to write it.

use super::{KeyText, KeyValue, Language, PartRule};
use crate::proof::KeyType;

/// Something that can stand in a key template as `{field}`.
///
/// Derive it for newtypes and for enums of unit variants. An implementation by hand must be injective,
/// must write only texts of [`LANGUAGE`](Self::LANGUAGE), and must decode only what it writes.
///
/// ```
/// use monotable::key::{KeyPart, KeyText, Language, PartRule};
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// enum Size { Small, Large }
///
/// impl KeyPart for Size {
///     const LANGUAGE: Language = Language::Words(&["S", "L"]);
///
///     fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
///         out.push_str(match self { Size::Small => "S", Size::Large => "L" });
///         Ok(())
///     }
///
///     fn decode(text: &str, _delimiter: char) -> Result<Self, PartRule> {
///         match text {
///             "S" => Ok(Size::Small),
///             "L" => Ok(Size::Large),
///             _ => Err(PartRule::NotOfThisForm { expected: "one of `S`, `L`" }),
///         }
///     }
/// }
///
/// assert_eq!(Size::decode("L", '#'), Ok(Size::Large));
/// ```
///
/// Floats have no implementation, nor have `Option` and the integers whose width is the machine's:
///
/// ```compile_fail,E0277
/// fn in_a_template<T: monotable::key::KeyPart>() {}
/// in_a_template::<f64>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used in a key template",
    label = "no key encoding",
    note = "newtypes and enums of unit variants: `#[derive(KeyPart)]`",
    note = "floats have no agreed text form or order; store an integer of the smallest unit",
    note = "an `Option` may stand in an index only; in a primary key, make the field required",
    note = "`usize` and `isize` differ between machines; use a type of fixed width",
    note = "`uuid`, `ulid`, `time`, `chrono` and `jiff` types need the feature of that name"
)]
pub trait KeyPart: Clone + std::fmt::Debug + Eq + std::hash::Hash + Send + Sync + 'static {
    /// What the texts of this type look like, or more than that.
    const LANGUAGE: Language;

    /// Whether `a <= b` implies that the text of `a` is not above the text of `b`.
    ///
    /// That is about one part at the end of a key. Whether it holds with more parts behind it is decided
    /// from the language. Only a type that says so gets ranges in queries.
    const KEEPS_ORDER: bool = false;

    /// The type of the key attribute that a value can be by itself, besides text.
    ///
    /// Such a type keeps its order there, and gives its values in [`native`](Self::native).
    const NATIVE: Option<KeyType> = None;

    /// Returns the value of a key attribute of the type [`NATIVE`](Self::NATIVE).
    ///
    /// # Errors
    ///
    /// The rule that `self` breaks, if it cannot be such a key.
    ///
    /// ```
    /// use monotable::{KeyPart, KeyValue};
    /// assert_eq!(7_u64.native(), Ok(KeyValue::Number("7".into())));
    /// assert_eq!(vec![1, 2].native(), Ok(KeyValue::Binary(vec![1, 2])));
    /// assert!("7".to_owned().native().is_err());
    /// ```
    fn native(&self) -> Result<KeyValue, PartRule> {
        Err(PartRule::Refused { reason: "can be a key by itself only as text" })
    }

    /// Returns the value that [`native`](Self::native) gave.
    ///
    /// # Errors
    ///
    /// The rule that `value` breaks, if no value gives it.
    ///
    /// ```
    /// use monotable::{KeyPart, KeyValue};
    /// assert_eq!(u8::from_native(KeyValue::Number("7".into())), Ok(7));
    /// assert!(u8::from_native(KeyValue::Number("007".into())).is_err());
    /// ```
    fn from_native(value: KeyValue) -> Result<Self, PartRule> {
        let _ = value;
        Err(PartRule::Refused { reason: "can be a key by itself only as text" })
    }

    /// Appends the text of `self` to `out`.
    ///
    /// # Errors
    ///
    /// The rule that `self` breaks, if it has no text in a key of this delimiter.
    ///
    /// ```
    /// use monotable::key::{KeyPart, KeyText, PartRule};
    /// let mut key = KeyText::new('#', 8);
    /// assert_eq!("C#".to_owned().encode(&mut key), Err(PartRule::ContainsDelimiter('#')));
    /// ```
    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule>;

    /// Returns the value whose text is `text`, in a table with this delimiter.
    ///
    /// # Errors
    ///
    /// The rule that `text` breaks, if [`encode`](Self::encode) never writes it.
    ///
    /// ```
    /// use monotable::key::KeyPart;
    /// assert_eq!(u8::decode("007", '#'), Ok(7));
    /// assert!(u8::decode("7", '#').is_err());
    /// ```
    fn decode(text: &str, delimiter: char) -> Result<Self, PartRule>;
}

/// A way to write a part, as `{field:codec}`.
///
/// ```
/// use monotable::key::{Codec, KeyText, Lower};
/// let mut key = KeyText::new('#', 16);
/// Lower::encode(&"Ada@Example.com".to_owned(), &mut key)?;
/// assert_eq!(key.finish(), "ada@example.com");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "the codec `{Self}` cannot write `{T}` in a key",
    label = "not a codec for `{T}`",
    note = "leave the codec out of the template to write the default text of the type"
)]
pub trait Codec<T> {
    /// What the texts of this codec look like, or more than that.
    const LANGUAGE: Language;

    /// Whether different values can give one text.
    const LOSSY: bool;

    /// Whether `a <= b` implies that the text of `a` is not above the text of `b`; see
    /// [`KeyPart::KEEPS_ORDER`].
    const KEEPS_ORDER: bool = false;

    /// Whether a query can ask for texts that begin with a prefix.
    const HAS_PREFIXES: bool = false;

    /// Appends what the texts of values that begin with `prefix` begin with. An empty prefix is allowed.
    ///
    /// # Errors
    ///
    /// The rule that `prefix` breaks, if no text of this codec begins so.
    fn encode_prefix(prefix: &str, out: &mut KeyText) -> Result<(), PartRule> {
        super::verbatim::check_prefix(prefix, out.delimiter())?;
        out.push_str(prefix);
        Ok(())
    }

    /// Appends the text of `value` to `out`.
    ///
    /// # Errors
    ///
    /// The rule that `value` breaks, if this codec has no text for it.
    ///
    /// ```
    /// use monotable::key::{Codec, KeyText, Pad, PartRule};
    /// let mut key = KeyText::new('#', 8);
    /// assert_eq!(Pad::<2>::encode(&100_u8, &mut key), Err(PartRule::TooWide { digits: 2 }));
    /// ```
    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule>;
}

/// Codecs whose text gives the value back.
///
/// ```
/// use monotable::key::{Decode, Pad};
/// assert_eq!(<Pad<4> as Decode<u64>>::decode("0042", '#'), Ok(42));
/// ```
#[diagnostic::on_unimplemented(
    message = "a key cannot give back the `{T}` that the codec `{Self}` wrote",
    label = "this codec loses information about `{T}`"
)]
pub trait Decode<T>: Codec<T> {
    /// Returns the value whose text is `text`, in a table with this delimiter.
    ///
    /// # Errors
    ///
    /// The rule that `text` breaks, if this codec never writes it.
    ///
    /// ```
    /// use monotable::key::{Decode, Escape};
    /// let text: String = Escape::decode("C$h", '#')?;
    /// assert_eq!(text, "C#");
    /// # Ok::<(), monotable::key::PartRule>(())
    /// ```
    fn decode(text: &str, delimiter: char) -> Result<T, PartRule>;
}

/// The default codec, `{field}`: the text that the type itself chose.
///
/// ```
/// use monotable::key::{Canonical, Codec, KeyText};
/// let mut key = KeyText::new('#', 8);
/// Canonical::encode(&true, &mut key)?;
/// assert_eq!(key.finish(), "1");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Canonical;

impl<T: KeyPart> Codec<T> for Canonical {
    const LANGUAGE: Language = T::LANGUAGE;
    const LOSSY: bool = false;
    const KEEPS_ORDER: bool = T::KEEPS_ORDER;
    const HAS_PREFIXES: bool = T::LANGUAGE.is_text();

    #[inline]
    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
        value.encode(out)
    }
}

impl<T: KeyPart> Decode<T> for Canonical {
    #[inline]
    fn decode(text: &str, delimiter: char) -> Result<T, PartRule> {
        T::decode(text, delimiter)
    }
}
