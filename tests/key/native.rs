//! Values that are a key attribute by themselves, as DynamoDB's numbers and binary.

use std::fmt::Debug;
use std::num::*;

use monotable::key::{Newtype, PartRule};
use monotable::{KeyPart, KeyValue};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct Number(NonZeroU32);

/// What is stored reads back, and nothing else reads as the same.
fn check<T: KeyPart + PartialEq + Debug + ToString>(value: &T) {
    let text = value.to_string();
    match value.native() {
        Ok(native) => {
            assert_eq!(native, KeyValue::Number(text.clone()));
            assert_eq!(T::from_native(native).as_ref(), Ok(value));
        }
        // DynamoDB's numbers have 38 digits.
        Err(rule) => {
            assert_eq!(rule, PartRule::TooWide { digits: 38 });
            assert!(text.trim_start_matches('-').len() > 38, "{text}");
        }
    }
    for other in
        [format!("0{text}"), format!("+{text}"), format!("{text}.0"), format!("{text}e0"), format!(" {text}")]
    {
        assert!(T::from_native(KeyValue::Number(other.clone())).is_err(), "{other}");
    }
    assert!(T::from_native(KeyValue::Text(text.clone())).is_err());
    assert!(T::from_native(KeyValue::Binary(text.into_bytes())).is_err());
}

macro_rules! integers {
    ($($type:ident $($non_zero:ident)?;)*) => {
        proptest! {
            #[test]
            fn integers_are_numbers(bits in any::<u128>(), shift in 0..128_u32) {
                let bits = bits >> shift;
                $(
                    check(&(bits as $type));
                    $(if let Some(value) = $non_zero::new(bits as $type) {
                        check(&value);
                    })?
                )*
            }
        }

        #[test]
        fn the_extremes_are_numbers() {
            $(
                check(&$type::MIN);
                check(&$type::MAX);
                $(
                    check(&$non_zero::MIN);
                    check(&$non_zero::MAX);
                    assert!($non_zero::from_native(KeyValue::Number("0".into())).is_err());
                )?
            )*
        }
    };
}
integers! {
    u8 NonZeroU8;
    u16 NonZeroU16;
    u32 NonZeroU32;
    u64 NonZeroU64;
    u128 NonZeroU128;
    i8;
    i16;
    i32;
    i64;
    i128;
}

#[test]
fn newtypes_are_what_is_inside() {
    let number = Number(NonZeroU32::new(7).unwrap());
    assert_eq!(number.native(), number.inner().native());
    assert_eq!(Number::from_native(KeyValue::Number("7".into())), Ok(number));
    assert!(Number::from_native(KeyValue::Number("0".into())).is_err());
}

#[test]
fn bytes_are_binary() {
    assert_eq!(vec![0, 255].native(), Ok(KeyValue::Binary(vec![0, 255])));
    assert_eq!(Vec::<u8>::new().native(), Err(PartRule::Empty));
    assert_eq!(Vec::<u8>::from_native(KeyValue::Binary(vec![7])), Ok(vec![7]));
    assert!(Vec::<u8>::from_native(KeyValue::Text("7".into())).is_err());
}

#[test]
fn what_is_text_in_keys_is_nothing_by_itself() {
    let rule = Err(PartRule::Refused { reason: "can be a key by itself only as text" });
    assert_eq!(true.native(), rule);
    assert_eq!("a".to_owned().native(), rule);
    assert!(String::from_native(KeyValue::Number("1".into())).is_err());
}
