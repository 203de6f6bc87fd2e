//! What a write sets by itself: the version, and the times at which an item was made and changed.
//!
//! It is set in the item, not in the entity, when the request is made: an operation as a value knows no clock.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_dynamodb::types::AttributeValue;

use crate::entity::Entity;
use crate::expiry::Expiry;
use crate::expr::condition::{Comparator, Node, Operand};
use crate::expr::field::Field;
use crate::expr::path::Path;
use crate::expr::role::Stores;
use crate::expr::update::{Action, Clause};
use crate::expr::value::Value;
use crate::index_keys::Touched;
use crate::item::{EncodeError, EncodedItem, HasAttributes};
use crate::key::Newtype;
use crate::moment::Moment;

/// Entities with a field `#[entity(version)]`, which the derive implements it for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no version, so nothing tells that it was changed in between",
    label = "needs a version",
    note = "add a field to `{Self}`: `#[entity(version)] version: u64`; with `#[serde(default)]` items that are stored already have the version 0"
)]
pub trait Versioned: Entity {
    /// The type of the field.
    type Version: VersionNumber;
}

/// Types of versions: integers, and newtypes of them with `#[derive(KeyPart)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a version, which is an integer that each write adds one to",
    label = "not an integer",
    note = "write `version: u64`"
)]
pub trait VersionNumber {
    /// The largest value.
    #[doc(hidden)]
    const LARGEST: u128;

    #[doc(hidden)]
    fn to_number(&self) -> String;
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl VersionNumber for $integer {
            const LARGEST: u128 = if Self::MAX as u128 > LARGEST_STORED { LARGEST_STORED } else { Self::MAX as u128 };

            fn to_number(&self) -> String {
                self.to_string()
            }
        }
    )*};
}
integers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: VersionNumber>> VersionNumber for T {
    const LARGEST: u128 = T::Inner::LARGEST;

    fn to_number(&self) -> String {
        self.inner().to_number()
    }
}

/// DynamoDB stores 38 digits.
const LARGEST_STORED: u128 = 10_u128.pow(38) - 1;

/// What writes of an entity set.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Managed {
    version: Option<Version>,
    pub(crate) created_at: Option<Stamp>,
    pub(crate) updated_at: Option<Stamp>,
    /// Whether keys in indexes are made of these.
    pub(crate) in_index_keys: bool,
}

#[derive(Debug, Clone, Copy)]
struct Version {
    attribute: &'static str,
    largest: u128,
}

/// A time of an entity: its attribute, and what is stored there.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    pub(crate) attribute: &'static str,
    make: fn(SystemTime) -> Option<AttributeValue>,
    /// The coarsest unit that an index key holds it in.
    unit: Duration,
    /// The value itself, where index keys are made of it.
    value_in_keys: Option<fn(SystemTime) -> Option<AnyValue>>,
}

/// The value of a field, for the keys that are made of it.
pub(crate) type AnyValue = Arc<dyn Any + Send + Sync>;

/// The version that an item has to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expected {
    /// None: it is not stored yet, or was stored before the entity had versions.
    Unversioned,
    Number(String),
}

impl Expected {
    /// Zero is what an entity has that was not stored yet.
    pub(crate) fn of(version: &impl VersionNumber) -> Self {
        Self::of_number(version.to_number())
    }

    fn of_number(number: String) -> Self {
        if number == "0" { Self::Unversioned } else { Self::Number(number) }
    }

    /// That the item has it.
    pub(crate) fn node(self, attribute: &'static str, expiry: Option<Expiry>) -> Node {
        let path = Path::attribute(attribute);
        match (self, expiry) {
            (Self::Unversioned, None) => Node::NotExists(path),
            (Self::Unversioned, Some(expiry)) => Node::NotExists(path).or(expiry.over()),
            (Self::Number(number), _) => {
                let number = Operand::Value(AttributeValue::N(number));
                Node::Compare(Operand::Path(path), Comparator::Equal, number)
            }
        }
    }

    /// Whether the item that is stored, if one is, has it. `found`: it is not past its time.
    pub(crate) fn is_met(&self, attribute: &str, item: Option<&impl HasAttributes>, found: bool) -> bool {
        let stored = item.and_then(|item| item.value(attribute));
        match (self, stored.as_deref()) {
            (Self::Unversioned, stored) => stored.is_none() || !found,
            (Self::Number(number), Some(AttributeValue::N(stored))) => number == stored,
            (Self::Number(_), _) => false,
        }
    }
}

impl Managed {
    /// For entities without any of this.
    pub const NONE: Self = Self { version: None, created_at: None, updated_at: None, in_index_keys: false };

    #[must_use]
    pub const fn version<E: Versioned>(self, attribute: &'static str) -> Self {
        Self { version: Some(Version { attribute, largest: E::Version::LARGEST }), ..self }
    }

    #[must_use]
    pub const fn created_at(self, stamp: Stamp) -> Self {
        Self { created_at: Some(stamp), ..self }
    }

