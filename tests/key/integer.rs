use std::num::*;

use monotable::key::{Canonical, KeyPart, Pad, Plain};
use proptest::prelude::*;

use crate::support::{check_edges, check_pair, check_strict, text_of};

/// Every value at which a digit, a sign or a width changes, as far as the type reaches.
fn edges<T: Copy + Ord + TryFrom<i128> + TryFrom<u128>>(extremes: &[T]) -> Vec<T> {
    let mut values = extremes.to_vec();
    let powers = (0..39).map(|power| 10_i128.checked_pow(power).unwrap_or(i128::MAX));
    for near in powers.chain((0..127).map(|bit| 1 << bit)) {
        for value in [near - 1, near, near.saturating_add(1)] {
            values.extend([value, -value].into_iter().filter_map(|value| T::try_from(value).ok()));
        }
    }
    for value in [u128::MAX - 1, i128::MAX as u128 + 1, 10_u128.pow(38), 3 * 10_u128.pow(38)] {
        values.extend(T::try_from(value).ok());
    }
    values.sort();
    values.dedup();
    values
}

macro_rules! integers {
    ($($name:ident: $type:ident),*) => {$(
        mod $name {
            use super::*;

            fn some() -> impl Strategy<Value = $type> {
                let edges = edges(&[$type::MIN, $type::MAX, $type::MIN + 1, $type::MAX - 1]);
                // Shifting gives every length the same chance.
                let shifted = (any::<$type>(), 0..$type::BITS).prop_map(|(value, by)| value >> by);
                prop_oneof![prop::sample::select(edges), any::<$type>(), shifted]
            }

            #[test]
            fn edges_hold() {
                let values = edges(&[$type::MIN, $type::MAX, $type::MIN + 1, $type::MAX - 1]);
                check_edges::<Canonical, $type>(&values, '#');
                check_edges::<Plain, $type>(&values, '#');
            }

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(4000))]

                #[test]
                fn pairs_hold(a in some(), b in some()) {
                    check_pair::<Canonical, $type>(&a, &b, '-');
                    check_pair::<Plain, $type>(&a, &b, '#');
                }

                #[test]
                fn other_texts_are_refused(text in "[-+]?[0-9]{0,41}") {
                    check_strict::<Canonical, $type>(&text, '#');
                    check_strict::<Plain, $type>(&text, '#');
                    check_strict::<Canonical, $type>(text.get(..$type::MAX.to_string().len()).unwrap_or(""), '#');
                }
            }
        }
    )*};
}

integers! {
    of_u8: u8, of_u16: u16, of_u32: u32, of_u64: u64, of_u128: u128,
    of_i8: i8, of_i16: i16, of_i32: i32, of_i64: i64, of_i128: i128
}

macro_rules! padded {
    ($($name:ident: $type:ident),*) => {$(
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(2000))]

            #[test]
            fn $name(a in any::<($type, u32)>(), b in any::<($type, u32)>(), text in "[0-9]{5,7}") {
                let (a, b) = (a.0 >> (a.1 % $type::BITS), b.0 >> (b.1 % $type::BITS));
                check_pair::<Pad<1>, $type>(&a, &b, '#');
                check_pair::<Pad<6>, $type>(&a, &b, '#');
                check_pair::<Pad<39>, $type>(&a, &b, '#');
                check_strict::<Pad<6>, $type>(&text, '#');
                let fits = u128::from(a) < 1_000_000;
                assert_eq!(text_of::<Pad<6>, $type>(&a, '#').is_ok(), fits);
            }
        }
    )*};
}

padded! { pad_u8: u8, pad_u16: u16, pad_u32: u32, pad_u64: u64, pad_u128: u128 }

#[test]
fn every_small_integer_holds() {
    let (unsigned, signed): (Vec<u8>, Vec<i8>) = ((0..=255).collect(), (-128..=127).collect());
    check_edges::<Canonical, u8>(&unsigned, '#');
    check_edges::<Pad<2>, u8>(&unsigned, '#');
    check_edges::<Pad<7>, u8>(&unsigned, '#');
    check_edges::<Canonical, i8>(&signed, '#');
    check_edges::<Plain, i8>(&signed, '#');
    check_edges::<Plain, u8>(&unsigned, '#');
    // Neighbours suffice for order and injectivity of all.
    for value in i16::MIN..i16::MAX {
        check_pair::<Canonical, i16>(&value, &(value + 1), '#');
    }
    for value in 0..u16::MAX {
        check_pair::<Canonical, u16>(&value, &(value + 1), '#');
    }
}

#[test]
fn texts_are_as_documented() {
    let text = |value: i8| text_of::<Canonical, i8>(&value, '#').unwrap();
    assert_eq!([text(-128), text(-1), text(0), text(127)], ["-871", "-998", "0000", "0127"]);
    assert_eq!(text_of::<Canonical, i64>(&i64::MIN, '#').unwrap(), "-0776627963145224191");
    assert_eq!(text_of::<Canonical, u64>(&7, '#').unwrap(), "00000000000000000007");
    assert_eq!(text_of::<Canonical, u128>(&u128::MAX, '#').unwrap(), u128::MAX.to_string());
    assert_eq!(text_of::<Canonical, i128>(&i128::MAX, '#').unwrap(), format!("0{}", i128::MAX));
    assert_eq!(text_of::<Plain, i128>(&i128::MIN, '#').unwrap(), i128::MIN.to_string());
}

#[test]
fn non_zero_integers_are_like_the_others_without_zero() {
    let values: Vec<_> = (1..=255).filter_map(NonZeroU8::new).collect();
    check_edges::<Canonical, NonZeroU8>(&values, '#');
    check_edges::<Pad<3>, NonZeroU8>(&values, '#');
    check_edges::<Plain, NonZeroU8>(&values, '#');
    let values = [1, 2, 9, 10, u64::MAX - 1, u64::MAX].map(|value| NonZeroU64::new(value).unwrap());
    check_edges::<Canonical, NonZeroU64>(&values, '#');
    check_edges::<Plain, NonZeroU64>(&values, '#');
    let values = [1, u128::MAX].map(|value| NonZeroU128::new(value).unwrap());
    check_edges::<Canonical, NonZeroU128>(&values, '#');
    assert!(NonZeroU8::decode("000", '#').is_err());
    assert!(NonZeroU16::decode("00000", '#').is_err());
    assert!(NonZeroU32::decode("0000000000", '#').is_err());
}

#[test]
fn booleans() {
    check_edges::<Canonical, bool>(&[false, true], '#');
    check_edges::<Plain, bool>(&[false, true], '#');
    assert_eq!(text_of::<Canonical, bool>(&true, '#').unwrap(), "1");
    assert_eq!(text_of::<Plain, bool>(&true, '#').unwrap(), "true");
}
