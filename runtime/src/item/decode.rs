//! From items to entities, projections and keys.

use serde::Deserialize;

use super::attributes::{Attributes, Filter, ItemDeserializer, Role};
use super::kind::check_type;
use super::{FromItem, ItemError, ItemReader};
use crate::entity::{Entity, EntityKey};
use crate::key::KeyValue;
use crate::model::{IndexKind, IndexModel, KeyAttribute};
use crate::projection::Projection;
use crate::table::Table;
use crate::wire::{self, Problem};

/// How serde reads an `O` from the attributes of an item.
pub(crate) type Read<O> = fn(&mut Attributes<'_, '_>) -> wire::Result<O>;

/// Reads an item that should be an `E`.
#[doc(hidden)]
pub fn decode<E: Entity>(item: &mut ItemReader<'_, '_>) -> Result<E, ItemError> {
    let by_key = E::Table::TYPE_ATTRIBUTE.is_none();
    if by_key {
        check_type::<E>(item)?;
    }
    let filter =
        const { Filter { lengths: lengths::<E::Table>(), role: role::<E>, expected: E::MODEL.type_name } };
    match read(item, filter, E::STORAGE.read) {
        Ok((entity, typed)) if typed || by_key => Ok(entity),
        read => {
            check_type::<E>(item)?;
            let mut required = E::MODEL.attributes.iter().filter(|attribute| attribute.required);
            let missing = required.find(|attribute| !item.has(attribute.name));
            let reading = read.err().and_then(|unread| unread.reading);
            Err(unread(E::MODEL.name, reading, missing.map(|attribute| attribute.name)))
        }
    }
}

/// Reads the attributes of a projection.
pub(crate) fn decode_projection<P: Projection>(item: &mut ItemReader<'_, '_>) -> Result<P, ItemError> {
    let model = &<P::Entity as Entity>::MODEL;
    let filter = Filter { lengths: u64::MAX, role: role_in_projection::<P>, expected: model.type_name };
    read(item, filter, P::READER.read).map(|(projection, _)| projection).map_err(
        |Unread { reading, .. }| {
            let type_attribute = <<P::Entity as Entity>::Table as Table>::TYPE_ATTRIBUTE;
            match type_attribute.and_then(|name| item.text(name)) {
                Some(found) if found != model.type_name => {
                    ItemError::WrongType { expected: model.type_name, found: found.into_owned() }
                }
                _ => {
                    let mut required = P::ATTRIBUTES.iter().filter(|attribute| attribute.required);
                    let missing = required.find(|attribute| !item.has(attribute.name));
                    unread(P::NAME, reading, missing.map(|attribute| attribute.name))
                }
            }
        },
    )
}

/// Reads an item of type `O` as what the user makes of its attributes, which may borrow from its bytes.
pub(crate) fn decode_view<'de, O, V>(item: &mut ItemReader<'_, 'de>) -> Result<V, ItemError>
where
    O: FromItem,
    V: Deserialize<'de>,
{
    let filter = const { Filter { lengths: lengths::<O::Table>(), role: role_in_view::<O>, expected: "" } };
    let view = read(item, filter, |attributes| V::deserialize(ItemDeserializer(attributes)));
    view.map(|(view, _)| view).map_err(|Unread { reading, problem }| match problem {
        Problem::NotBorrowed(instead) => {
            ItemError::NotBorrowed { entity: short_name::<V>(), attribute: reading, instead }
        }
        Problem::Missing(attribute) => unread(short_name::<V>(), reading, Some(attribute)),
        _ => unread(short_name::<V>(), reading, None),
    })
}

/// The name of a type without its path and its parameters.
fn short_name<V>() -> &'static str {
    let name = std::any::type_name::<V>();
    let name = name.split_once('<').map_or(name, |(name, _)| name);
    name.rsplit_once("::").map_or(name, |(_, name)| name)
}

