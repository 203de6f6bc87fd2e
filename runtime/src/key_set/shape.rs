//! The shapes of key sets, and what has them.

use std::marker::PhantomData;

use super::places::Places;
use super::{AnyKey, KeySet, Keys};
use crate::entity::{Entity, EntityKey};
use crate::item::ItemError;
use crate::table::{InTable, Table};

/// A key set without its keys: it puts together what was found for them.
#[doc(hidden)]
pub trait Shape<T: Table>: Send + Sync + 'static {
    type Found: Send + 'static;

    fn read(&self, places: &mut Places<'_, T>) -> Self::Found;
}

/// The shape of the key of an entity.
#[doc(hidden)]
#[derive(Debug)]
pub struct OneKey<E>(PhantomData<fn() -> E>);

/// The shape of the key of any entity.
#[doc(hidden)]
#[derive(Debug)]
pub struct OneAnyKey;

/// The shape of many.
#[doc(hidden)]
#[derive(Debug)]
pub struct EachKey<S>(Vec<S>);

// It does not say that the entity's table is `T`: that the entity is in `T` is asked for in words of our own.
impl<T: Table, E: Entity> Shape<T> for OneKey<E> {
    type Found = Option<E>;

    fn read(&self, places: &mut Places<'_, T>) -> Self::Found {
        places.take(|item, _| item.read())
    }
}

impl<T: Table> Shape<T> for OneAnyKey {
    type Found = Option<T>;

    fn read(&self, places: &mut Places<'_, T>) -> Self::Found {
        // The enum would read an item of any of its entities: the key says of which it has to be.
        places.take(|item, expected| match item.type_in::<T>()? {
            found if found == expected => item.read(),
            found => Err(ItemError::WrongType { expected, found }),
        })
    }
}

impl<T: Table, S: Shape<T>> Shape<T> for EachKey<S> {
    type Found = Vec<S::Found>;

    fn read(&self, places: &mut Places<'_, T>) -> Self::Found {
        self.0.iter().map(|shape| shape.read(places)).collect()
    }
}

impl<T: Table, S: Shape<T>, const N: usize> Shape<T> for [S; N] {
    type Found = [S::Found; N];

    fn read(&self, places: &mut Places<'_, T>) -> Self::Found {
        std::array::from_fn(|at| self[at].read(places))
    }
}

/// What `#[derive(Entity)]` implements [`KeySet`] with, for the key of its entity.
#[doc(hidden)]
pub fn add_key<T: Table, K: EntityKey>(key: K, keys: &mut Keys<T>) -> OneKey<K::Entity>
where
    K::Entity: InTable<T>,
{
    keys.push(key.into());
    OneKey(PhantomData)
}

impl<T: Table> KeySet<T> for AnyKey<T> {
    type Found = Option<T>;
    type Shape = OneAnyKey;

    fn add_to(self, keys: &mut Keys<T>) -> Self::Shape {
        keys.push(self);
        OneAnyKey
    }
}

impl<T: Table, S: KeySet<T>> KeySet<T> for Vec<S> {
    type Found = Vec<S::Found>;
    type Shape = EachKey<S::Shape>;

    fn add_to(self, keys: &mut Keys<T>) -> Self::Shape {
        EachKey(self.into_iter().map(|set| set.add_to(keys)).collect())
    }
}

impl<T: Table, S: KeySet<T> + Clone> KeySet<T> for &[S] {
    type Found = Vec<S::Found>;
    type Shape = EachKey<S::Shape>;

    fn add_to(self, keys: &mut Keys<T>) -> Self::Shape {
        EachKey(self.iter().map(|set| set.clone().add_to(keys)).collect())
    }
}

impl<T: Table, S: KeySet<T> + Clone> KeySet<T> for &Vec<S> {
    type Found = Vec<S::Found>;
    type Shape = EachKey<S::Shape>;

    fn add_to(self, keys: &mut Keys<T>) -> Self::Shape {
        self.as_slice().add_to(keys)
    }
}

impl<T: Table, S: KeySet<T>, const N: usize> KeySet<T> for [S; N] {
    type Found = [S::Found; N];
    type Shape = [S::Shape; N];

    fn add_to(self, keys: &mut Keys<T>) -> Self::Shape {
        self.map(|set| set.add_to(keys))
    }
}

macro_rules! tuples {
    ($(($($set:ident)+))+) => {$(
        impl<T: Table, $($set: Shape<T>),+> Shape<T> for ($($set,)+) {
            type Found = ($($set::Found,)+);

            #[allow(non_snake_case)]
            fn read(&self, places: &mut Places<'_, T>) -> Self::Found {
                let ($($set,)+) = self;
                ($($set.read(places),)+)
            }
        }

        impl<T: Table, $($set: KeySet<T>),+> KeySet<T> for ($($set,)+) {
            type Found = ($($set::Found,)+);
            type Shape = ($($set::Shape,)+);

            #[allow(non_snake_case)]
            fn add_to(self, keys: &mut Keys<T>) -> Self::Shape {
                let ($($set,)+) = self;
                ($($set.add_to(keys),)+)
            }
        }
    )+};
}

tuples! {
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
}
