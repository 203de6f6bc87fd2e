//! The keys of an item in secondary indexes: one generated function writes them, of a whole item and under an
//! update alike.
//!
//! Each half of a key is stored exactly while all parts of that half are there. So a half is written where its
//! parts are at hand, removed where one of them goes, and left alone where none of them changes.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::check::same;
use crate::entity::Entity;
use crate::key::builder::{KeyBuilder, KeyPlace, key_value};
use crate::key::{KeyError, KeyProblem, KeyValue};

/// Where the values of parts come from.
pub struct PartSource<'a, E: Entity>(Origin<'a, E>);

enum Origin<'a, E: Entity> {
    Item(&'a E),
    Update { key: &'a E::Key, touched: &'a Touched },
}

impl<'a, E: Entity> PartSource<'a, E> {
    pub(crate) fn item(item: &'a E) -> Self {
        Self(Origin::Item(item))
    }

    pub(crate) fn update(key: &'a E::Key, touched: &'a Touched) -> Self {
        Self(Origin::Update { key, touched })
    }

    /// A field of the primary key.
    #[inline]
    pub fn key<T>(&self, of_item: fn(&E) -> &T, of_key: fn(&E::Key) -> &T) -> Part<'a, T> {
        match self.0 {
            Origin::Item(item) => Part::Key(of_item(item)),
            Origin::Update { key, .. } => Part::Key(of_key(key)),
        }
    }

    /// A field that every item has, by the attribute it is stored in.
    #[inline]
    pub fn required<T: 'static>(&self, attribute: &str, of_item: fn(&E) -> &T) -> Part<'a, T> {
        match self.0 {
            Origin::Item(item) => Part::Set(of_item(item)),
            Origin::Update { touched, .. } => touched.part::<T, T>(attribute, |value| Some(value)),
        }
    }

    /// A field that may be `None`, by the attribute it is stored in.
    #[inline]
    pub fn optional<T: 'static>(&self, attribute: &str, of_item: fn(&E) -> &Option<T>) -> Part<'a, T> {
        match self.0 {
            Origin::Item(item) => of_item(item).as_ref().map_or(Part::Cleared, Part::Set),
            Origin::Update { touched, .. } => touched.part::<Option<T>, T>(attribute, Option::as_ref),
        }
    }
}

/// Whether the attribute is each of these halves itself.
pub const fn stored_as_key(attribute: &str, places: &[&KeyPlace]) -> bool {
    let mut at = 0;
    while at < places.len() {
        if !same(attribute, places[at].attribute) {
            return false;
        }
        at += 1;
    }
    true
}

/// What becomes of the value of one part.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a, T> {
    /// It is in the primary key, and never changes.
    Key(&'a T),
    /// It is this from now on.
    Set(&'a T),
    /// It is not there from now on.
    Cleared,
    /// It stays what it is, which is not known here.
    Kept,
}

/// What becomes of a part, without its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartState {
    /// See [`Part::Key`].
    Key,
    /// See [`Part::Set`].
    Set,
    /// See [`Part::Cleared`].
    Cleared,
    /// See [`Part::Kept`].
    Kept,
}

impl<'a, T> Part<'a, T> {
    /// What becomes of it.
    #[inline]
    pub fn state(&self) -> PartState {
        match self {
            Self::Key(_) => PartState::Key,
            Self::Set(_) => PartState::Set,
            Self::Cleared => PartState::Cleared,
            Self::Kept => PartState::Kept,
        }
    }

    /// The value: a half is written only if it has the values of all its parts.
    #[inline]
    pub fn value(&self) -> &'a T {
        match self {
            Self::Key(value) | Self::Set(value) => value,
            Self::Cleared | Self::Kept => unreachable!("a half is written of the parts at hand"),
        }
    }
}

/// The halves of index keys that change: attribute and value, or none for one that goes.
#[derive(Debug)]
pub struct IndexKeys {
    halves: Vec<(&'static str, Option<KeyValue>)>,
    /// Whether a half that nothing but the primary key makes is written too: an item may come into being.
    creates: bool,
}

impl IndexKeys {
    /// Of an item that may come into being.
    pub(crate) fn of_new() -> Self {
        Self { halves: Vec::new(), creates: true }
    }

    /// Of an item that is there.
    pub(crate) fn of_existing() -> Self {
        Self { halves: Vec::new(), creates: false }
    }

    /// One half, with what becomes of its parts.
    #[inline]
    pub fn half(
        &mut self,
        place: &'static KeyPlace,
        parts: &[PartState],
        write: impl FnOnce(&mut KeyBuilder<'_>) -> Result<(), KeyError>,
    ) -> Result<(), KeyError> {
        let has = |state| parts.contains(&state);
        if has(PartState::Cleared) {
            self.halves.push((place.attribute, None));
        } else if has(PartState::Kept) && has(PartState::Set) {
            // What users set, they set together. It is a time that every write sets.
            let (attribute, template) = (place.attribute, place.template.source());
            return Err(KeyError { attribute, template, problem: KeyProblem::PartKept });
        } else if !parts.contains(&PartState::Kept) && (self.creates || parts.contains(&PartState::Set)) {
            self.halves.push((place.attribute, Some(key_value(place, write)?)));
        }
        Ok(())
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = (&'static str, Option<KeyValue>)> {
        self.halves.into_iter()
    }
}

/// The fields that an update touches and index keys are composed of, by their attributes.
#[derive(Clone, Default)]
pub struct Touched(Vec<(&'static str, Value)>);

/// The new value of a field; none if the field is cleared.
type Value = Option<Arc<dyn Any + Send + Sync>>;

impl Touched {
    pub(crate) fn set<T: Send + Sync + 'static>(&mut self, attribute: &'static str, value: T) {
        self.0.push((attribute, Some(Arc::new(value))));
    }

    pub(crate) fn set_any(&mut self, attribute: &'static str, value: Arc<dyn Any + Send + Sync>) {
        self.0.push((attribute, Some(value)));
    }

    pub(crate) fn clear(&mut self, attribute: &'static str) {
        self.0.push((attribute, None));
    }

    fn part<T: 'static, P>(&self, attribute: &str, part: fn(&T) -> Option<&P>) -> Part<'_, P> {
        match self.0.iter().find(|(touched, _)| *touched == attribute) {
            None => Part::Kept,
            Some((_, None)) => Part::Cleared,
            Some((_, Some(value))) => match value.downcast_ref() {
                Some(value) => part(value).map_or(Part::Cleared, Part::Set),
                None => unreachable!("the constant of a field has the field's type"),
            },
        }
    }
}

/// Which attributes, and not what becomes of them.
impl fmt::Debug for Touched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(attribute, _)| attribute)).finish()
    }
}

impl<E: Entity> fmt::Debug for PartSource<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Origin::Item(_) => "PartSource of an item",
            Origin::Update { .. } => "PartSource of an update",
        })
    }
}
