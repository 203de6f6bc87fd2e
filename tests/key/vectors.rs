//! Keys of ElectroDB and OneTable, from `key-vectors.json`, written as their templates would be.

use monotable::key::*;

/// A key by its pieces: literals and parts with codecs, in order.
macro_rules! key {
    ($delimiter:literal: $($literal:literal $(, $codec:ty => $value:expr)?);*) => {{
        let mut key = KeyText::new($delimiter, 64);
        $(
            key.literal($literal);
            $(<$codec as Codec<_>>::encode(&$value, &mut key).unwrap();)?
        )*
        key.finish()
    }};
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn electrodb() {
    let sk = key!('#': "$mallstores_1#mallid_", Lower => text("MALLVALUE"); "#buildingid_", Lower => text("BUILDINGVALUE"));
    assert_eq!(sk, "$mallstores_1#mallid_mallvalue#buildingid_buildingvalue");
    assert_eq!(key!('#': "myprefix1_", Canonical => text("abc"); "#mypostfix1"), "myprefix1_abc#mypostfix1");
    assert_eq!(key!('#': "$bank#accountnumber_", Pad<8> => 42_u64), "$bank#accountnumber_00000042");
    assert_eq!(key!('#': "$bank#flag_", Plain => true), "$bank#flag_true");
    assert_eq!(key!('#': "$transaction_1#n_", Plain => 9_u32), "$transaction_1#n_9");
    assert_eq!(key!('#': "MALL#", Upper => text("Defg"); "#STORES#", Plain => 1_u8), "MALL#DEFG#STORES#1");
    assert_eq!(
        key!('#': "$s#a_", Lower => text("Ünï Côde"); "#b_", Lower => text("İ")),
        "$s#a_ünï côde#b_i\u{307}"
    );
}

#[test]
fn onetable() {
    assert_eq!(key!('#': "User#", Canonical => text("Peter Smith")), "User#Peter Smith");
    assert_eq!(key!(':': "account:", Canonical => text("Acme")), "account:Acme");
    assert_eq!(key!('#': "n#", Pad<6> => 1_u32; "#", Canonical => text("Q")), "n#000001#Q");
    assert_eq!(key!(':': "card:", Plain => 42_u32), "card:42");
    assert_eq!(key!('#': "d#", Plain => 1_704_164_645_000_i64), "d#1704164645000");
}

/// What those libraries get wrong, a part refuses.
#[test]
fn traps() {
    let mut key = KeyText::new('#', 16);
    assert_eq!(text("x#y").encode(&mut key), Err(PartRule::ContainsDelimiter('#')));
    assert_eq!(Lower::encode(&text(""), &mut key), Err(PartRule::Empty));
    assert_eq!(Pad::<6>::encode(&1_000_000_u32, &mut key), Err(PartRule::TooWide { digits: 6 }));
}
