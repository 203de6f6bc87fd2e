//! The size of an item, by DynamoDB's rules.

use aws_sdk_dynamodb::types::AttributeValue;

use super::Item;
use super::number::Number;

/// The most bytes of an item.
pub(crate) const ITEM_LIMIT: usize = 400 * 1024;

/// The bytes of an item: those of the names and values of its attributes.
pub(crate) fn item_size(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value_size(value)).sum()
}

/// The bytes of a value. Of numbers DynamoDB says only about how many they are; this is what was measured.
pub(crate) fn value_size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number_size(number),
        AttributeValue::B(blob) => blob.as_ref().len(),
        AttributeValue::Ss(all) => all.iter().map(String::len).sum(),
        AttributeValue::Ns(all) => all.iter().map(|number| number_size(number)).sum(),
        AttributeValue::Bs(all) => all.iter().map(|blob| blob.as_ref().len()).sum(),
        AttributeValue::L(list) => list.iter().fold(3, |sum, value| sum + 1 + value_size(value)),
        AttributeValue::M(map) => {
            map.iter().fold(3, |sum, (name, value)| sum + 1 + name.len() + value_size(value))
        }
        _ => 1,
    }
}

/// A byte for two digits on each side of the point, one for the number, and one for a sign.
fn number_size(text: &str) -> usize {
    let Some(number) = Number::of(text) else { return text.len() };
    let before = usize::try_from(number.exponent + 1).unwrap_or_default().min(number.digits);
    before.div_ceil(2) + (number.digits - before).div_ceil(2) + 1 + usize::from(number.is_negative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_sizes_that_were_measured() {
        let sizes = ["0", "-0", "7", "42", "-42", "123", "1000", "0.5", "1.5", "0.0001", "12.345", "1e10"];
        let sizes = sizes.map(|text| value_size(&AttributeValue::N(text.to_owned())));
        assert_eq!(sizes, [1, 1, 2, 2, 3, 3, 2, 2, 3, 2, 4, 2]);
    }

    #[test]
    fn the_documented_item_has_its_documented_size() {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let item = [("shirt-color", text("R")), ("shirt-size", text("M"))];
        assert_eq!(item_size(&item.map(|(name, value)| (name.to_owned(), value)).into()), 23);
    }
}
