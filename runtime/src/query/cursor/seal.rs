//! The bytes of a cursor: what it belongs to, the positions, and a seal over both.
//!
//! ```text
//! version  1 byte
//! signed   1 byte: 0 or 1
//! table    4 bytes of a hash of the table's name
//! keys     4 bytes of a hash of the index, its key attributes, their templates and those of the primary key
//! query    8 bytes of a hash of the key condition and the direction; of a scan, `scan` and the number of segments
//! one position for each partition, or for each segment:
//!   0 the start, 1 the end, or 2 and, for each attribute of the place, its type, its length and its bytes
//! seal     16 bytes: HMAC-SHA-256 if signed, otherwise SHA-256, of all before it
//! ```

use base64_simd::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::hasher::Hasher;
use super::{Cursor, CursorError, CursorKeys};
use crate::error::Error;
use crate::handle::{Binding, Handle};
use crate::index::Index;
use crate::key::KeyValue;
use crate::proof::KeyType;
use crate::query::condition::{HalfTemplate, KeyCondition};
use crate::query::place::{KeyLayout, Place, Position};
use crate::query::request::Query;

/// The form of the bytes.
pub(super) const VERSION: u8 = 1;

/// What is where the hash of a query would be, before the number of segments.
const SCAN: [u8; 4] = *b"scan";

const SEAL: usize = 16;
const HEAD: usize = 2 + 4 + 4 + 8;

/// What the cursors of one query or scan are made and read with.
#[derive(Debug)]
pub(crate) struct Seal {
    table: [u8; 4],
    keys: [u8; 4],
    query: [u8; 8],
    signing: Option<CursorKeys>,
}

impl<O, I: Index, C: Binding> Query<O, I, C> {
    pub(crate) fn seal(&self, condition: &KeyCondition) -> Seal {
        let mut keys = Hasher::keys_of::<I>();
        condition.templates.iter().for_each(|HalfTemplate(template)| keys.template(template));
        let mut query = Hasher::new("query");
        query.condition(condition, self.newest_first);
        let table = Hasher::table(self.client.table_name::<I::Table>());
        let signing = self.client.cursor_keys().cloned();
        Seal { table, keys: keys.finish(), query: query.finish(), signing }
    }

    /// Where each partition is to be read from.
    pub(crate) fn places(&self, condition: &KeyCondition) -> Result<Vec<Position>, Error> {
        let partitions = condition.partitions.len();
        let Some(cursor) = &self.after else { return Ok(vec![Position::Start; partitions]) };
        let attributes = KeyLayout::of::<I>().names().len();
        let positions = self.seal(condition).open(cursor, partitions, attributes);
        positions.map_err(|error| Error::cursor(self.call(), error))
    }
}

impl Seal {
    /// That of a scan. The items come in no order of their keys, so the key templates do not matter.
    pub(crate) fn of_scan<I: Index>(handle: &Handle<I::Table>, segments: u32) -> Self {
        let mut query = [0; 8];
        query[..4].copy_from_slice(&SCAN);
        query[4..].copy_from_slice(&segments.to_be_bytes());
        let (table, keys) = (Hasher::table(handle.name()), Hasher::keys_of::<I>().finish());
        Self { table, keys, query, signing: handle.cursor_keys().cloned() }
    }

    pub(crate) fn cursor(&self, positions: &[&Position]) -> Cursor {
        let mut bytes = vec![VERSION, self.signing.is_some().into()];
        bytes.extend(self.table.iter().chain(&self.keys).chain(&self.query));
        for position in positions {
            write_position(&mut bytes, position);
        }
        let tag: [u8; 32] = match self.signing.iter().flat_map(|signing| &signing.keys).next() {
            Some(key) => mac(key, &bytes).finalize().into_bytes().into(),
            None => Sha256::digest(&bytes).into(),
        };
        bytes.extend(&tag[..SEAL]);
        Cursor(URL_SAFE_NO_PAD.encode_to_string(bytes))
    }

