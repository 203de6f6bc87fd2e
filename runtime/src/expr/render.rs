//! Expressions as DynamoDB reads them: text with placeholders, and what these stand for.
//!
//! All expressions of one request share one [`Expressions`], because DynamoDB has one list of names and one of
//! values for them. A name or a value has one placeholder however often it is used, and none is there that no
//! expression uses. Names never stand in the text themselves, so no name is a reserved word.

use std::collections::HashMap;
use std::fmt::Write;

use aws_sdk_dynamodb::types::AttributeValue;

use super::condition::{Comparator, Node, Operand};
use super::path::{Path, Step};
use super::problem::{OPERATOR_LIMIT, Problem, SUBSTITUTION_LIMIT, TEXT_LIMIT};
use super::update::{Action, Clause, operators};
use super::value::Value;

/// The names and values of one request.
#[derive(Debug, Default)]
pub(crate) struct Expressions {
    names: Vec<String>,
    values: Vec<Value>,
}

/// What the placeholders stand for; none where there are none, because DynamoDB refuses empty lists.
#[derive(Debug)]
pub(crate) struct Substitutions {
    pub(crate) names: Option<HashMap<String, String>>,
    pub(crate) values: Option<HashMap<String, Value>>,
}

impl Substitutions {
    /// The values as the SDK has them.
    pub(crate) fn plain_values(
        values: Option<HashMap<String, Value>>,
    ) -> Option<HashMap<String, AttributeValue>> {
        let plain = |(placeholder, value): (String, Value)| (placeholder, value.into_attribute_value());
        values.map(|values| values.into_iter().map(plain).collect())
    }
}

/// How tightly a node holds its members together; what holds less tightly needs parentheses inside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Leaf,
}

/// The sections of an update expression.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Set,
    Remove,
    Add,
    Delete,
}

impl Section {
    fn word(self) -> &'static str {
        match self {
            Self::Set => "SET ",
            Self::Remove => "REMOVE ",
            Self::Add => "ADD ",
            Self::Delete => "DELETE ",
        }
    }
}

fn section_of(action: &Action) -> Section {
    match action {
        Action::Remove => Section::Remove,
        Action::Add(_) => Section::Add,
        Action::Delete(_) => Section::Delete,
        _ => Section::Set,
    }
}

impl Expressions {
    /// A condition, a filter or a key condition.
    pub(crate) fn condition(&mut self, node: &Node) -> Result<String, Problem> {
        match node.operators() {
            count if count > OPERATOR_LIMIT => return Err(Problem::Operators(count)),
            _ => {}
        }
        let mut text = String::new();
        self.node(&mut text, node, Binding::Or)?;
        Ok(text)
    }

    /// An update: each of DynamoDB's sections once.
    pub(crate) fn update(&mut self, clauses: &[Clause]) -> Result<String, Problem> {
        match operators(clauses) {
            count if count > OPERATOR_LIMIT => return Err(Problem::Operators(count)),
            _ => {}
        }
        let mut text = String::new();
        for section in [Section::Set, Section::Remove, Section::Add, Section::Delete] {
            let mut before = if text.is_empty() { "" } else { " " };
            let mut word = section.word();
            for clause in clauses.iter().filter(|clause| section_of(&clause.action) == section) {
                push(&mut text, format_args!("{before}{word}"));
                (before, word) = (", ", "");
                self.clause(&mut text, clause);
                if text.len() > TEXT_LIMIT {
                    return Err(Problem::Text);
                }
            }
        }
        Ok(text)
    }

