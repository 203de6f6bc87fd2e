//! Text in a fixed buffer: what `panic!` prints when a proof fails.

const CAPACITY: usize = 2048;
const MORE: &[u8; 3] = b"...";

/// What is wrong, or nothing. The caller panics with it, so that the error points at the caller alone.
#[derive(Clone, Copy)]
#[must_use = "a report that is not empty has to fail the build"]
pub struct Report {
    buffer: [u8; CAPACITY],
    len: usize,
    full: bool,
}

impl Report {
    pub(crate) const EMPTY: Self = Self { buffer: [0; CAPACITY], len: 0, full: false };

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What is wrong.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.buffer.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => panic!("only whole texts are appended"),
        }
    }

    /// Appends; the first text that does not fit ends the report.
    pub(crate) const fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(crate) const fn texts(&mut self, texts: &[&str]) {
        let mut at = 0;
        while at < texts.len() {
            self.text(texts[at]);
            at += 1;
        }
    }

    const fn bytes(&mut self, bytes: &[u8]) {
        let fits = bytes.len() <= CAPACITY - MORE.len() - self.len;
        let bytes = if self.full {
            return;
        } else if fits {
            bytes
        } else {
            self.full = true;
            MORE
        };
        let mut at = 0;
        while at < bytes.len() {
            self.buffer[self.len] = bytes[at];
            self.len += 1;
            at += 1;
        }
    }

    pub(crate) const fn padded(&mut self, text: &str, width: usize) {
        self.text(text);
        let mut at = text.len();
        while at < width {
            self.text(" ");
            at += 1;
        }
    }

    /// Appends an example in quotes; what is not readable text as `\x..`.
    pub(crate) const fn quoted(&mut self, example: &[u8]) {
        self.text("\"");
        if is_readable(example) {
            self.bytes(example);
        } else {
            let mut at = 0;
            while at < example.len() {
                self.byte(example[at]);
                at += 1;
            }
        }
        self.text("\"");
    }

    const fn byte(&mut self, byte: u8) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        if byte >= b' ' && byte < 127 {
            self.bytes(&[byte]);
        } else {
            self.bytes(&[b'\\', b'x', HEX[byte as usize / 16], HEX[byte as usize % 16]]);
        }
    }
}

impl core::fmt::Debug for Report {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_tuple("Report").field(&self.as_str()).finish()
    }
}

impl core::fmt::Display for Report {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

const fn is_readable(example: &[u8]) -> bool {
    let mut at = 0;
    while at < example.len() {
        if example[at] < b' ' || example[at] == 127 {
            return false;
        }
        at += 1;
    }
    core::str::from_utf8(example).is_ok()
}
