//! Shards, newtypes, and what the traits say of each codec.

use monotable::key::*;
use proptest::prelude::*;

use crate::support::{any_text, check_edges, check_lossy, check_pair, text_of};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn shards_are_of_their_language(a in any_text(), b in any_text(), number in any::<u64>()) {
        check_lossy::<Shard<1>, u64>(&number, &number, '#');
        check_lossy::<Shard<10>, u64>(&number, &number, '#');
        check_lossy::<Shard<11>, i64>(&(number as i64), &-1, '#');
        check_lossy::<Shard<{ u32::MAX }>, String>(&a, &b, '#');
        check_lossy::<Shard<16, Escape>, String>(&a, &b, '#');
        prop_assert_eq!(text_of::<Shard<16>, String>(&a, '#').is_err(), text_of::<Canonical, String>(&a, '#').is_err());
    }
}

/// The vectors that an implementation in another language can be held to.
#[test]
fn the_shard_hash_is_the_documented_one() {
    for (text, hash) in [
        ("", 0xefd0_1f60_ba99_2926),
        ("a", 0x82a2_a958_a9be_ce5b),
        ("foobar", 0x2c22_1949_22d1_672b),
        ("C-1", 0x89d6_af0c_b3f2_fb49),
        ("é", 0x9d55_ccb9_ba86_763b),
        ("00000000000000000042", 0x8816_95fd_a8f4_497a),
    ] {
        assert_eq!(shard_hash(text.as_bytes()), hash, "{text:?}");
    }
    assert_eq!(text_of::<Shard<1000>, u64>(&42, '#').unwrap(), "122");
    assert_eq!(
        text_of::<Shard<16, Lower>, _>(&"c-1".to_owned(), '#'),
        text_of::<Shard<16, Lower>, _>(&"C-1".to_owned(), '#')
    );
    assert_eq!(
        Shard::<16>::encode_number(16, &mut KeyText::new('#', 4)),
        Err(PartRule::OutOfRange { range: "the shards of its key" })
    );
}

/// Consecutive numbers, and numbers that differ in bits that FNV-1a alone would ignore, spread evenly.
#[test]
fn shards_are_of_equal_size() {
    for step in [1, 2, 10, 16, 1000] {
        let mut sizes = [0_u32; 16];
        for number in (0..32_000_u64).map(|number| number * step) {
            sizes[text_of::<Shard<16>, u64>(&number, '#').unwrap().parse::<usize>().unwrap()] += 1;
        }
        assert!(sizes.iter().all(|size| (1800..2200).contains(size)), "{step}: {sizes:?}");
    }
}

macro_rules! newtype {
    ($name:ident, $inner:ty) => {
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        struct $name($inner);

        impl KeyPart for $name {
            const LANGUAGE: Language = <$inner>::LANGUAGE;
            const KEEPS_ORDER: bool = <$inner>::KEEPS_ORDER;

            fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
                self.0.encode(out)
            }

            fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
                <$inner>::decode(text, delimiter).and_then(Self::from_inner)
            }
        }

        impl Newtype for $name {
            type Inner = $inner;

            fn inner(&self) -> &$inner {
                &self.0
            }

            fn from_inner(inner: $inner) -> Result<Self, PartRule> {
                Ok(Self(inner))
            }
        }
    };
}

newtype!(Email, String);
newtype!(Primary, Email);
newtype!(Number, u32);
newtype!(Placed, CivilDateTime);

/// Every codec of the inner type writes the newtype, and a newtype of it.
#[test]
fn newtypes_are_transparent() {
    let email = |text: &str| Primary(Email(text.to_owned()));
    assert_eq!(text_of::<Lower, Primary>(&email("Ada"), '#').unwrap(), "ada");
    assert_eq!(text_of::<Upper, Primary>(&email("Ada"), '#').unwrap(), "ADA");
    check_edges::<Escape, Primary>(&[email(""), email("C#"), email("\u{10FFFF}")], '#');
    check_edges::<Plain, Primary>(&[email("a"), email("b")], '#');
    check_edges::<Canonical, Primary>(&[email("a"), email("b")], '#');
    check_edges::<Pad<4>, Number>(&[Number(0), Number(9999)], '#');
    check_edges::<Plain, Number>(&[Number(0), Number(9999)], '#');
    let placed = Placed(CivilDateTime::new(CivilDate::new(2020, 6, 21).unwrap(), 19, 18, 0, 0).unwrap());
    assert_eq!(text_of::<Date, Placed>(&placed, '#').unwrap(), "2020-06-21");
    check_pair::<Seconds, Placed>(&placed, &placed, '#');
}

