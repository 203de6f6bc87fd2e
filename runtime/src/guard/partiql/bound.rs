//! Which attributes a condition gives values to, in whatever way it is fulfilled.

use std::collections::BTreeSet;

use super::parser::Expr;

/// The attributes that have to equal one of some constants wherever the condition holds.
///
/// `a AND b` gives what either gives, `a OR b` what both give, and nothing else gives anything. DynamoDB reads no key of
/// an attribute that two conditions name, `pk = 'a' AND pk > 'b'`: it scans.
pub(in crate::guard) fn bound<'e>(condition: &'e Expr) -> BTreeSet<&'e str> {
    match condition {
        Expr::And(left, right) => {
            let alone = |this: &'e Expr, other: &'e Expr| {
                bound(this).into_iter().filter(move |name| !names(other, name))
            };
            alone(left, right).chain(alone(right, left)).collect()
        }
        Expr::Or(left, right) => &bound(left) & &bound(right),
        Expr::Equals(left, right) => match (&**left, &**right) {
            (Expr::Attribute(name), value) if is_constant(value) => BTreeSet::from([&**name]),
            _ => BTreeSet::new(),
        },
        Expr::In(left, values) => match &**left {
            Expr::Attribute(name) if !values.is_empty() && values.iter().all(is_constant) => {
                BTreeSet::from([&**name])
            }
            _ => BTreeSet::new(),
        },
        Expr::Attribute(_) | Expr::Value | Expr::List(_) | Expr::Other(_) => BTreeSet::new(),
    }
}

/// Whether an attribute occurs anywhere.
fn names(expr: &Expr, name: &str) -> bool {
    match expr {
        Expr::Attribute(found) => found == name,
        Expr::Or(left, right) | Expr::And(left, right) | Expr::Equals(left, right) => {
            names(left, name) || names(right, name)
        }
        Expr::In(left, values) => names(left, name) || values.iter().any(|value| names(value, name)),
        Expr::List(inside) | Expr::Other(inside) => inside.iter().any(|inside| names(inside, name)),
        Expr::Value => false,
    }
}

/// A literal or a parameter, in brackets or not.
fn is_constant(value: &Expr) -> bool {
    match value {
        Expr::Value => true,
        Expr::List(values) => matches!(&values[..], [Expr::Value]),
        _ => false,
    }
}
