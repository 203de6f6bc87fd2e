//! The key condition of a query, and the expression that says it.

use std::collections::HashMap;
use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;

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
    /// The templates of the key that is queried, the sort key's last; none where there is no template.
    pub(crate) templates: [Option<HalfTemplate>; 2],
}

/// The template of one half of a key.
#[derive(Clone, Copy)]
pub(crate) struct HalfTemplate(pub(crate) &'static Template);

impl fmt::Debug for HalfTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.source().fmt(f)
    }
}

type Names = HashMap<String, String>;
type Values = HashMap<String, AttributeValue>;

/// The expression, the names and the values of a key condition.
#[derive(Default)]
pub(super) struct Expression {
    pub(super) text: String,
    pub(super) names: Names,
    pub(super) values: Values,
}

impl KeyCondition {
    /// The condition for one of the partitions.
    pub(super) fn expression<I: Index>(&self, partition: &[KeyValue]) -> Expression {
        let mut expression = Expression::default();
        let equal =
            |values: &[KeyValue]| values.iter().cloned().map(SortCondition::Equal).collect::<Vec<_>>();
        expression.half("pk", I::PARTITION_KEY, equal(partition).into_iter());
        let sort = equal(&self.fixed).into_iter().chain(self.sort.clone());
        expression.half("sk", I::SORT_KEY, sort);
        expression
    }

    /// No item can fulfil it: DynamoDB refuses such a condition.
    pub(super) fn is_empty(&self) -> bool {
        self.sort.as_ref().is_some_and(SortCondition::is_empty)
    }
}

impl Expression {
    /// Adds a condition for each attribute, from the first on, to the last that has one.
    fn half(
        &mut self,
        placeholder: &str,
        attributes: &[KeyAttribute],
        conditions: impl Iterator<Item = SortCondition>,
    ) {
        for (at, (attribute, condition)) in attributes.iter().zip(conditions).enumerate() {
            match attributes.len() {
                1 => self.compare(placeholder, attribute, condition),
                _ => self.compare(&format!("{placeholder}{}", at + 1), attribute, condition),
            }
        }
    }

    /// The placeholder of an attribute: that of the key condition, or a new one.
    pub(super) fn name(&mut self, attribute: &str) -> String {
        if let Some((placeholder, _)) = self.names.iter().find(|(_, name)| *name == attribute) {
            return placeholder.clone();
        }
        let placeholder = format!("#a{}", self.names.len());
        self.names.insert(placeholder.clone(), attribute.to_owned());
        placeholder
    }

    /// Adds a condition on one attribute.
    fn compare(&mut self, placeholder: &str, attribute: &KeyAttribute, condition: SortCondition) {
        let name = ["#", placeholder].concat();
        if !self.text.is_empty() {
            self.text.push_str(" AND ");
        }
        match condition {
            SortCondition::Equal(key) => self.value(&name, " = ", placeholder, key),
            SortCondition::BeginsWith(prefix) => {
                self.text.push_str("begins_with(");
                self.value(&name, ", ", placeholder, prefix);
                self.text.push(')');
            }
            SortCondition::AtLeast(low) => self.value(&name, " >= ", placeholder, low),
            SortCondition::AtMost(high) => self.value(&name, " <= ", placeholder, high),
            SortCondition::Between(low, high) => {
                self.value(&name, " BETWEEN ", "low", low);
                self.value("", " AND ", "high", high);
            }
        }
        self.names.insert(name, attribute.name.to_owned());
    }

    /// Adds a value and its `placeholder`, behind what it is compared with.
    fn value(&mut self, left: &str, operator: &str, placeholder: &str, value: KeyValue) {
        let placeholder = [":", placeholder].concat();
        self.text.extend([left, operator, &placeholder]);
        self.values.insert(placeholder, value.into());
    }
}
