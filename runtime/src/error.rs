//! The one error type: what was asked for, which rule or answer stopped it, and the cause.

mod answer;
mod made;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::entity::{Entity, EntityKey};
use crate::item::{FromItem, Item, ItemError, StoredItem, StoredKey};
use crate::key::KeyValue;
use crate::metered::Cost;
use crate::op::transact::ActionOutcome;
use crate::table::Table;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// Why an operation failed.
///
/// It names the entity, the operation and the key, and keeps its cause: [`source`](StdError::source) is
/// the SDK's error, with its request id, wherever DynamoDB answered. It never shows what is stored in an
/// item besides its key; but the `Debug` output of the SDK's own error, behind `source`, has the whole answer.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    call: Call,
    /// As text for people.
    key_text: Option<String>,
    reason: String,
    /// The item that a failed condition was judged with.
    current: Option<StoredItem>,
    /// Whether the condition of a write did not hold.
    refused: bool,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    cost: Cost,
    /// What a scan is for.
    maintenance: Option<Arc<str>>,
    /// The unique constraint that another item stands in the way of.
    constraint: Option<String>,
    /// The key of that item.
    holder: Option<Item>,
    /// What became of the actions of a cancelled transaction.
    actions: Vec<ActionOutcome>,
}

/// What was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) entity: &'static str,
    /// The key of the item, or what is known of it.
    pub(crate) key: Option<StoredKey>,
}

/// The kinds of failure, for code that reacts to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value cannot stand in its key, or a key is too long. Nothing was sent.
    InvalidKey,
    /// The cursor is not of this query, or not as it was made: [`CursorError`](crate::CursorError) is the cause. Nothing was sent.
    InvalidCursor,
    /// serde could not make attributes of the entity. Nothing was sent.
    Encode,
    /// DynamoDB would not store the item: a number that is infinite or has too many digits, an empty set that
    /// cannot be left out, a `ttl` that is no number of seconds, more than 400 KB. Nothing was sent.
    InvalidItem,
    /// DynamoDB would not take the condition: a value that it does not store, or too much of something. Nothing
    /// was sent.
    InvalidCondition,
    /// DynamoDB would not take the update, or an item that it creates could not be read: a value that it does not
    /// store, one place changed twice, nothing that changes. Nothing was sent.
    InvalidUpdate,
    /// The request could not be made, for example because the client has no region. Nothing was sent, but for
    /// a scan that cannot wait for its rate: see [`Scan::read_units_per_second`](crate::Scan::read_units_per_second).
    InvalidRequest,
    /// An insert found the key taken.
    AlreadyExists,
    /// The condition of a write did not hold: [`Error::current`] is the item it was judged with.
    ConditionFailed,
    /// The item does not have the version that the entity was read with: another write came between.
    /// [`Error::current`] is the item as it is now.
    VersionConflict,
    /// A filter threw away a larger share of the items read than its [`MaxWaste`](crate::MaxWaste) allows.
    WastefulFilter,
    /// Nothing matches where one item is asked for, or a write that needs an item found none with its key.
    NotFound,
    /// Several items match where one is asked for.
    NotUnique,
    /// The stored item is of another entity than the one asked for, or of none of the table's. In an
    /// `untyped` table its key says so.
    WrongType,
    /// The stored item lacks an attribute that the entity needs.
    MissingAttribute,
    /// The stored item has an attribute that does not read as the entity's field.
    Decode,
    /// A key was asked for twice where that is refused, or a transaction has two actions on one item. Nothing was
    /// sent.
    DuplicateKey,
    /// Another item has a value that is unique: [`Error::constraint`] and [`Error::holder`] say which and whose.
    Taken,
    /// A transaction was at work on an item, or is with this idempotency token, and retries were used up.
    Conflict,
    /// The idempotency token of a transaction was used in the last 10 minutes for one with other actions. Nothing
    /// was written.
    IdempotencyMismatch,
    /// The table does not exist.
    TableNotFound,
    /// The table exists with other keys or without an index of the model.
    TableMismatch,
    /// DynamoDB asked for less traffic, or left keys unprocessed, and retries were used up.
    Throttled,
    /// The credentials do not allow the call, or are not valid.
    AccessDenied,
    /// No answer in time: a write may have taken effect.
    Timeout,
    /// No connection, or it broke: a write may have taken effect.
    Unreachable,
    /// The in-process engine could not be started.
    Engine,
    /// Any other answer of DynamoDB: the cause has its code and message.
    Service,
}

impl Call {
    /// Its key, as text for people.
    pub(crate) fn key_text(&self) -> Option<String> {
        self.key.as_ref().map(ToString::to_string)
    }
}

