//! The text of a key while it is being written.

/// Whether `delimiter` can be a table's delimiter: ASCII punctuation.
///
/// ```
/// use monotable::key::is_delimiter;
/// assert!(is_delimiter('#') && is_delimiter(':'));
/// assert!(!is_delimiter('0') && !is_delimiter('§'));
/// ```
#[inline]
#[must_use]
pub const fn is_delimiter(delimiter: char) -> bool {
    delimiter.is_ascii_punctuation()
}

/// A key that is being written, part by part, into one allocation.
///
/// It knows the table's delimiter, because parts refuse or escape it. After an error the text is
/// incomplete and of no use.
///
/// ```
/// use monotable::key::{KeyPart, KeyText};
/// let mut key = KeyText::new('#', 32);
/// key.literal("ORDER#");
/// 7_u16.encode(&mut key)?;
/// assert_eq!(key.finish(), "ORDER#00007");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Debug)]
pub struct KeyText {
    text: String,
    delimiter: char,
}

impl KeyText {
    /// Starts an empty key with room for `capacity` bytes.
    ///
    /// # Panics
    ///
    /// If `delimiter` is not ASCII punctuation.
    ///
    /// ```
    /// assert_eq!(monotable::key::KeyText::new('#', 0).as_str(), "");
    /// ```
    #[inline]
    #[must_use]
    pub fn new(delimiter: char, capacity: usize) -> Self {
        assert!(is_delimiter(delimiter), "a delimiter must be ASCII punctuation");
        Self { text: String::with_capacity(capacity), delimiter }
    }

    /// Starts an empty key in the buffer of another, whose text goes.
    #[inline]
    pub(super) fn again(mut text: String, delimiter: char, capacity: usize) -> Self {
        text.clear();
        text.reserve(capacity);
        Self { text, delimiter }
    }

    /// Appends literal text of the template, which may contain the delimiter.
    ///
    /// ```
    /// let mut key = monotable::key::KeyText::new('#', 8);
    /// key.literal("ORDER#");
    /// assert_eq!(key.as_str(), "ORDER#");
    /// ```
    #[inline]
    pub fn literal(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends text of a part. It is the part's duty that the text is one of its language.
    ///
    /// ```
    /// let mut key = monotable::key::KeyText::new('#', 8);
    /// key.push_str("OPEN");
    /// assert_eq!(key.as_str(), "OPEN");
    /// ```
    #[inline]
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Returns the table's delimiter.
    ///
    /// ```
    /// assert_eq!(monotable::key::KeyText::new('/', 0).delimiter(), '/');
    /// ```
    #[inline]
    #[must_use]
    pub const fn delimiter(&self) -> char {
        self.delimiter
    }

    /// Returns what has been written so far.
    ///
    /// ```
    /// assert!(monotable::key::KeyText::new('#', 8).as_str().is_empty());
    /// ```
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the key.
    ///
    /// ```
    /// let mut key = monotable::key::KeyText::new('#', 8);
    /// key.literal("PROFILE");
    /// assert_eq!(key.finish(), "PROFILE");
    /// ```
    #[inline]
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    /// Appends bytes that this crate wrote as ASCII.
    #[inline]
    pub(super) fn push_ascii(&mut self, bytes: &[u8]) {
        self.text.push_str(str::from_utf8(bytes).expect("fixed-width encodings are ASCII"));
    }

    /// The text itself, for encodings that rework what they appended.
    pub(super) fn text_mut(&mut self) -> &mut String {
        &mut self.text
    }
}
