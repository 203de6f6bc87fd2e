//! Signed cursors: who takes whose, and what the signature is over.

use base64_simd::URL_SAFE_NO_PAD;
use monotable::{Cursor, CursorError, CursorKeys, Entity, Handle, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::support::runtime;
use crate::trying::Tried as _;

#[derive(Table, Debug)]
#[table(name = "letters")]
enum Letters {
    Letter(Letter),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Letters, pk = "BOX#{from}", sk = "LETTER#{number}")]
struct Letter {
    from: String,
    number: u8,
}

const OLD: [u8; 32] = [1; 32];
const NEW: [u8; 32] = [2; 32];

async fn filled() -> Handle<Letters> {
    let letters = open::<Letters>().await;
    for number in 0..6 {
        for from in ["ada", "bob"] {
            letters.put(&Letter { from: from.into(), number }).await.unwrap();
        }
    }
    letters
}

#[test]
fn a_handle_takes_what_its_keys_signed() {
    let runtime = runtime();
    let letters = runtime.block_on(filled());
    let (old, new) = (CursorKeys::new(OLD), CursorKeys::new(NEW));
    let query = |keys: &CursorKeys| letters.clone().sign_cursors(keys.clone()).query(Letter::by_from("ada"));
    // The documented order: accept the new key, then sign with it, then drop the old one.
    let stages = [old.clone(), old.accepting(NEW), new.clone().accepting(OLD), new];
    let refused = Err(CursorError::Signature);
    // What the cursors of one stage (a row) are in another (a column).
    let expected = [
        [Ok(4), Ok(4), Ok(4), refused],
        [Ok(4), Ok(4), Ok(4), refused],
        [refused, Ok(4), Ok(4), Ok(4)],
        [refused, Ok(4), Ok(4), Ok(4)],
    ];
    for (from, row) in stages.iter().zip(expected) {
        let cursor = query(from).cursor(&runtime);
        for (to, expected) in stages.iter().zip(row) {
            assert_eq!(query(to).tried(&runtime, &cursor), expected, "{from:?} to {to:?}");
        }
        let unsigned = letters.query(Letter::by_from("ada"));
        assert_eq!(unsigned.tried(&runtime, &cursor), Err(CursorError::NoKeys));
        let plain = unsigned.cursor(&runtime);
        assert_eq!(query(from).tried(&runtime, &plain), Err(CursorError::NotSigned));
        assert_eq!(unsigned.tried(&runtime, &plain), Ok(4));
    }
}

/// A client who makes a cursor up of two that are its own, or claims that one is not signed, gets nowhere.
#[test]
fn no_part_of_one_cursor_fits_into_another() {
    let runtime = runtime();
    let letters = runtime.block_on(filled()).sign_cursors(CursorKeys::new(OLD));
    let cursor = |from: &str, items: usize| {
        let query = letters.query(Letter::by_from(from)).limit(items);
        let page = runtime.block_on(async { query.page().await }).unwrap().into_inner();
        URL_SAFE_NO_PAD.decode_to_vec(page.next.unwrap().as_str()).unwrap()
    };
    let query = letters.query(Letter::by_from("ada"));
    let tried = |bytes: &[u8]| {
        let cursor = Cursor::from(URL_SAFE_NO_PAD.encode_to_string(bytes));
        query.tried(&runtime, &cursor)
    };
    let own = cursor("ada", 2);
    assert_eq!(tried(&own), Ok(4));
    // Of the same length, so that whatever differs can be put into the other's place.
    for other in [cursor("ada", 3), cursor("bob", 2), cursor("bob", 3)] {
        assert_eq!(own.len(), other.len());
        let mut spliced = 0;
        for at in 1..own.len() {
            for bytes in [[&own[..at], &other[at..]].concat(), [&other[..at], &own[at..]].concat()] {
                if bytes == own || bytes == other {
                    continue;
                }
                assert_eq!(tried(&bytes), Err(CursorError::Signature), "spliced at {at}");
                spliced += 1;
            }
        }
        assert!(spliced > 0);
    }
    let mut unsigned = own.clone();
    unsigned[1] = 0;
    assert_eq!(tried(&unsigned), Err(CursorError::NotSigned));
    let plain = Letters::open(letters.sdk().clone()).query(Letter::by_from("ada"));
    let cursor = Cursor::from(URL_SAFE_NO_PAD.encode_to_string(&unsigned));
    assert_eq!(plain.tried(&runtime, &cursor), Err(CursorError::Malformed));
}

/// A cursor is text for a URL, says nothing of its keys, and comes through serde as it is.
#[test]
fn a_cursor_is_text() {
    let runtime = runtime();
    let letters = runtime.block_on(filled());
    for keys in [None, Some(CursorKeys::new(OLD).accepting(NEW))] {
        let letters = keys.into_iter().fold(letters.clone(), Handle::sign_cursors);
        let query = letters.query(Letter::by_from("ada"));
        let cursor = query.cursor(&runtime);
        let in_url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        assert!(cursor.as_str().bytes().all(in_url), "{cursor}");
        let json = serde_json::to_string(&cursor).unwrap();
        assert_eq!(json, format!("\"{cursor}\""));
        let back: Cursor = serde_json::from_str(&json).unwrap();
        assert_eq!(query.tried(&runtime, &back), Ok(4));
        assert!(!format!("{letters:?} {query:?}").contains("1, 1, 1"));
    }
}
