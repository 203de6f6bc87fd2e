//! Filters, by consent: what is read and thrown away is paid for, so a filter says how much of that it accepts.

use super::request::Query;
use crate::entity::Entity;
use crate::expr::condition::{Condition, Node};
use crate::expr::problem::Problem;
use crate::index::Index;

/// How much of what a query reads its filter may throw away: for [`Query::filter`].
///
/// ```
/// use monotable::MaxWaste;
/// // Half of the items may be thrown away. It is judged once a hundred of them are read.
/// let waste = MaxWaste::percent(50).from_item(100);
/// assert_eq!(waste.to_string(), "50 % from item 100 on");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxWaste {
    percent: u8,
    from: u64,
}

impl MaxWaste {
    /// At most so many of a hundred items read, judged after each page. More than 100 is 100: whatever it costs.
    pub const fn percent(percent: u8) -> Self {
        Self { percent: if percent > 100 { 100 } else { percent }, from: 0 }
    }

    /// Not judged before so many items are read: of a few, chance decides how many match.
    #[must_use = "this returns the limit; the one it is called on is unchanged"]
    pub const fn from_item(self, items: u64) -> Self {
        Self { from: items, ..self }
    }

    /// Whether so many matches among so many items read are too few.
    pub(super) fn is_exceeded(self, matched: u64, evaluated: u64) -> bool {
        let wasted = evaluated.saturating_sub(matched);
        evaluated >= self.from && wasted * 100 > u64::from(self.percent) * evaluated
    }

    /// How many items to read for so many matches, if as many are thrown away as it allows.
    pub(super) fn to_read(self, wanted: usize) -> Option<usize> {
        let kept = 100 - usize::from(self.percent);
        (kept > 0).then(|| wanted.saturating_mul(100).div_ceil(kept))
    }
}

impl std::fmt::Display for MaxWaste {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} %", self.percent)?;
        if self.from > 0 { write!(f, " from item {} on", self.from) } else { Ok(()) }
    }
}

/// A filter of a query, and what it may cost.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    node: Result<Node, Problem>,
    pub(super) waste: MaxWaste,
}

impl<E: Entity, I, C> Query<E, I, C> {
    /// Leaves out what does not fulfil the condition, after it was read and paid for.
    ///
    /// A filter saves bandwidth, not read units. So it says how much waste it accepts: as soon as a larger share of
    /// the items read is thrown away, the query fails with [`WastefulFilter`](crate::ErrorKind::WastefulFilter),
    /// which says how much, and what it cost. The answer to that is a key that says what the filter does: a sparse
    /// index, or one part more in a sort key.
    ///
    /// [`limit`](Self::limit) counts the items that are left. DynamoDB takes no filter on the key that is queried:
    /// that is what steps are for.
    ///
    /// ```
    /// # use monotable::{Entity, MaxWaste, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// #[derive(Entity, Serialize, Deserialize, Debug)]
    /// #[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
    /// struct Order { customer: String, number: u32, paid: bool }
    ///
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// # let shop = Shop::embedded().await?;
    /// # for number in 0..10 {
    /// #     shop.put(&Order { customer: "ada".into(), number, paid: number > 0 }).await?;
    /// # }
    /// let orders = || shop.query(Order::by_customer("ada"));
    /// let paid = orders().filter(Order::PAID.eq(true), MaxWaste::percent(20)).await?;
    /// assert_eq!((paid.len(), paid.cost().evaluated), (9, 10));
    ///
    /// let error = orders().filter(Order::PAID.eq(false), MaxWaste::percent(20)).await.unwrap_err();
    /// assert_eq!(error.kind(), monotable::ErrorKind::WastefulFilter);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// When it is run, [`InvalidCondition`](crate::ErrorKind::InvalidCondition) if the condition cannot be sent or
    /// is on the key that is queried, and [`WastefulFilter`](crate::ErrorKind::WastefulFilter). Of two filters both
    /// have to hold, and the limit given last is the limit.
    pub fn filter(mut self, condition: Condition<E>, waste: MaxWaste) -> Self {
        let node = match self.filter.take() {
            None => condition.node,
            Some(Filter { node, .. }) => node.and_then(|earlier| Ok(earlier.and(condition.node?))),
        };
        self.filter = Some(Filter { node, waste });
        self
    }
}

impl Filter {
    /// The filter of a query of `I`.
    pub(super) fn node<I: Index>(&self) -> Result<Node, Problem> {
        let node = self.node.as_ref().map_err(Clone::clone)?;
        let is_key = |name: &str| I::PARTITION_KEY.iter().chain(I::SORT_KEY).any(|key| key.name == name);
        match node.paths().into_iter().find(|path| is_key(path.attribute)) {
            Some(path) => Err(Problem::KeyOfQuery(path.to_string())),
            None => Ok(node.clone()),
        }
    }
}
