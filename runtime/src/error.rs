//! The one error type: what was asked for, which rule or answer stopped it, and the cause.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::backoff::GaveUp;
use crate::entity::{Entity, EntityKey};
use crate::expr::problem::Problem;
use crate::item::{EncodeError, FromItem, Item, ItemError};
use crate::key::{KeyError, KeyValue};
use crate::metered::Cost;
use crate::op::transact::ActionOutcome;
use crate::query::cursor::CursorError;
use crate::query::filter::MaxWaste;
use crate::sdk::{Failure, Reason, Stage};
use crate::table::Table;
use crate::unique::holder;

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
    reason: String,
    /// The item that a failed condition was judged with.
    current: Option<Item>,
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
    /// `PK = "CUSTOMER#1", SK = "PROFILE"`, where it is known.
    pub(crate) key: Option<String>,
}

/// The kinds of failure, for code that reacts to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value cannot stand in its key, or a key is too long. Nothing was sent.
    InvalidKey,
    /// The cursor is not of this query, or not as it was made: [`CursorError`] is the cause. Nothing was sent.
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
    /// A filter threw away a larger share of the items read than its [`MaxWaste`] allows.
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
        self.0.call.key.as_deref()
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
        self.0.current.clone().map(O::from_item).transpose()
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

    pub(crate) fn current_item(&self) -> Option<&Item> {
        self.0.current.as_ref()
    }

    fn new(kind: ErrorKind, call: Call, reason: impl Into<String>, source: Option<BoxError>) -> Self {
        Self(Box::new(Inner {
            kind,
            call,
            reason: reason.into(),
            current: None,
            refused: false,
            source: source.map(Arc::from),
            cost: Cost::default(),
            maintenance: None,
            constraint: None,
            holder: None,
            actions: Vec::new(),
        }))
    }

    /// Adds what calls before this failure cost.
    pub(crate) fn after(mut self, cost: &Cost) -> Self {
        self.0.cost += cost;
        self
    }

    /// The same error, of a scan for maintenance.
    pub(crate) fn in_maintenance(mut self, reason: &Arc<str>) -> Self {
        self.0.maintenance = Some(reason.clone());
        self
    }

    pub(crate) fn key(call: Call, error: KeyError) -> Self {
        Self::new(ErrorKind::InvalidKey, call, error.to_string(), Some(error.into()))
    }

    pub(crate) fn encode(call: Call, error: EncodeError) -> Self {
        match error {
            EncodeError::Key(error) => Self::key(call, error),
            EncodeError::Serde { .. } => Self::new(ErrorKind::Encode, call, error.to_string(), None),
            _ => Self::new(ErrorKind::InvalidItem, call, error.to_string(), None),
        }
    }

    pub(crate) fn item(call: Call, error: ItemError) -> Self {
        let kind = match &error {
            ItemError::NoType { .. }
            | ItemError::WrongType { .. }
            | ItemError::UnknownType { .. }
            | ItemError::NoMember { .. }
            | ItemError::WrongKey { .. } => ErrorKind::WrongType,
            ItemError::MissingAttribute { .. } => ErrorKind::MissingAttribute,
            ItemError::Decode { .. } => ErrorKind::Decode,
        };
        Self::new(kind, call, error.to_string(), None)
    }

    pub(crate) fn cursor(call: Call, error: CursorError) -> Self {
        Self::new(ErrorKind::InvalidCursor, call, error.to_string(), Some(error.into()))
    }

    pub(crate) fn not_found(call: Call) -> Self {
        Self::new(ErrorKind::NotFound, call, "no item matches, and `one` asks for one", None)
    }

    pub(crate) fn not_unique(call: Call) -> Self {
        Self::new(ErrorKind::NotUnique, call, "several items match, and `one` asks for one", None)
    }

    /// A member of a collection that has to be there once is there so many times.
    pub(crate) fn count(call: Call, count: usize, reason: String) -> Self {
        let kind = if count == 0 { ErrorKind::NotFound } else { ErrorKind::NotUnique };
        Self::new(kind, call, reason, None)
    }

    pub(crate) fn wasteful(call: Call, (matched, evaluated): (u64, u64), most: MaxWaste) -> Self {
        let reason = format!(
            "its filter threw away {} of {evaluated} items read, and its limit is {most}; an index whose key says \
             what the filter asks for reads nothing else",
            evaluated.saturating_sub(matched)
        );
        Self::new(ErrorKind::WastefulFilter, call, reason, None)
    }

    pub(crate) fn condition(call: Call, problem: &Problem) -> Self {
        Self::new(ErrorKind::InvalidCondition, call, problem.to_string(), None)
    }

    pub(crate) fn update(call: Call, problem: &Problem) -> Self {
        Self::new(ErrorKind::InvalidUpdate, call, problem.of_update().to_string(), None)
    }

    pub(crate) fn request(call: Call, error: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::InvalidRequest, call, "the request cannot be made", Some(error.into()))
    }

    /// What DynamoDB would refuse, or could not do.
    pub(crate) fn refused(call: Call, reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, call, reason, None)
    }

    pub(crate) fn not_active(call: Call, error: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Timeout, call, "the table did not become active in time", Some(error.into()))
    }

    pub(crate) fn duplicate(call: Call) -> Self {
        let reason = "it is asked for twice, which `refuse_duplicates` refuses";
        Self::new(ErrorKind::DuplicateKey, call, reason, None)
    }

    pub(crate) fn too_many(call: Call, keys: usize, most: usize) -> Self {
        let reason = format!("it reads {keys} different keys, and DynamoDB takes {most} in one transaction");
        Self::new(ErrorKind::InvalidRequest, call, reason, None)
    }

    pub(crate) fn unprocessed(call: Call, left: usize, keys: usize, gave_up: GaveUp) -> Self {
        let reason = format!("DynamoDB left {left} of {keys} keys unprocessed, {gave_up}");
        Self::new(ErrorKind::Throttled, call, reason, None)
    }

    pub(crate) fn duplicate_action(call: Call, reason: String) -> Self {
        Self::new(ErrorKind::DuplicateKey, call, reason, None)
    }

    /// Why one action of a transaction cancelled it.
    pub(crate) fn reason(call: Call, reason: Reason, gave_up: Option<GaveUp>) -> Self {
        let (kind, text) = match reason.code.as_str() {
            "ConditionalCheckFailed" => (ErrorKind::ConditionFailed, NOT_HELD.to_owned()),
            _ => explain_cancelled(&reason),
        };
        let mut error = Self::new(kind, call, given_up(text, gave_up), None);
        error.0.refused = kind == ErrorKind::ConditionFailed;
        error.0.current = reason.current.map(|item| *item);
        error
    }

    /// The same, as the error of the transaction.
    pub(crate) fn cancelling(mut self, actions: Vec<ActionOutcome>, failure: Failure) -> Self {
        let cost = failure.cost();
        self.0.actions = actions;
        self.0.source = Some(Arc::from(failure.source));
        self.after(&cost)
    }

    /// A transaction failed as a whole.
    pub(crate) fn transaction(call: Call, table: &str, failure: Failure, gave_up: Option<GaveUp>) -> Self {
        let mut error = Self::sdk(call, table, failure);
        error.0.reason = given_up(error.0.reason, gave_up);
        error
    }

    pub(crate) fn unwritten(call: Call, left: usize, writes: usize, gave_up: GaveUp) -> Self {
        let reason = format!("DynamoDB left {left} of {writes} writes unprocessed, {gave_up}");
        Self::new(ErrorKind::Throttled, call, reason, None)
    }

    /// The same error, with what DynamoDB answered.
    pub(crate) fn caused_by(mut self, failure: Failure) -> Self {
        self.0.source = Some(Arc::from(failure.source));
        self
    }

    /// A transaction was cancelled because of the item at `culprit`, which is the one that `call` names.
    pub(crate) fn cancelled(call: Call, failure: Failure, culprit: usize, gave_up: Option<GaveUp>) -> Self {
        let (kind, reason) = match failure.reasons.get(culprit) {
            Some(reason) => explain_cancelled(reason),
            None => (ErrorKind::Service, "DynamoDB cancels the transaction".to_owned()),
        };
        let reason = given_up(reason, gave_up);
        let cost = failure.cost();
        Self::new(kind, call, reason, Some(failure.source)).after(&cost)
    }

    pub(crate) fn mismatch(call: Call, reason: String) -> Self {
        Self::new(ErrorKind::TableMismatch, call, reason, None)
    }

    #[cfg(feature = "embedded")]
    pub(crate) fn engine(call: Call, place: &str, error: impl Into<BoxError>) -> Self {
        let reason = format!("the in-process engine does not start {place}");
        Self::new(ErrorKind::Engine, call, reason, Some(error.into()))
    }

    pub(crate) fn sdk(call: Call, table: &str, failure: Failure) -> Self {
        let (kind, reason) = explain(table, &failure);
        let cost = failure.cost();
        let mut error = Self::new(kind, call, reason, Some(failure.source));
        error.0.current = failure.current.map(|item| *item);
        error.0.refused = kind == ErrorKind::ConditionFailed;
        error.after(&cost)
    }

    /// The refused condition was that of an insert.
    pub(crate) fn already_there(self) -> Self {
        self.refused_as(ErrorKind::AlreadyExists, "an item with this key is there already")
    }

    /// The refused condition was that of a replacement.
    pub(crate) fn not_there(self) -> Self {
        self.refused_as(ErrorKind::NotFound, "there is no item with this key")
    }

    /// The refused condition was that on the version.
    pub(crate) fn version_conflict(self) -> Self {
        let reason = match &self.0.current {
            Some(_) => "another write came between: the item does not have the version that was read",
            None => "it was deleted in between: there is no item with the version that was read",
        };
        self.refused_as(ErrorKind::VersionConflict, reason)
    }

    /// The refused condition was that on the version, and it may have been this write that changed it.
    pub(crate) fn perhaps_done(mut self) -> Self {
        self.0.reason =
            "it was sent again after an answer was lost, and the item no longer has the version that was \
                         read: this write may have taken effect, or another"
                .to_owned();
        self
    }

    /// There is no further try.
    pub(crate) fn given_up(mut self, gave_up: GaveUp) -> Self {
        self.0.reason = given_up(std::mem::take(&mut self.0.reason), Some(gave_up));
        self
    }

    /// The same error, of an operation that this was a part of.
    pub(crate) fn called(mut self, call: Call) -> Self {
        self.0.call = call;
        self
    }

    /// The item that is to be changed is not there.
    pub(crate) fn nothing_to_change(call: Call) -> Self {
        Self::new(ErrorKind::NotFound, call, "there is no item with this key", None)
    }

    /// The refused condition was that of the marker of a unique constraint.
    pub(crate) fn taken(mut self, constraint: &str) -> Self {
        if self.0.kind == ErrorKind::ConditionFailed {
            self.0.kind = ErrorKind::Taken;
            self.0.reason = format!("another item has this value of `{constraint}`");
            self.0.constraint = Some(constraint.to_owned());
            self.0.holder = self.0.current.take().and_then(holder);
        }
        self
    }

    /// The marker of a value that is given up is another item's.
    pub(crate) fn not_the_holder(mut self) -> Self {
        if self.0.kind == ErrorKind::ConditionFailed {
            self.0.kind = ErrorKind::Conflict;
            self.0.reason = "another item holds what is unique of this one".to_owned();
            self.0.current = None;
        }
        self
    }

    /// The item was another at each try.
    pub(crate) fn changing(mut self) -> Self {
        self.0.kind = ErrorKind::Conflict;
        self.0.reason =
            "what is unique of this item changed between reading and writing it, at every try".to_owned();
        self.0.refused = false;
        self
    }

    /// The transaction was that of one operation, and is not to be told of.
    pub(crate) fn of_one_operation(mut self) -> Self {
        self.0.actions.clear();
        self
    }

    fn refused_as(mut self, kind: ErrorKind, reason: &str) -> Self {
        if self.0.kind == ErrorKind::ConditionFailed {
            self.0.kind = kind;
            self.0.reason = reason.to_owned();
        }
        self
    }
}

