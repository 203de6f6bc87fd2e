//! Sending a write with its markers.

use aws_sdk_dynamodb::config::SharedAsyncSleep;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use super::{Known, Plan};
use crate::backoff::Backoff;
use crate::error::{Error, ErrorKind};
use crate::handle::Handle;
use crate::item::{Item, StoredItem};
use crate::metered::{Cost, Metered};
use crate::op::transact;
use crate::op::write::Write;
use crate::sdk;
use crate::table::Table;

impl Plan {
    /// Sends the write and its markers, as often as the item changes between reading and writing it.
    pub(crate) async fn send<T: Table>(
        self,
        write: Write,
        handle: &Handle<T>,
    ) -> Result<Metered<Option<StoredItem>>, Error> {
        if write.returns() {
            let reason = format!("{} is kept in a transaction, which returns no item", self.names());
            return Err(Error::refused(write.call, reason));
        }
        let (mut cost, mut backoff) = (Cost::default(), Backoff::default());
        let (mut old, sleep) = match &self.known {
            Known::Nothing => self.read(&write, handle, &mut cost).await?,
            Known::Absent => (None, None),
            Known::Item(item) => (Some(item.clone()), None),
        };
        loop {
            let writes = self.writes(write.clone(), old.as_ref()).map_err(|error| error.after(&cost))?;
            let error = match transact::send_together(writes, handle).await {
                Ok(sent) => {
                    cost += &sent;
                    return Ok(cost.of(None));
                }
                Err(error) => error,
            };
            // The write's own condition holds of what was read, or does not hold of what is there: which, the item
            // that it met tells.
            let met = error.current_item().and_then(StoredItem::to_item);
            let is_own = error.is_condition_failed() && error.constraint().is_none();
            let changed =
                is_own && error.kind() != ErrorKind::Conflict && !self.same(met.as_ref(), old.as_ref());
            if !changed || !matches!(self.known, Known::Nothing) {
                return Err(error.after(&cost));
            }
            if backoff.rest(false, sleep.as_ref()).await.is_err() {
                return Err(error.changing().after(&cost));
            }
            old = met;
            cost += error.cost();
        }
    }

    /// The item as it is now.
    async fn read<T: Table>(
        &self,
        write: &Write,
        handle: &Handle<T>,
        cost: &mut Cost,
    ) -> Result<(Option<Item>, Option<SharedAsyncSleep>), Error> {
        let input = GetItemInput::builder()
            .table_name(&write.table)
            .set_key(Some(self.holder(write)))
            .consistent_read(true)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .map_err(|error| Error::request(write.call.clone(), error))?;
        let answer = sdk::get_item(handle.caller(&write.call), input).await;
        let answer = answer.map_err(|failure| Error::sdk(write.call.clone(), &write.table, failure))?;
        *cost += &answer.cost;
        Ok((answer.output.and_then(|item| item.to_item()), answer.sleep))
    }
}
