//! What a field is to the keys of its entity, who stores it, and how an update may change it.
//!
//! An update that is refused says why in the words of a trait that nothing implements, such as
//! [`ChangesPrimaryKey`]: rustc reports the bound that fails last.

use std::marker::PhantomData;

use serde::Serialize;

use super::change::{Copied, Fits, SetOf};
use super::shape::Ordered;
use super::store::{Encoded, Store, store_value};
use crate::index_keys::Touched;

/// The role of a field that no key is composed of.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

/// The role of a field of the primary key: it never changes in an item.
#[derive(Debug, Clone, Copy)]
pub struct KeyField;

/// The role of a field that the key in some index is composed of: an update that sets it composes that key anew.
#[derive(Debug, Clone, Copy)]
pub struct IndexPart;

/// The role of a field that is half a key in some index by itself. `STORED_AS_KEY`: its attribute is that half, so
/// that whatever changes the attribute changes the key.
#[derive(Debug, Clone, Copy)]
pub struct SoleIndexPart<const STORED_AS_KEY: bool>;

/// The role of a field that the key in some index is composed of together with others: an update sets all of
/// them, as the struct `G`.
#[derive(Debug, Clone, Copy)]
pub struct Grouped<G>(PhantomData<fn() -> G>);

/// The role of a field that a function of the user's stores, as by `#[serde(with = "..")]`, beside `R`.
#[derive(Debug, Clone, Copy)]
pub struct Custom<R>(PhantomData<R>);

/// The role of one element of a list, or one entry of a map.
#[derive(Debug, Clone, Copy)]
pub struct Element;

/// A version or a time that writes set by themselves. It is the role of a [`Field`](crate::Field).
#[derive(Debug, Clone, Copy)]
pub struct SetByWrites;

/// The role of a place inside of a field that some key is composed of.
#[derive(Debug, Clone, Copy)]
pub struct Within;

/// What a field is to the keys of its entity, and who stores it.
pub trait Role: sealed::Sealed {
    /// The role of such a field in a struct that is itself inside of an item, where it is in no key.
    type Inside: Role;
    /// The role of such a place inside of a field that some key is composed of.
    type Within: Role;
    /// The role of a place inside of such a field, which would be `R` elsewhere.
    type Around<R: Role>: Role;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Plain {}
    impl Sealed for super::KeyField {}
    impl Sealed for super::IndexPart {}
    impl<const S: bool> Sealed for super::SoleIndexPart<S> {}
    impl<G> Sealed for super::Grouped<G> {}
    impl<R> Sealed for super::Custom<R> {}
    impl Sealed for super::SetByWrites {}
    impl Sealed for super::Element {}
    impl Sealed for super::Within {}
}

impl Role for Plain {
    type Inside = Self;
    type Within = Within;
    type Around<R: Role> = R;
}
impl Role for KeyField {
    type Inside = Plain;
    type Within = Within;
    type Around<R: Role> = R::Within;
}
impl Role for IndexPart {
    type Inside = Plain;
    type Within = Within;
    type Around<R: Role> = R::Within;
}
impl<const S: bool> Role for SoleIndexPart<S> {
    type Inside = Plain;
    type Within = Within;
    type Around<R: Role> = R::Within;
}
impl<G> Role for Grouped<G> {
    type Inside = Plain;
    type Within = Within;
    type Around<R: Role> = R::Within;
}
impl<R: Role> Role for Custom<R> {
    type Inside = Custom<R::Inside>;
    type Within = Custom<Within>;
    type Around<X: Role> = X;
}
impl Role for SetByWrites {
    type Inside = Within;
    type Within = Within;
    type Around<R: Role> = R::Within;
}
impl Role for Element {
    type Inside = Self;
    type Within = Within;
    type Around<R: Role> = R;
}
impl Role for Within {
    type Inside = Self;
    type Within = Self;
    type Around<R: Role> = R::Within;
}

