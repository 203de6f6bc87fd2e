//! Writes past the library.

use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Handle, Item, Table};

/// Writes an item as others might, without the library.
pub async fn put_raw<T>(handle: &Handle<T>, item: Item)
where
    T: Table,
{
    let put = handle.sdk().put_item().table_name(handle.name()).set_item(Some(item));
    put.send().await.unwrap();
}

/// A text attribute.
pub fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}