fn says<C: Codec<T>, T>() -> (bool, bool) {
    (C::LOSSY, C::KEEPS_ORDER)
}

#[test]
fn each_codec_states_loss_and_order() {
    assert_eq!(says::<Canonical, String>(), (false, true));
    assert_eq!(says::<Canonical, i64>(), (false, true));
    assert_eq!(says::<Pad<6>, u32>(), (false, true));
    assert_eq!(says::<Escape, String>(), (false, true));
    assert_eq!(says::<Plain, u32>(), (false, false));
    assert_eq!(says::<Plain, String>(), (false, true));
    assert_eq!(says::<Lower, String>(), (true, false));
    assert_eq!(says::<Upper, String>(), (true, false));
    assert_eq!(says::<Shard<16>, String>(), (true, false));
    assert_eq!(says::<Date, CivilDateTime>(), (true, true));
    assert_eq!(says::<Millis, CivilDateTime>(), (false, true));
}

/// One message of each rule, as it reads behind a field's name.
#[test]
fn rules_read_as_sentences() {
    let rules = [
        (PartRule::Empty, "is empty, and a key part must not be"),
        (PartRule::ContainsDelimiter('#'), "contains `#`, which separates the parts of this table's keys"),
        (
            PartRule::AboveLimit,
            "contains a character above U+FFFFF, which keys leave free for the ends of ranges",
        ),
        (PartRule::TooWide { digits: 6 }, "has more than the 6 digits of its place in the key"),
        (
            PartRule::NotSoFine { unit: "seconds" },
            "is finer than whole seconds, which its place in the key holds",
        ),
        (PartRule::OutOfRange { range: "the years 0000 to 9999" }, "is outside the years 0000 to 9999"),
        (
            PartRule::CannotEscape(':'),
            "cannot be escaped, because the delimiter `:` is not punctuation below `0`",
        ),
        (PartRule::NotOfThisForm { expected: "a date" }, "is not a date"),
        (PartRule::Refused { reason: "is not a known country" }, "is not a known country"),
    ];
    for (rule, text) in rules {
        assert_eq!(rule.to_string(), text);
    }
}

#[test]
#[should_panic(expected = "ASCII punctuation")]
fn a_delimiter_is_punctuation() {
    let _ = KeyText::new('a', 0);
}

/// A language that is too wide would pass every other test, and cost users proofs.
#[test]
fn languages_are_no_wider_than_documented() {
    fn language<C: Codec<T>, T>() -> String {
        format!("{:?}", C::LANGUAGE)
    }
    let digits = |width, max| format!("{:?}", Language::UpTo { width, max });
    assert_eq!(language::<Canonical, u16>(), digits(5, 65_535));
    assert_eq!(language::<Canonical, std::num::NonZeroU128>(), digits(39, u128::MAX));
    assert_eq!(language::<Pad<2>, u8>(), digits(2, 99));
    assert_eq!(language::<Pad<6>, Number>(), digits(6, 999_999));
    assert_eq!(language::<Pad<39>, u8>(), digits(39, 255));
    assert_eq!(language::<Shard<1>, String>(), digits(1, 0));
    assert_eq!(language::<Shard<16>, String>(), digits(2, 15));
    assert_eq!(language::<Shard<100>, String>(), digits(2, 99));
    let signed = Language::Signed { width: 3, max_negative: 128, max_positive: 127 };
    assert_eq!(language::<Canonical, i8>(), format!("{signed:?}"));
    assert_eq!(language::<Plain, Number>(), format!("{:?}", Language::Decimal { digits: 10, signed: false }));
    assert_eq!(language::<Plain, i64>(), format!("{:?}", Language::Decimal { digits: 19, signed: true }));
    assert_eq!(language::<Canonical, Email>(), "Verbatim");
    assert_eq!(language::<Escape, Primary>(), "Escaped");
    assert_eq!(language::<Lower, Email>(), language::<Lower, String>());
    assert_eq!(language::<Date, Placed>(), language::<Canonical, CivilDate>());
}
