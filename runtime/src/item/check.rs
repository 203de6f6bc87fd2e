//! What DynamoDB refuses of a value, wherever it is in it: in an item, and beside a field in a condition.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;

use super::number::Number;
use crate::expr::problem::ValueRule;
use crate::wire::{self, Pull, Tag};

/// Significant digits.
const DIGITS: usize = 38;
/// Powers of ten.
const MAGNITUDES: std::ops::RangeInclusive<i64> = -130..=125;
/// Values inside of values, the outermost included.
const LEVELS: usize = 32;

/// Where a value is refused, from the inside out, and by which rule.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Culprit {
    place: Vec<Step>,
    pub(crate) rule: ValueRule,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Index(usize),
    /// What it is called may be the user's data: it is not told from the name of a struct's field.
    Entry,
}

/// `[3][..]`: the place inside of the attribute.
impl fmt::Display for Culprit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place.iter().rev().try_for_each(|step| match step {
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Entry => f.write_str("[..]"),
        })
    }
}

/// Refuses what DynamoDB would refuse.
pub(crate) fn check_value(value: &AttributeValue) -> Result<(), Culprit> {
    check(value, LEVELS)
}

/// The same of a value that was written as JSON.
pub(crate) fn check_json(json: &[u8]) -> wire::Result<Option<Culprit>> {
    check_next(&mut Pull::new(json)?, LEVELS)
}

fn check_next(pull: &mut Pull<'_>, levels: usize) -> wire::Result<Option<Culprit>> {
    if levels == 0 {
        return Ok(Some(ValueRule::TooDeep.into()));
    }
    let rule = match pull.tag()? {
        Tag::S | Tag::B => pull.string().map(|_| None)?,
        Tag::Bool | Tag::Null => pull.boolean().map(|_| None)?,
        Tag::N => check_number(&pull.string()?).err(),
        Tag::Ss | Tag::Bs => check_set(texts(pull)?.iter()).err(),
        Tag::Ns => {
            let numbers = texts(pull)?;
            let each = || numbers.iter().try_for_each(|number| check_number(number));
            check_set(numbers.iter()).and_then(|()| each()).err()
        }
        Tag::L => return check_list(pull, levels - 1),
        Tag::M => return check_map(pull, levels - 1),
    };
    pull.close()?;
    Ok(rule.map(Culprit::from))
}

fn texts<'j>(pull: &mut Pull<'j>) -> wire::Result<Vec<Cow<'j, str>>> {
    pull.begin_array()?;
    let (mut texts, mut first) = (Vec::new(), true);
    while pull.next_element(&mut first)? {
        texts.push(pull.string()?);
    }
    Ok(texts)
}

fn check_list(pull: &mut Pull<'_>, levels: usize) -> wire::Result<Option<Culprit>> {
    pull.begin_array()?;
    let (mut at, mut first) = (0, true);
    while pull.next_element(&mut first)? {
        if let Some(culprit) = check_next(pull, levels)? {
            return Ok(Some(culprit.inside(Step::Index(at))));
        }
        at += 1;
    }
    pull.close()?;
    Ok(None)
}

fn check_map(pull: &mut Pull<'_>, levels: usize) -> wire::Result<Option<Culprit>> {
    pull.begin_object()?;
    let mut first = true;
    while pull.next_name(&mut first)?.is_some() {
        if let Some(culprit) = check_next(pull, levels)? {
            return Ok(Some(culprit.inside(Step::Entry)));
        }
    }
    pull.close()?;
    Ok(None)
}

