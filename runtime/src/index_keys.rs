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
use crate::key::builder::KeyPlace;
use crate::key::parts::{Parts, Place};
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

    /// The item, or the key of the item that is updated.
    #[inline]
    pub fn origin(&self) -> Result<&'a E, &'a E::Key> {
        match self.0 {
            Origin::Item(item) => Ok(item),
            Origin::Update { key, .. } => Err(key),
        }
    }

    /// A field that every item has, by the attribute it is stored in, under an update.
    pub fn touched<T: 'static>(&self, attribute: &str) -> Part<'a, T> {
        match self.0 {
            Origin::Item(_) => Part::Kept,
            Origin::Update { touched, .. } => touched.part::<T, T>(attribute, |value| Some(value)),
        }
    }

    /// A field that may be `None`, by the attribute it is stored in, under an update.
    pub fn touched_optional<T: 'static>(&self, attribute: &str) -> Part<'a, T> {
        match self.0 {
            Origin::Item(_) => Part::Kept,
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
#[derive(Debug)]
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

impl<'a, T> Part<'a, T> {
    /// What an item says of a field that may be `None`.
    #[inline]
    pub fn optional(value: &'a Option<T>) -> Self {
        value.as_ref().map_or(Self::Cleared, Self::Set)
    }

    /// The value: a half is written only if it has the values of all its parts.
    #[inline]
    pub(crate) fn value(&self) -> &'a T {
        match self {
            Self::Key(value) | Self::Set(value) => value,
            Self::Cleared | Self::Kept => unreachable!("a half is written of the parts at hand"),
        }
    }
}

/// What becomes of the parts of a half.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fate {
    is_set: bool,
    is_cleared: bool,
    is_kept: bool,
}

impl Fate {
    #[inline]
    pub(crate) fn and<T>(self, part: &Part<'_, T>) -> Self {
        match part {
            Part::Key(_) => self,
            Part::Set(_) => Self { is_set: true, ..self },
            Part::Cleared => Self { is_cleared: true, ..self },
            Part::Kept => Self { is_kept: true, ..self },
        }
    }
}

/// The halves of index keys that change: attribute and value, or none for one that goes.
#[derive(Debug)]
pub struct IndexKeys {
    halves: Vec<(&'static str, Option<KeyValue>)>,
    /// Why one of them cannot be.
    error: Option<KeyError>,
    /// Whether a half that nothing but the primary key makes is written too: an item may come into being.
    creates: bool,
}

impl IndexKeys {
    /// Of an item that may come into being.
    pub(crate) fn of_new() -> Self {
        Self { halves: Vec::new(), error: None, creates: true }
    }

    /// Of an item that is there.
    pub(crate) fn of_existing() -> Self {
        Self { halves: Vec::new(), error: None, creates: false }
    }

    /// One half, with what becomes of its parts.
    #[inline]
    pub fn half<L: Parts>(&mut self, place: &'static Place<L>, parts: L::Found<'_>) {
        let fate = L::fate(parts, Fate::default());
        let (attribute, template) = (place.untyped().attribute, place.template().source());
        let key = if fate.is_cleared {
            Ok(None)
        } else if fate.is_kept && fate.is_set {
            // What users set, they set together. It is a time that every write sets.
            Err(KeyError { attribute, template, problem: KeyProblem::PartKept })
        } else if !fate.is_kept && (self.creates || fate.is_set) {
            place.key(L::values(parts)).map(Some)
        } else {
            return;
        };
        match key {
            Ok(key) => self.halves.push((attribute, key)),
            Err(error) => self.error = self.error.take().or(Some(error)),
        }
    }

    /// The halves, unless one of them cannot be.
    pub(crate) fn finish(self) -> Result<Vec<(&'static str, Option<KeyValue>)>, KeyError> {
        match self.error {
            None => Ok(self.halves),
            Some(error) => Err(error),
        }
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
