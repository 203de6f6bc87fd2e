//! The types that can stand in a key template.

use std::fmt::{Debug, Write as _};
use std::hash::Hash;
use std::sync::Arc;

use super::rule::PartRule;
use super::text::KeyText;

/// Something that can stand in a key template as `{field}`.
///
/// Derive it for newtypes and unit-only enums with `#[derive(KeyPart)]`. The same text is used on write,
/// on read and in every query. What is a key part already:
///
/// | type | text |
/// |---|---|
/// | `String`, `Box<str>`, `Arc<str>` | as it is, case kept; never empty, never with the delimiter |
/// | `u8` to `u128` | zero-padded to the type's full width, so that 9 sorts before 10 |
///
/// Implement it by hand only for types with a text form of their own, and then so that different values
/// give different texts and no text contains the delimiter.
///
/// ```
/// use monotable::{KeyPart, KeyText};
///
/// let mut text = KeyText::new('#', 16);
/// 7u16.encode(&mut text)?;
/// assert_eq!(text.finish(), "00007");
/// # Ok::<(), monotable::PartRule>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used in a key template",
    label = "no key encoding",
    note = "text, integers, and types with `#[derive(KeyPart)]` (newtypes and unit-only enums) can",
    note = "floats have no agreed text form or order: store an integer of the smallest unit instead"
)]
pub trait KeyPart: Clone + Debug + Eq + Hash + Send + Sync + 'static {
    /// Appends the text of `self`.
    ///
    /// # Errors
    ///
    /// The rule that this value breaks; what was appended until then is thrown away.
    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule>;
}

/// Key parts whose text sorts as their values do, so that a sort-key range on them means what it says.
///
/// Enums are not: their texts sort by spelling.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in a key, so it has no range in a query",
    label = "no range on `{Self}`",
    note = "fix it by equality, or give it an ordered type such as an integer"
)]
pub trait OrderedPart: KeyPart {}

/// Ordered key parts that stay ordered when other parts follow them in the same key.
///
/// Verbatim text is not: `"a b"` sorts before `"a#…"` because a space sorts below `#`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is text that other parts follow, so bytes below the delimiter would break the order of a range",
    label = "no range here: equality and `prefix(..)` only",
    note = "put the part last in the sort key to get ranges on it"
)]
pub trait ClosedPart: OrderedPart {}

/// Text: what `prefix(..)` is for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text, so it has no prefix",
    label = "`prefix(..)` is for text parts",
    note = "use a range, such as `a..=b`"
)]
pub trait TextPart: KeyPart {}

/// Appends text as it is, after checking what no text part may contain.
#[doc(hidden)]
pub fn encode_text(text: &str, out: &mut KeyText) -> Result<(), PartRule> {
    if text.is_empty() {
        return Err(PartRule::Empty);
    }
    encode_prefix(text, out)
}

/// As [`encode_text`], for the beginning of a text.
pub(crate) fn encode_prefix(text: &str, out: &mut KeyText) -> Result<(), PartRule> {
    let delimiter = out.delimiter();
    if text.contains(delimiter) {
        return Err(PartRule::ContainsDelimiter(delimiter));
    }
    // The lead byte of U+100000 and above; UTF-8 keeps the order of code points.
    if text.bytes().any(|byte| byte >= 0xF4) {
        return Err(PartRule::AboveLimit);
    }
    out.push_str(text);
    Ok(())
}

macro_rules! text {
    ($($type:ty),*) => {$(
        impl KeyPart for $type {
            fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
                encode_text(self, out)
            }
        }
        impl OrderedPart for $type {}
        impl TextPart for $type {}
    )*};
}
text!(String, Box<str>, Arc<str>);

macro_rules! unsigned {
    ($($type:ty: $width:literal),*) => {$(
        impl KeyPart for $type {
            fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
                // Writing to a text never fails.
                let _ = write!(out, "{self:0width$}", width = $width);
                Ok(())
            }
        }
        impl OrderedPart for $type {}
        impl ClosedPart for $type {}
    )*};
}
unsigned!(u8: 3, u16: 5, u32: 10, u64: 20, u128: 39);