/// The roles of fields that serde stores by their type alone.
#[diagnostic::on_unimplemented(
    message = "what a function of `#[serde(with)]` or `serialize_with` stores has no fields, elements or entries that are known here",
    label = "needs a field that is stored by its type",
    note = "`eq`, `ne`, `in_list` and `contains` are there: they store the other value by the same function"
)]
pub trait StoredByType: Role {}

/// The roles of fields whose values of type `T` can be made what is stored.
pub trait Stores<T>: Role {
    #[doc(hidden)]
    fn store(store: &Store<T>, value: &T) -> Option<Encoded>;
}

/// The roles of fields whose values of type `T` are sorted as DynamoDB sorts what is stored.
#[diagnostic::on_unimplemented(
    message = "what a function of `#[serde(with)]` or `serialize_with` stores has no order that is known here",
    label = "needs a field that is stored by its type",
    note = "`eq`, `ne`, `in_list` and `contains` are there: they store the other value by the same function"
)]
pub trait Sorts<T>: Stores<T> {}

// One for each role, so that for `Custom` there is none at all: then the messages above are the only ones.
impl<T: Ordered + Serialize> Sorts<T> for Plain {}
impl<T: Ordered + Serialize> Sorts<T> for KeyField {}
impl<T: Ordered + Serialize> Sorts<T> for IndexPart {}
impl<T: Ordered + Serialize, const S: bool> Sorts<T> for SoleIndexPart<S> {}
impl<T: Ordered + Serialize, G> Sorts<T> for Grouped<G> {}
impl<T: Ordered + Serialize> Sorts<T> for SetByWrites {}
impl<T: Ordered + Serialize> Sorts<T> for Element {}
impl<T: Ordered + Serialize> Sorts<T> for Within {}

#[diagnostic::do_not_recommend]
impl StoredByType for Plain {}
#[diagnostic::do_not_recommend]
impl StoredByType for KeyField {}
#[diagnostic::do_not_recommend]
impl StoredByType for IndexPart {}
#[diagnostic::do_not_recommend]
impl<const S: bool> StoredByType for SoleIndexPart<S> {}
#[diagnostic::do_not_recommend]
impl<G> StoredByType for Grouped<G> {}
#[diagnostic::do_not_recommend]
impl StoredByType for SetByWrites {}
#[diagnostic::do_not_recommend]
impl StoredByType for Element {}
#[diagnostic::do_not_recommend]
impl StoredByType for Within {}

#[diagnostic::do_not_recommend]
impl<T: Serialize, R: StoredByType> Stores<T> for R {
    fn store(_: &Store<T>, value: &T) -> Option<Encoded> {
        Some(store_value(value))
    }
}

#[diagnostic::do_not_recommend]
impl<T, R: Role> Stores<T> for Custom<R> {
    fn store(store: &Store<T>, value: &T) -> Option<Encoded> {
        store.custom.map(|custom| custom(value))
    }
}

