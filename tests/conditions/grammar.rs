//! A condition is written as DynamoDB reads it, and no longer than it has to be.
//!
//! The parser here is made from DynamoDB's grammar and precedences alone.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Condition, Entity};
use proptest::prelude::*;

use crate::world::{Thing, Tree, plain_thing, tree};

#[derive(Debug, Clone, PartialEq)]
enum Parsed {
    Or(Vec<Parsed>),
    And(Vec<Parsed>),
    Not(Box<Parsed>),
    Leaf(Vec<String>),
}

struct Written {
    tokens: Vec<String>,
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
}

fn written(condition: Condition<Thing>) -> Written {
    let put = plain_thing().put().when(condition).explain().unwrap().into_inner();
    Written {
        tokens: tokens(put.condition_expression().unwrap()),
        names: put.expression_attribute_names.unwrap_or_default(),
        values: put.expression_attribute_values.unwrap_or_default(),
    }
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut joins = false;
    for character in text.chars() {
        let word = character.is_ascii_alphanumeric() || matches!(character, '_' | '#' | ':');
        let sign = matches!(character, '<' | '>' | '=');
        let last = tokens.last().and_then(|last| last.chars().next());
        let last_sign = last.is_some_and(|last| matches!(last, '<' | '>' | '='));
        let last_word =
            last.is_some_and(|last| last.is_ascii_alphanumeric() || matches!(last, '_' | '#' | ':'));
        match tokens.last_mut() {
            Some(token) if joins && ((word && last_word) || (sign && last_sign)) => token.push(character),
            _ if character != ' ' => tokens.push(character.to_string()),
            _ => {}
        }
        joins = character != ' ';
    }
    tokens
}

/// With what the placeholders stand for.
fn resolved(written: &Written) -> Vec<String> {
    let resolve = |token: &String| match (written.names.get(token), written.values.get(token)) {
        (Some(name), _) => format!("name {name}"),
        (_, Some(value)) => format!("{value:?}"),
        _ => token.clone(),
    };
    written.tokens.iter().map(resolve).collect()
}

struct Parser<'t> {
    tokens: &'t [String],
}

impl Parser<'_> {
    fn whole(tokens: &[String]) -> Option<Parsed> {
        let mut parser = Parser { tokens };
        parser.or().filter(|_| parser.tokens.is_empty())
    }

    fn next(&mut self) -> Option<String> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first.clone())
    }

    fn take(&mut self, token: &str) -> Option<String> {
        if self.tokens.first()? == token { self.next() } else { None }
    }

    fn row(&mut self, word: &str, member: fn(&mut Self) -> Option<Parsed>) -> Option<Vec<Parsed>> {
        let mut all = vec![member(self)?];
        while self.take(word).is_some() {
            all.push(member(self)?);
        }
        Some(all)
    }

    fn or(&mut self) -> Option<Parsed> {
        let mut all = self.row("OR", Self::and)?;
        Some(if all.len() == 1 {
            all.remove(0)
        } else {
            Parsed::Or(flat(all, |one| match one {
                Parsed::Or(members) => Ok(members),
                other => Err(other),
            }))
        })
    }

    fn and(&mut self) -> Option<Parsed> {
        let mut all = self.row("AND", Self::not)?;
        Some(if all.len() == 1 {
            all.remove(0)
        } else {
            Parsed::And(flat(all, |one| match one {
                Parsed::And(members) => Ok(members),
                other => Err(other),
            }))
        })
    }

    fn not(&mut self) -> Option<Parsed> {
        if self.take("NOT").is_some() {
            return Some(Parsed::Not(Box::new(self.not()?)));
        }
        if self.take("(").is_some() {
            let inner = self.or()?;
            return self.take(")").map(|_| inner);
        }
        self.leaf().map(Parsed::Leaf)
    }

    fn leaf(&mut self) -> Option<Vec<String>> {
        let mut leaf = self.operand()?;
        let function = leaf.get(1).is_some_and(|token| token == "(") && leaf[0] != "size";
        if function {
            return Some(leaf);
        }
        let sign = self.next()?;
        leaf.push(sign.clone());
        match sign.as_str() {
            "=" | "<>" | "<" | "<=" | ">" | ">=" => leaf.extend(self.operand()?),
            "BETWEEN" => {
                leaf.extend(self.operand()?);
                leaf.push(self.take("AND")?);
                leaf.extend(self.operand()?);
            }
            "IN" => {
                leaf.push(self.take("(")?);
                loop {
                    leaf.extend(self.operand()?);
                    match self.next()?.as_str() {
                        ")" => break,
                        "," => {}
                        _ => return None,
                    }
                }
            }
            _ => return None,
        }
        Some(leaf)
    }

    /// A value, a path, or a function of these.
    fn operand(&mut self) -> Option<Vec<String>> {
        let first = self.next()?;
        if ["(", ")", ",", "AND", "OR", "NOT", "IN", "BETWEEN"].contains(&first.as_str()) {
            return None;
        }
        let mut operand = vec![first];
        if self.tokens.first().is_some_and(|token| token == "(") {
            while operand.last().is_none_or(|token| token != ")") {
                operand.push(self.next()?);
            }
            return Some(operand);
        }
        while self.tokens.first().is_some_and(|token| token == "." || token == "[") {
            let open = self.next()?;
            operand.extend([open.clone(), self.next()?]);
            if open == "[" {
                operand.push(self.take("]")?);
            }
        }
        Some(operand)
    }
}

