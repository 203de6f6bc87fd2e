//! Items that are to be written, where they stand.

use std::borrow::Cow;

use aws_sdk_dynamodb::types::AttributeValue;

use super::{HasAttributes, Item};
use crate::wire::{Names, Place, Pull, is_plain, name_of, put_text};

/// An item that is to be written: the JSON of its attributes, each behind a comma or the brace, and where they are.
#[derive(Clone, Copy)]
pub(crate) struct ItemView<'i> {
    pub(crate) json: &'i [u8],
    pub(crate) places: &'i [Place],
    pub(crate) names: Names,
}

impl<'i> ItemView<'i> {
    /// Which of the places is that of an attribute.
    #[inline]
    pub(super) fn place(self, attribute: &str) -> Option<usize> {
        if self.names.may_have(attribute) { self.find(attribute) } else { None }
    }

    fn find(self, attribute: &str) -> Option<usize> {
        let mut name = Vec::new();
        // Names are written as they stand, but for quotation marks and their like.
        let name = match is_plain(attribute) {
            true => attribute.as_bytes(),
            false => {
                put_text(&mut name, attribute);
                &name[1..name.len() - 1]
            }
        };
        let same_length = |place: &Place| place.name().len() == name.len();
        self.places.iter().position(|place| same_length(place) && self.json[place.name()] == *name)
    }

    /// The values, as JSON.
    pub(super) fn values(self) -> impl Iterator<Item = &'i [u8]> {
        self.places.iter().map(move |place| &self.json[place.value..place.to])
    }

    /// The value of an attribute, as JSON.
    pub(crate) fn json_of(self, attribute: &str) -> Option<&'i [u8]> {
        let place = &self.places[self.place(attribute)?];
        Some(&self.json[place.value..place.to])
    }

    /// The attributes as the SDK has them.
    pub(crate) fn to_item(self) -> Item {
        let attribute = |place: &Place| {
            let value = Pull::new(&self.json[place.value..place.to]).ok()?.attribute_value().ok()?;
            Some((name_of(self.json, place).ok()?.into_owned(), value))
        };
        self.places.iter().filter_map(attribute).collect()
    }
}

impl HasAttributes for ItemView<'_> {
    fn has(&self, attribute: &str) -> bool {
        self.place(attribute).is_some()
    }

    fn value(&self, attribute: &str) -> Option<Cow<'_, AttributeValue>> {
        Some(Cow::Owned(Pull::new(self.json_of(attribute)?).ok()?.attribute_value().ok()?))
    }
}
