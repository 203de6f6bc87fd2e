//! What the tests of queries have in common.

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use monotable::{Handle, Item, Table};

/// Writes items as others might, without the library.
pub async fn load<T: Table>(table: &Handle<T>, items: impl IntoIterator<Item = Item>) {
    let write = |item| {
        let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
        WriteRequest::builder().put_request(put).build()
    };
    let writes: Vec<_> = items.into_iter().map(write).collect();
    for writes in writes.chunks(25) {
        table.sdk().batch_write_item().request_items(table.name(), writes.to_vec()).send().await.unwrap();
    }
}

/// A text attribute.
pub fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// Runs a future in a property test.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
