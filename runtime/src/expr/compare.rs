//! What can be asked of a field: the comparisons and functions that DynamoDB has.

use std::fmt;
use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;

use super::condition::{Comparator, Condition, Node, Operand};
use super::field::Field;
use super::path::{Path, Step};
use super::problem::{IN_LIMIT, Problem, ValueRule};
use super::role::{Sorts, Stores};
use super::shape::{ComparesWith, Container, Prefixed};
use super::store::{Stored, reversed};
use crate::value::IntoValue;

/// The types of attributes, for [`Field::attribute_type`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// `S`
    Text,
    /// `N`
    Number,
    /// `B`
    Binary,
    /// `BOOL`
    Bool,
    /// `NULL`
    Null,
    /// `L`
    List,
    /// `M`
    Map,
    /// `SS`
    TextSet,
    /// `NS`
    NumberSet,
    /// `BS`
    BinarySet,
}

impl AttributeType {
    /// What DynamoDB calls it, such as `"SS"`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "S",
            Self::Number => "N",
            Self::Binary => "B",
            Self::Bool => "BOOL",
            Self::Null => "NULL",
            Self::List => "L",
            Self::Map => "M",
            Self::TextSet => "SS",
            Self::NumberSet => "NS",
            Self::BinarySet => "BS",
        }
    }
}

/// Equality, which every field has.
///
/// The value is stored by serde as the field would be. `None`, and what `skip_serializing_if` leaves out of the
/// item, is equal to what is not there, and to `NULL`.
impl<E, T, R> Field<E, T, R> {
    /// The field holds `value`: `#0 = :0`.
    pub fn eq(self, value: impl IntoValue<T>) -> Condition<E>
    where
        R: Stores<T>,
    {
        let value = self.stored(&value.into_value());
        Condition::of(self.place().and_then(|path| Ok(equal(path, value?))))
    }

    /// The field holds something else than `value`, or nothing: `#0 <> :0`.
    pub fn ne(self, value: impl IntoValue<T>) -> Condition<E>
    where
        R: Stores<T>,
    {
        let value = self.stored(&value.into_value());
        Condition::of(self.place().and_then(|path| Ok(not_equal(path, value?))))
    }

    /// The field holds one of these values, of which there are 1 to 100: `#0 IN (:0, :1)`.
    pub fn in_list<V: IntoValue<T>>(self, values: impl IntoIterator<Item = V>) -> Condition<E>
    where
        R: Stores<T>,
    {
        let values = values.into_iter().map(|value| self.stored(&value.into_value()));
        let values: Result<Vec<_>, _> = values.collect();
        Condition::of(self.place().and_then(|path| one_of(path, values?)))
    }

    /// The two fields hold the same: `#0 = #1`. Where one of them is missing, they do not.
    pub fn eq_field<U: ComparesWith<T>, R2>(self, other: Field<E, U, R2>) -> Condition<E> {
        self.compare_fields(Comparator::Equal, other)
    }

    /// The two fields do not hold the same: `#0 <> #1`.
    pub fn ne_field<U: ComparesWith<T>, R2>(self, other: Field<E, U, R2>) -> Condition<E> {
        self.compare_fields(Comparator::NotEqual, other)
    }

    fn compare_fields<U, R2>(self, comparator: Comparator, other: Field<E, U, R2>) -> Condition<E> {
        let both = self.place().and_then(|path| Ok((path, other.place()?)));
        Condition::of(both.and_then(|(path, other)| match path == other {
            true => Err(ValueRule::Itself.of(&path)),
            false => Ok(Node::Compare(Operand::Path(path), comparator, Operand::Path(other))),
        }))
    }

    /// Where the field is, if an expression can say so.
    pub(crate) fn place(&self) -> Result<Path, Problem> {
        let empty = |step: &Step| matches!(step, Step::Key(key) if key.is_empty());
        match self.path.inside.iter().any(empty) {
            true => Err(ValueRule::EmptyKey.of(&self.path)),
            false => Ok(self.path.clone()),
        }
    }
}

/// Order, where DynamoDB's is the order of the values. What is missing is neither below nor above anything.
impl<E, T, R> Field<E, T, R> {
    /// The field holds less than `value`: `#0 < :0`.
    pub fn lt(self, value: impl IntoValue<T>) -> Condition<E>
    where
        R: Sorts<T>,
    {
        self.compare(Comparator::Less, value.into_value())
    }

    /// The field holds at most `value`: `#0 <= :0`.
    pub fn le(self, value: impl IntoValue<T>) -> Condition<E>
    where
        R: Sorts<T>,
    {
        self.compare(Comparator::LessOrEqual, value.into_value())
    }

    /// The field holds more than `value`: `#0 > :0`.
    pub fn gt(self, value: impl IntoValue<T>) -> Condition<E>
    where
        R: Sorts<T>,
    {
        self.compare(Comparator::Greater, value.into_value())
    }

