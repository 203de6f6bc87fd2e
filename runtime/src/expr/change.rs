//! What the type of a field says about how an update can change it: whether it is added to, has elements at its
//! ends, or is a set.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use super::store::{StoreError, store};
use crate::key::Newtype;
use crate::value::IntoValue;

/// Types that serde stores as a number, to which an `N` can be added.
///
/// Integers and floats are such types, and newtypes of them with `#[derive(KeyPart)]`. An implementation by hand
/// states that `Serialize` makes a number of it, and of sums the sum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number that this can be added to",
    label = "`add` and `sub` need a number, and an amount of the same type"
)]
pub trait Number<N> {}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Number<$type> for $type {}
    )*};
}
numbers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64);

#[diagnostic::do_not_recommend]
impl<T: Number<N>, N> Number<N> for Option<T> {}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: Number<<T as Newtype>::Inner>>> Number<T> for T {}

/// Lists of `X` of any length, to whose ends elements can be added.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list that can grow by elements like these",
    label = "`append` and `prepend` need a list",
    note = "lists that grow are `Vec`, `VecDeque` and `Box<[T]>`, also in an `Option`"
)]
pub trait Growing<X> {}

#[diagnostic::do_not_recommend]
impl<X> Growing<X> for Vec<X> {}
#[diagnostic::do_not_recommend]
impl<X> Growing<X> for VecDeque<X> {}
#[diagnostic::do_not_recommend]
impl<X> Growing<X> for Box<[X]> {}
#[diagnostic::do_not_recommend]
impl<X, T: Growing<X>> Growing<X> for Option<T> {}

/// Sets of `X`: what can be stored as a set by a function such as `serde_dynamo::string_set`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of elements like these",
    label = "`insert_into_set` and `remove_from_set` need a set",
    note = "sets are `HashSet`, `BTreeSet` and `Vec` that a function such as `serde_dynamo::string_set` stores"
)]
pub trait SetOf<X>: Sized {
    /// The set of these elements.
    #[doc(hidden)]
    fn of(elements: Vec<X>) -> Self;
}

#[diagnostic::do_not_recommend]
impl<X: Eq + Hash, S: BuildHasher + Default> SetOf<X> for HashSet<X, S> {
    fn of(elements: Vec<X>) -> Self {
        elements.into_iter().collect()
    }
}
#[diagnostic::do_not_recommend]
impl<X: Ord> SetOf<X> for BTreeSet<X> {
    fn of(elements: Vec<X>) -> Self {
        elements.into_iter().collect()
    }
}
#[diagnostic::do_not_recommend]
impl<X> SetOf<X> for Vec<X> {
    fn of(elements: Vec<X>) -> Self {
        elements
    }
}
#[diagnostic::do_not_recommend]
impl<X, T: SetOf<X>> SetOf<X> for Option<T> {
    fn of(elements: Vec<X>) -> Self {
        Some(T::of(elements))
    }
}

/// Ways of changing a field by what it holds that fit its type.
#[doc(hidden)]
pub trait Fits {}

/// An `N` is added to a `T`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Sum<T, N>(PhantomData<fn() -> (T, N)>);

/// Elements `X` are added at an end of a `T`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Longer<T, X>(PhantomData<fn() -> (T, X)>);

/// It becomes what another field is.
#[doc(hidden)]
#[derive(Debug)]
pub struct Copied;

impl<T: Number<N>, N> Fits for Sum<T, N> {}
impl<T: Growing<X>, X> Fits for Longer<T, X> {}
impl Fits for Copied {}

/// The elements as values of one type.
pub(crate) fn elements<X, V: IntoValue<X>>(values: impl IntoIterator<Item = V>) -> Vec<X> {
    values.into_iter().map(IntoValue::into_value).collect()
}

/// What serde makes of a value by its type.
pub(crate) fn stored(value: &impl Serialize) -> Result<AttributeValue, StoreError> {
    store(value)
}
