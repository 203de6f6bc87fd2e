//! The reader: a position in a text of JSON, and steps over what is there.

use std::borrow::Cow;

use super::text::{escape, plain_end};
use super::{Error, MAX_DEPTH, Result};

/// The types of attribute values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    S,
    N,
    B,
    Bool,
    Null,
    L,
    M,
    Ss,
    Ns,
    Bs,
}

/// A text of JSON that is read from front to back.
#[derive(Debug)]
pub(crate) struct Pull<'a> {
    text: &'a str,
    pub(super) at: usize,
    /// Lists and maps around this position.
    depth: u32,
}

impl<'a> Pull<'a> {
    /// That all of it is UTF-8 is checked here, once.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self { text, at: 0, depth: 0 }),
            Err(error) => Err(Error::malformed(error.valid_up_to(), "not UTF-8")),
        }
    }

    /// Reads again from here, which is a position this reader had: the way back from a value that does not fit.
    pub(crate) fn rewind(&mut self, at: usize) {
        (self.at, self.depth) = (at, 0);
    }

    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// What was read between two positions.
    pub(crate) fn between(&self, from: usize, to: usize) -> &'a str {
        &self.text[from..to]
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    #[cold]
    pub(super) fn malformed<T>(&self, what: &'static str) -> Result<T> {
        Err(Error::malformed(self.at, what))
    }

    /// The next byte; 0, which no JSON has, at the end.
    #[inline]
    pub(super) fn peek(&self) -> u8 {
        self.bytes().get(self.at).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Steps over `text` if it comes next.
    #[inline]
    pub(super) fn skips(&mut self, text: &[u8]) -> bool {
        let comes = self.bytes()[self.at..].starts_with(text);
        if comes {
            self.at += text.len();
        }
        comes
    }

    #[inline]
    pub(super) fn expect(&mut self, byte: u8, what: &'static str) -> Result<()> {
        self.space();
        if self.peek() != byte {
            return self.malformed(what);
        }
        self.at += 1;
        Ok(())
    }

    /// Nothing but space may follow.
    pub(crate) fn end(&mut self) -> Result<()> {
        self.space();
        if self.at == self.text.len() { Ok(()) } else { self.malformed("more follows the end") }
    }

    /// Counts the list or map that begins here.
    #[inline]
    pub(super) fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { self.malformed("nested too deep") } else { Ok(()) }
    }

    #[inline]
    pub(super) fn shallower(&mut self) {
        self.depth -= 1;
    }

    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>> {
        self.expect(b'"', "a string is expected")?;
        self.rest_of_string()
    }

    /// The string whose opening mark was read.
    #[inline]
    pub(super) fn rest_of_string(&mut self) -> Result<Cow<'a, str>> {
        let (from, end) = (self.at, plain_end(self.bytes(), self.at));
        if self.bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Cow::Borrowed(&self.text[from..end]));
        }
        let mut text = String::with_capacity(2 * (end - from) + 16);
        self.unescape(|plain, character| {
            text.push_str(plain);
            text.extend(character);
        })?;
        Ok(Cow::Owned(text))
    }

    /// Hands over what is between escapes and what each of these means, to the end of the string.
    #[cold]
    pub(super) fn unescape(&mut self, mut each: impl FnMut(&str, Option<char>)) -> Result<()> {
        loop {
            let (from, end) = (self.at, plain_end(self.bytes(), self.at));
            let plain = &self.text[from..end];
            match self.bytes().get(end) {
                Some(b'"') => {
                    each(plain, None);
                    self.at = end + 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    let (character, next) = escape(self.bytes(), end + 1)?;
                    each(plain, Some(character));
                    self.at = next;
                }
                _ => {
                    self.at = end;
                    return self.malformed("a string has a control byte, or no end");
                }
            }
        }
    }

    #[inline]
    pub(crate) fn begin_object(&mut self) -> Result<()> {
        self.expect(b'{', "an object is expected")
    }

    /// The next name of the object that was begun; none at its end.
    #[inline]
    pub(crate) fn next_name(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>> {
        match self.plain_name(first) {
            Some(name) => Ok(Some(Cow::Borrowed(name))),
            None => self.spaced_name(first),
        }
    }

    /// A name as DynamoDB writes it, if one comes next: nothing of it is escaped, and there is no space.
    #[inline]
    fn plain_name(&mut self, first: &mut bool) -> Option<&'a str> {
        let from = match &self.bytes()[self.at..] {
            [b'"', ..] if *first => self.at + 1,
            [b',', b'"', ..] if !*first => self.at + 2,
            _ => return None,
        };
        let end = plain_end(self.bytes(), from);
        let [b'"', b':', ..] = &self.bytes()[end..] else { return None };
        (self.at, *first) = (end + 2, false);
        Some(&self.text[from..end])
    }

    fn spaced_name(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>> {
        self.space();
        match self.peek() {
            b'"' if *first => {}
            b',' if !*first => {
                self.at += 1;
                self.space();
            }
            b'}' => {
                self.at += 1;
                return Ok(None);
            }
            _ => return self.malformed("a comma or the end of an object is expected"),
        }
        *first = false;
        let name = self.string()?;
        self.expect(b':', "a colon is expected")?;
        Ok(Some(name))
    }

    #[inline]
    pub(crate) fn begin_array(&mut self) -> Result<()> {
        self.expect(b'[', "an array is expected")
    }

    /// Whether the array that was begun has another element.
    #[inline]
    pub(crate) fn next_element(&mut self, first: &mut bool) -> Result<bool> {
        self.space();
        match self.peek() {
            b']' => {
                self.at += 1;
                return Ok(false);
            }
            b',' if !*first => self.at += 1,
            _ if *first => {}
            _ => return self.malformed("a comma or the end of an array is expected"),
        }
        *first = false;
        Ok(true)
    }

    /// Steps to the value of an attribute of the item that begins here; to nowhere of use if it has none.
    pub(crate) fn find(&mut self, attribute: &str) -> Result<bool> {
        self.begin_object()?;
        let mut first = true;
        while let Some(name) = self.next_name(&mut first)? {
            if name == attribute {
                return Ok(true);
            }
            self.skip_value()?;
        }
        Ok(false)
    }

    /// The type of the attribute value that begins here; its content is next.
    #[inline]
    pub(crate) fn tag(&mut self) -> Result<Tag> {
        self.expect(b'{', "an attribute value is expected")?;
        self.expect(b'"', "the type of an attribute value is expected")?;
        let tag = match *self.bytes()[self.at..].first_chunk().unwrap_or(&[0; 2]) {
            [b'S', b'"'] => (Tag::S, 2),
            [b'N', b'"'] => (Tag::N, 2),
            [b'M', b'"'] => (Tag::M, 2),
            [b'L', b'"'] => (Tag::L, 2),
            [b'B', b'"'] => (Tag::B, 2),
            _ => self.long_tag()?,
        };
        self.at += tag.1;
        self.expect(b':', "a colon is expected")?;
        Ok(tag.0)
    }

    fn long_tag(&self) -> Result<(Tag, usize)> {
        const TAGS: [(&[u8], Tag); 5] = [
            (b"BOOL\"", Tag::Bool),
            (b"NULL\"", Tag::Null),
            (b"SS\"", Tag::Ss),
            (b"NS\"", Tag::Ns),
            (b"BS\"", Tag::Bs),
        ];
        let rest = &self.bytes()[self.at..];
        match TAGS.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, tag)) => Ok((*tag, name.len())),
            None => self.malformed("no such type of attribute values"),
        }
    }

    /// An attribute value has one type.
    #[inline]
    pub(crate) fn close(&mut self) -> Result<()> {
        if self.peek() == b'}' {
            self.at += 1;
            return Ok(());
        }
        self.expect(b'}', "the end of an attribute value is expected")
    }

    /// The text of the attribute value `{"S":".."}`, or `{"N":".."}`, that begins here; none, and nothing is read,
    /// if it is of another type. `open` is how DynamoDB writes its beginning.
    #[inline]
    pub(crate) fn text_of(&mut self, tag: Tag, open: &'static [u8; 6]) -> Result<Option<Cow<'a, str>>> {
        if self.skips(open) {
            let text = self.rest_of_string()?;
            self.close()?;
            return Ok(Some(text));
        }
        self.spaced_text_of(tag)
    }

    #[cold]
    fn spaced_text_of(&mut self, tag: Tag) -> Result<Option<Cow<'a, str>>> {
        let from = self.at;
        if self.tag()? != tag {
            self.at = from;
            return Ok(None);
        }
        let text = self.string()?;
        self.close()?;
        Ok(Some(text))
    }

    #[inline]
    pub(crate) fn s(&mut self) -> Result<Option<Cow<'a, str>>> {
        self.text_of(Tag::S, b"{\"S\":\"")
    }

    #[inline]
    pub(crate) fn n(&mut self) -> Result<Option<Cow<'a, str>>> {
        self.text_of(Tag::N, b"{\"N\":\"")
    }

    pub(crate) fn boolean(&mut self) -> Result<bool> {
        self.space();
        if self.skips(b"true") {
            Ok(true)
        } else if self.skips(b"false") {
            Ok(false)
        } else {
            self.malformed("true or false is expected")
        }
    }

    /// The bytes that a string of base64 stands for.
    pub(crate) fn blob(&mut self) -> Result<Vec<u8>> {
        let text = self.string()?;
        let bytes = base64_simd::STANDARD.decode_to_vec(text.as_bytes());
        bytes.or_else(|_| self.malformed("not base64"))
    }
}
