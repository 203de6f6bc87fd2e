//! What DynamoDB would refuse of a transaction as a whole, refused before it is sent.

use std::collections::HashMap;

use crate::error::{Call, Error};
use crate::op::action::Part;

/// DynamoDB takes so many actions in one transaction.
pub(super) const ACTIONS: usize = 100;
/// And so many bytes of items, keys and values.
const BYTES: usize = 4 * 1024 * 1024;

pub(super) fn check(call: impl Fn() -> Call, writes: &[&Part]) -> Result<(), Error> {
    if writes.len() > ACTIONS {
        let actions = writes.len();
        let reason = format!("it has {actions} actions, and DynamoDB takes {ACTIONS} in one transaction");
        return Err(Error::refused(call(), reason));
    }
    let bytes: usize = writes.iter().map(|part| part.write.size()).sum();
    if bytes > BYTES {
        let reason = format!(
            "its items have {bytes} bytes together, and DynamoDB takes {BYTES} (4 MB) in one transaction"
        );
        return Err(Error::refused(call(), reason));
    }
    different(writes)
}

/// DynamoDB would not say which.
fn different(writes: &[&Part]) -> Result<(), Error> {
    let mut first = HashMap::new();
    for Part { write, item } in writes {
        let Some(item) = item else { continue };
        if let Some(other) = first.insert((write.table.as_str(), item), &write.call) {
            let Call { operation, entity, .. } = other;
            if write.guarded.meaning.is_of_marker() {
                let reason = format!(
                    "`{operation}` of `{entity}` in the same transaction is about the same unique value, and no value \
                     goes from one item to another within one transaction"
                );
                return Err(Error::duplicate_action(write.call.clone(), reason));
            }
            let reason = format!(
                "the same transaction has `{operation}` of `{entity}` with this key, and DynamoDB takes one action \
                 for each item; put what both do into one"
            );
            return Err(Error::duplicate_action(write.call.clone(), reason));
        }
    }
    Ok(())
}
