//! Tables: the closed world of entities that `#[derive(Table)]` makes of an enum.

use crate::handle::Handle;
use crate::item::FromItem;
use crate::model::{EntityModel, IndexModel};
use crate::proof::{Glance, KeyType, TableKeys};

/// A table: the enum of the entities stored in it.
///
/// `#[derive(Table)]` implements this. The enum is also the type of one item of a query over several
/// entities.
///
/// ```
/// use monotable::{Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table, Debug)]
/// #[table(name = "shop")]
/// enum Shop {
///     Customer(Customer),
/// }
///
/// #[derive(Entity, Serialize, Deserialize, Debug)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
/// struct Customer {
///     customer_id: String,
///     name: String,
/// }
///
/// assert_eq!(Shop::NAME, "shop");
/// assert_eq!(Shop::ENTITIES[0].keys[0].pk.source(), "CUSTOMER#{customer_id}");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "not a table",
    note = "add `#[derive(Table)]` to the enum `{Self}`"
)]
pub trait Table: FromItem<Table = Self> + Sized + Send + 'static {
    /// The table's name in DynamoDB, unless [`Handle::named`] gives another.
    const NAME: &'static str;
    /// The attribute that holds the partition key.
    const PARTITION_KEY: &'static str;
    /// The attribute that holds the sort key, if the table has one.
    const SORT_KEY: Option<&'static str>;
    /// The type of the partition key: text, unless the table says otherwise.
    const PARTITION_KEY_TYPE: KeyType = KeyType::Text;
    /// The type of the sort key: text, unless the table says otherwise.
    const SORT_KEY_TYPE: KeyType = KeyType::Text;
    /// The attribute that holds the type of an item; none in an `untyped` table, where the key tells it.
    const TYPE_ATTRIBUTE: Option<&'static str>;
    /// What separates the parts of a composed key; text parts cannot contain it.
    const DELIMITER: char;
    /// The secondary indexes.
    const INDEXES: &'static [IndexModel];
    /// The entities.
    const ENTITIES: &'static [EntityModel];
    /// What the proofs are about.
    #[doc(hidden)]
    const KEYS: TableKeys;
    /// The same at a glance.
    #[doc(hidden)]
    const GLANCES: &'static [Glance];

    /// A handle to the table through `client`: cheap, and nothing is sent.
    ///
    /// ```no_run
    /// # use monotable::Table;
    /// # fn f<Shop: Table>(client: aws_sdk_dynamodb::Client) {
    /// let shop = Shop::open(client).named("shop-staging");
    /// # }
    /// ```
    ///
    /// # Interceptors
    ///
    /// What the client is configured with holds for every call: signing, retries, timeouts, interceptors. Interceptors
    /// see each request and each answer whole, but no items in the SDK's inputs and outputs, and no large values of
    /// updates: those are written and read as bytes. One that changes them changes the serialised request. A call in
    /// whose input one gave an item attributes is not sent, because the item is not there yet: it fails as
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
    fn open(client: aws_sdk_dynamodb::Client) -> Handle<Self> {
        Handle::new(client)
    }

    /// A new table on an in-process engine, in memory: no server, no network, no account.
    ///
    /// The table is created before this returns. It lives as long as the handle or a clone of it.
    ///
    /// # Errors
    ///
    /// If the engine cannot start, or refuses the table's definition.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Customer(Customer) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
    /// # struct Customer { customer_id: String }
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// let shop = Shop::embedded().await?;
    /// shop.put(&Customer { customer_id: "ada".into() }).await?;
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "embedded")]
    fn embedded() -> impl Future<Output = Result<Handle<Self>, crate::Error>> + Send {
        crate::embedded::open(None)
    }

    /// The table on an in-process engine that keeps its data in the file at `path`.
    ///
    /// The file and the table are created if they are missing; otherwise the data is there again.
    ///
    /// # Errors
    ///
    /// If the path is not Unicode, if the file cannot be opened or is not such a database, or if it holds a
    /// table of this name with other keys.
    #[cfg(feature = "embedded")]
    fn embedded_at(
        path: impl AsRef<std::path::Path> + Send,
    ) -> impl Future<Output = Result<Handle<Self>, crate::Error>> + Send {
        crate::embedded::open(Some(path.as_ref().to_owned()))
    }
}

/// `Self` is an entity of the table `T`: `#[derive(Table)]` implements it for each variant of the enum.
#[diagnostic::on_unimplemented(
    message = "entity `{Self}` is not stored in table `{T}`",
    label = "not an entity of `{T}`",
    note = "add a variant `{Self}({Self})` to the enum `{T}`"
)]
pub trait InTable<T> {
    #[doc(hidden)]
    const HOLDS: () = ();
}

/// The table that the entity `E` names is the table `T` that lists it. `#[derive(Table)]` asks for it, and
/// implements it for its own enum alone.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "entity `{E}` is listed in table `{T}`, but names table `{Self}`",
    label = "an entity of `{Self}`",
    note = "write `#[entity(table = {T}, ..)]` on `{E}`, or remove it from `{T}`"
)]
pub trait SameTable<T, E> {
    const HOLDS: () = ();
}

/// The table of an entity that names none: the derive reported it, and nothing more is to be said.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoTable {}

impl<T, E> SameTable<T, E> for NoTable {}

impl FromItem for NoTable {
    type Table = Self;
    const LABEL: &'static str = "";

    fn from_reader(_: &mut crate::item::ItemReader<'_, '_>) -> Result<Self, crate::item::ItemError> {
        unreachable!("an entity without a table does not compile")
    }
}

impl Table for NoTable {
    const NAME: &'static str = "";
    const PARTITION_KEY: &'static str = "";
    const SORT_KEY: Option<&'static str> = None;
    const TYPE_ATTRIBUTE: Option<&'static str> = None;
    const DELIMITER: char = '#';
    const INDEXES: &'static [IndexModel] = &[];
    const ENTITIES: &'static [EntityModel] = &[];
    const KEYS: TableKeys = TableKeys { name: "", indexes: &[], entities: &[] };
    const GLANCES: &'static [Glance] = &[];
}
