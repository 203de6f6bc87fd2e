//! Which partitions a call works on: what the sketch of hot keys is fed with.

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash, Hasher};

use aws_sdk_dynamodb::types::AttributeValue;

use crate::item::{HasAttributes, StoredKey};
use crate::key::KeyValue;
use crate::model::IndexModel;

/// Bytes of a key that are kept to name it.
const NAME_BYTES: usize = 62;

/// The attributes that hold partition keys: the table's, and those of its indexes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PartitionKeys {
    pub(crate) table: &'static str,
    pub(crate) indexes: &'static [IndexModel],
}

/// The partitions of one call.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Most calls work on one, which is then not worth an allocation.
    first: Option<Partition>,
    more: Vec<Partition>,
}

/// One partition of the table or of an index.
#[derive(Debug, Clone)]
pub(crate) struct Partition {
    pub(crate) index: Option<&'static str>,
    pub(crate) hash: u64,
    pub(crate) name: KeyName,
}

/// The text of a key, or its beginning. It is copied, not allocated: keys come and go with every call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyName {
    bytes: [u8; NAME_BYTES],
    len: u8,
    cut: bool,
}

impl Touched {
    pub(crate) fn one(first: Option<Partition>) -> Self {
        Self { first, more: Vec::new() }
    }

    /// Those of the table, or of one of its indexes.
    pub(crate) fn of(&self, index: Option<&str>) -> impl Iterator<Item = &Partition> + Clone {
        self.first.iter().chain(&self.more).filter(move |partition| partition.index == index)
    }

    pub(crate) fn add(&mut self, partitions: impl IntoIterator<Item = Partition>) {
        self.more.extend(partitions);
    }

    /// Those that an item is written to.
    pub(crate) fn add_item(&mut self, keys: PartitionKeys, item: &impl HasAttributes) {
        self.add(keys.of_key(item));
        self.add(keys.of_entries(item));
    }
}

impl PartitionKeys {
    /// The table's partition that this key or item is in.
    pub(crate) fn of_key(self, key: &impl HasAttributes) -> Option<Partition> {
        // Where the key is at hand it need not be read.
        if let Some([(_, value), ..]) = key.stored_key().map(StoredKey::values) {
            return Some(Partition::of(None, std::slice::from_ref(value)));
        }
        let mut maker = Maker::default();
        maker.add(&*key.value(self.table)?)?;
        Some(maker.partition(None))
    }

    /// The partition of each index that has an entry of this item.
    pub(crate) fn of_entries<I: HasAttributes>(self, item: &I) -> impl Iterator<Item = Partition> + '_ {
        self.indexes.iter().filter_map(move |index| {
            index.attributes().all(|key| item.has(key.name)).then_some(())?;
            let mut maker = Maker::default();
            for key in index.partition_key {
                maker.add(&*item.value(key.name)?)?;
            }
            Some(maker.partition(Some(index.name)))
        })
    }
}

impl Partition {
    /// The partition of the table with this key.
    pub(crate) fn of_text(key: &str) -> Self {
        let mut maker = Maker::default();
        maker.add_text(key);
        maker.partition(None)
    }

    /// The partition with these key values.
    pub(crate) fn of(index: Option<&'static str>, values: &[KeyValue]) -> Self {
        let mut maker = Maker::default();
        for value in values {
            match value {
                KeyValue::Text(text) => maker.add_text(text),
                KeyValue::Number(number) => maker.add_text(number),
                KeyValue::Binary(bytes) => maker.add_bytes(bytes),
            }
        }
        maker.partition(index)
    }
}

/// Puts the name and the hash of a partition together from the values of its key.
#[derive(Default)]
struct Maker {
    hasher: DefaultHasher,
    name: KeyName,
}

impl Maker {
    fn add(&mut self, value: &AttributeValue) -> Option<()> {
        match value {
            AttributeValue::S(text) | AttributeValue::N(text) => self.add_text(text),
            AttributeValue::B(bytes) => self.add_bytes(bytes.as_ref()),
            _ => return None,
        }
        Some(())
    }

    fn add_text(&mut self, text: &str) {
        text.hash(&mut self.hasher);
        self.separate();
        self.name.push(text);
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        bytes.hash(&mut self.hasher);
        self.separate();
        self.name.push("0x");
        let hex = |byte: &u8| char::from_digit(u32::from(*byte), 16).unwrap_or('?');
        for byte in bytes.iter().take(NAME_BYTES) {
            let mut digits = [0; 2];
            digits[0] = hex(&(byte >> 4)) as u8;
            digits[1] = hex(&(byte & 15)) as u8;
            self.name.push(std::str::from_utf8(&digits).unwrap_or("??"));
        }
    }

    fn separate(&mut self) {
        if self.name.len > 0 {
            self.name.push(" / ");
        }
    }

    fn partition(self, index: Option<&'static str>) -> Partition {
        Partition { index, hash: self.hasher.finish(), name: self.name }
    }
}

impl KeyName {
    fn push(&mut self, text: &str) {
        if self.cut {
            return;
        }
        let start = usize::from(self.len);
        let end = text.floor_char_boundary(NAME_BYTES - start);
        self.bytes[start..start + end].copy_from_slice(&text.as_bytes()[..end]);
        self.len += end as u8;
        self.cut = end < text.len();
    }
}

impl Default for KeyName {
    fn default() -> Self {
        Self { bytes: [0; NAME_BYTES], len: 0, cut: false }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default())?;
        if self.cut { f.write_str("…") } else { Ok(()) }
    }
}

impl fmt::Debug for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::Item;

    #[test]
    fn names_are_cut_between_characters_and_hashes_are_of_the_whole() {
        let text = |key: &str| KeyValue::Text(key.to_owned());
        let of = |values: &[KeyValue]| Partition::of(None, values);
        assert_eq!(of(&[text("A#1"), KeyValue::Number("7".into())]).name.to_string(), "A#1 / 7");
        assert_eq!(of(&[KeyValue::Binary(vec![7, 255])]).name.to_string(), "0x07ff");
        let long = "ä".repeat(40);
        let (this, other) = (of(&[text(&long)]), of(&[text(&format!("{long}x"))]));
        assert_eq!(this.name.to_string(), format!("{}…", "ä".repeat(31)));
        assert_eq!(this.name, other.name);
        assert_ne!(this.hash, other.hash);
        assert_ne!(of(&[text("a"), text("b")]).hash, of(&[text("ab")]).hash);
        let key = Item::from([("PK".to_owned(), AttributeValue::S("A#1".into()))]);
        let keys = PartitionKeys { table: "PK", indexes: &[] };
        assert_eq!(keys.of_key(&key).map(|key| key.hash), Some(of(&[text("A#1")]).hash));
    }
}