    fn clause(&mut self, text: &mut String, Clause { path, action }: &Clause) {
        self.path(text, path);
        match action {
            Action::Remove => {}
            Action::Add(value) | Action::Delete(value) => {
                text.push(' ');
                self.value(text, value);
            }
            Action::Set(value) => {
                text.push_str(" = ");
                self.any_value(text, value);
            }
            Action::Copy(from) => {
                text.push_str(" = ");
                self.path(text, from);
            }
            Action::SetIfAbsent(value) => {
                text.push_str(" = ");
                self.or(text, path, |this, text| this.any_value(text, value));
            }
            Action::Sum(value) => {
                text.push_str(" = ");
                self.or(text, path, |this, text| this.value(text, &AttributeValue::N("0".to_owned())));
                text.push_str(" + ");
                self.value(text, value);
            }
            Action::Append(elements) => {
                text.push_str(" = list_append(");
                self.or(text, path, |this, text| this.value(text, &AttributeValue::L(Vec::new())));
                text.push_str(", ");
                self.value(text, elements);
                text.push(')');
            }
            Action::Prepend(elements) => {
                text.push_str(" = list_append(");
                self.value(text, elements);
                text.push_str(", ");
                self.or(text, path, |this, text| this.value(text, &AttributeValue::L(Vec::new())));
                text.push(')');
            }
        }
    }

    /// What is there, or the value where nothing is.
    fn or(&mut self, text: &mut String, path: &Path, value: impl FnOnce(&mut Self, &mut String)) {
        text.push_str("if_not_exists(");
        self.path(text, path);
        text.push_str(", ");
        value(self, text);
        text.push(')');
    }

    /// A projection: the places to return.
    pub(crate) fn projection(&mut self, paths: &[Path]) -> Result<String, Problem> {
        let mut text = String::new();
        for path in paths {
            separate(&mut text, ", ");
            self.path(&mut text, path);
        }
        limited(text)
    }

    pub(crate) fn finish(self) -> Result<Substitutions, Problem> {
        if self.names.is_empty() && self.values.is_empty() {
            return Ok(Substitutions { names: None, values: None });
        }
        let names: HashMap<_, _> = numbered('#', self.names).collect();
        let values: HashMap<_, _> = numbered(':', self.values).collect();
        let bytes = |size: fn(&Value) -> usize| -> usize {
            let names = names.iter().map(|(placeholder, name)| placeholder.len() + name.len());
            names.chain(values.iter().map(|(placeholder, value)| placeholder.len() + size(value))).sum()
        };
        // What is not large at most is not large.
        if bytes(Value::size_at_most) > SUBSTITUTION_LIMIT && bytes(Value::size) > SUBSTITUTION_LIMIT {
            return Err(Problem::Substitutions(bytes(Value::size)));
        }
        Ok(Substitutions {
            names: Some(names).filter(|names| !names.is_empty()),
            values: Some(values).filter(|values| !values.is_empty()),
        })
    }

    fn node(&mut self, text: &mut String, node: &Node, around: Binding) -> Result<(), Problem> {
        let within = binding(node) < around;
        text.push_str(if within { "(" } else { "" });
        match node {
            Node::And(members) => self.members(text, members, " AND ", Binding::Not)?,
            Node::Or(members) => self.members(text, members, " OR ", Binding::And)?,
            Node::Not(inner) => {
                text.push_str("NOT ");
                self.node(text, inner, Binding::Not)?;
            }
            leaf => self.leaf(text, leaf),
        }
        text.push_str(if within { ")" } else { "" });
        // Here, not at the end: looking up ever more values would take ever longer.
        match text.len() {
            length if length > TEXT_LIMIT => Err(Problem::Text),
            _ => Ok(()),
        }
    }

    fn members(
        &mut self,
        text: &mut String,
        members: &[Node],
        between: &str,
        around: Binding,
    ) -> Result<(), Problem> {
        for (at, member) in members.iter().enumerate() {
            text.push_str(if at > 0 { between } else { "" });
            self.node(text, member, around)?;
        }
        Ok(())
    }

