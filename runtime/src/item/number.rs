//! Numbers as text: how many digits they have, and how large they are.

/// What DynamoDB looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// Significant digits; none of zero.
    pub(crate) digits: usize,
    /// The power of ten of the first of them.
    pub(crate) exponent: i64,
    pub(crate) is_negative: bool,
}

impl Number {
    /// None if it is not a decimal number. Rust writes infinity and NaN in letters.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if before.len() + after.len() == 0 {
            return None;
        }
        let (mut first, mut last) = (None, 0);
        for (at, digit) in before.bytes().chain(after.bytes()).enumerate() {
            match digit {
                b'0' => {}
                b'1'..=b'9' => {
                    first.get_or_insert(at);
                    last = at;
                }
                _ => return None,
            }
        }
        let Some(first) = first else {
            return Some(Self { digits: 0, exponent: 0, is_negative: false });
        };
        let place = |at: usize| i64::try_from(at).ok();
        let exponent = (place(before.len())? - 1 - place(first)?).checked_add(power)?;
        Some(Self { digits: last - first + 1, exponent, is_negative })
    }
}

/// Whether two texts are of one number.
pub(crate) fn is_same_number(a: &str, b: &str) -> bool {
    let significant = |text: &str| -> Vec<u8> {
        let mantissa = text.bytes().take_while(|byte| !matches!(byte, b'e' | b'E'));
        mantissa.filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').collect()
    };
    a == b
        || match (Number::of(a), Number::of(b)) {
            (Some(number), Some(other)) if number == other => {
                significant(a)[..number.digits] == significant(b)[..number.digits]
            }
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_in_other_words_is_the_same() {
        let of = |text| Number::of(text).unwrap();
        for same in [["1000", "1e3"], ["0.5", ".50"], ["-12.30", "-1.23E+1"], ["0", "-0.000"], ["+7", "007."]]
        {
            assert_eq!(of(same[0]), of(same[1]), "{same:?}");
            assert!(is_same_number(same[0], same[1]), "{same:?}");
        }
        assert!(!is_same_number("12", "13") && !is_same_number("1", "10") && !is_same_number("1", "-1"));
        assert_eq!(of("120"), Number { digits: 2, exponent: 2, is_negative: false });
        assert_eq!(of("-0.00120"), Number { digits: 2, exponent: -3, is_negative: true });
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["NaN", "inf", "-inf", "", "-", ".", "1e", "e5", "1.2.3", "1_000", " 1"] {
            assert_eq!(Number::of(text), None, "{text:?}");
        }
    }
}
