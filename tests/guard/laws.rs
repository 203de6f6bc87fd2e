//! Conditions of any shape, judged by what they mean: one that an item with another key could fulfil is a scan.

use monotable::{Finding, Guard};
use proptest::prelude::*;

use crate::world::{about, behind, declared, orders};

/// A condition over the key and two other attributes, of which each may hold or not.
#[derive(Debug, Clone)]
enum Condition {
    Key(&'static str),
    OtherKey(&'static str),
    A,
    B,
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
}

impl Condition {
    fn text(&self) -> String {
        match self {
            Self::Key(text) | Self::OtherKey(text) => (*text).to_owned(),
            Self::A => "Address = 'a'".to_owned(),
            Self::B => "begins_with(Line, 'b')".to_owned(),
            Self::And(left, right) => format!("({} AND {})", left.text(), right.text()),
            Self::Or(left, right) => format!("({} or {})", left.text(), right.text()),
            Self::Not(inner) => format!("NOT ({})", inner.text()),
        }
    }

    /// Whether an item fulfils it whose key is none of those that it names.
    fn holds(&self, a: bool, b: bool) -> bool {
        match self {
            Self::Key(_) => false,
            Self::OtherKey(_) => true,
            Self::A => a,
            Self::B => b,
            Self::And(left, right) => left.holds(a, b) && right.holds(a, b),
            Self::Or(left, right) => left.holds(a, b) || right.holds(a, b),
            Self::Not(inner) => !inner.holds(a, b),
        }
    }

    /// Without negations, and with the key named by one condition of each conjunction.
    fn is_plain(&self) -> bool {
        match self {
            Self::Not(_) | Self::OtherKey(_) => false,
            Self::And(left, right) => {
                left.is_plain() && right.is_plain() && !(left.names_key() && right.names_key())
            }
            Self::Or(left, right) => left.is_plain() && right.is_plain(),
            Self::Key(_) | Self::A | Self::B => true,
        }
    }

    fn names_key(&self) -> bool {
        match self {
            Self::Key(_) | Self::OtherKey(_) => true,
            Self::A | Self::B => false,
            Self::And(left, right) | Self::Or(left, right) => left.names_key() || right.names_key(),
            Self::Not(inner) => inner.names_key(),
        }
    }
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        10 => prop_oneof![Just("OrderID = 'o1'"), Just("\"OrderID\" IN ['o1','o2']"), Just("OrderID = ?")].prop_map(Condition::Key),
        1 => prop_oneof![Just("OrderID <> 'o1'"), Just("OrderID > 'a'")].prop_map(Condition::OtherKey),
        1 => Just(Condition::A),
        1 => Just(Condition::B),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let pair = (inner.clone(), inner.clone()).prop_map(|(left, right)| (Box::new(left), Box::new(right)));
        prop_oneof![
            2 => pair.clone().prop_map(|(left, right)| Condition::And(left, right)),
            4 => pair.prop_map(|(left, right)| Condition::Or(left, right)),
            1 => inner.prop_map(|inner| Condition::Not(Box::new(inner))),
        ]
    })
}

#[test]
fn what_another_key_could_fulfil_is_refused_and_what_is_keyed_passes() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let orders = runtime.block_on(orders());
    let (client, _) = behind(&orders, declared(Guard::deny(), &orders));
    let counts = std::cell::Cell::new((0, 0));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(3000)
    });
    let outcome = runner.run(&condition(), |condition| {
        let statement = about(orders.name(), &format!("SELECT * FROM \"Orders\" WHERE {}", condition.text()));
        let answer = runtime.block_on(client.execute_statement().statement(&statement).send());
        let refused = answer.err().is_some_and(|error| Finding::in_error(&error).is_some());
        let cases = [(false, false), (false, true), (true, false), (true, true)];
        let others = cases.into_iter().any(|(a, b)| condition.holds(a, b));
        let (passed, keyed) = counts.get();
        if others {
            prop_assert!(refused, "{}", statement);
        } else if condition.is_plain() {
            prop_assert!(!refused, "{}", statement);
            counts.set((passed, keyed + 1));
        }
        counts.set((passed + u32::from(!refused), counts.get().1));
        Ok(())
    });
    outcome.unwrap();
    assert!(counts.get().0 > 100 && counts.get().1 > 100, "{counts:?}");
}
