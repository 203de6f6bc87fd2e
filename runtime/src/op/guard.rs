//! What has to hold for a write to happen: whether the item is there, and the condition on it.

use std::collections::HashMap;
use std::fmt;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};

use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::expr::condition::{Condition, Node};
use crate::expr::path::Path;
use crate::expr::problem::Problem;
use crate::expr::render::{Expressions, Substitutions};
use crate::sdk::Failure;
use crate::table::Table;

/// Whether an item has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Either,
    Absent,
    Present,
}

/// The condition of a write, as it is put together.
pub(crate) struct Guard<E> {
    pub(crate) presence: Presence,
    condition: Option<Condition<E>>,
}

/// The condition of a request.
#[derive(Debug, Default)]
pub(crate) struct Guarded {
    pub(crate) condition: Option<String>,
    pub(crate) names: Option<HashMap<String, String>>,
    pub(crate) values: Option<HashMap<String, AttributeValue>>,
    /// The item that a refused write met comes with the refusal, and costs nothing.
    pub(crate) on_failure: Option<ReturnValuesOnConditionCheckFailure>,
}

impl<E> Guard<E> {
    pub(crate) fn none() -> Self {
        Self { presence: Presence::Either, condition: None }
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
    pub(crate) fn render(&self, call: impl FnOnce() -> Call) -> Result<Guarded, Error> {
        self.expression().map_err(|problem| Error::condition(call(), &problem))
    }

    fn expression(&self) -> Result<Guarded, Problem> {
        let Some(node) = self.node()? else { return Ok(Guarded::default()) };
        let mut expressions = Expressions::default();
        let condition = expressions.condition(&node)?;
        let Substitutions { names, values } = expressions.finish()?;
        let on_failure = Some(ReturnValuesOnConditionCheckFailure::AllOld);
        Ok(Guarded { condition: Some(condition), names, values, on_failure })
    }

    fn node(&self) -> Result<Option<Node>, Problem> {
        // Every item has its partition key, and nothing else has to.
        let key = Path::attribute(E::Table::PARTITION_KEY);
        let presence = match self.presence {
            Presence::Either => None,
            Presence::Absent => Some(Node::NotExists(key)),
            Presence::Present => Some(Node::Exists(key)),
        };
        let condition = self.condition.as_ref().map(|condition| condition.node.clone()).transpose()?;
        Ok(match (presence, condition) {
            (Some(presence), Some(condition)) => Some(presence.and(condition)),
            (presence, condition) => presence.or(condition),
        })
    }

    /// What a failed call means, with what had to hold.
    pub(crate) fn failed(&self, call: Call, table: &str, failure: Failure) -> Error {
        let error = Error::sdk(call, table, failure);
        let found = error.has_current();
        match self.presence {
            // Without a further condition it can be nothing else, whatever came back.
            Presence::Absent if found || self.condition.is_none() => error.already_there(),
            Presence::Present if !found => error.not_there(),
            _ => error,
        }
    }
}

impl<E> Clone for Guard<E> {
    fn clone(&self) -> Self {
        Self { presence: self.presence, condition: self.condition.clone() }
    }
}

impl<E> fmt::Debug for Guard<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, {:?}", self.presence, self.condition)
    }
}
