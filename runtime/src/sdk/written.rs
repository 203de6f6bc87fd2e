//! The items in the answers of operations that write: what they return, and what stood in their way.

use aws_sdk_dynamodb::operation::delete_item::DeleteItem;
use aws_sdk_dynamodb::operation::put_item::PutItem;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItems;
use aws_sdk_dynamodb::operation::update_item::UpdateItem;

use super::from_bytes::{At, FromBytes, Member, Members};
use super::members::{items_in_order, one_item};
use super::operation::operation;
use super::{Answer, Failure};
use crate::item::{Item, StoredItem};
use crate::wire::Result;

/// What one write found: `{"Attributes":{..}}`, or `{"__type":"..","Item":{..}}` where its condition did not hold.
macro_rules! of_one_write {
    ($($members:ident $operation:expr;)*) => {$(
        pub(super) struct $members;

        impl Members for $members {
            type Found = Option<StoredItem>;
            const IN_ERRORS: bool = true;

            operation!($operation);

            fn read(&self, name: &str, at: &mut At<'_, '_>, found: &mut Self::Found) -> Result<Member> {
                match name {
                    "Attributes" | "Item" => one_item(at, found),
                    _ => Ok(Member::Other),
                }
            }
        }
    )*};
}

of_one_write! {
    OfPut PutItem::new();
    OfUpdate UpdateItem::new();
    OfDelete DeleteItem::new();
}

/// `{"__type":"..","CancellationReasons":[{"Code":"..","Item":{..}},..]}`. The SDK reads the codes.
pub(super) struct OfTransaction;

impl Members for OfTransaction {
    type Found = Vec<Option<StoredItem>>;
    const IN_ERRORS: bool = true;

    operation!(TransactWriteItems::new());

    fn read(&self, name: &str, at: &mut At<'_, '_>, found: &mut Self::Found) -> Result<Member> {
        if name != "CancellationReasons" {
            return Ok(Member::Other);
        }
        items_in_order(at, found)?;
        Ok(Member::Seen)
    }
}

/// The answer of one write, with the attributes that it returns: those found, or the SDK's.
pub(super) fn returned<M: Members<Found = Option<StoredItem>>>(
    answer: std::result::Result<Answer<Option<Item>>, Failure>,
    found: Option<&FromBytes<M>>,
) -> std::result::Result<Answer<Option<StoredItem>>, Failure> {
    let Answer { output, cost, sleep } = answer?;
    let of_map = |_: &M| Ok(StoredItem::all_of(&output)?.pop());
    // It was asked for none where none are looked for.
    let output = found.map_or(Ok(None), |found| found.take(of_map))?;
    Ok(Answer { output, cost, sleep })
}
