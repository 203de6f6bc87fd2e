//! Items: entities as DynamoDB stores them, and back. serde owns the attributes; this adds and removes
//! what is the table's own, the keys and the type.

pub(crate) mod attributes;
mod check;
mod decode;
mod encoded;
mod error;
mod kind;
mod number;
mod same;
mod size;
mod stored;
mod stored_key;
mod undecoded;
mod view;

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::SystemTime;

use aws_sdk_dynamodb::types::AttributeValue;

pub(crate) use self::check::{Culprit, check_json, check_value};
pub use self::decode::decode;
pub(crate) use self::decode::{Read, decode_key, decode_projection};
pub(crate) use self::encoded::EncodedItem;
pub use self::error::ItemError;
pub(crate) use self::error::{EncodeError, TtlRule};
pub use self::kind::{item_type, unknown_type};
pub(crate) use self::same::{same_item, same_value};
pub(crate) use self::size::{ITEM_LIMIT, item_size, value_size};
pub use self::stored::ItemReader;
pub(crate) use self::stored::{Body, StoredItem};
pub(crate) use self::stored_key::StoredKey;
pub use self::undecoded::Undecoded;
pub(crate) use self::view::ItemView;
use crate::entity::{Entity, EntityKey};
use crate::index_keys::{IndexKeys, PartSource};
use crate::key::attribute::check_item;
use crate::key::{KeyError, KeyProblem, KeyValue};
use crate::model::{AttributeModel, EntityModel};
use crate::table::Table;
use crate::wire::{self, Gate, ItemWriter};

/// An item as the SDK has it: attribute values by attribute name.
pub type Item = HashMap<String, AttributeValue>;

/// What an item of a table can be read as: one of its entities, or the table's enum.
///
/// `#[derive(Table)]` implements it for the enum; for entities it is there.
pub trait FromItem: Sized {
    /// The table.
    type Table: Table;
    /// What errors call it.
    const LABEL: &'static str;
    /// The entities that it may be.
    #[doc(hidden)]
    const MODELS: &'static [EntityModel] = <Self::Table as Table>::ENTITIES;

    /// Reads an item.
    ///
    /// # Errors
    ///
    /// If the item is of another type, or an attribute is missing or of another form.
    fn from_item(item: Item) -> Result<Self, ItemError> {
        let unread = || ItemError::Decode { entity: Self::LABEL, attribute: None };
        let items = StoredItem::all_of([&item]).map_err(|_| unread())?;
        items.first().ok_or_else(unread)?.read()
    }

    /// Reads an item of an answer.
    #[doc(hidden)]
    fn from_reader(item: &mut ItemReader<'_, '_>) -> Result<Self, ItemError>;
}

impl<E: Entity> FromItem for E {
    type Table = E::Table;
    const LABEL: &'static str = E::MODEL.name;
    const MODELS: &'static [EntityModel] = &[E::MODEL];

    fn from_reader(item: &mut ItemReader<'_, '_>) -> Result<Self, ItemError> {
        decode(item)
    }
}

/// Items in any form.
pub(crate) trait HasAttributes {
    /// Whether the attribute is there.
    fn has(&self, attribute: &str) -> bool;

    /// The value of an attribute.
    fn value(&self, attribute: &str) -> Option<Cow<'_, AttributeValue>>;

    /// The value of an attribute, if its type is one that keys have.
    fn key_value(&self, attribute: &str) -> Option<KeyValue> {
        KeyValue::of(self.value(attribute)?.into_owned())
    }

    /// The primary key, where it is at hand.
    fn stored_key(&self) -> Option<&StoredKey> {
        None
    }
}

impl HasAttributes for Item {
    fn has(&self, attribute: &str) -> bool {
        self.contains_key(attribute)
    }

    fn value(&self, attribute: &str) -> Option<Cow<'_, AttributeValue>> {
        self.get(attribute).map(Cow::Borrowed)
    }
}

/// The attributes that come with the fields, on a guess: keys and the type.
pub(crate) const KEYS: usize = 8;

