//! What a handle says about metering: its ledger, the name of an access pattern, and how much DynamoDB is asked for.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use super::Ledger;
use crate::handle::Handle;
use crate::table::Table;

impl<T: Table> Handle<T> {
    /// What the calls of this handle and of its clones cost, by access pattern: see [`Ledger`].
    ///
    /// It is empty, and stays so, for a handle [`without_ledger`](Self::without_ledger).
    pub fn ledger(&self) -> &Ledger {
        &self.opened().meter.ledger
    }

    /// The same handle, whose calls are added up in this ledger.
    #[must_use = "this returns a handle; the one it is called on is gone"]
    pub fn with_ledger(mut self, ledger: &Ledger) -> Self {
        let meter = &mut self.opened_mut().meter;
        (meter.ledger, meter.records) = (ledger.clone(), true);
        self
    }

    /// The same handle, whose calls are added up nowhere. What each of them cost is still in its outcome.
    #[must_use = "this returns a handle; the one it is called on is gone"]
    pub fn without_ledger(mut self) -> Self {
        let meter = &mut self.opened_mut().meter;
        (meter.ledger, meter.records) = (Ledger::new(), false);
        self
    }

    /// A handle whose calls have a line of their own in the ledger, under this name.
    ///
    /// Without a name, an access pattern is told by its entity, index and operation. The name tells two apart that
    /// do the same for different reasons. It is a constant, so that there are no more lines than there are in the
    /// program.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
    /// # struct Order { customer_id: String, number: u32 }
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// # let shop = Shop::embedded().await?;
    /// let key = || OrderKey { customer_id: "ada".into(), number: 7 };
    /// shop.get(key()).await?;
    /// shop.pattern("checkout").get(key()).consistent().await?;
    /// let snapshot = shop.ledger().snapshot();
    /// assert_eq!(snapshot.named("checkout").map(|pattern| pattern.capacity.total().read), Some(1.0));
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    #[must_use = "this returns a handle; the one it is called on is unchanged"]
    pub fn pattern(&self, name: &'static str) -> Self {
        let mut named = self.clone();
        named.opened_mut().meter.name = Some(name);
        named
    }

    /// How much DynamoDB is asked to report of what calls consume: by index, if nothing is said.
    ///
    /// A policy may allow [`Total`](ReturnConsumedCapacity::Total) alone: then units of writes are all counted for
    /// the table. With [`None`](ReturnConsumedCapacity::None) nothing is known: costs and ledger have calls, items
    /// and latencies, but no units, and what depends on units does not work, such as the rate of a scan.
    #[must_use = "this returns a handle; the one it is called on is gone"]
    pub fn return_consumed_capacity(mut self, level: ReturnConsumedCapacity) -> Self {
        self.opened_mut().meter.level = level;
        self
    }
}
