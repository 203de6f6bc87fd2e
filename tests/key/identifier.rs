use monotable::key::{Canonical, KeyPart, Lower, Upper};
use proptest::prelude::*;
use ulid::Ulid;
use uuid::Uuid;

use crate::support::{check_edges, check_pair, check_strict, text_of};

const EDGES: [u128; 8] = [0, 1, 31, 32, 1 << 127, (1 << 127) - 1, u128::MAX - 1, u128::MAX];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn pairs_hold(a in any::<u128>(), b in any::<u128>(), same in 0_u32..128) {
        // Half of the pairs share a long prefix.
        for b in [b, a ^ (b >> same)] {
            check_pair::<Canonical, Uuid>(&Uuid::from_u128(a), &Uuid::from_u128(b), '#');
            check_pair::<Canonical, Ulid>(&Ulid(a), &Ulid(b), '#');
            check_pair::<Upper, Uuid>(&Uuid::from_u128(a), &Uuid::from_u128(b), '#');
            check_pair::<Lower, Ulid>(&Ulid(a), &Ulid(b), '#');
        }
    }

    #[test]
    fn other_texts_are_refused(text in "[0-9A-Za-z]{26}", hex in "[0-9a-fA-F]{32}|[{]?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-fF]{12}[}]?") {
        check_strict::<Canonical, Ulid>(&text, '#');
        check_strict::<Lower, Ulid>(&text, '#');
        check_strict::<Upper, Uuid>(&hex, '#');
        check_strict::<Canonical, Uuid>(&hex, '#');
    }
}

#[test]
fn edges_hold() {
    check_edges::<Canonical, Uuid>(&EDGES.map(Uuid::from_u128), '-');
    check_edges::<Canonical, Ulid>(&EDGES.map(Ulid), '#');
    check_edges::<Upper, Uuid>(&EDGES.map(Uuid::from_u128), '-');
    check_edges::<Lower, Ulid>(&EDGES.map(Ulid), '#');
}

#[test]
fn texts_are_the_usual_ones() {
    let uuid = Uuid::from_u128(0x0190_163d_8694_739b_aea5_966c_26f8_ad91);
    assert_eq!(text_of::<Canonical, _>(&uuid, '#').unwrap(), "0190163d-8694-739b-aea5-966c26f8ad91");
    assert_eq!(text_of::<Canonical, _>(&Ulid(u128::MAX), '#').unwrap(), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    for text in ["0190163D-8694-739b-aea5-966c26f8ad91", "0190163d8694739baea5966c26f8ad91"] {
        assert!(Uuid::decode(text, '#').is_err());
    }
    for text in ["8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "7zzzzzzzzzzzzzzzzzzzzzzzzz", "0000000000000000000000000O"] {
        assert!(Ulid::decode(text, '#').is_err());
    }
}