/// The whole item: serde's attributes, the keys, the type. What writes set by themselves is as the entity has it.
pub(crate) fn encode<E: Entity>(entity: &E) -> Result<EncodedItem, EncodeError> {
    let mut item = EncodedItem::with_room_for(E::MODEL.attributes.len() + KEYS);
    let key = encode_into(entity, &mut item, &mut Default::default())?;
    item.is_stored_at(StoredKey::of_values::<E::Table>(key));
    Ok(item)
}

/// The same, into an item without attributes. Its key, in these buffers if it is text, comes back.
pub(crate) fn encode_into<E: Entity>(
    entity: &E,
    item: &mut EncodedItem,
    buffers: &mut [String; 2],
) -> Result<(KeyValue, Option<KeyValue>), EncodeError> {
    let (partition, sort) = entity.key_values(buffers)?;
    // Those that are made of what a write sets are made then.
    let index_keys = if E::MANAGED.in_index_keys { Vec::new() } else { index_keys(entity)? };
    put_attributes(entity, item)?;
    add_key(item, E::Table::PARTITION_KEY, &partition)?;
    if let Some((attribute, sort)) = E::Table::SORT_KEY.zip(sort.as_ref()) {
        add_key(item, attribute, sort)?;
    }
    index_keys.iter().try_for_each(|(attribute, value)| add_key(item, attribute, value))?;
    check_item(E::Table::INDEXES, item)?;
    if let Some(attribute) = E::Table::TYPE_ATTRIBUTE {
        item.set_text(attribute, E::MODEL.type_name);
    }
    Ok((partition, sort))
}

/// A field may be stored under the name of its key, as long as it is the key.
#[inline(always)]
fn add_key(item: &mut EncodedItem, attribute: &'static str, value: &KeyValue) -> Result<(), EncodeError> {
    match item.value(attribute) {
        None => item.add_key(attribute, value),
        Some(stored) if *stored == AttributeValue::from(value.clone()) => {}
        Some(_) => {
            let problem = KeyProblem::StoredOtherwise;
            return Err(KeyError { attribute, template: "", problem }.into());
        }
    }
    Ok(())
}

/// What serde makes of it, without what is not stored.
fn put_attributes<E: Entity>(entity: &E, item: &mut EncodedItem) -> Result<(), EncodeError> {
    let mut gate = Fields { attributes: E::MODEL.attributes, refused: None };
    let (json, places) = item.parts();
    let written = (E::STORAGE.encode)(entity, ItemWriter { json, places, gate: &mut gate });
    if let Some(refused) = gate.refused {
        return Err(refused);
    }
    written?;
    debug_assert!(item.view().values().all(|value| check_json(value).is_ok_and(|culprit| culprit.is_none())));
    if let Some(ttl) = E::MODEL.ttl
        && let Some(value) = item.value(ttl)
    {
        check_ttl_value(ttl, &value)?;
    }
    Ok(())
}

/// What is stored of the fields of an entity.
struct Fields {
    attributes: &'static [AttributeModel],
    /// Why the entity cannot be stored.
    refused: Option<EncodeError>,
}

impl Gate for Fields {
    fn admits(&mut self, name: &str, value: &[u8]) -> wire::Result<bool> {
        match value {
            // `None` is an attribute that is not there; NULL would count as a value, and break index keys. Only a
            // field that says so, or cannot be read from nothing, such as `()`, keeps its NULL.
            b"{\"NULL\":true}" => return Ok(keeps_null(self.attributes, name)),
            // DynamoDB has no empty sets.
            b"{\"SS\":[]}" | b"{\"NS\":[]}" | b"{\"BS\":[]}" => {
                if !is_required(self.attributes, name) {
                    return Ok(false);
                }
                self.refused = Some(EncodeError::EmptySet { field: place(self.attributes, name, "") });
            }
            value => {
                let culprit = check_json(value)?;
                self.refused = culprit.map(|culprit| EncodeError::Value {
                    place: place(self.attributes, name, &culprit),
                    rule: culprit.rule,
                });
            }
        }
        // That it was refused says why.
        if self.refused.is_some() { Err(wire::Error::unfit("DynamoDB does not store it")) } else { Ok(true) }
    }
}