    pub(crate) fn open(
        &self,
        cursor: &Cursor,
        partitions: usize,
        attributes: usize,
    ) -> Result<Vec<Position>, CursorError> {
        let bytes = URL_SAFE_NO_PAD.decode_to_vec(cursor.as_str()).map_err(|_| CursorError::Malformed)?;
        match bytes.first() {
            Some(&VERSION) => {}
            // What was changed may look like another version, and is then called that.
            Some(&found) => return Err(CursorError::Version { found }),
            None => return Err(CursorError::Malformed),
        }
        let (bytes, tag) = bytes.split_last_chunk::<SEAL>().ok_or(CursorError::Malformed)?;
        self.check(bytes, tag)?;
        let (head, mut rest) = bytes.split_at_checked(HEAD).ok_or(CursorError::Malformed)?;
        self.check_head(head)?;
        let positions = (0..partitions).map(|_| read_position(&mut rest, attributes)).collect();
        if rest.is_empty() { positions } else { Err(CursorError::Malformed) }
    }

    fn check(&self, bytes: &[u8], tag: &[u8; SEAL]) -> Result<(), CursorError> {
        match (&self.signing, bytes.get(1)) {
            (None, Some(0)) if Sha256::digest(bytes)[..SEAL] == *tag => Ok(()),
            (Some(signing), Some(1)) => {
                let accepts = |key: &[u8; 32]| mac(key, bytes).verify_truncated_left(tag).is_ok();
                if signing.keys.iter().any(accepts) { Ok(()) } else { Err(CursorError::Signature) }
            }
            (None, Some(1)) => Err(CursorError::NoKeys),
            (Some(_), Some(0)) => Err(CursorError::NotSigned),
            _ => Err(CursorError::Malformed),
        }
    }

    fn check_head(&self, head: &[u8]) -> Result<(), CursorError> {
        let rest = &head[2..];
        let Some(rest) = rest.strip_prefix(&self.table) else { return Err(CursorError::OtherTable) };
        let (keys, query) = rest.split_at(self.keys.len());
        match (query.strip_prefix(&SCAN), self.query.strip_prefix(&SCAN)) {
            (Some(_), None) | (None, Some(_)) => Err(CursorError::OtherOperation),
            _ if *keys != self.keys => Err(CursorError::OtherKeys),
            _ if *query == self.query => Ok(()),
            (Some(&[a, b, c, d]), Some(_)) => {
                Err(CursorError::OtherSegments { found: u32::from_be_bytes([a, b, c, d]) })
            }
            _ => Err(CursorError::OtherQuery),
        }
    }
}

fn mac(key: &[u8; 32], bytes: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(bytes);
    mac
}

fn write_position(out: &mut Vec<u8>, position: &Position) {
    match position {
        Position::Start => out.push(0),
        Position::End => out.push(1),
        Position::After(place) => {
            out.push(2);
            place.iter().for_each(|value| write_value(out, value));
        }
    }
}

pub(super) fn write_value(out: &mut Vec<u8>, value: &KeyValue) {
    let bytes = match value {
        KeyValue::Text(text) | KeyValue::Number(text) => text.as_bytes(),
        KeyValue::Binary(bytes) => bytes,
    };
    out.push(tag(value.key_type()));
    // Keys have at most 2048 bytes.
    out.extend((bytes.len() as u16).to_be_bytes());
    out.extend(bytes);
}

pub(super) fn tag(key_type: KeyType) -> u8 {
    match key_type {
        KeyType::Text => b'S',
        KeyType::Number => b'N',
        KeyType::Binary => b'B',
    }
}

fn read_position(bytes: &mut &[u8], attributes: usize) -> Result<Position, CursorError> {
    Ok(match take(bytes, 1)? {
        [0] => Position::Start,
        [1] => Position::End,
        [2] => {
            let place: Result<Place, _> = (0..attributes).map(|_| read_value(bytes)).collect();
            Position::After(place?)
        }
        _ => return Err(CursorError::Malformed),
    })
}

fn read_value(bytes: &mut &[u8]) -> Result<KeyValue, CursorError> {
    let &[tag, high, low] = take(bytes, 3)? else { return Err(CursorError::Malformed) };
    let value = take(bytes, u16::from_be_bytes([high, low]).into())?.to_vec();
    let text = |value| String::from_utf8(value).map_err(|_| CursorError::Malformed);
    Ok(match tag {
        b'S' => KeyValue::Text(text(value)?),
        b'N' => KeyValue::Number(text(value)?),
        b'B' => KeyValue::Binary(value),
        _ => return Err(CursorError::Malformed),
    })
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Result<&'b [u8], CursorError> {
    let (taken, rest) = bytes.split_at_checked(count).ok_or(CursorError::Malformed)?;
    *bytes = rest;
    Ok(taken)
}
