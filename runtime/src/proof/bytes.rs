//! A set of bytes, as two words so that the interpreter meets few operations.

/// A set of bytes: what one place of an encoded key part can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes {
    low: u128,
    high: u128,
}

impl Bytes {
    /// No byte.
    pub const NONE: Self = Self { low: 0, high: 0 };
    /// Every byte.
    pub const ALL: Self = Self { low: u128::MAX, high: u128::MAX };
    /// The decimal digits.
    pub const DIGITS: Self = Self::range(b'0', b'9');
    /// The digits of lower-case hexadecimal text.
    pub const HEX: Self = Self::DIGITS.or(Self::range(b'a', b'f'));
    /// Crockford's alphabet, as ULID prints it.
    pub const CROCKFORD: Self = Self::of(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    /// Bytes of UTF-8 text without U+100000 and above: nothing at or above 0xF4 ever occurs, so a bound
    /// that ends in U+10FFFF lies above every key.
    pub const TEXT: Self = Self::range(0, 0xF3).minus(Self::of(&[0xC0, 0xC1]));
    /// Bytes of the characters above ASCII that key text can hold.
    pub const BEYOND_ASCII: Self = Self::TEXT.minus(Self::range(0, 0x7F));

    /// The bytes `from..=to`; none if `from` is above `to`.
    #[must_use]
    pub const fn range(from: u8, to: u8) -> Self {
        let below = if from == 0 { Self::NONE } else { Self::up_to(from - 1) };
        Self::up_to(to).minus(below)
    }

    const fn up_to(last: u8) -> Self {
        if last < 128 {
            Self { low: u128::MAX >> (127 - last), high: 0 }
        } else {
            Self { low: u128::MAX, high: u128::MAX >> (255 - last) }
        }
    }

    /// The bytes that occur in `bytes`.
    #[must_use]
    pub const fn of(bytes: &[u8]) -> Self {
        let mut set = Self::NONE;
        let mut at = 0;
        while at < bytes.len() {
            set = set.with(bytes[at]);
            at += 1;
        }
        set
    }

    /// What verbatim text can hold in a table whose delimiter is `delimiter`.
    #[must_use]
    pub const fn verbatim(delimiter: u8) -> Self {
        Self::TEXT.minus(Self::NONE.with(delimiter))
    }

    /// This set and `byte`.
    #[must_use]
    pub const fn with(self, byte: u8) -> Self {
        if byte < 128 {
            Self { low: self.low | 1 << byte, high: self.high }
        } else {
            Self { low: self.low, high: self.high | 1 << (byte - 128) }
        }
    }

    /// The bytes of either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self { low: self.low | other.low, high: self.high | other.high }
    }

    /// The bytes of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { low: self.low & other.low, high: self.high & other.high }
    }

    /// The bytes of this set that are not in `other`.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self { low: self.low & !other.low, high: self.high & !other.high }
    }

    /// Whether there is no byte in this set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.low | self.high == 0
    }

    /// Whether `byte` is in this set.
    #[must_use]
    pub const fn has(self, byte: u8) -> bool {
        let half = if byte < 128 { self.low } else { self.high };
        half >> (byte % 128) & 1 == 1
    }

    /// The smallest member; 255 of the empty set.
    #[must_use]
    pub const fn min(self) -> u8 {
        if self.low != 0 {
            self.low.trailing_zeros() as u8
        } else if self.high != 0 {
            128 + self.high.trailing_zeros() as u8
        } else {
            255
        }
    }

    /// The largest member; 0 of the empty set.
    #[must_use]
    pub const fn max(self) -> u8 {
        if self.high != 0 {
            255 - self.high.leading_zeros() as u8
        } else if self.low != 0 {
            127 - self.low.leading_zeros() as u8
        } else {
            0
        }
    }

    /// A member a reader likes to see in an example.
    pub(crate) const fn sample(self) -> u8 {
        let liked = [
            Self::range(b'a', b'z'),
            Self::range(b'1', b'9'),
            Self::range(b'0', b'0'),
            Self::range(b'A', b'Z'),
            Self::range(b'!', b'~'),
        ];
        let mut at = 0;
        while at < liked.len() {
            let found = self.and(liked[at]);
            if !found.is_empty() {
                return found.min();
            }
            at += 1;
        }
        self.min()
    }
}