    fn leaf(&mut self, text: &mut String, leaf: &Node) {
        match leaf {
            Node::Compare(left, comparator, right) => {
                self.operand(text, left);
                text.push_str(sign(*comparator));
                self.operand(text, right);
            }
            Node::Between(operand, low, high) => {
                self.operand(text, operand);
                text.push_str(" BETWEEN ");
                self.operand(text, low);
                text.push_str(" AND ");
                self.operand(text, high);
            }
            Node::In(operand, list) => {
                self.operand(text, operand);
                text.push_str(" IN (");
                for (at, value) in list.iter().enumerate() {
                    text.push_str(if at > 0 { ", " } else { "" });
                    self.operand(text, value);
                }
                text.push(')');
            }
            Node::Exists(path) => self.function(text, "attribute_exists", path, None),
            Node::NotExists(path) => self.function(text, "attribute_not_exists", path, None),
            Node::Type(path, name) => self.function(text, "attribute_type", path, Some(name)),
            Node::BeginsWith(path, prefix) => self.function(text, "begins_with", path, Some(prefix)),
            Node::Contains(path, element) => self.function(text, "contains", path, Some(element)),
            Node::And(_) | Node::Or(_) | Node::Not(_) => unreachable!("not a leaf"),
        }
    }

    fn function(&mut self, text: &mut String, name: &str, path: &Path, operand: Option<&Operand>) {
        text.push_str(name);
        text.push('(');
        self.path(text, path);
        if let Some(operand) = operand {
            text.push_str(", ");
            self.operand(text, operand);
        }
        text.push(')');
    }

    fn operand(&mut self, text: &mut String, operand: &Operand) {
        match operand {
            Operand::Path(path) => self.path(text, path),
            Operand::Size(path) => self.function(text, "size", path, None),
            Operand::Value(value) => self.value(text, value),
        }
    }

    fn value(&mut self, text: &mut String, value: &AttributeValue) {
        let is = |known: &Value| known.plain() == Some(value);
        let at = place(&mut self.values, is, || value.clone().into());
        push(text, format_args!(":{at}"));
    }

    fn any_value(&mut self, text: &mut String, value: &Value) {
        if let Value::Plain(value) = value {
            return self.value(text, value);
        }
        // Two large ones that are the same are sent twice.
        self.values.push(value.clone());
        push(text, format_args!(":{}", self.values.len() - 1));
    }

    fn path(&mut self, text: &mut String, path: &Path) {
        self.name(text, path.attribute);
        for step in &path.inside {
            match step {
                Step::Index(index) => push(text, format_args!("[{index}]")),
                Step::Field(name) => {
                    text.push('.');
                    self.name(text, name);
                }
                Step::Key(key) => {
                    text.push('.');
                    self.name(text, key);
                }
            }
        }
    }

    fn name(&mut self, text: &mut String, name: &str) {
        let at = place(&mut self.names, |known| known == name, || name.to_owned());
        push(text, format_args!("#{at}"));
    }
}

/// The place of an entry in the list, which is where it is, or the end.
fn place<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool, entry: impl FnOnce() -> T) -> usize {
    list.iter().position(is).unwrap_or_else(|| {
        list.push(entry());
        list.len() - 1
    })
}

fn numbered<T>(mark: char, list: Vec<T>) -> impl Iterator<Item = (String, T)> {
    list.into_iter().enumerate().map(move |(at, entry)| (format!("{mark}{at}"), entry))
}

fn separate(text: &mut String, separator: &str) {
    text.push_str(if text.is_empty() { "" } else { separator });
}

fn push(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(what);
}

fn limited(text: String) -> Result<String, Problem> {
    match text.len() {
        length if length > TEXT_LIMIT => Err(Problem::Text),
        _ => Ok(text),
    }
}

fn binding(node: &Node) -> Binding {
    match node {
        Node::Or(_) => Binding::Or,
        Node::And(_) => Binding::And,
        Node::Not(_) => Binding::Not,
        _ => Binding::Leaf,
    }
}

fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal => " = ",
        Comparator::NotEqual => " <> ",
        Comparator::Less => " < ",
        Comparator::LessOrEqual => " <= ",
        Comparator::Greater => " > ",
        Comparator::GreaterOrEqual => " >= ",
    }
}
