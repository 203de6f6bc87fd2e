//! What has to hold for a write to happen: whether the item is there, and the condition on it.

use std::collections::HashMap;
use std::fmt;
use std::time::SystemTime;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};

use crate::entity::Entity;
use crate::error::Error;
use crate::expiry::Expiry;
use crate::expr::condition::{Condition, Node};
use crate::expr::path::Path;
use crate::expr::problem::Problem;
use crate::expr::render::{Expressions, Substitutions};
use crate::expr::value::Value;
use crate::item::{Item, StoredItem};
use crate::managed::Expected;
use crate::table::Table;
use crate::unique::Known;

/// Whether an item has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Either,
    Absent,
    Present,
}

/// A write that happens whatever is stored: such a one can be in a batch.
#[derive(Debug, Clone, Copy)]
pub enum Unconditional {}

/// A write that has a condition.
#[derive(Debug, Clone, Copy)]
pub enum Conditional {}

/// The condition of a write, as it is put together.
pub(crate) struct Guard<E> {
    pub(crate) presence: Presence,
    /// What the caller says that the item is now.
    pub(crate) was: Option<Item>,
    /// The version that the item has to have, unless it has to be absent.
    pub(crate) version: Option<Expected>,
    condition: Option<Condition<E>>,
}

/// The condition of a request, and what it means if it does not hold.
#[derive(Debug, Clone)]
pub(crate) struct Guarded {
    /// None if the write is to happen in any case.
    pub(crate) condition: Option<String>,
    /// What the placeholders of the condition stand for, and of an update with it.
    pub(crate) names: Option<HashMap<String, String>>,
    pub(crate) values: Option<HashMap<String, Value>>,
    pub(crate) meaning: Meaning,
}

/// What it means if the condition of a write does not hold.
#[derive(Debug, Clone)]
pub(crate) struct Meaning {
    presence: Presence,
    /// The attribute of the version, and what it has to be.
    version: Option<(&'static str, Expected)>,
    /// Whether more had to hold than that.
    more: bool,
    /// When the item is past its time, and as good as not there.
    expiry: Option<Expiry>,
    /// It is no item of an entity, but a marker of a unique constraint.
    marker: Option<OfMarker>,
}

/// What a marker is written for.
#[derive(Debug, Clone)]
pub(crate) enum OfMarker {
    /// To hold a value, by the constraint of this name.
    Claim(String),
    /// To give it up.
    Release,
}

impl<E> Guard<E> {
    pub(crate) fn none() -> Self {
        Self { presence: Presence::Either, was: None, version: None, condition: None }
    }

    /// This too has to hold.
    pub(crate) fn when(&mut self, condition: Condition<E>) {
        self.condition = Some(match self.condition.take() {
            Some(earlier) => earlier.and(condition),
            None => condition,
        });
    }
}

impl<E: Entity> Guard<E> {
    /// What is known of the item, for unique constraints.
    pub(crate) fn known(&self) -> Known {
        match (&self.was, self.presence) {
            (Some(item), _) => Known::Item(item.clone()),
            (None, Presence::Absent) => Known::Absent,
            (None, _) => Known::Nothing,
        }
    }

    pub(crate) fn render(&self, now: SystemTime) -> Result<Guarded, Problem> {
        self.render_with(Expressions::default(), now)
    }

    /// Beside what is in the request already, such as an update.
    pub(crate) fn render_with(
        &self,
        mut expressions: Expressions,
        now: SystemTime,
    ) -> Result<Guarded, Problem> {
        let expiry = Expiry::at(E::MODEL.ttl, now);
        let condition = self.node(expiry)?.map(|node| expressions.condition(&node)).transpose()?;
        let Substitutions { names, values } = expressions.finish()?;
        let (presence, version, more) = (self.presence, self.version(), self.condition.is_some());
        let meaning = Meaning { presence, version, more, expiry, marker: None };
        Ok(Guarded { condition, names, values, meaning })
    }

