//! Cursors: where a query goes on, as text that a client may keep and send back.

mod hasher;
pub(crate) mod seal;

use std::fmt;

use serde::{Deserialize, Serialize};

pub(crate) use seal::Seal;

/// Where a query goes on: text that is safe in a URL, to be handed to a client and taken back.
///
/// It comes from [`Query::page`](crate::Query::page) and [`Items::cursor`](crate::Items::cursor), and goes to
/// [`Query::after`](crate::Query::after). It belongs to one table, index, key condition and direction, and to
/// the key templates there and of the table; with any other it is refused before anything is sent, with the reason
/// ([`CursorError`]). That of a scan ([`ScanItems::cursor`](crate::ScanItems::cursor)) belongs to one table, index
/// and number of segments. It does not expire, and the item it is behind may have been deleted.
///
/// Its text is opaque, but not secret: it holds the key of the item that it is behind. Whether it comes back as
/// it was made is checked. That is proof against accidents; against clients who make cursors up, to start
/// where they should not, sign them: [`Handle::sign_cursors`](crate::Handle::sign_cursors).
///
/// ```
/// use monotable::Cursor;
/// let cursor = Cursor::from("from a query string");
/// assert_eq!(cursor.as_str(), "from a query string");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Any text is taken: the query that it is given to says what is wrong with it.
impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Cursor {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.0
    }
}

/// The keys that cursors are signed with: HMAC-SHA-256.
///
/// The first key signs. Those that are [accepted](Self::accepting) besides it are for rotation: accept the new
/// key on every server first, then sign with it and accept the old one, then drop the old one.
///
/// ```
/// use monotable::CursorKeys;
/// # let (new, old) = ([1; 32], [2; 32]);
/// let keys = CursorKeys::new(new).accepting(old);
/// assert_eq!(format!("{keys:?}"), "CursorKeys(2)");
/// ```
#[derive(Clone)]
pub struct CursorKeys {
    keys: Vec<[u8; 32]>,
}

impl CursorKeys {
    /// Signs with this key, which is to be random, and accepts what it signed.
    pub fn new(key: [u8; 32]) -> Self {
        Self { keys: vec![key] }
    }

    /// Accepts what this key signed too.
    #[must_use = "this returns the keys; those it is called on are gone"]
    pub fn accepting(mut self, key: [u8; 32]) -> Self {
        self.keys.push(key);
        self
    }
}

impl fmt::Debug for CursorKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CursorKeys({})", self.keys.len())
    }
}

/// Why a cursor is refused: the cause of an [`InvalidCursor`](crate::ErrorKind::InvalidCursor) error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CursorError {
    /// It is no cursor, or cut off, or changed on its way.
    Malformed,
    /// Another version of this library made it, in another form.
    Version {
        /// The version of its form.
        found: u8,
    },
    /// It is signed with none of the handle's keys, or was changed after it was signed.
    Signature,
    /// It is not signed, and the handle asks for that.
    NotSigned,
    /// It is signed, and the handle has no keys to check it with.
    NoKeys,
    /// It is of another table.
    OtherTable,
    /// It is of another index or entity, or of a time when the entity had other key templates there, or other
    /// types in them.
    OtherKeys,
    /// It is of other values in the key condition, of other steps, or of the other direction.
    OtherQuery,
    /// It is of a scan where a query is, or of a query where a scan is.
    OtherOperation,
    /// It is of a scan in another number of segments.
    OtherSegments {
        /// The number of segments of that scan.
        found: u32,
    },
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the cursor is not one, or was cut off or changed",
            Self::Version { found } => {
                return write!(
                    f,
                    "the cursor has form {found}, and this version of the library reads form {}; start again \
                     without it",
                    seal::VERSION
                );
            }
            Self::Signature => {
                "the cursor was changed, or is signed with a key that is not accepted (any more)"
            }
            Self::NotSigned => "the cursor is not signed, and this handle takes signed cursors only",
            Self::NoKeys => "the cursor is signed, and this handle has no keys: see `Handle::sign_cursors`",
            Self::OtherTable => "the cursor is of another table",
            Self::OtherKeys => {
                "the cursor is of another index or entity, or of these before their key templates changed; start \
                 again without it"
            }
            Self::OtherOperation => {
                "the cursor is of a scan where a query is, or of a query where a scan is"
            }
            Self::OtherSegments { found } => {
                return write!(f, "the cursor is of a scan in {found} segments; write `.segments({found})`");
            }
            Self::OtherQuery => {
                "the cursor is of another query: with other key values, other steps, or the other direction"
            }
        })
    }
}

impl std::error::Error for CursorError {}