/// Reads the primary key of an item.
pub(crate) fn decode_key<E: Entity>(item: &mut ItemReader<'_, '_>) -> Result<E::Key, ItemError> {
    let entity = E::MODEL.name;
    let mut half = |attribute: &'static str| {
        let value = item.key_value(attribute).map(KeyValue::into_text);
        value.ok_or(ItemError::MissingAttribute { entity, attribute })
    };
    let (partition, sort) = (half(E::Table::PARTITION_KEY)?, E::Table::SORT_KEY.map(half).transpose()?);
    let key = E::Key::from_keys(&partition, sort.as_deref());
    item.skip().map_err(|_| unread(entity, None, None))?;
    key.map_err(|error| ItemError::WrongKey { entity, error })
}

/// Why serde reads nothing of an item.
struct Unread {
    /// The attribute that it was at.
    reading: Option<String>,
    problem: Problem,
}

/// What serde reads, and whether the item said its type.
fn read<'de, O>(
    item: &mut ItemReader<'_, 'de>,
    filter: Filter,
    read: impl FnOnce(&mut Attributes<'_, 'de>) -> wire::Result<O>,
) -> Result<(O, bool), Unread> {
    let mut attributes = Attributes::begin(item.pull, filter)
        .map_err(|error| Unread { reading: None, problem: error.problem() })?;
    match read(&mut attributes).and_then(|read| attributes.finish().map(|()| read)) {
        Ok(read) => Ok((read, attributes.typed)),
        Err(error) => Err(Unread { reading: attributes.reading(), problem: error.problem() }),
    }
}

/// What is missing decides nothing, because a field's type may hide that it is optional: it explains, where serde
/// had no attribute in hand.
fn unread(entity: &'static str, reading: Option<String>, missing: Option<&'static str>) -> ItemError {
    match (reading, missing) {
        (None, Some(attribute)) => ItemError::MissingAttribute { entity, attribute },
        (attribute, _) => ItemError::Decode { entity, attribute },
    }
}

fn role<O: FromItem>(name: &str) -> Role {
    if O::Table::TYPE_ATTRIBUTE == Some(name) {
        return Role::Type;
    }
    let of_index = |index: &IndexModel| {
        // What a natural index is made of is the item's own.
        index.kind != IndexKind::Natural && index.attributes().any(|attribute| attribute.name == name)
    };
    let of_table = O::Table::PARTITION_KEY == name
        || O::Table::SORT_KEY == Some(name)
        || O::Table::INDEXES.iter().any(of_index);
    let mut attributes = O::MODELS.iter().flat_map(|model| model.attributes);
    let mut of_entity = || attributes.any(|attribute| attribute.name == name);
    if of_table && !of_entity() { Role::Own } else { Role::Field }
}

/// Its type was looked at before.
fn role_in_view<O: FromItem>(name: &str) -> Role {
    match role::<O>(name) {
        Role::Type => Role::Own,
        role => role,
    }
}

fn role_in_projection<P: Projection>(name: &str) -> Role {
    if P::ATTRIBUTES.iter().any(|attribute| attribute.name == name) {
        Role::Field
    } else if <<P::Entity as Entity>::Table as Table>::TYPE_ATTRIBUTE == Some(name) {
        Role::Type
    } else {
        Role::Own
    }
}

/// The lengths of the names that are the table's.
const fn lengths<T: Table>() -> u64 {
    let mut lengths = Filter::length(T::PARTITION_KEY);
    if let Some(name) = T::SORT_KEY {
        lengths |= Filter::length(name);
    }
    if let Some(name) = T::TYPE_ATTRIBUTE {
        lengths |= Filter::length(name);
    }
    let mut at = 0;
    while at < T::INDEXES.len() {
        lengths |= lengths_of(T::INDEXES[at].partition_key) | lengths_of(T::INDEXES[at].sort_key);
        at += 1;
    }
    lengths
}

const fn lengths_of(attributes: &[KeyAttribute]) -> u64 {
    let (mut lengths, mut at) = (0, 0);
    while at < attributes.len() {
        lengths |= Filter::length(attributes[at].name);
        at += 1;
    }
    lengths
}