    fn node(&self, expiry: Option<Expiry>) -> Result<Option<Node>, Problem> {
        if self.presence == Presence::Either && self.version.is_none() && self.condition.is_none() {
            return Ok(None);
        }
        // Every item has its partition key, and nothing else has to.
        let key = Path::attribute(E::Table::PARTITION_KEY);
        let presence = match (self.presence, expiry) {
            (Presence::Either, _) => None,
            (Presence::Absent, None) => Some(Node::NotExists(key)),
            (Presence::Absent, Some(expiry)) => Some(Node::NotExists(key).or(expiry.over())),
            (Presence::Present, None) => Some(Node::Exists(key)),
            (Presence::Present, Some(expiry)) => Some(Node::Exists(key).and(expiry.not_over())),
        };
        let version = self.version().map(|(attribute, expected)| expected.node(attribute, expiry));
        let condition = self.condition.as_ref().map(|condition| condition.node.clone()).transpose()?;
        Ok([presence, version, condition].into_iter().flatten().reduce(Node::and))
    }

    /// An item that has to be absent has no version to look at.
    fn version(&self) -> Option<(&'static str, Expected)> {
        let expected = self.version.clone().filter(|_| self.presence != Presence::Absent);
        E::MODEL.version.zip(expected)
    }
}

impl Guarded {
    /// These attributes have to be as they are given here, too.
    pub(crate) fn require(&mut self, attributes: Vec<(&'static str, Option<AttributeValue>)>) {
        let (names, values) = (self.names.get_or_insert_default(), self.values.get_or_insert_default());
        let mut text = self.condition.take().map(|condition| format!("({condition})"));
        for (at, (attribute, value)) in attributes.into_iter().enumerate() {
            // Apart from those that the expressions are numbered by.
            let (name, placeholder) = (format!("#u{at}"), format!(":u{at}"));
            let required = match value {
                Some(value) => {
                    values.insert(placeholder.clone(), value.into());
                    format!("{name} = {placeholder}")
                }
                None => format!("attribute_not_exists({name})"),
            };
            names.insert(name, attribute.to_owned());
            text = Some(text.map_or(required.clone(), |text| format!("{text} AND {required}")));
        }
        self.condition = text;
        self.names = self.names.take().filter(|names| !names.is_empty());
        self.values = self.values.take().filter(|values| !values.is_empty());
    }

    /// The item that a refused write met comes with the refusal, and costs nothing.
    pub(crate) fn on_failure(&self) -> Option<ReturnValuesOnConditionCheckFailure> {
        self.condition.as_ref().map(|_| ReturnValuesOnConditionCheckFailure::AllOld)
    }
}

impl Meaning {
    pub(crate) fn of_marker(marker: OfMarker) -> Self {
        let (presence, version) = (Presence::Either, None);
        Self { presence, version, more: true, expiry: None, marker: Some(marker) }
    }

    /// Whether the write is that of a marker of a unique constraint.
    pub(crate) fn is_of_marker(&self) -> bool {
        self.marker.is_some()
    }

    pub(crate) fn explain(&self, error: Error) -> Error {
        match &self.marker {
            Some(OfMarker::Claim(constraint)) => return error.taken(constraint),
            Some(OfMarker::Release) => return error.not_the_holder(),
            None => {}
        }
        let is_over = |item: &StoredItem| self.expiry.is_some_and(|expiry| expiry.is_over(item));
        let found = error.current_item().is_some_and(|item| !is_over(item));
        match self.presence {
            // Without a further condition it can be nothing else, whatever came back.
            Presence::Absent if found || !self.more => error.already_there(),
            Presence::Present if !found => error.not_there(),
            _ => match &self.version {
                Some((attribute, expected)) if !expected.is_met(attribute, error.current_item(), found) => {
                    error.version_conflict()
                }
                _ => error,
            },
        }
    }
}

impl<E> Clone for Guard<E> {
    fn clone(&self) -> Self {
        let Self { presence, was, version, condition } = self;
        Self { presence: *presence, was: was.clone(), version: version.clone(), condition: condition.clone() }
    }
}

impl<E> fmt::Debug for Guard<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, {:?}, {:?}", self.presence, self.version, self.condition)
    }
}