impl Error {
    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation: `"put"`, `"insert"`, `"replace"`, `"update"`, `"upsert"`, `"get"`, `"check"`, `"delete"`, `"query"`,
    /// `"scan"`, `"create"`, `"read_modify_write"`, `"batch_get"`, `"batch_write"`, `"transact_get"`, `"transact"`. Where
    /// one action cancelled a transaction, it is that action's.
    pub fn operation(&self) -> &'static str {
        self.0.call.operation
    }

    /// The entity that was asked for, or the table where several were.
    pub fn entity(&self) -> &'static str {
        self.0.call.entity
    }

    /// The key that was asked for, as text for people: attribute names and values.
    pub fn key_text(&self) -> Option<&str> {
        self.0.key_text.as_deref()
    }

    /// What was spent all the same: by earlier calls of the operation, and by the one that failed.
    ///
    /// DynamoDB does not say what a call consumed that it refused. Of a write whose condition did not hold it is
    /// computed: the larger of the item that is there and the one that was to be, which of an update is not known, so
    /// there it may be more. Of any other call that was refused it has the attempts alone. It is zero where nothing was
    /// sent.
    pub fn cost(&self) -> &Cost {
        &self.0.cost
    }

    /// Whether the condition of a write did not hold, that an item is there or is not included.
    pub fn is_condition_failed(&self) -> bool {
        self.0.refused
    }

    /// The item that a failed condition was judged with: what is stored under the key, at that moment.
    ///
    /// DynamoDB sends it with the refusal, and it costs nothing. There is none where no item has the key, and
    /// with any other kind of failure. `O` is an entity, or the table's enum.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product { sku: String, stock: u32 }
    /// # async fn put(shop: Handle<Shop>, product: Product) -> Result<(), Box<dyn std::error::Error>> {
    /// match shop.put(&product).when(Product::STOCK.ge(1)).await {
    ///     Err(error) if error.is_condition_failed() => match error.current::<Product>()? {
    ///         Some(current) => println!("there are {} left", current.stock),
    ///         None => println!("there is no such product"),
    ///     },
    ///     outcome => { outcome?; }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the item is of another type than `O`, or does not read as one.
    pub fn current<O: FromItem>(&self) -> Result<Option<O>, ItemError> {
        self.0.current.as_ref().map(StoredItem::read).transpose()
    }

    /// The unique constraint that another item stands in the way of, such as `unique(email)`.
    pub fn constraint(&self) -> Option<&str> {
        self.0.constraint.as_deref()
    }

    /// The key of the item that holds a value which is [taken](ErrorKind::Taken). None if it is not the key of such
    /// an entity.
    ///
    /// The message does not have it: whoever is told that an address is taken need not know by whom.
    pub fn holder<K: EntityKey>(&self) -> Option<K> {
        type TableOf<K> = <<K as EntityKey>::Entity as Entity>::Table;
        let holder = self.0.holder.as_ref()?;
        let half = |attribute: &str| KeyValue::of(holder.get(attribute)?.clone()).map(KeyValue::into_text);
        let sort = TableOf::<K>::SORT_KEY.and_then(half);
        K::from_keys(&half(TableOf::<K>::PARTITION_KEY)?, sort.as_deref()).ok()
    }

    /// What became of each action of a cancelled transaction, in their order; empty for any other failure.
    ///
    /// The error itself is that of the first action that is why. Several may be: each of these has its own error
    /// and, if it was its condition, the item that was met.
    ///
    /// ```
    /// # fn show(error: monotable::Error) {
    /// for action in error.actions() {
    ///     let why = action.error().map_or("nothing is wrong with it".into(), ToString::to_string);
    ///     println!("{} `{}`: {why}", action.operation(), action.entity());
    /// }
    /// # }
    /// ```
    pub fn actions(&self) -> &[ActionOutcome] {
        &self.0.actions
    }

    pub(crate) fn current_item(&self) -> Option<&StoredItem> {
        self.0.current.as_ref()
    }
}

/// `cannot insert `Order` (PK = "CUSTOMER#1", SK = "ORDER#9"): an item with this key is there already`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { call, key_text, reason, maintenance, .. } = &*self.0;
        write!(f, "cannot {} `{}`", call.operation, call.entity)?;
        if let Some(key) = key_text {
            write!(f, " ({key})")?;
        }
        if let Some(maintenance) = maintenance {
            write!(f, " for maintenance ({maintenance})")?;
        }
        match &self.0.actions[..] {
            [] => write!(f, ": {reason}"),
            _ => write!(f, " in a transaction: {reason}; nothing was written"),
        }
    }
}

/// What `fn main() -> Result<(), Error>` prints: the message, then each cause on a line. The causes' own debug
/// output is left out, because the SDK's holds the whole answer, items included.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let mut source = self.source();
        while let Some(cause) = source {
            write!(f, "\n  caused by: {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
