//! On whose account a call is made: the client, the access pattern, and where its cost is added up.

use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, TransactWriteItem};

use crate::bucket::CannotSleep;
use crate::error::Call;
use crate::handle::{Handle, Opened};
use crate::item::{EncodedItem, Item, ItemView};
use crate::key::KeyValue;
use crate::ledger::heat::{Partition, PartitionKeys, Touched};
use crate::ledger::{End, Entry, Ledger, Pattern};
use crate::metered::Cost;
use crate::rate::{Kind, Rates, Ticket};
use crate::sdk::{Failure, RequestKind};
use crate::table::Table;

/// What a handle measures, and how.
#[derive(Debug, Clone)]
pub(crate) struct Meter {
    pub(crate) ledger: Ledger,
    /// Whether calls are added up in the ledger.
    pub(crate) records: bool,
    /// How much DynamoDB is to report.
    pub(crate) level: ReturnConsumedCapacity,
    /// The name of the access pattern, if it has one.
    pub(crate) name: Option<&'static str>,
    pub(crate) rates: Rates,
}

impl Default for Meter {
    fn default() -> Self {
        let level = ReturnConsumedCapacity::Indexes;
        Self { ledger: Ledger::new(), records: true, level, name: None, rates: Rates::default() }
    }
}

/// Who makes a call.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    opened: Arc<Opened>,
    pattern: Pattern,
    keys: PartitionKeys,
}

impl<T: Table> Handle<T> {
    /// This handle as the maker of a call.
    pub(crate) fn caller(&self, call: &Call) -> Caller {
        self.caller_on(call, None)
    }

    /// This handle as the maker of a call that reads an index.
    pub(crate) fn caller_on(&self, call: &Call, index: Option<&'static str>) -> Caller {
        let opened = self.opened().clone();
        let pattern = Pattern {
            table: self.shared_name(),
            entity: call.entity.into(),
            operation: call.operation.into(),
            index: index.map(Into::into),
            name: opened.meter.name,
        };
        let keys = PartitionKeys { table: T::PARTITION_KEY, indexes: T::INDEXES };
        Caller { opened, pattern, keys }
    }
}

impl Caller {
    pub(crate) fn client(&self) -> &Client {
        &self.opened.client
    }

    /// How much DynamoDB is asked to report.
    pub(crate) fn level(&self) -> Option<ReturnConsumedCapacity> {
        Some(self.opened.meter.level.clone())
    }

    /// Waits until the rate of the handle allows a call of this kind.
    pub(crate) async fn admit(&self, kind: Kind) -> Result<Option<Ticket>, Failure> {
        let rates = &self.opened.meter.rates;
        if let Some(rate) = rates.impossible() {
            let reason = format!("its handle has a rate of {rate} units a second; give a number above zero");
            return Err(Failure::construction(reason));
        }
        rates.admit(kind).await.map_err(|CannotSleep| {
            let reason = "it cannot wait for the rate of its handle, because the client has no `sleep_impl`; \
                          configure one, or set no rate";
            Failure::construction(reason.to_owned())
        })
    }

    /// The partition of the table that this key is in.
    pub(crate) fn touched_by_key(&self, key: Option<&Item>) -> Touched {
        let key = key.filter(|_| self.opened.meter.records);
        Touched::one(key.and_then(|key| self.keys.of_key(key)))
    }

    /// The partitions of the table and of its indexes that this item is written to.
    pub(crate) fn touched_by_item(&self, item: &EncodedItem) -> Touched {
        if !self.opened.meter.records {
            return Touched::default();
        }
        let mut touched = Touched::one(self.keys.of_key(item));
        touched.add(self.keys.of_entries(item));
        touched
    }

    /// The partitions of the table that these keys are in.
    pub(crate) fn touched_by_keys<'k>(&self, keys: impl IntoIterator<Item = &'k Item>) -> Touched {
        let mut touched = Touched::default();
        if self.opened.meter.records {
            touched.add(keys.into_iter().filter_map(|key| self.keys.of_key(key)));
        }
        touched
    }

    /// The partitions of the table that these actions write to or check, and of its indexes that items are put in.
    /// Those of other tables are not counted.
    pub(crate) fn touched_by_actions<'k>(
        &self,
        actions: impl IntoIterator<Item = &'k TransactWriteItem>,
        items: &[Arc<EncodedItem>],
    ) -> Touched {
        let (mut touched, mut items) = (Touched::default(), items.iter());
        for action in actions.into_iter().filter(|_| self.opened.meter.records) {
            let TransactWriteItem { put, update, delete, condition_check, .. } = action;
            let update = update.as_ref().map(|update| (&update.table_name, &update.key));
            let delete = delete.as_ref().map(|delete| (&delete.table_name, &delete.key));
            let check = condition_check.as_ref().map(|check| (&check.table_name, &check.key));
            let put = put.as_ref().and_then(|put| Some((&put.table_name, items.next()?)));
            let key = update.or(delete).or(check);
            if let Some((_, item)) = put.filter(|(table, _)| table.as_str() == &**self.table()) {
                touched.add_item(self.keys, &**item);
            }
            if let Some((_, key)) = key.filter(|(table, _)| table.as_str() == &**self.table()) {
                touched.add(self.keys.of_key(key));
            }
        }
        touched
    }

    /// The partitions of the table that these requests write to, and of its indexes that items are put in.
    pub(crate) fn touched_by_requests<'k>(
        &self,
        requests: impl IntoIterator<Item = (RequestKind, ItemView<'k>)>,
    ) -> Touched {
        let mut touched = Touched::default();
        for (kind, item) in requests.into_iter().filter(|_| self.opened.meter.records) {
            match kind {
                RequestKind::Put => touched.add_item(self.keys, &item),
                RequestKind::Delete => touched.add(self.keys.of_key(&item)),
            }
        }
        touched
    }

    /// The partition that is queried.
    pub(crate) fn touched_by_query(&self, index: Option<&str>, partition: &[KeyValue]) -> Touched {
        if !self.opened.meter.records {
            return Touched::default();
        }
        let index = index.and_then(|name| self.keys.indexes.iter().find(|index| index.name == name));
        Touched::one(Some(Partition::of(index.map(|index| index.name), partition)))
    }

    pub(crate) fn record(&self, cost: &Cost, end: End, reasons: &[String], touched: &Touched) {
        if self.opened.meter.records {
            self.opened.meter.ledger.record(&Entry { pattern: &self.pattern, cost, end, reasons, touched });
        }
    }

    pub(crate) fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// The index that is read; none for the table.
    pub(crate) fn index(&self) -> Option<&str> {
        self.pattern.index.as_deref()
    }

    /// The table's name in DynamoDB.
    pub(crate) fn table(&self) -> &Arc<str> {
        &self.pattern.table
    }
}
