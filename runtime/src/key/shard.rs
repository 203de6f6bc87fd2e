//! `{field:shard(16)}`: spreads one partition over several, by a hash that other languages can repeat.

use std::marker::PhantomData;

use super::digits;
use super::integer::write_padded;
use super::{Canonical, Codec, KeyText, Language, PartRule};

/// Writes which of `COUNT` shards a part belongs to: [`shard_hash`] of the part's text, modulo `COUNT`,
/// in decimal and zero-padded to the width of `COUNT - 1`.
///
/// `Hashed` is the codec whose text is hashed, the default text unless said otherwise. Changing `COUNT` or
/// `Hashed` moves items to other keys. A `COUNT` of zero does not compile.
///
/// ```
/// use monotable::key::{Codec, KeyText, Shard};
/// let mut key = KeyText::new('#', 8);
/// Shard::<16>::encode(&"C-1".to_owned(), &mut key)?;
/// assert_eq!(key.finish(), "09");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Shard<const COUNT: u32, Hashed = Canonical>(PhantomData<Hashed>);

impl<const COUNT: u32, Hashed> Shard<COUNT, Hashed> {
    const LAST: u32 = {
        assert!(COUNT > 0, "a partition cannot be spread over no shards");
        COUNT - 1
    };

    /// Appends the text of the shard `number`, counted from zero, for queries that visit every shard.
    ///
    /// # Errors
    ///
    /// [`PartRule::OutOfRange`], if there are not so many shards.
    ///
    /// ```
    /// use monotable::key::{KeyText, Shard};
    /// let mut key = KeyText::new('#', 8);
    /// Shard::<16>::encode_number(9, &mut key)?;
    /// assert_eq!(key.finish(), "09");
    /// # Ok::<(), monotable::key::PartRule>(())
    /// ```
    pub fn encode_number(number: u32, out: &mut KeyText) -> Result<(), PartRule> {
        if number > Self::LAST {
            return Err(PartRule::OutOfRange { range: "the shards of its key" });
        }
        write_padded(number.into(), const { digits::width(Self::LAST as u128) }, out);
        Ok(())
    }
}

impl<T, Hashed: Codec<T>, const COUNT: u32> Codec<T> for Shard<COUNT, Hashed> {
    const LANGUAGE: Language =
        Language::UpTo { width: digits::width(Self::LAST as u128), max: Self::LAST as u128 };
    const LOSSY: bool = true;

    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
        // The text is written where the shard will stand and taken back, which saves an allocation.
        let start = out.as_str().len();
        Hashed::encode(value, out)?;
        let hash = shard_hash(&out.as_str().as_bytes()[start..]);
        out.text_mut().truncate(start);
        let number = (hash % u64::from(COUNT)) as u32;
        Self::encode_number(number, out)
    }
}

/// A codec that writes a shard.
#[doc(hidden)]
pub trait ShardCodec {
    /// How many shards there are.
    const SHARDS: u32;

    /// Appends the text of one of them.
    fn encode_shard(number: u32, out: &mut KeyText) -> Result<(), PartRule>;
}

impl<const COUNT: u32, Hashed> ShardCodec for Shard<COUNT, Hashed> {
    const SHARDS: u32 = COUNT;

    fn encode_shard(number: u32, out: &mut KeyText) -> Result<(), PartRule> {
        Self::encode_number(number, out)
    }
}

/// The hash behind [`Shard`], over the UTF-8 bytes of a text. It will never change.
///
/// It is FNV-1a of 64 bits, then the finalizer of MurmurHash3, since the low bits of FNV-1a alone depend
/// only on the low bits of each byte. All numbers are unsigned, 64 bits wide, and wrap:
///
/// ```text
/// hash = 0xcbf29ce484222325
/// for each byte:
///     hash = (hash xor byte) * 0x00000100000001b3
/// hash = (hash xor (hash >> 33)) * 0xff51afd7ed558ccd
/// hash = (hash xor (hash >> 33)) * 0xc4ceb9fe1a85ec53
/// hash =  hash xor (hash >> 33)
/// ```
///
/// ```
/// use monotable::key::shard_hash;
/// assert_eq!(shard_hash(b""), 0xefd0_1f60_ba99_2926);
/// ```
#[must_use]
pub const fn shard_hash(text: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < text.len() {
        hash = (hash ^ text[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
