//! Where the items are in the answers of each operation that reads.

use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItem;
use aws_sdk_dynamodb::operation::get_item::GetItem;
use aws_sdk_dynamodb::operation::query::Query;
use aws_sdk_dynamodb::operation::scan::Scan;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItems;
use aws_smithy_runtime_api::client::interceptors::context::{Error as AnyError, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::DeserializeResponse;
use aws_smithy_types::config_bag::ConfigBag;

use super::from_bytes::{At, FromBytes, Member, Members};
use super::operation::operation;
use crate::item::{ItemReader, StoredItem};
use crate::reader::{Entry, Reader};
use crate::wire::{Error, Result};

/// `{"Item":{..}}`
pub(super) struct OneItem;

/// `{"Responses":{"table":[{..},..]},..}`
pub(super) struct ItemsOfTables;

/// `{"Responses":[{"Item":{..}},{},..]}`
pub(super) struct ItemsInOrder;

/// `{"Items":[{..},..],..}`
pub(super) struct ItemsOfQuery<O> {
    pub(super) reader: Reader<O>,
}

/// The same.
pub(super) struct ItemsOfScan<O> {
    pub(super) reader: Reader<O>,
}

impl Members for OneItem {
    type Found = Option<StoredItem>;

    operation!(GetItem::new());

    fn read(&self, name: &str, at: &mut At<'_, '_>, found: &mut Self::Found) -> Result<Member> {
        match name {
            "Item" => one_item(at, found),
            _ => Ok(Member::Other),
        }
    }
}

impl Members for ItemsOfTables {
    type Found = Vec<StoredItem>;

    operation!(BatchGetItem::new());

    fn read(&self, name: &str, at: &mut At<'_, '_>, found: &mut Self::Found) -> Result<Member> {
        if name != "Responses" {
            return Ok(Member::Other);
        }
        at.pull.begin_object()?;
        let mut first = true;
        while at.pull.next_name(&mut first)?.is_some() {
            each(at, |at| {
                found.push(item(at)?);
                Ok(())
            })?;
        }
        Ok(Member::Taken)
    }
}

impl Members for ItemsInOrder {
    type Found = Vec<Option<StoredItem>>;

    operation!(TransactGetItems::new());

    fn read(&self, name: &str, at: &mut At<'_, '_>, found: &mut Self::Found) -> Result<Member> {
        if name != "Responses" {
            return Ok(Member::Other);
        }
        items_in_order(at, found)?;
        Ok(Member::Taken)
    }
}

impl<O: Send + 'static> Members for ItemsOfQuery<O> {
    type Found = Vec<Entry<O>>;

    operation!(Query::new());

    fn read(&self, name: &str, at: &mut At<'_, '_>, found: &mut Self::Found) -> Result<Member> {
        page(&self.reader, name, at, found)
    }
}

impl<O: Send + 'static> Members for ItemsOfScan<O> {
    type Found = Vec<Entry<O>>;

    operation!(Scan::new());

    fn read(&self, name: &str, at: &mut At<'_, '_>, found: &mut Self::Found) -> Result<Member> {
        page(&self.reader, name, at, found)
    }
}

fn page<O>(reader: &Reader<O>, name: &str, at: &mut At<'_, '_>, found: &mut Vec<Entry<O>>) -> Result<Member> {
    if name != "Items" {
        return Ok(Member::Other);
    }
    let begin = at.pull.at();
    each(at, |at| {
        let entry = reader.read(&mut ItemReader::new(at.pull, at.body))?;
        if found.len() == found.capacity() {
            let read = at.pull.at() - begin;
            found.reserve_exact(more(found.len(), read, at.body.bytes().len() - at.pull.at()));
        }
        found.push(entry);
        Ok(())
    })?;
    Ok(Member::Taken)
}