    #[must_use]
    pub const fn updated_at(self, stamp: Stamp) -> Self {
        Self { updated_at: Some(stamp), ..self }
    }

    #[must_use]
    pub const fn in_index_keys(self) -> Self {
        Self { in_index_keys: true, ..self }
    }

    /// The version that the entity was read with.
    pub(crate) fn expected(self, item: &impl HasAttributes) -> Option<Expected> {
        self.version?.number(item).ok().map(|number| Expected::of_number(number.to_string()))
    }

    /// Whether a write stores the time of it.
    pub(crate) const fn has_times(self) -> bool {
        self.created_at.is_some() || self.updated_at.is_some()
    }

    /// Sets the next version and the times of an item that is written as a whole. `is_new`: no item is replaced.
    pub(crate) fn set(
        self,
        item: &mut EncodedItem,
        is_new: bool,
        now: SystemTime,
    ) -> Result<(), EncodeError> {
        if let Some(version) = self.version {
            let next = version.number(item)?.checked_add(1).filter(|next| *next <= version.largest);
            let next = next.ok_or(EncodeError::VersionsUsedUp { attribute: version.attribute })?;
            item.set(version.attribute, &AttributeValue::N(next.to_string()));
        }
        if let Some(created) = self.created_at
            && (is_new || !created.is_set(item))
        {
            item.set(created.attribute, &created.value(now)?);
        }
        if let Some(updated) = self.updated_at {
            item.set(updated.attribute, &updated.value(now)?);
        }
        Ok(())
    }
}

impl Managed {
    /// What an update sets, and whether it may make an item.
    pub(crate) fn clauses(
        self,
        may_create: bool,
        now: SystemTime,
        touched: &mut Touched,
    ) -> Result<Vec<Clause>, EncodeError> {
        let mut clauses = Vec::new();
        if let Some(version) = self.version {
            // Of what is not there, or has no version, it makes the first.
            let one = AttributeValue::N("1".to_owned());
            clauses.push(Clause::attribute(version.attribute, Action::Add(one)));
        }
        if let Some(created) = self.created_at.filter(|_| may_create) {
            if created.is_in_keys() {
                return Err(EncodeError::CreatedInKeys { attribute: created.attribute });
            }
            clauses
                .push(Clause::attribute(created.attribute, Action::SetIfAbsent(created.value(now)?.into())));
        }
        if let Some(updated) = self.updated_at {
            clauses.push(Clause::attribute(updated.attribute, Action::Set(updated.value(now)?.into())));
            if let Some(value) = updated.value_in_keys.and_then(|value| value(updated.whole(now))) {
                touched.set_any(updated.attribute, value);
            }
        }
        Ok(clauses)
    }
}

impl Version {
    /// That of the entity; zero where serde leaves it out.
    fn number(self, item: &impl HasAttributes) -> Result<u128, EncodeError> {
        match item.value(self.attribute).as_deref() {
            None => Some(0),
            Some(AttributeValue::N(number)) => number.parse().ok(),
            Some(_) => None,
        }
        .ok_or(EncodeError::NoVersion { attribute: self.attribute })
    }
}

impl Stamp {
    pub const fn new(attribute: &'static str, make: fn(SystemTime) -> Option<AttributeValue>) -> Self {
        Self { attribute, make, unit: Duration::from_nanos(1), value_in_keys: None }
    }

    /// As coarse as its place in an index key.
    #[must_use]
    pub const fn in_units_of(self, unit: Duration) -> Self {
        Self { unit, ..self }
    }

    /// Index keys are made of it.
    #[must_use]
    pub const fn in_keys<T: Moment + Send + Sync + 'static>(self) -> Self {
        Self { value_in_keys: Some(|time| Some(Arc::new(T::at(time)?))), ..self }
    }

    pub(crate) fn is_in_keys(self) -> bool {
        self.value_in_keys.is_some()
    }

    /// What is stored for this time.
    pub(crate) fn value(self, time: SystemTime) -> Result<AttributeValue, EncodeError> {
        (self.make)(self.whole(time)).ok_or(EncodeError::NoSuchTime { attribute: self.attribute })
    }

    /// The time in whole units.
    fn whole(self, time: SystemTime) -> SystemTime {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let nanos = since.as_nanos() % self.unit.as_nanos();
        UNIX_EPOCH + since.saturating_sub(Duration::from_nanos(u64::try_from(nanos).unwrap_or_default()))
    }

    /// Whether the entity has a time, and not only the default of its type: 1970, or `None`.
    fn is_set(self, item: &impl HasAttributes) -> bool {
        match item.value(self.attribute).as_deref() {
            None | Some(AttributeValue::Null(_)) => false,
            Some(value) => (self.make)(UNIX_EPOCH).is_none_or(|default| *value != default),
        }
    }
}

/// What a field stores for a time.
#[doc(hidden)]
pub fn stamp<E, T: Moment, R: Stores<T>>(field: Field<E, T, R>, time: SystemTime) -> Option<AttributeValue> {
    R::store(&field.store, &T::at(time)?)?.ok().map(Value::into_attribute_value)
}