fn check(value: &AttributeValue, levels: usize) -> Result<(), Culprit> {
    let rule = match value {
        _ if levels == 0 => Err(ValueRule::TooDeep),
        AttributeValue::N(number) => check_number(number),
        AttributeValue::Ss(texts) => check_set(texts.iter()),
        AttributeValue::Ns(numbers) => check_set(numbers.iter())
            .and_then(|()| numbers.iter().try_for_each(|number| check_number(number))),
        AttributeValue::Bs(blobs) => check_set(blobs.iter().map(AsRef::as_ref)),
        AttributeValue::L(list) => {
            return list.iter().enumerate().try_for_each(|(at, value)| {
                check(value, levels - 1).map_err(|culprit| culprit.inside(Step::Index(at)))
            });
        }
        AttributeValue::M(map) => {
            return map.values().try_for_each(|value| {
                check(value, levels - 1).map_err(|culprit| culprit.inside(Step::Entry))
            });
        }
        _ => Ok(()),
    };
    rule.map_err(Culprit::from)
}

impl From<ValueRule> for Culprit {
    fn from(rule: ValueRule) -> Self {
        Self { place: Vec::new(), rule }
    }
}

impl Culprit {
    fn inside(mut self, step: Step) -> Self {
        self.place.push(step);
        self
    }
}

fn check_number(text: &str) -> Result<(), ValueRule> {
    match Number::of(text) {
        None => Err(ValueRule::NotANumber),
        Some(number) if number.digits > DIGITS => Err(ValueRule::TooManyDigits),
        Some(number) if !MAGNITUDES.contains(&number.exponent) => Err(ValueRule::Magnitude),
        Some(_) => Ok(()),
    }
}

/// A set of a struct's `Vec` may have an element twice.
fn check_set<T: Eq + std::hash::Hash>(elements: impl ExactSizeIterator<Item = T>) -> Result<(), ValueRule> {
    let (count, mut different) = (elements.len(), HashSet::new());
    different.extend(elements);
    match count {
        0 => Err(ValueRule::EmptySet),
        count if different.len() < count => Err(ValueRule::TwiceInSet),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> AttributeValue {
        AttributeValue::N(text.to_owned())
    }

    /// In both forms.
    fn check_value(value: &AttributeValue) -> Result<(), Culprit> {
        let mut json = Vec::new();
        crate::wire::put_attribute_value(&mut json, value);
        let checked = super::check_value(value);
        assert_eq!(check_json(&json).unwrap(), checked.as_ref().err().cloned(), "{value:?}");
        checked
    }

    #[test]
    fn numbers_have_38_digits_and_a_range() {
        let check = |text: &str| check_value(&number(text)).map_err(|culprit| culprit.rule);
        let nines = "9".repeat(38);
        let some = format!("-{nines}{}", "0".repeat(88));
        let fine = ["0", "-0", "0.0", "00.100", "1e125", "9.9E+125", "1e-130", "-0.5", ".5", &nines, &some];
        fine.into_iter().for_each(|number| assert_eq!(check(number), Ok(()), "{number}"));
        let long = [format!("{nines}1"), format!("1{}1", "0".repeat(37)), format!("0.1{}1", "0".repeat(37))];
        long.iter().for_each(|number| assert_eq!(check(number), Err(ValueRule::TooManyDigits), "{number}"));
        for number in ["1e126", "-1e126", "9e-131", "0.01e-129"] {
            assert_eq!(check(number), Err(ValueRule::Magnitude), "{number}");
        }
        for number in ["NaN", "inf", "-inf", "", "-", "1e"] {
            assert_eq!(check(number), Err(ValueRule::NotANumber), "{number}");
        }
    }

    #[test]
    fn a_value_is_wrapped_in_31_others_at_most() {
        let wrapped = |times| (0..times).fold(number("1"), |value, _| AttributeValue::L(vec![value]));
        assert_eq!(check_value(&wrapped(31)), Ok(()));
        assert_eq!(check_value(&wrapped(32)).unwrap_err().rule, ValueRule::TooDeep);
    }

    #[test]
    fn the_place_is_told_without_the_names_of_entries() {
        let map = AttributeValue::M([("ada".to_owned(), number("NaN"))].into());
        let culprit = check_value(&AttributeValue::L(vec![number("1"), map])).unwrap_err();
        assert_eq!((culprit.to_string().as_str(), culprit.rule), ("[1][..]", ValueRule::NotANumber));
    }
}