/// For how many items there should be room behind the `items` in the bytes that were `read`, another of which has no room
/// yet, if so many bytes are `left`. Vectors double, and room for twice a page is more than all else that reading it takes.
fn more(items: usize, read: usize, left: usize) -> usize {
    /// So many say how long those behind them are, about.
    const FEW: usize = 4;
    if items < FEW {
        return FEW;
    }
    let expected = left / (read / (items + 1)).max(1);
    // Some are shorter than those before; and where the first are tiny, not all are.
    1 + (expected + expected / 64).min(64 * items).max(items / 16)
}

/// The one item of an answer.
pub(super) fn one_item(at: &mut At<'_, '_>, found: &mut Option<StoredItem>) -> Result<Member> {
    match found.replace(item(at)?) {
        None => Ok(Member::Taken),
        // The SDK knows what that means to it.
        Some(_) => Err(Error::malformed(at.pull.at(), "a member comes twice")),
    }
}

/// `[{"Item":{..}},{},..]`, whatever else there is of each.
pub(super) fn items_in_order(at: &mut At<'_, '_>, found: &mut Vec<Option<StoredItem>>) -> Result<()> {
    each(at, |at| {
        let (mut one, mut first) = (None, true);
        at.pull.begin_object()?;
        while let Some(name) = at.pull.next_name(&mut first)? {
            match &*name {
                "Item" => _ = one_item(at, &mut one)?,
                _ => at.pull.skip_json()?,
            }
        }
        found.push(one);
        Ok(())
    })
}

fn item(at: &mut At<'_, '_>) -> Result<StoredItem> {
    let mut item = ItemReader::new(at.pull, at.body);
    item.skip()?;
    item.stored()
}

fn each(at: &mut At<'_, '_>, mut one: impl FnMut(&mut At<'_, '_>) -> Result<()>) -> Result<()> {
    at.pull.begin_array()?;
    let mut first = true;
    while at.pull.next_element(&mut first)? {
        one(at)?;
    }
    Ok(())
}

/// The page in an answer to a query, for benchmarks: what a call does with it.
pub(crate) fn query_page<O: Send + 'static>(
    reader: Reader<O>,
    response: &HttpResponse,
) -> std::result::Result<(Vec<Entry<O>>, Output), OrchestratorError<AnyError>> {
    let items = FromBytes::new(ItemsOfQuery { reader });
    let output = items.deserialize_nonstreaming_with_config(response, &ConfigBag::base())?;
    let entries =
        items.take(|_| Ok(Vec::new())).map_err(|failure| OrchestratorError::other(failure.source))?;
    Ok((entries, output))
}

#[cfg(test)]
mod tests {
    use super::more;

    /// The room at the end of a page of items so long, and how often room was made.
    fn room_for(lengths: &[usize]) -> (usize, usize) {
        let (mut room, mut made, mut read) = (0, 0, 0);
        let all: usize = lengths.iter().sum();
        for (items, length) in lengths.iter().enumerate() {
            read += length;
            if items == room {
                let added = more(items, read, all - read);
                assert!(added > 0, "there is room for the item at hand");
                (room, made) = (room + added, made + 1);
            }
        }
        (room, made)
    }

    #[test]
    fn a_page_of_like_items_gets_little_more_room_than_it_needs() {
        let mut random = fastrand::Rng::with_seed(7);
        for (items, length) in [(1, 500), (5, 500), (250, 4700), (260, 400), (3000, 580), (17_000, 60)] {
            let lengths: Vec<_> = (0..items).map(|_| length + random.usize(..length / 50)).collect();
            let (room, made) = room_for(&lengths);
            assert!(room <= items + items / 16 + 5, "{room} for {items}");
            assert!(made <= 4, "{made} times for {items}");
        }
    }

    #[test]
    fn no_page_gets_room_in_many_steps_or_room_without_bounds() {
        let tiny_then_large = [vec![3; 5], vec![4000; 200]].concat();
        assert!(room_for(&tiny_then_large).0 < 600);
        let large_then_tiny = [vec![400_000; 5], vec![3; 100_000]].concat();
        let (room, made) = room_for(&large_then_tiny);
        assert!((100_005..110_000).contains(&room) && made < 200, "{room} in {made} steps");
    }
}