/// The roles of fields of the entity `E` that an update can set, to a value of type `T`.
pub trait Sets<E, T>: Role {
    #[doc(hidden)]
    fn set(_: &mut Touched, _: &'static str, _: T) {}
}

/// The roles of fields of the entity `E` that an update can remove, which hold a `T`.
pub trait Removes<E, T>: Role {
    #[doc(hidden)]
    fn remove(_: &mut Touched, _: &'static str) {}
}

/// The roles of fields of the entity `E` that an update can set where they are missing.
pub trait SetsIfAbsent<E>: Role {}

/// The roles of fields of the entity `E` that an update can change by what they hold, in the way `H`, such as
/// adding an `N` to a `T`: a sum of `T` and `N`.
pub trait ChangesInPlace<E, H>: Role {}

/// The roles of fields of the entity `E` that can hold a set of `X` as a `T`.
pub trait HoldsSet<E, T, X>: Role {
    #[doc(hidden)]
    fn set(_: &Store<T>, _: Vec<X>) -> Option<Encoded> {
        None
    }
}

impl<E, T> Sets<E, T> for Plain {}
impl<E, T> Removes<E, T> for Plain where T: Optional {}
impl<E> SetsIfAbsent<E> for Plain {}
impl<E, H: Fits> ChangesInPlace<E, H> for Plain {}
impl<E: StoresSetsAsLists, T, X> HoldsSet<E, T, X> for Plain {}

impl<E, T> Sets<E, T> for Element {}
impl<E, T> Removes<E, T> for Element {}
impl<E> SetsIfAbsent<E> for Element {}
impl<E, H: Fits> ChangesInPlace<E, H> for Element {}
impl<E: StoresSetsAsLists, T, X> HoldsSet<E, T, X> for Element {}

impl<E, T, R: Sets<E, T>> Sets<E, T> for Custom<R> {
    fn set(touched: &mut Touched, attribute: &'static str, value: T) {
        R::set(touched, attribute, value);
    }
}
impl<E, T, R: Removes<E, T>> Removes<E, T> for Custom<R> {
    fn remove(touched: &mut Touched, attribute: &'static str) {
        R::remove(touched, attribute);
    }
}
impl<E, R: SetsIfAbsent<E>> SetsIfAbsent<E> for Custom<R> {}
impl<E: AddsToWhatAFunctionStores, H, R: Role> ChangesInPlace<E, H> for Custom<R> {}
impl<E, T: SetOf<X>, X, R: ChangesInPlace<E, Copied>> HoldsSet<E, T, X> for Custom<R> {
    fn set(store: &Store<T>, elements: Vec<X>) -> Option<Encoded> {
        <Self as Stores<T>>::store(store, &T::of(elements))
    }
}

impl<E, T: Send + Sync + 'static> Sets<E, T> for IndexPart {
    fn set(touched: &mut Touched, attribute: &'static str, value: T) {
        touched.set(attribute, value);
    }
}
impl<E, T: Optional> Removes<E, T> for IndexPart {
    fn remove(touched: &mut Touched, attribute: &'static str) {
        touched.clear(attribute);
    }
}
impl<E: KnowsIfAbsent> SetsIfAbsent<E> for IndexPart {}
impl<E: KnowsTheOutcome, H> ChangesInPlace<E, H> for IndexPart {}
impl<E: KnowsTheOutcome, T, X> HoldsSet<E, T, X> for IndexPart {}

impl<E, T: Send + Sync + 'static, const S: bool> Sets<E, T> for SoleIndexPart<S> {
    fn set(touched: &mut Touched, attribute: &'static str, value: T) {
        touched.set(attribute, value);
    }
}
impl<E, T: Optional, const S: bool> Removes<E, T> for SoleIndexPart<S> {
    fn remove(touched: &mut Touched, attribute: &'static str) {
        touched.clear(attribute);
    }
}
impl<E: KnowsIfAbsent, const S: bool> SetsIfAbsent<E> for SoleIndexPart<S> {}
impl<E, H: Fits> ChangesInPlace<E, H> for SoleIndexPart<true> {}
impl<E: KnowsTheOutcome, H> ChangesInPlace<E, H> for SoleIndexPart<false> {}
impl<E: KnowsTheOutcome, T, X, const S: bool> HoldsSet<E, T, X> for SoleIndexPart<S> {}

impl<E, T, G: SetOneByOne<E>> Sets<E, T> for Grouped<G> {}
impl<E, T: Optional, G> Removes<E, T> for Grouped<G> {
    fn remove(touched: &mut Touched, attribute: &'static str) {
        touched.clear(attribute);
    }
}
impl<E: KnowsIfAbsent, G> SetsIfAbsent<E> for Grouped<G> {}
impl<E: KnowsTheOutcome, H, G> ChangesInPlace<E, H> for Grouped<G> {}
impl<E: KnowsTheOutcome, T, X, G> HoldsSet<E, T, X> for Grouped<G> {}