    /// The field holds at least `value`: `#0 >= :0`.
    pub fn ge(self, value: impl IntoValue<T>) -> Condition<E>
    where
        R: Sorts<T>,
    {
        self.compare(Comparator::GreaterOrEqual, value.into_value())
    }

    /// The field holds less than what `other` holds: `#0 < #1`.
    pub fn lt_field<U: ComparesWith<T>, R2>(self, other: Field<E, U, R2>) -> Condition<E>
    where
        R: Sorts<T>,
        R2: Sorts<U>,
    {
        self.compare_fields(Comparator::Less, other)
    }

    /// The field holds at most what `other` holds: `#0 <= #1`.
    pub fn le_field<U: ComparesWith<T>, R2>(self, other: Field<E, U, R2>) -> Condition<E>
    where
        R: Sorts<T>,
        R2: Sorts<U>,
    {
        self.compare_fields(Comparator::LessOrEqual, other)
    }

    /// The field holds more than what `other` holds: `#0 > #1`.
    pub fn gt_field<U: ComparesWith<T>, R2>(self, other: Field<E, U, R2>) -> Condition<E>
    where
        R: Sorts<T>,
        R2: Sorts<U>,
    {
        self.compare_fields(Comparator::Greater, other)
    }

    /// The field holds at least what `other` holds: `#0 >= #1`.
    pub fn ge_field<U: ComparesWith<T>, R2>(self, other: Field<E, U, R2>) -> Condition<E>
    where
        R: Sorts<T>,
        R2: Sorts<U>,
    {
        self.compare_fields(Comparator::GreaterOrEqual, other)
    }

    fn compare(self, comparator: Comparator, value: T) -> Condition<E>
    where
        R: Stores<T>,
    {
        let value = self.stored(&value);
        Condition::of(self.place().and_then(|path| {
            Ok(Node::Compare(Operand::Path(path), comparator, Operand::Value(value?.value)))
        }))
    }

    /// The field holds `low`, `high`, or what is between them: `#0 BETWEEN :0 AND :1`.
    pub fn between(self, low: impl IntoValue<T>, high: impl IntoValue<T>) -> Condition<E>
    where
        R: Sorts<T>,
    {
        let bounds = [low.into_value(), high.into_value()].map(|bound| self.stored(&bound));
        Condition::of(self.place().and_then(|path| {
            let [low, high] = bounds;
            let (low, high) = (low?.value, high?.value);
            if reversed(&low, &high) {
                return Err(ValueRule::Reversed.of(&path));
            }
            Ok(Node::Between(Operand::Path(path), Operand::Value(low), Operand::Value(high)))
        }))
    }
}

/// DynamoDB's functions.
impl<E, T, R> Field<E, T, R> {
    /// The text or the bytes begin with `prefix`: `begins_with(#0, :0)`.
    pub fn begins_with<P>(self, prefix: P) -> Condition<E>
    where
        T: Prefixed<P>,
        R: Stores<T>,
    {
        let prefix = T::prefix(prefix).map_err(|_| ValueRule::Unstorable.of(&self.path));
        let prefix = prefix.and_then(|prefix| self.stored(&prefix));
        Condition::of(self.place().and_then(|path| match prefix?.value {
            value @ (AttributeValue::S(_) | AttributeValue::B(_)) => {
                Ok(Node::BeginsWith(path, Operand::Value(value)))
            }
            _ => Err(ValueRule::NoPrefix.of(&path)),
        }))
    }

    /// The text has `element` in it, or the set or list has it among its elements: `contains(#0, :0)`.
    pub fn contains<X>(self, element: X) -> Condition<E>
    where
        T: Container<X>,
        R: Stores<T>,
    {
        let only = T::only(element).map_err(|_| ValueRule::Unstorable.of(&self.path));
        let only = only.and_then(|only| self.stored(&only));
        Condition::of(self.place().and_then(|path| match element_of(only?.value) {
            Some(element) => Ok(Node::Contains(path, Operand::Value(element))),
            None => Err(ValueRule::NotOneElement.of(&path)),
        }))
    }

    /// The item has the attribute, if only as `NULL`: `attribute_exists(#0)`.
    pub fn exists(self) -> Condition<E> {
        Condition::of(self.place().map(Node::Exists))
    }

    /// The item does not have the attribute: `attribute_not_exists(#0)`.
    pub fn not_exists(self) -> Condition<E> {
        Condition::of(self.place().map(Node::NotExists))
    }

    /// The attribute is of this type: `attribute_type(#0, :0)`.
    pub fn attribute_type(self, attribute_type: AttributeType) -> Condition<E> {
        let name = AttributeValue::S(attribute_type.name().to_owned());
        Condition::of(self.place().map(|path| Node::Type(path, Operand::Value(name))))
    }

