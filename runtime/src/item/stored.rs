//! Items as an answer has them: bytes that were checked, and not read yet.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_types::body::SdkBody;

use super::{FromItem, HasAttributes, Item, ItemError, item_type};
use crate::key::KeyValue;
use crate::table::Table;
use crate::wire::{self, Pull, Tag, put_attributes};

/// The body of an answer, which its items share.
#[derive(Debug)]
pub(crate) struct Body(SdkBody);

impl Body {
    pub(crate) fn new(body: SdkBody) -> Arc<Self> {
        Arc::new(Self(body))
    }

    /// Copies nothing where the SDK can share the bytes.
    pub(crate) fn of(body: &SdkBody) -> Option<Arc<Self>> {
        let bytes = body.bytes()?;
        Some(Arc::new(Self(body.try_clone().unwrap_or_else(|| SdkBody::from(bytes)))))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.bytes().unwrap_or_default()
    }
}

/// One item of an answer.
#[derive(Clone)]
pub(crate) struct StoredItem {
    body: Arc<Body>,
    from: u32,
    to: u32,
}

impl StoredItem {
    /// The item between two positions, in a body of less than 4 GB.
    pub(crate) fn between(body: &Arc<Body>, range: Range<usize>) -> wire::Result<Self> {
        let at =
            |at: usize| u32::try_from(at).map_err(|_| wire::Error::malformed(at, "the body is too long"));
        Ok(Self { body: body.clone(), from: at(range.start)?, to: at(range.end)? })
    }

    /// Items that came in the SDK's map, by way of their JSON: what reads them is the same.
    pub(crate) fn all_of<'i>(items: impl IntoIterator<Item = &'i Item>) -> wire::Result<Vec<Self>> {
        let (mut bytes, mut ends) = (Vec::new(), vec![0]);
        for item in items {
            put_attributes(&mut bytes, item);
            ends.push(bytes.len());
        }
        let body = Arc::new(Body(SdkBody::from(bytes)));
        ends.windows(2).map(|ends| Self::between(&body, ends[0]..ends[1])).collect()
    }

    fn bytes(&self) -> &[u8] {
        let range = self.from as usize..self.to as usize;
        self.body.bytes().get(range).unwrap_or_default()
    }

    pub(crate) fn read<O: FromItem>(&self) -> Result<O, ItemError> {
        self.with(O::from_reader).unwrap_or(Err(ItemError::Decode { entity: O::LABEL, attribute: None }))
    }

    /// What `read` makes of it; none if it is not UTF-8, which was checked.
    pub(crate) fn with<'a, R>(&'a self, read: impl FnOnce(&mut ItemReader<'_, 'a>) -> R) -> Option<R> {
        let mut pull = Pull::new(self.bytes()).ok()?;
        Some(read(&mut ItemReader { pull: &mut pull, from: 0, body: &self.body, base: self.from as usize }))
    }

    /// The type that an item of the table `T` has.
    pub(crate) fn type_in<T: Table>(&self) -> Result<String, ItemError> {
        let unread = || ItemError::Decode { entity: T::LABEL, attribute: None };
        self.with(|item| item_type::<T>(item).map(Cow::into_owned)).ok_or_else(unread)?
    }

    /// Whether all of its attributes have such names.
    pub(crate) fn has_only(&self, such: impl Fn(&str) -> bool) -> bool {
        let all = |pull: &mut Pull<'_>| {
            let (mut all, mut first) = (true, true);
            pull.begin_object()?;
            while let Some(name) = pull.next_name(&mut first)? {
                all &= such(&name);
                pull.skip_value()?;
            }
            wire::Result::Ok(all)
        };
        self.with(|item| all(item.pull).unwrap_or_default()).unwrap_or_default()
    }

    /// The attributes as the SDK has them.
    pub(crate) fn to_item(&self) -> Option<Item> {
        self.with(|item| item.pull.attributes().ok())?
    }
}

impl HasAttributes for StoredItem {
    fn has(&self, attribute: &str) -> bool {
        self.with(|item| item.has(attribute)).unwrap_or_default()
    }

    fn value(&self, attribute: &str) -> Option<Cow<'_, AttributeValue>> {
        self.with(|item| item.peek(attribute, Pull::attribute_value))?.map(Cow::Owned)
    }

    fn key_value(&self, attribute: &str) -> Option<KeyValue> {
        self.with(|item| item.key_value(attribute))?
    }
}

/// Nothing of what is stored.
impl fmt::Debug for StoredItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredItem").field("bytes", &(self.to - self.from)).finish_non_exhaustive()
    }
}

/// An item that is read from the bytes of an answer.
///
/// Whoever reads it to an end leaves the position behind it.
#[doc(hidden)]
#[derive(Debug)]
pub struct ItemReader<'r, 'de> {
    pub(crate) pull: &'r mut Pull<'de>,
    /// Where the item begins.
    from: usize,
    body: &'r Arc<Body>,
    /// Where in the body the reader began.
    base: usize,
}

impl<'r, 'de> ItemReader<'r, 'de> {
    /// The item that begins at the position, of a reader of the whole body.
    pub(crate) fn new(pull: &'r mut Pull<'de>, body: &'r Arc<Body>) -> Self {
        pull.space();
        Self { from: pull.at(), pull, body, base: 0 }
    }

    /// Back to the beginning.
    pub(crate) fn rewind(&mut self) {
        self.pull.rewind(self.from);
    }

    /// Behind the item, wherever in it the position is.
    pub(crate) fn skip(&mut self) -> wire::Result<()> {
        self.rewind();
        self.pull.skip_item()
    }

    /// Behind the item, with the text of an attribute that is one.
    pub(crate) fn skip_but(&mut self, attribute: &str) -> wire::Result<Option<Cow<'de, str>>> {
        self.rewind();
        self.pull.skip_item_but(attribute)
    }

    /// The bytes from the beginning to the position.
    pub(crate) fn stored(&self) -> wire::Result<StoredItem> {
        StoredItem::between(self.body, self.base + self.from..self.base + self.pull.at())
    }

    /// Whether the item has the attribute.
    pub(crate) fn has(&mut self, attribute: &str) -> bool {
        self.peek(attribute, |_| Ok(())).is_some()
    }

    /// The text of an attribute that is one.
    pub(crate) fn text(&mut self, attribute: &str) -> Option<Cow<'de, str>> {
        self.peek(attribute, Pull::s)?
    }

    /// The value of an attribute, if its type is one that keys have.
    pub(crate) fn key_value(&mut self, attribute: &str) -> Option<KeyValue> {
        self.peek(attribute, |pull| {
            Ok(match pull.tag()? {
                Tag::S => Some(KeyValue::Text(pull.string()?.into_owned())),
                Tag::N => Some(KeyValue::Number(pull.string()?.into_owned())),
                Tag::B => Some(KeyValue::Binary(pull.blob()?)),
                _ => None,
            })
        })?
    }

    /// Looks at an attribute, and goes back.
    fn peek<R>(
        &mut self,
        attribute: &str,
        read: impl FnOnce(&mut Pull<'de>) -> wire::Result<R>,
    ) -> Option<R> {
        self.rewind();
        let found = self.pull.find(attribute).ok().filter(|found| *found);
        let read = found.and_then(|_| read(self.pull).ok());
        self.rewind();
        read
    }
}
