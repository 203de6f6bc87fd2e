//! Steps over what nobody asks for, as strictly as over what somebody does.

use std::borrow::Cow;

use super::text::plain_end;
use super::{Pull, Result, Tag};

impl<'a> Pull<'a> {
    /// Steps over an attribute value.
    pub(crate) fn skip_value(&mut self) -> Result<()> {
        if self.skips_plain_value() {
            return Ok(());
        }
        match self.tag()? {
            Tag::S | Tag::N => self.skip_string()?,
            Tag::B => self.skip_blob()?,
            Tag::Bool | Tag::Null => drop(self.boolean()?),
            Tag::L => self.skip_elements(Self::skip_value)?,
            Tag::M => self.skip_item()?,
            Tag::Ss | Tag::Ns => self.skip_elements(Self::skip_string)?,
            Tag::Bs => self.skip_elements(Self::skip_blob)?,
        }
        self.close()
    }

    /// Steps over an item, or over the content of a map.
    pub(crate) fn skip_item(&mut self) -> Result<()> {
        self.begin_object()?;
        self.skip_rest_of_item(true)
    }

    /// Steps over an item, and says the text of an attribute that is one.
    pub(crate) fn skip_item_but(&mut self, attribute: &str) -> Result<Option<Cow<'a, str>>> {
        self.begin_object()?;
        self.deeper()?;
        let (mut first, mut text) = (true, None);
        while let Some(name) = self.next_name(&mut first)? {
            let is_it = name == attribute;
            text = if is_it { self.s()? } else { text };
            if !is_it || text.is_none() {
                self.skip_value()?;
            }
        }
        self.shallower();
        Ok(text)
    }

    /// Steps over the attributes that are left of the item that was begun.
    pub(crate) fn skip_rest_of_item(&mut self, mut first: bool) -> Result<()> {
        self.deeper()?;
        while self.skip_name(&mut first)? {
            self.skip_value()?;
        }
        self.shallower();
        Ok(())
    }

    /// Steps over the elements that are left of the array that was begun.
    pub(super) fn skip_rest_of_array(
        &mut self,
        mut first: bool,
        one: fn(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.deeper()?;
        while self.next_element(&mut first)? {
            one(self)?;
        }
        self.shallower();
        Ok(())
    }

    fn skip_elements(&mut self, one: fn(&mut Self) -> Result<()>) -> Result<()> {
        self.begin_array()?;
        self.skip_rest_of_array(true, one)
    }

    fn skip_name(&mut self, first: &mut bool) -> Result<bool> {
        Ok(self.next_name(first)?.is_some())
    }

    /// Steps over a text or a number as DynamoDB writes it, if one comes next and has no escapes.
    #[inline]
    fn skips_plain_value(&mut self) -> bool {
        let [b'{', b'"', b'S' | b'N', b'"', b':', b'"', ..] = &self.bytes()[self.at..] else { return false };
        let end = plain_end(self.bytes(), self.at + 6);
        let [b'"', b'}', ..] = &self.bytes()[end..] else { return false };
        self.at = end + 2;
        true
    }

    #[inline]
    pub(super) fn skip_string(&mut self) -> Result<()> {
        self.expect(b'"', "a string is expected")?;
        let end = plain_end(self.bytes(), self.at);
        if self.bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(());
        }
        self.unescape(|_, _| ())
    }

    pub(super) fn skip_blob(&mut self) -> Result<()> {
        let text = self.string()?;
        match base64_simd::STANDARD.check(text.as_bytes()) {
            Ok(()) => Ok(()),
            Err(_) => self.malformed("not base64"),
        }
    }

    /// Steps over any JSON.
    pub(crate) fn skip_json(&mut self) -> Result<()> {
        self.space();
        match self.peek() {
            b'"' => self.skip_string(),
            b'[' => self.skip_elements(Self::skip_json),
            b'{' => {
                self.begin_object()?;
                self.deeper()?;
                let mut first = true;
                while self.skip_name(&mut first)? {
                    self.skip_json()?;
                }
                self.shallower();
                Ok(())
            }
            b't' | b'f' => self.boolean().map(drop),
            b'n' if self.skips(b"null") => Ok(()),
            _ => self.skip_number(),
        }
    }

    fn skip_number(&mut self) -> Result<()> {
        self.skips(b"-");
        if !self.skips(b"0") {
            self.skip_digits()?;
        }
        if self.skips(b".") {
            self.skip_digits()?;
        }
        if self.skips(b"e") || self.skips(b"E") {
            let _ = self.skips(b"+") || self.skips(b"-");
            self.skip_digits()?;
        }
        Ok(())
    }

    fn skip_digits(&mut self) -> Result<()> {
        if !self.peek().is_ascii_digit() {
            return self.malformed("a value is expected");
        }
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        Ok(())
    }
}
