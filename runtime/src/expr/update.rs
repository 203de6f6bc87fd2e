//! Updates as lists of clauses: what becomes of which place in the item.

use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use super::change;
use super::field::Field;
use super::path::{Path, Step};
use super::problem::{Problem, ValueRule};
use super::role::{HoldsSet, Stores};
use super::store::{Change, check};
use super::value::Value;

/// What becomes of one place.
#[derive(Clone, PartialEq)]
pub(crate) struct Clause {
    pub(crate) path: Path,
    pub(crate) action: Action,
}

/// What DynamoDB does there, in the terms of its update expressions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Action {
    /// `SET #0 = :0`
    Set(Value),
    /// `SET #0 = if_not_exists(#0, :0)`
    SetIfAbsent(Value),
    /// `SET #0 = #1`
    Copy(Path),
    /// `SET #0.#1 = if_not_exists(#0.#1, :0) + :1`: what `ADD` does to an attribute.
    Sum(AttributeValue),
    /// `SET #0 = list_append(if_not_exists(#0, :0), :1)`
    Append(AttributeValue),
    /// `SET #0 = list_append(:1, if_not_exists(#0, :0))`
    Prepend(AttributeValue),
    /// `REMOVE #0`
    Remove,
    /// `ADD #0 :0`: a number, or the elements of a set.
    Add(AttributeValue),
    /// `DELETE #0 :0`: the elements of a set.
    Delete(AttributeValue),
}

impl Action {
    /// The operators and functions that DynamoDB counts.
    fn operators(&self) -> usize {
        match self {
            Self::Set(_) | Self::Copy(_) | Self::Remove | Self::Add(_) | Self::Delete(_) => 0,
            Self::SetIfAbsent(_) => 1,
            Self::Sum(_) | Self::Append(_) | Self::Prepend(_) => 2,
        }
    }
}

pub(crate) fn operators(clauses: &[Clause]) -> usize {
    clauses.iter().map(|clause| clause.action.operators()).sum()
}

impl Clause {
    pub(crate) fn attribute(attribute: &'static str, action: Action) -> Self {
        Self { path: Path::attribute(attribute), action }
    }

    /// The attribute, if the clause is of it as a whole.
    pub(crate) fn whole(&self) -> Option<&'static str> {
        self.path.inside.is_empty().then_some(self.path.attribute)
    }
}

/// Refuses what DynamoDB calls overlapping paths.
pub(crate) fn check_overlap(clauses: &[Clause]) -> Result<(), Problem> {
    for (at, clause) in clauses.iter().enumerate() {
        if let Some(earlier) = clauses[..at].iter().find(|earlier| earlier.path.overlaps(&clause.path)) {
            return Err(Problem::Overlap(earlier.path.to_string(), clause.path.to_string()));
        }
    }
    Ok(())
}

impl Path {
    /// Whether one is the other, or inside of it.
    fn overlaps(&self, other: &Self) -> bool {
        let same = |(this, other): (&Step, &Step)| match (this, other) {
            // What serde calls a field is an entry of a map to DynamoDB.
            (Step::Field(field), Step::Key(key)) | (Step::Key(key), Step::Field(field)) => field == key,
            _ => this == other,
        };
        self.attribute == other.attribute && self.inside.iter().zip(&other.inside).all(same)
    }
}

/// The clauses of fields. A value that cannot be stored is a problem of the operation.
impl<E, T, R> Field<E, T, R> {
    pub(crate) fn set(&self, value: &T) -> Result<Clause, Problem>
    where
        R: Stores<T>,
    {
        let action = match self.change(value)? {
            Change::Set(value) => Action::Set(value),
            Change::Remove => Action::Remove,
        };
        Ok(Clause { path: self.place()?, action })
    }

    /// None for a value that is left out of the item: if it is absent, it stays so.
    pub(crate) fn set_if_absent(&self, value: &T) -> Result<Option<Clause>, Problem>
    where
        R: Stores<T>,
    {
        let path = self.place()?;
        Ok(match self.change(value)? {
            Change::Set(value) => Some(Clause { path, action: Action::SetIfAbsent(value) }),
            Change::Remove => None,
        })
    }

    pub(crate) fn copy<R2>(&self, other: &Field<E, T, R2>) -> Result<Clause, Problem> {
        Ok(Clause { path: self.place()?, action: Action::Copy(other.place()?) })
    }

    pub(crate) fn remove(&self) -> Result<Clause, Problem> {
        Ok(Clause { path: self.place()?, action: Action::Remove })
    }

    pub(crate) fn add<N: Serialize>(&self, amount: &N, sign: Sign) -> Result<Clause, Problem> {
        let path = self.place()?;
        let amount = change::stored(amount).map_err(|_| ValueRule::Unstorable.of(&path))?;
        check(&path, &amount)?;
        let AttributeValue::N(number) = amount else { return Err(ValueRule::AddsNoNumber.of(&path)) };
        let number = AttributeValue::N(match sign {
            Sign::Plus => number,
            Sign::Minus => negated(number),
        });
        // `ADD` is for attributes alone.
        let action = if path.inside.is_empty() { Action::Add(number) } else { Action::Sum(number) };
        Ok(Clause { path, action })
    }

    pub(crate) fn grow<X: Serialize>(
        &self,
        elements: &[X],
        action: fn(AttributeValue) -> Action,
    ) -> Result<Clause, Problem> {
        let path = self.place()?;
        let elements: Result<Vec<_>, _> = elements.iter().map(change::stored).collect();
        let elements = AttributeValue::L(elements.map_err(|_| ValueRule::Unstorable.of(&path))?);
        check(&path, &elements)?;
        Ok(Clause { path, action: action(elements) })
    }

    pub(crate) fn elements<X>(
        &self,
        elements: Vec<X>,
        action: fn(AttributeValue) -> Action,
    ) -> Result<Clause, Problem>
    where
        R: HoldsSet<E, T, X>,
    {
        let path = self.place()?;
        if !path.inside.is_empty() {
            return Err(ValueRule::SetInside.of(&path));
        }
        let set = R::set(&self.store, elements).and_then(Result::ok).map(Value::into_attribute_value);
        let set = set.ok_or_else(|| ValueRule::Unstorable.of(&path))?;
        check(&path, &set)?;
        match set {
            AttributeValue::Ss(_) | AttributeValue::Ns(_) | AttributeValue::Bs(_) => {
                Ok(Clause { path, action: action(set) })
            }
            _ => Err(ValueRule::NoSet.of(&path)),
        }
    }
}

/// Whether an amount is added or subtracted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
}

fn negated(number: String) -> String {
    match number.strip_prefix('-') {
        Some(positive) => positive.to_owned(),
        None => format!("-{number}"),
    }
}

/// With the values.
impl fmt::Debug for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.path, self.action)
    }
}
