//! The key condition of a query, and how it is said to DynamoDB.

use std::fmt;

use crate::expr::condition::{Comparator, Node, Operand};
use crate::expr::path::Path;
use crate::index::Index;
use crate::key::KeyValue;
use crate::key::bounds::SortCondition;
use crate::model::KeyAttribute;
use crate::proof::Template;

/// The key condition of a query.
#[derive(Debug, Clone)]
pub(crate) struct KeyCondition {
    /// The partitions that are read: one, or every shard of one. A value for each attribute of the key.
    pub(crate) partitions: Vec<Vec<KeyValue>>,
    /// A value for each attribute of the sort key that is fixed, where there are several.
    pub(crate) fixed: Vec<KeyValue>,
    /// On the next attribute of the sort key.
    pub(crate) sort: Option<SortCondition>,
    /// Whether the caller narrowed the sort key beyond what the entity's own prefix does.
    pub(crate) narrowed: bool,
    /// The templates of the key that is queried, and then of the primary key: a cursor has values of both.
    pub(crate) templates: Vec<HalfTemplate>,
}

/// The template of one half of a key.
#[derive(Clone, Copy)]
pub(crate) struct HalfTemplate(pub(crate) &'static Template);

impl fmt::Debug for HalfTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.source().fmt(f)
    }
}

impl KeyCondition {
    /// The condition for one of the partitions.
    pub(super) fn node<I: Index>(&self, partition: &[KeyValue]) -> Node {
        let equal = |(key, value): (&KeyAttribute, &KeyValue)| compare(key, Comparator::Equal, value);
        let partition = I::PARTITION_KEY.iter().zip(partition).map(equal);
        let fixed = I::SORT_KEY.iter().zip(&self.fixed).map(equal);
        let sort = I::SORT_KEY.get(self.fixed.len()).zip(self.sort.as_ref());
        let nodes = partition.chain(fixed).chain(sort.map(|(key, condition)| sort_node(key, condition)));
        nodes.reduce(Node::and).expect("a key has a partition key")
    }

    /// No item can fulfil it: DynamoDB refuses such a condition.
    pub(super) fn is_empty(&self) -> bool {
        self.sort.as_ref().is_some_and(SortCondition::is_empty)
    }
}

fn sort_node(key: &KeyAttribute, condition: &SortCondition) -> Node {
    match condition {
        SortCondition::Equal(value) => compare(key, Comparator::Equal, value),
        SortCondition::AtLeast(low) => compare(key, Comparator::GreaterOrEqual, low),
        SortCondition::AtMost(high) => compare(key, Comparator::LessOrEqual, high),
        SortCondition::BeginsWith(prefix) => Node::BeginsWith(Path::attribute(key.name), operand(prefix)),
        SortCondition::Between(low, high) => Node::Between(path(key), operand(low), operand(high)),
    }
}

fn compare(key: &KeyAttribute, comparator: Comparator, value: &KeyValue) -> Node {
    Node::Compare(path(key), comparator, operand(value))
}

fn path(key: &KeyAttribute) -> Operand {
    Operand::Path(Path::attribute(key.name))
}

fn operand(value: &KeyValue) -> Operand {
    Operand::Value(value.clone().into())
}
