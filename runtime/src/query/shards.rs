//! Partitions that are spread over shards: a query says which of them are read.

use std::fmt;

use super::request::Query;
use super::typed::{KeyQuery, TypedQuery};
use crate::key::KeyError;
use crate::key::builder::KeyBuilder;
use crate::key::shard::ShardCodec;
use crate::key::template_part::TemplatePart;
use crate::value::IntoValue;

/// A query `Q` of a partition that is spread over shards by a field of type `V`, before it is said which of
/// them are read: what an entity's query function returns if its partition key has `{field:shard(n)}`.
///
/// ```
/// # use monotable::{Entity, Table};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table, Debug)]
/// # #[table(name = "scores", index(Board, pk = "BPK", sk = "BSK"))]
/// # enum Scores { Score(Score) }
/// #[derive(Entity, Serialize, Deserialize, Debug)]
/// #[entity(table = Scores, pk = "PLAYER#{player}", sk = "GAME#{game}")]
/// #[entity(index(Board, pk = "GAME#{game}#{player:shard(4)}", sk = "{points}", query = board))]
/// struct Score { game: String, player: String, points: u32 }
///
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// # let scores = Scores::embedded().await?;
/// for points in 0..40 {
///     scores.put(&Score { game: "go".into(), player: format!("p{points}"), points }).await?;
/// }
/// let top = scores.query(Score::board("go").all_shards()).newest_first().limit(3).await?;
/// assert_eq!(top.iter().map(|score| score.points).collect::<Vec<_>>(), [39, 38, 37]);
/// assert_eq!(top.cost().calls, 4);
///
/// let shard = scores.query(Score::board("go").shard_of("p7")).await?;
/// assert!(shard.iter().any(|score| score.player == "p7"));
/// # Ok(()) }
/// ```
#[must_use = "a query does nothing until it is passed to a table's handle"]
pub struct Sharded<Q, V>(Box<dyn FnOnce(Shards<V>) -> Q + Send>);

/// Which shards of a partition are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shards<V> {
    /// That of a value.
    Of(V),
    /// One, counted from zero.
    Number(u32),
    /// Every one.
    All,
}

impl<Q, V> Sharded<Q, V> {
    #[doc(hidden)]
    pub fn new(query: impl FnOnce(Shards<V>) -> Q + Send + 'static) -> Self {
        Self(Box::new(query))
    }

    /// Reads every shard, and returns the items in the order of their sort keys as if there were one partition.
    ///
    /// # Cost
    ///
    /// At least one `Query` call for each shard, up to eight at once: half a read unit each even where there is
    /// nothing. With a limit, each shard is read as far as the limit, because any of them may have what comes
    /// first.
    pub fn all_shards(self) -> Q {
        (self.0)(Shards::All)
    }

    /// Reads the shard that items with this value are in, at the cost of one partition.
    pub fn shard_of(self, value: impl IntoValue<V>) -> Q {
        (self.0)(Shards::Of(value.into_value()))
    }

    /// Reads one shard, counted from zero: for workers that share the shards among them.
    ///
    /// A number that is not below the count of shards is an error when the query is sent
    /// ([`InvalidKey`](crate::ErrorKind::InvalidKey)).
    pub fn shard(self, number: u32) -> Q {
        (self.0)(Shards::Number(number))
    }
}

impl<Q, V> fmt::Debug for Sharded<Q, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sharded")
    }
}

/// Never implemented: the reason why [`Sharded`] is no query yet.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this query does not say which shards of its partition it reads",
    label = "which shards?",
    note = "add `.all_shards()` for all of them in one order, or `.shard_of(value)` for the one of a value"
)]
pub trait SaysWhichShards {}

impl<Q: KeyQuery + SaysWhichShards, V> KeyQuery for Sharded<Q, V> {
    type Entity = Q::Entity;
    type Index = Q::Index;

    fn into_query(self) -> Query<Self::Entity, Self::Index> {
        self.all_shards().into_query()
    }
}

impl<Q: TypedQuery + SaysWhichShards, V> TypedQuery for Sharded<Q, V> {
    type Entity = Q::Entity;
    type Index = Q::Index;

    fn into_typed_query(self) -> Query<Self::Entity, Self::Index> {
        self.all_shards().into_typed_query()
    }
}

impl KeyBuilder<'_> {
    /// The shard of a value, or one by its number.
    #[doc(hidden)]
    pub fn shard<P>(&mut self, shards: &Shards<P::Value>) -> Result<(), KeyError>
    where
        P: TemplatePart<Codec: ShardCodec>,
    {
        match shards {
            Shards::Of(value) => self.part::<P>(value),
            Shards::Number(number) => self.write(|text| P::Codec::encode_shard(*number, text)),
            Shards::All => unreachable!("a key is in one shard"),
        }
    }
}
