//! Conditions as trees, and how they are put together.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

use aws_sdk_dynamodb::types::AttributeValue;

use super::path::Path;
use super::problem::{OPERATOR_LIMIT, Problem};

/// A condition on an item of the entity `E`.
///
/// It is made of [fields](crate::Field), and put together with [`and`](Self::and), [`or`](Self::or) and
/// [`not`](Self::not), or `&`, `|` and `!`. A condition of another entity does not type-check.
///
/// Nothing is checked before the request is made: a value that DynamoDB does not store, or a condition that is
/// too large for it, is an error of the operation, [`InvalidCondition`](crate::ErrorKind::InvalidCondition),
/// and nothing is sent.
///
/// Conditions are no filter: they are part of a write, and are judged with the item as it is stored at that
/// moment.
///
/// ```
/// use monotable::{Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// # #[derive(Table)]
/// # #[table(name = "shop")]
/// # enum Shop { Product(Product) }
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
/// struct Product { sku: String, stock: u32, price: u64, note: Option<String> }
///
/// let product = Product { sku: "p1".into(), stock: 3, price: 5_00, note: None };
/// let may_be_sold = Product::STOCK.ge(1) & !Product::NOTE.begins_with("recalled");
/// let put = product.put().when(may_be_sold).explain()?;
/// assert_eq!(put.condition_expression(), Some("#0 >= :0 AND NOT begins_with(#1, :1)"));
/// # Ok::<(), monotable::Error>(())
/// ```
#[must_use = "a condition does nothing until it is given to an operation"]
pub struct Condition<E> {
    pub(crate) node: Result<Node, Problem>,
    entity: PhantomData<fn() -> E>,
}

/// A condition without its entity. `And` and `Or` have two members or more, none of them of the same kind:
/// what is put together grows wider, not deeper.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Compare(Operand, Comparator, Operand),
    Between(Operand, Operand, Operand),
    In(Operand, Vec<Operand>),
    Exists(Path),
    NotExists(Path),
    Type(Path, Operand),
    BeginsWith(Path, Operand),
    Contains(Path, Operand),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Path(Path),
    Size(Path),
    Value(AttributeValue),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl<E> Condition<E> {
    pub(crate) fn of(node: Result<Node, Problem>) -> Self {
        Self { node, entity: PhantomData }
    }

    /// Both hold.
    pub fn and(self, other: Self) -> Self {
        self.join(other, Node::and)
    }

    /// One of them holds, or both.
    pub fn or(self, other: Self) -> Self {
        self.join(other, Node::or)
    }

    /// It does not hold.
    #[allow(clippy::should_implement_trait)] // It is, below; this one needs no import.
    pub fn not(self) -> Self {
        Self::of(self.node.map(Node::not)).limited()
    }

    fn join(self, other: Self, join: fn(Node, Node) -> Node) -> Self {
        let node = match (self.node, other.node) {
            (Ok(node), Ok(other)) => Ok(join(node, other)),
            (Err(Problem::Operators(count)), Ok(node)) | (Ok(node), Err(Problem::Operators(count))) => {
                Err(Problem::Operators(count + 1 + node.operators()))
            }
            (Err(Problem::Operators(some)), Err(Problem::Operators(more))) => {
                Err(Problem::Operators(some + 1 + more))
            }
            (Err(problem), _) | (_, Err(problem)) => Err(problem),
        };
        Self::of(node).limited()
    }

    /// A condition beyond the limit is let go of at once, so that no tree is deeper than the limit.
    fn limited(self) -> Self {
        Self::of(self.node.and_then(|node| match node.operators() {
            count if count > OPERATOR_LIMIT => Err(Problem::Operators(count)),
            _ => Ok(node),
        }))
    }
}

impl Node {
    /// Both, in one row with what either is a row of.
    pub(crate) fn and(self, other: Self) -> Self {
        let members = |node| match node {
            Self::And(members) => members,
            node => vec![node],
        };
        let mut all = members(self);
        all.extend(members(other));
        Self::And(all)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        let members = |node| match node {
            Self::Or(members) => members,
            node => vec![node],
        };
        let mut all = members(self);
        all.extend(members(other));
        Self::Or(all)
    }

    pub(crate) fn not(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            node => Self::Not(Box::new(node)),
        }
    }

    /// The places that it speaks of.
    pub(crate) fn paths(&self) -> Vec<&Path> {
        match self {
            Self::Compare(left, _, right) => left.path().into_iter().chain(right.path()).collect(),
            Self::Between(operand, low, high) => {
                [operand, low, high].into_iter().filter_map(|at| at.path()).collect()
            }
            Self::In(operand, list) => {
                operand.path().into_iter().chain(list.iter().filter_map(Operand::path)).collect()
            }
            Self::Exists(path)
            | Self::NotExists(path)
            | Self::Type(path, _)
            | Self::BeginsWith(path, _)
            | Self::Contains(path, _) => vec![path],
            Self::And(members) | Self::Or(members) => members.iter().flat_map(Self::paths).collect(),
            Self::Not(inner) => inner.paths(),
        }
    }

    /// The operators and functions that DynamoDB counts.
    pub(crate) fn operators(&self) -> usize {
        match self {
            Self::Compare(left, _, right) => 1 + left.operators() + right.operators(),
            Self::Between(operand, low, high) => 1 + operand.operators() + low.operators() + high.operators(),
            Self::In(operand, list) => {
                1 + operand.operators() + list.iter().map(Operand::operators).sum::<usize>()
            }
            Self::And(members) | Self::Or(members) => {
                members.len() - 1 + members.iter().map(Self::operators).sum::<usize>()
            }
            Self::Not(inner) => 1 + inner.operators(),
            _ => 1,
        }
    }
}

impl Operand {
    fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) | Self::Size(path) => Some(path),
            Self::Value(_) => None,
        }
    }

    fn operators(&self) -> usize {
        usize::from(matches!(self, Self::Size(_)))
    }
}

impl<E> BitAnd for Condition<E> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl<E> BitOr for Condition<E> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl<E> Not for Condition<E> {
    type Output = Self;

    fn not(self) -> Self {
        Condition::not(self)
    }
}

impl<E> Clone for Condition<E> {
    fn clone(&self) -> Self {
        Self::of(self.node.clone())
    }
}

/// With the values that it compares with.
impl<E> fmt::Debug for Condition<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Ok(node) => node.fmt(f),
            Err(problem) => problem.fmt(f),
        }
    }
}