/// Makes it the item that a write at this time stores. `is_new`: it replaces none.
pub(crate) fn make_stored<E: Entity>(
    item: &mut EncodedItem,
    is_new: bool,
    now: SystemTime,
) -> Result<(), EncodeError> {
    E::MANAGED.set(item, is_new, now)?;
    if E::MANAGED.in_index_keys {
        set_index_keys::<E>(item)?;
    }
    // Most items are far below the limit, and JSON is longer than what it says.
    let bytes = if item.json_len() > ITEM_LIMIT { item.size() } else { 0 };
    if bytes > ITEM_LIMIT { Err(EncodeError::TooLarge { bytes }) } else { Ok(()) }
}

/// The item that an entity as it is was read from.
pub(crate) fn item_of<E: Entity>(entity: &E) -> Result<Item, EncodeError> {
    let mut item = encode(entity)?.to_item();
    if E::MANAGED.in_index_keys {
        let keys = index_keys(entity)?.into_iter();
        item.extend(keys.map(|(attribute, value)| (attribute.to_owned(), value.into())));
    }
    Ok(item)
}

/// Makes the keys in overloaded indexes anew, of what is stored.
fn set_index_keys<E: Entity>(item: &mut EncodedItem) -> Result<(), EncodeError> {
    // The entity itself is not at hand, nor can every entity be cloned.
    let entity: E = item.read().map_err(|_| EncodeError::NotReadBack)?;
    for (attribute, value) in index_keys(&entity)? {
        item.set_key(attribute, &value);
    }
    Ok(())
}

/// The halves of its keys in overloaded indexes that are there.
fn index_keys<E: Entity>(entity: &E) -> Result<Vec<(&'static str, KeyValue)>, KeyError> {
    let mut keys = IndexKeys::of_new();
    E::index_keys(&PartSource::item(entity), &mut keys);
    Ok(keys.finish()?.into_iter().filter_map(|(attribute, value)| Some((attribute, value?))).collect())
}

/// DynamoDB ignores what is no number of seconds, and the item would stay for ever.
pub(crate) fn check_ttl_value(attribute: &'static str, value: &AttributeValue) -> Result<(), EncodeError> {
    // The year 5138: what is beyond counts milliseconds or less.
    const SECONDS: i128 = 100_000_000_000;
    let rule = match value {
        AttributeValue::Null(_) => return Ok(()),
        AttributeValue::N(number) => match number.parse::<i128>() {
            Ok(seconds) if seconds < SECONDS => return Ok(()),
            Ok(_) => TtlRule::TooFine,
            Err(_) => TtlRule::NotWhole,
        },
        _ => TtlRule::NotANumber,
    };
    Err(EncodeError::Ttl { attribute, rule })
}

pub(crate) fn is_empty_set(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::Ss(all) | AttributeValue::Ns(all) => all.is_empty(),
        AttributeValue::Bs(all) => all.is_empty(),
        _ => false,
    }
}

/// The primary key as attributes.
pub(crate) fn key_item<K: EntityKey>(key: &K) -> Result<Item, KeyError> {
    let key = stored_key(key)?;
    let attribute = |(name, value): &(&str, KeyValue)| ((*name).to_owned(), value.clone().into());
    Ok(key.values().iter().map(attribute).collect())
}

fn stored_key<K: EntityKey>(key: &K) -> Result<StoredKey, KeyError> {
    type TableOf<K> = <<K as EntityKey>::Entity as Entity>::Table;
    Ok(StoredKey::of_values::<TableOf<K>>((key.partition_key()?, key.sort_key()?)))
}

fn is_required(attributes: &[AttributeModel], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.required && attribute.name == name)
}

fn keeps_null(attributes: &[AttributeModel], name: &str) -> bool {
    attributes.iter().any(|attribute| (attribute.required || attribute.null) && attribute.name == name)
}

/// Where a value is, for messages: the field, and the place inside of it. The entries of a flattened map may have
/// any name, which is then the user's data.
fn place(attributes: &[AttributeModel], name: &str, inside: impl std::fmt::Display) -> String {
    let field = attributes.iter().find(|attribute| attribute.name == name);
    field.map_or("what is flattened".to_owned(), |attribute| format!("`{}{inside}`", attribute.field))
}
