//! Items that are decoded by whoever asked for them, into types that borrow from the answer.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;

use super::decode::decode_view;
use super::{FromItem, ItemError, ItemReader, StoredItem, item_type};
use crate::table::Table;

/// An item of an answer that is not decoded yet: what [`Query::undecoded`](crate::Query::undecoded) returns.
///
/// That it is an `O`, an entity or one of the table's, is known; of what is in it, nothing. [`decode`](Self::decode)
/// reads it as a type of yours that may borrow from the bytes of the answer, [`entity`](Self::entity) as what it is.
///
/// # Memory
///
/// It shares the bytes of the page that it came with, up to 1 MB of items, which stay in memory until the last item of
/// the page is dropped. To keep a few items of many, keep what they are decoded into. Cloning is cheap.
pub struct Undecoded<O> {
    stored: StoredItem,
    of: PhantomData<fn() -> O>,
}

impl<O: FromItem> Undecoded<O> {
    /// The item, if its type is right.
    pub(crate) fn from_reader(item: &mut ItemReader<'_, '_>) -> Result<Self, ItemError> {
        let is_one = |found: &str| O::MODELS.iter().any(|model| model.type_name == found);
        let skipped = match <O::Table as Table>::TYPE_ATTRIBUTE {
            Some(attribute) => {
                item.skip_but(attribute).is_ok_and(|found| found.is_some_and(|found| is_one(&found)))
            }
            None => item_type::<O::Table>(item).is_ok_and(|found| is_one(&found)) && item.skip().is_ok(),
        };
        match item.stored() {
            Ok(stored) if skipped => Ok(Self { stored, of: PhantomData }),
            _ => {
                item.rewind();
                // Whatever is wrong with it is so for who decodes it here.
                let error = O::from_reader(item).err();
                Err(error.unwrap_or_else(unread::<O>))
            }
        }
    }

    /// Reads the attributes as a type of yours, which may have fewer fields than the entity, and references where it has
    /// texts. Nothing is copied that need not be.
    ///
    /// The attributes are those that serde makes of the entity, under the same names. The table's own, which are the
    /// keys and the type, are left out unless a field is stored there.
    ///
    /// | field | a text such as `cod` | a text with escapes, such as `"fish"` |
    /// |---|---|---|
    /// | `&'a str` | borrowed | an error |
    /// | `Cow<'a, str>` with `#[serde(borrow)]` | borrowed | owned |
    /// | `String`, `Cow<'a, str>` | owned | owned |
    ///
    /// JSON has escapes for quotation marks, backslashes and control characters, line ends among them. So `&str` is for
    /// ids and codes, and `Cow` for what people write. serde takes `#[serde(borrow)]` on a field that is a `Cow`; within
    /// `Option`, `Vec` and the like, a struct `Text<'a>(#[serde(borrow)] Cow<'a, str>)` borrows, and a `Cow` by itself
    /// owns. Binary values are base64 in an answer, and always owned.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Line(Line) }
    /// #[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
    /// #[entity(table = Shop, pk = "ORDER#{order}", sk = "LINE#{number:03}")]
    /// struct Line { order: String, number: u32, sku: String, note: String }
    ///
    /// #[derive(Deserialize)]
    /// struct Pick<'a> {
    ///     sku: &'a str,
    ///     #[serde(borrow)]
    ///     note: Cow<'a, str>,
    /// }
    ///
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let shop = Shop::embedded().await?;
    /// let line = Line { order: "7".into(), number: 1, sku: "cod".into(), note: "no \"fish\"".into() };
    /// shop.put(&line).await?;
    ///
    /// let lines = shop.query(Line::by_order("7")).undecoded().await?;
    /// let pick: Pick = lines[0].decode()?;
    /// assert_eq!((pick.sku, pick.note.as_ref()), ("cod", "no \"fish\""));
    /// assert!(matches!(pick.note, Cow::Owned(_)));
    /// assert_eq!(lines[0].entity()?, line);
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// [`MissingAttribute`](ItemError::MissingAttribute), [`Decode`](ItemError::Decode), and
    /// [`NotBorrowed`](ItemError::NotBorrowed) for a reference to what is not in the answer as it reads.
    pub fn decode<'a, V: Deserialize<'a>>(&'a self) -> Result<V, ItemError> {
        self.stored.with(decode_view::<O, V>).unwrap_or_else(|| Err(unread::<O>()))
    }

    /// Reads it as what it is: what the query would have returned.
    ///
    /// # Errors
    ///
    /// If an attribute is missing or of another form.
    pub fn entity(&self) -> Result<O, ItemError> {
        self.stored.read()
    }

    /// The type that it is stored with: that of one of the table's entities,
    /// [`EntityModel::type_name`](crate::EntityModel::type_name).
    pub fn item_type(&self) -> &'static str {
        let found = self.stored.with(|item| {
            let found = item_type::<O::Table>(item).ok()?;
            O::MODELS.iter().map(|model| model.type_name).find(|name| *name == found)
        });
        found.flatten().expect("the type was checked")
    }
}

fn unread<O: FromItem>() -> ItemError {
    ItemError::Decode { entity: O::LABEL, attribute: None }
}

impl<O> Clone for Undecoded<O> {
    fn clone(&self) -> Self {
        Self { stored: self.stored.clone(), of: PhantomData }
    }
}

/// Nothing of what is stored.
impl<O: FromItem> fmt::Debug for Undecoded<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Undecoded").field(&O::LABEL).finish()
    }
}