    /// The size of what the field holds, to be compared: `size(#0)`.
    ///
    /// Of bytes, their number; of a set, a list or a map, its elements. Of text it is what DynamoDB calls its
    /// length, without saying of what: the in-process engine counts UTF-16 units, and for ASCII there is no
    /// difference. Numbers and booleans have no size: only `ne` holds of it, as of what is missing.
    pub fn size(self) -> Size<E> {
        Size { path: self.place(), entity: PhantomData }
    }
}

/// The size of what a field holds: see [`Field::size`].
#[must_use = "a size is compared with a number: `.size().le(10)`"]
pub struct Size<E> {
    path: Result<Path, Problem>,
    entity: PhantomData<fn() -> E>,
}

impl<E> Size<E> {
    /// The size is `count`, in characters, bytes or elements: `size(#0) = :0`.
    pub fn eq(self, count: u64) -> Condition<E> {
        self.compare(Comparator::Equal, count)
    }

    /// The size is another than `count`, in characters, bytes or elements: `size(#0) <> :0`.
    pub fn ne(self, count: u64) -> Condition<E> {
        self.compare(Comparator::NotEqual, count)
    }

    /// The size is less than `count`, in characters, bytes or elements: `size(#0) < :0`.
    pub fn lt(self, count: u64) -> Condition<E> {
        self.compare(Comparator::Less, count)
    }

    /// The size is at most `count`, in characters, bytes or elements: `size(#0) <= :0`.
    pub fn le(self, count: u64) -> Condition<E> {
        self.compare(Comparator::LessOrEqual, count)
    }

    /// The size is more than `count`, in characters, bytes or elements: `size(#0) > :0`.
    pub fn gt(self, count: u64) -> Condition<E> {
        self.compare(Comparator::Greater, count)
    }

    /// The size is at least `count`, in characters, bytes or elements: `size(#0) >= :0`.
    pub fn ge(self, count: u64) -> Condition<E> {
        self.compare(Comparator::GreaterOrEqual, count)
    }

    /// The size is one of these, both included, in characters, bytes or elements: `size(#0) BETWEEN :0 AND :1`.
    pub fn between(self, low: u64, high: u64) -> Condition<E> {
        Condition::of(self.path.and_then(|path| match low <= high {
            true => Ok(Node::Between(Operand::Size(path), number(low), number(high))),
            false => Err(ValueRule::Reversed.of(&path)),
        }))
    }

    fn compare(self, comparator: Comparator, count: u64) -> Condition<E> {
        Condition::of(self.path.map(|path| Node::Compare(Operand::Size(path), comparator, number(count))))
    }
}

impl<E> Clone for Size<E> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), entity: PhantomData }
    }
}

impl<E> fmt::Debug for Size<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.fmt(f)
    }
}

fn number(count: u64) -> Operand {
    Operand::Value(AttributeValue::N(count.to_string()))
}

fn equal(path: Path, Stored { value, may_be_absent }: Stored) -> Node {
    let equal = Node::Compare(Operand::Path(path.clone()), Comparator::Equal, Operand::Value(value));
    match may_be_absent {
        true => Node::NotExists(path).or(equal),
        false => equal,
    }
}

fn not_equal(path: Path, Stored { value, may_be_absent }: Stored) -> Node {
    let unequal = Node::Compare(Operand::Path(path.clone()), Comparator::NotEqual, Operand::Value(value));
    match may_be_absent {
        true => Node::Exists(path).and(unequal),
        false => unequal,
    }
}

fn one_of(path: Path, mut values: Vec<Stored>) -> Result<Node, Problem> {
    let may_be_absent = values.iter().any(|stored| stored.may_be_absent);
    let list = match values.len() {
        0 => return Err(ValueRule::NoValues.of(&path)),
        // What `=` says shorter.
        1 => return Ok(equal(path, values.remove(0))),
        count if count > IN_LIMIT => return Err(ValueRule::TooManyValues(count).of(&path)),
        _ => values.into_iter().map(|stored| Operand::Value(stored.value)).collect(),
    };
    let listed = Node::In(Operand::Path(path.clone()), list);
    Ok(match may_be_absent {
        true => Node::NotExists(path).or(listed),
        false => listed,
    })
}

/// The element of a container of one, or the text that is in a text.
fn element_of(value: AttributeValue) -> Option<AttributeValue> {
    let first = |mut all: Vec<String>| all.pop();
    match value {
        AttributeValue::S(text) => Some(AttributeValue::S(text)),
        AttributeValue::Ss(all) => first(all).map(AttributeValue::S),
        AttributeValue::Ns(all) => first(all).map(AttributeValue::N),
        AttributeValue::Bs(mut all) => all.pop().map(AttributeValue::B),
        AttributeValue::L(mut all) => all.pop(),
        _ => None,
    }
}
