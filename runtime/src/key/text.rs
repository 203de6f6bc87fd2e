//! The text of a key while it is written.

/// The text of a key under construction; [`KeyPart::encode`](crate::KeyPart::encode) appends to it.
///
/// It knows the table's delimiter, because text that contains it cannot stand in a key.
#[derive(Debug)]
pub struct KeyText {
    text: String,
    delimiter: char,
}

impl KeyText {
    /// An empty text with room for `capacity` bytes.
    pub fn new(delimiter: char, capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), delimiter }
    }

    /// What separates the parts of this table's keys.
    pub fn delimiter(&self) -> char {
        self.delimiter
    }

    /// Appends `text` as it is.
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends one character as it is.
    pub fn push(&mut self, character: char) {
        self.text.push(character);
    }

    /// What was written so far.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The finished text.
    pub fn finish(self) -> String {
        self.text
    }
}

impl std::fmt::Write for KeyText {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.text.push_str(text);
        Ok(())
    }
}
