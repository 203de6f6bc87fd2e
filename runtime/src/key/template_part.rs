//! The parts of one entity's templates, as types: what generated code is written in terms of.
//!
//! A field whose type cannot stand in a key is one error, at the field: all other generated code asks
//! only for the part, and the part is there.

use std::fmt::Debug;
use std::hash::{Hash, Hasher};

use super::parts::{Parts, Place};
use super::{Canonical, Codec, KeyPart};
use crate::proof::{KeyType, Segment};

/// A field and the codec that writes it.
pub trait TemplatePart {
    /// The field's type.
    type Value: KeyPart;
    /// How it is written.
    type Codec: Codec<Self::Value>;
    /// What it can be as a key by itself, besides text.
    const NATIVE: Option<KeyType> = None;
}

/// A field that is written as its type says.
pub trait CanonicalPart {
    /// The field's type.
    type Value: KeyPart;
}

#[diagnostic::do_not_recommend]
impl<P: CanonicalPart> TemplatePart for P {
    type Value = P::Value;
    type Codec = Canonical;
    const NATIVE: Option<KeyType> = P::Value::NATIVE;
}

/// The part as a segment of its template.
pub const fn part<P: TemplatePart>(field: &'static str) -> Segment {
    Segment::Part { field, language: P::Codec::LANGUAGE, lossy: P::Codec::LOSSY }
}

/// Byte order is value order at this place.
pub(crate) const RANGES: u8 = 0;
/// The texts of the part do not sort as its values do.
pub(crate) const UNORDERED: u8 = 1;
/// The texts sort as the values do, but not with what follows them.
pub(super) const RUNS_ON: u8 = 2;
/// The text holds less than the value.
pub(super) const LOSSY: u8 = 3;

/// Whether part number `part` of the half has ranges, or why not.
pub const fn range_of<P: TemplatePart, L: Parts>(half: &Place<L>, part: usize) -> u8 {
    if P::Codec::LOSSY {
        LOSSY
    } else if !P::Codec::KEEPS_ORDER {
        UNORDERED
    } else if !half.template().allows_range(part) {
        RUNS_ON
    } else {
        RANGES
    }
}

/// Whether part number `part` of the half has prefixes.
pub const fn has_prefixes<P: TemplatePart, L: Parts>(half: &Place<L>, part: usize) -> bool {
    P::Codec::HAS_PREFIXES && half.template().allows_prefix(part)
}

/// `Clone` of a member of a key struct.
pub fn clone<P: TemplatePart>(value: &P::Value) -> P::Value {
    value.clone()
}

/// `Debug` of a member of a key struct.
pub fn debug<P: TemplatePart>(value: &P::Value) -> &dyn Debug {
    value
}

/// `PartialEq` of a member of a key struct.
pub fn equal<P: TemplatePart>(left: &P::Value, right: &P::Value) -> bool {
    left == right
}

/// `Hash` of a member of a key struct.
pub fn hash<P: TemplatePart, H: Hasher>(value: &P::Value, state: &mut H) {
    value.hash(state);
}