fn flat(all: Vec<Parsed>, members: fn(Parsed) -> Result<Vec<Parsed>, Parsed>) -> Vec<Parsed> {
    all.into_iter().flat_map(|one| members(one).unwrap_or_else(|other| vec![other])).collect()
}

/// The tree as it should be read: its leaves as they are written alone.
fn expected(tree: &Tree) -> Parsed {
    match tree {
        Tree::Leaf(_) => Parser::whole(&resolved(&written(tree.condition()))).unwrap(),
        Tree::Not(inner) => match expected(inner) {
            Parsed::Not(twice) => *twice,
            other => Parsed::Not(Box::new(other)),
        },
        Tree::And(left, right) => Parsed::And(flat(vec![expected(left), expected(right)], |one| match one {
            Parsed::And(members) => Ok(members),
            other => Err(other),
        })),
        Tree::Or(left, right) => Parsed::Or(flat(vec![expected(left), expected(right)], |one| match one {
            Parsed::Or(members) => Ok(members),
            other => Err(other),
        })),
    }
}

/// The pairs of parentheses that only group.
fn groups(tokens: &[String]) -> Vec<(usize, usize)> {
    let (mut open, mut groups) = (Vec::new(), Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" => {
                let before = at.checked_sub(1).map(|before| tokens[before].as_str());
                let grouping = matches!(before, None | Some("(" | "AND" | "OR" | "NOT"));
                open.push((at, grouping));
            }
            ")" => match open.pop() {
                Some((start, true)) => groups.push((start, at)),
                other => assert!(other.is_some(), "{tokens:?}"),
            },
            _ => {}
        }
    }
    assert!(open.is_empty(), "{tokens:?}");
    groups
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn it_reads_as_it_was_put_together(tree in tree()) {
        let written = written(tree.condition());
        prop_assert_eq!(Parser::whole(&resolved(&written)), Some(expected(&tree)), "{:?}", written.tokens);
    }

    #[test]
    fn no_parentheses_can_be_left_out(tree in tree()) {
        let written = written(tree.condition());
        let tokens = resolved(&written);
        let whole = Parser::whole(&tokens);
        for (start, end) in groups(&tokens) {
            let mut without = tokens.clone();
            without.remove(end);
            without.remove(start);
            prop_assert_ne!(&Parser::whole(&without), &whole, "{:?}", written.tokens);
        }
    }

    #[test]
    fn each_name_and_value_is_there_once_and_used(tree in tree()) {
        let Written { tokens, names, values } = written(tree.condition());
        let used: BTreeSet<_> = tokens.iter().filter(|token| token.starts_with(['#', ':'])).cloned().collect();
        let given: BTreeSet<_> = names.keys().chain(values.keys()).cloned().collect();
        prop_assert_eq!(used, given);
        prop_assert_eq!(names.values().collect::<BTreeSet<_>>().len(), names.len());
        let values: Vec<_> = values.values().collect();
        for (at, value) in values.iter().enumerate() {
            prop_assert!(!values[..at].contains(value), "{:?} twice", value);
        }
    }
}

/// The parser sees what it should: otherwise nothing above says anything.
#[test]
fn the_parser_knows_precedence() {
    let parse = |text: &str| Parser::whole(&tokens(text));
    let leaf = |text: &str| Parsed::Leaf(tokens(text));
    let and = parse("#0 = :0 OR NOT #1 = :1 AND #2 BETWEEN :0 AND :1").unwrap();
    let not = Parsed::Not(Box::new(leaf("#1 = :1")));
    let expected = Parsed::Or(vec![leaf("#0 = :0"), Parsed::And(vec![not, leaf("#2 BETWEEN :0 AND :1")])]);
    assert_eq!(and, expected);
    assert_ne!(parse("(#0 = :0 OR #1 = :1) AND #2 = :2"), parse("#0 = :0 OR #1 = :1 AND #2 = :2"));
    assert_eq!(groups(&tokens("(#0 IN (:0, :1) OR size(#1) > :0) AND NOT (#2 = :0)")), [(0, 15), (18, 22)]);
    assert_eq!(parse("#0 = "), None);
    assert_eq!(parse("#0 = :0 AND"), None);
    assert_eq!(parse("#0 IN (:0"), None);
}