const NOT_HELD: &str = "its condition does not hold";

fn given_up(reason: String, gave_up: Option<GaveUp>) -> String {
    match gave_up {
        Some(gave_up) => format!("{reason}, {gave_up}"),
        None => reason,
    }
}

fn explain(table: &str, failure: &Failure) -> (ErrorKind, String) {
    let said = |what: &str| match &failure.message {
        Some(message) => format!("{what}: {message}"),
        None => what.to_owned(),
    };
    match (failure.stage, failure.code.as_deref()) {
        (_, Some("ResourceNotFoundException")) => (
            ErrorKind::TableNotFound,
            format!(
                "table `{table}`, or an index of it, does not exist; `.create().await` on its handle creates it"
            ),
        ),
        (_, Some("ConditionalCheckFailedException")) => {
            (ErrorKind::ConditionFailed, NOT_HELD.to_owned())
        }
        (_, Some("TransactionConflictException")) => {
            (ErrorKind::Conflict, "a transaction is at work on this item".to_owned())
        }
        (_, Some("TransactionInProgressException")) => {
            (ErrorKind::Conflict, "a transaction with this idempotency token is still at work".to_owned())
        }
        (_, Some("IdempotentParameterMismatchException")) => (
            ErrorKind::IdempotencyMismatch,
            "its idempotency token was used in the last 10 minutes for a transaction with other actions; nothing was \
             written"
                .to_owned(),
        ),
        (
            _,
            Some("ThrottlingException" | "ProvisionedThroughputExceededException" | "RequestLimitExceeded"),
        ) => (ErrorKind::Throttled, said("DynamoDB asks for less traffic")),
        (
            _,
            Some(
                "AccessDeniedException"
                | "UnrecognizedClientException"
                | "ExpiredTokenException"
                | "MissingAuthenticationTokenException"
                | "IncompleteSignatureException",
            ),
        ) => (ErrorKind::AccessDenied, said("the credentials do not allow it")),
        (Stage::Construction, _) => (ErrorKind::InvalidRequest, said("the request cannot be made")),
        (Stage::Timeout, _) => (ErrorKind::Timeout, "no answer in time".to_owned()),
        (Stage::Dispatch, _) => (ErrorKind::Unreachable, "DynamoDB cannot be reached".to_owned()),
        (_, Some(code)) => (ErrorKind::Service, said(&format!("DynamoDB answers {code}"))),
        (_, None) => (ErrorKind::Service, said("the answer is not DynamoDB's")),
    }
}

fn explain_cancelled(reason: &Reason) -> (ErrorKind, String) {
    let (kind, what) = match reason.code.as_str() {
        "TransactionConflict" => {
            return (ErrorKind::Conflict, "another transaction is at work on this item".to_owned());
        }
        "ThrottlingError" | "ProvisionedThroughputExceeded" => {
            (ErrorKind::Throttled, "DynamoDB asks for less traffic".to_owned())
        }
        "AccessDenied" => (ErrorKind::AccessDenied, "the credentials do not allow it".to_owned()),
        code => (ErrorKind::Service, format!("DynamoDB cancels the transaction because of it, by {code}")),
    };
    match &reason.message {
        Some(message) => (kind, format!("{what}: {message}")),
        None => (kind, what),
    }
}

/// `cannot insert `Order` (PK = "CUSTOMER#1", SK = "ORDER#9"): an item with this key is there already`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { call, reason, maintenance, .. } = &*self.0;
        write!(f, "cannot {} `{}`", call.operation, call.entity)?;
        if let Some(key) = &call.key {
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