impl<E: ChangesPrimaryKey, T> Sets<E, T> for KeyField {}
impl<E: ChangesPrimaryKey, T> Removes<E, T> for KeyField {}
impl<E: ChangesPrimaryKey> SetsIfAbsent<E> for KeyField {}
impl<E: ChangesPrimaryKey, H> ChangesInPlace<E, H> for KeyField {}
impl<E: ChangesPrimaryKey, T, X> HoldsSet<E, T, X> for KeyField {}

impl<E: ChangesWhatWritesSet, T> Sets<E, T> for SetByWrites {}
impl<E: ChangesWhatWritesSet, T> Removes<E, T> for SetByWrites {}
impl<E: ChangesWhatWritesSet> SetsIfAbsent<E> for SetByWrites {}
impl<E: ChangesWhatWritesSet, H> ChangesInPlace<E, H> for SetByWrites {}
impl<E: ChangesWhatWritesSet, T, X> HoldsSet<E, T, X> for SetByWrites {}

impl<E: ChangesInsideOfKeys, T> Sets<E, T> for Within {}
impl<E: ChangesInsideOfKeys, T> Removes<E, T> for Within {}
impl<E: ChangesInsideOfKeys> SetsIfAbsent<E> for Within {}
impl<E: ChangesInsideOfKeys, H> ChangesInPlace<E, H> for Within {}
impl<E: ChangesInsideOfKeys, T, X> HoldsSet<E, T, X> for Within {}

/// Types whose values can be missing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an `Option`, and an item without it could not be read",
    label = "only what is optional can be removed",
    note = "elements of lists and entries of maps can be removed too: `Order::LINES.index(0)`"
)]
pub trait Optional {}

impl<T> Optional for Option<T> {}

/// Nothing implements it: what is generated for a group of fields says so in its own words.
#[doc(hidden)]
pub trait SetOneByOne<E> {}

/// Nothing implements it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the primary key of `{Self}` never changes, and this field is part of it",
    label = "a field of the primary key",
    note = "delete the item, and insert it under its new key"
)]
pub trait ChangesPrimaryKey {}

/// See [`SetByWrites`].
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "every write of a `{Self}` sets this field by itself, so an update cannot",
    label = "a version, or the time of a write",
    note = "`.at_version(..)` asks for the version that was read"
)]
pub trait ChangesWhatWritesSet {}

/// Nothing implements it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a key of `{Self}` is composed of the field around this one, so only that field can be set, as a whole",
    label = "inside of a part of a key"
)]
pub trait ChangesInsideOfKeys {}

/// Nothing implements it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an index key of `{Self}` is composed of this field, and whether the field is set by `set_if_absent` only DynamoDB finds out",
    label = "the index key would not be known",
    note = "`.set(..)` composes the index key anew; `read_modify_write` changes the item as a whole"
)]
pub trait KnowsIfAbsent {}

/// Nothing implements it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an index key of `{Self}` is composed of this field, and what the update makes of the field only DynamoDB finds out",
    label = "the index key would not be known",
    note = "`.set(..)` composes the index key anew; `read_modify_write` changes the item as a whole"
)]
pub trait KnowsTheOutcome {}

/// Nothing implements it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "what a function of `#[serde(with)]` or `serialize_with` stores in this field of `{Self}` is not known here, so nothing can be added to it",
    label = "needs a field that is stored by its type",
    note = "`set`, `set_if_absent` and `remove` are there, and for sets `insert_into_set` and `remove_from_set`"
)]
pub trait AddsToWhatAFunctionStores {}

/// Nothing implements it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this field of `{Self}` is not stored as a set, because serde stores a set as a list unless it is told otherwise",
    label = "not stored as a set",
    note = "write `#[serde(with = \"serde_dynamo::string_set\")]` on the field, or `number_set`, or `binary_set`",
    note = "`append` adds to a list"
)]
pub trait StoresSetsAsLists {}
