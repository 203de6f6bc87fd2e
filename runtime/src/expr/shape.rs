//! What the type of a field says about the attribute that serde makes of it: whether it is sorted, begins
//! with something, has elements, or has fields of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::num::{NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128};
use std::num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128};
use std::sync::Arc;

use crate::key::{Newtype, PartRule};
use crate::value::IntoValue;

/// Types whose attributes DynamoDB sorts as Rust sorts the values: numbers, text, and what is stored as these
/// in order.
///
/// An implementation by hand, for a type of your own, states that its `Serialize` keeps the order. Newtypes
/// with `#[derive(KeyPart)]` have it from the type inside.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in DynamoDB, so `lt`, `le`, `gt`, `ge` and `between` do not exist for it",
    label = "`{Self}` is not stored as a number, or as text in the order of its values",
    note = "use `eq`, `ne` or `in_list`"
)]
pub trait Ordered {}

macro_rules! ordered {
    ($($type:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl Ordered for $type {}
    )*};
}

ordered!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64);
ordered!(NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128);
ordered!(NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128);
ordered!(String, Box<str>, Arc<str>, char);
// Dates have one width from year 0 to 9999. Date-times have not: serde writes as many digits as there are.
#[cfg(feature = "chrono")]
ordered!(chrono::NaiveDate);
#[cfg(feature = "jiff")]
ordered!(jiff::civil::Date);
#[cfg(feature = "ulid")]
ordered!(ulid::Ulid);
#[cfg(feature = "uuid")]
ordered!(uuid::Uuid);

/// What is missing is neither below nor above anything.
#[diagnostic::do_not_recommend]
impl<T: Ordered> Ordered for Option<T> {}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: Ordered>> Ordered for T {}

/// Types stored as text or as bytes, of which a prefix `P` can be asked for.
// `P` is no associated type: rustc would report a wrong type by way of newtypes, and not by what is wrong.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither text nor bytes, so it does not begin with anything",
    label = "`begins_with` needs text or bytes"
)]
pub trait Prefixed<P>: Sized {
    /// The prefix as a value of its own.
    #[doc(hidden)]
    fn prefix(prefix: P) -> Result<Self, PartRule>;
}

/// Types in which an `X` can be contained: a text in a text, an element in a set or a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` contains nothing: it is neither text nor a set nor a list",
    label = "`contains` needs text, a set or a list"
)]
pub trait Container<X>: Sized {
    /// The container of this element alone.
    #[doc(hidden)]
    fn only(element: X) -> Result<Self, PartRule>;
}

macro_rules! text {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<P: IntoValue<String>> Prefixed<P> for $type {
            fn prefix(prefix: P) -> Result<Self, PartRule> {
                Ok(prefix.into_value().into())
            }
        }
        #[diagnostic::do_not_recommend]
        impl<X: IntoValue<String>> Container<X> for $type {
            fn only(element: X) -> Result<Self, PartRule> {
                Ok(element.into_value().into())
            }
        }
    )*};
}
text!(String, Box<str>, Arc<str>);

/// Bytes, where `#[serde(with = "..")]` stores them as such; serde by itself stores a list of numbers.
#[diagnostic::do_not_recommend]
impl<P: IntoValue<Vec<u8>>> Prefixed<P> for Vec<u8> {
    fn prefix(prefix: P) -> Result<Self, PartRule> {
        Ok(prefix.into_value())
    }
}

macro_rules! container {
    ($($type:ident: $($bound:ident)*),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: $($bound +)*, X: IntoValue<T>> Container<X> for $type<T> {
            fn only(element: X) -> Result<Self, PartRule> {
                Ok([element.into_value()].into_iter().collect())
            }
        }
    )*};
}
container!(Vec:, VecDeque:, BTreeSet: Ord, HashSet: Eq Hash);

#[diagnostic::do_not_recommend]
impl<T: Prefixed<P>, P> Prefixed<P> for Option<T> {
    fn prefix(prefix: P) -> Result<Self, PartRule> {
        T::prefix(prefix).map(Some)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: Prefixed<P>>, P> Prefixed<P> for T {
    fn prefix(prefix: P) -> Result<Self, PartRule> {
        Self::from_inner(T::Inner::prefix(prefix)?)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Container<X>, X> Container<X> for Option<T> {
    fn only(element: X) -> Result<Self, PartRule> {
        T::only(element).map(Some)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: Container<X>>, X> Container<X> for T {
    fn only(element: X) -> Result<Self, PartRule> {
        Self::from_inner(T::Inner::only(element)?)
    }
}

/// Fields that hold a struct: the struct itself, an `Option` of it, or a `Box`.
#[diagnostic::on_unimplemented(
    message = "the field does not hold a `{S}`, but `{Self}`",
    label = "not a field of what is stored there",
    note = "`.at(..)` takes a field of the struct that the field holds, which has `#[derive(Fields)]`"
)]
pub trait Holds<S> {}

#[diagnostic::do_not_recommend]
impl<S> Holds<S> for S {}
#[diagnostic::do_not_recommend]
impl<S> Holds<S> for Option<S> {}
#[diagnostic::do_not_recommend]
impl<S> Holds<S> for Box<S> {}
#[diagnostic::do_not_recommend]
impl<S> Holds<S> for Option<Box<S>> {}

/// Fields that hold a list of `X`, whose elements have places.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list, so it has no element to name by its place",
    label = "`.index(..)` needs a list",
    note = "lists are `Vec`, `VecDeque`, `Box<[T]>` and arrays, also in an `Option`; the elements of a set have no places"
)]
pub trait List<X> {}

/// Fields that hold a map to `X`, whose entries have keys.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map, so it has no entry to name by its key",
    label = "`.key(..)` needs a map",
    note = "maps are `HashMap` and `BTreeMap`, also in an `Option`"
)]
pub trait Map<X> {}

#[diagnostic::do_not_recommend]
impl<X> List<X> for Vec<X> {}
#[diagnostic::do_not_recommend]
impl<X> List<X> for VecDeque<X> {}
#[diagnostic::do_not_recommend]
impl<X> List<X> for Box<[X]> {}
#[diagnostic::do_not_recommend]
impl<X, const N: usize> List<X> for [X; N] {}
#[diagnostic::do_not_recommend]
impl<X, T: List<X>> List<X> for Option<T> {}

#[diagnostic::do_not_recommend]
impl<K, X, S> Map<X> for HashMap<K, X, S> {}
#[diagnostic::do_not_recommend]
impl<K, X> Map<X> for BTreeMap<K, X> {}
#[diagnostic::do_not_recommend]
impl<X, T: Map<X>> Map<X> for Option<T> {}

/// Fields whose values can be equal: of one type, whether optional or not.
#[diagnostic::on_unimplemented(
    message = "a field of `{Self}` cannot be compared with a field of `{U}`",
    label = "this field holds `{U}`"
)]
pub trait ComparesWith<U> {}

#[diagnostic::do_not_recommend]
impl<T> ComparesWith<T> for T {}
#[diagnostic::do_not_recommend]
impl<T> ComparesWith<Option<T>> for T {}
#[diagnostic::do_not_recommend]
impl<T> ComparesWith<T> for Option<T> {}
