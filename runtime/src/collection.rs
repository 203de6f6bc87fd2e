//! Item collections as structs: the entities of one partition, each in its member.

use std::collections::HashMap;
use std::fmt;
use std::future::IntoFuture;

use aws_sdk_dynamodb::operation::query::QueryInput;

use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::explain::Explained;
use crate::handle::{Handle, Sending};
use crate::index::{Index, ReadsConsistently};
use crate::item::{ItemError, StoredItem, StoredKey};
use crate::metered::Metered;
use crate::model::EntityModel;
use crate::query::request::Query;
use crate::table::Table;

/// The items of one partition as a struct with `#[derive(Collection)]`, for
/// [`Handle::collection`](crate::Handle::collection).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a collection",
    label = "not a collection",
    note = "add `#[derive(Collection)]` and `#[collection(of = ..)]` to `{Self}`"
)]
pub trait Collection: Sized + Send + 'static {
    /// The entity whose partition it is.
    type Of: Entity;
    /// The index that is read.
    type Index: Index<Table = <Self::Of as Entity>::Table>;
    /// The name of the struct.
    const NAME: &'static str;
    /// The entities of its members.
    const MEMBERS: &'static [EntityModel];

    /// Takes its members out of the items.
    #[doc(hidden)]
    fn assemble(items: &mut Gathered) -> Result<Self, Unfit>;
}

/// What a member of a collection can be: an entity, which has to be there once, `Option` of one, which may be
/// there once, or `Vec` of one, for as many as there are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a collection",
    label = "not an entity",
    note = "a member is an entity, or `Option` or `Vec` of one"
)]
pub trait Member: Sized {
    /// The entity.
    type Entity: Entity;

    #[doc(hidden)]
    fn of(found: Vec<Self::Entity>) -> Result<Self, Count>;
}

/// How many items there were where there has to be one.
#[doc(hidden)]
#[derive(Debug)]
pub struct Count(usize);

#[diagnostic::do_not_recommend]
impl<E: Entity> Member for E {
    type Entity = E;

    fn of(found: Vec<E>) -> Result<Self, Count> {
        Option::of(found)?.ok_or(Count(0))
    }
}

impl<E: Entity> Member for Option<E> {
    type Entity = E;

    fn of(mut found: Vec<E>) -> Result<Self, Count> {
        if found.len() > 1 { Err(Count(found.len())) } else { Ok(found.pop()) }
    }
}

impl<E: Entity> Member for Vec<E> {
    type Entity = E;

    fn of(found: Vec<E>) -> Result<Self, Count> {
        Ok(found)
    }
}

/// What is known of one member.
#[doc(hidden)]
#[derive(Debug)]
pub struct Part<M> {
    model: EntityModel,
    take: fn(&mut Gathered, &'static str) -> Result<M, Unfit>,
}

/// What is known of one member.
#[doc(hidden)]
pub const fn member<M: Member>() -> Part<M> {
    Part { model: <M::Entity as Entity>::MODEL, take: Gathered::take }
}

impl<M> Part<M> {
    /// Its entity.
    pub const fn model(&self) -> EntityModel {
        self.model
    }

    /// Takes it out of the items.
    pub fn take(&self, items: &mut Gathered, name: &'static str) -> Result<M, Unfit> {
        (self.take)(items, name)
    }
}

/// The items of a partition, by their types.
#[doc(hidden)]
#[derive(Debug)]
pub struct Gathered(HashMap<String, Vec<StoredItem>>);

/// Why items do not make a collection.
#[doc(hidden)]
#[derive(Debug)]
pub enum Unfit {
    Item { key: Option<StoredKey>, error: ItemError },
    Count { member: &'static str, entity: &'static str, count: usize },
}

impl Gathered {
    fn of<T: Table>(items: Vec<StoredItem>, skips_unknown: bool) -> Result<Self, Unfit> {
        let mut gathered = HashMap::<String, Vec<StoredItem>>::new();
        for item in items {
            match item.type_in::<T>() {
                Ok(found) => gathered.entry(found).or_default().push(item),
                Err(_) if skips_unknown => {}
                Err(error) => return Err(Unfit::item::<T>(&item, error)),
            }
        }
        Ok(Self(gathered))
    }

    /// The items of a member, in their order.
    fn take<M: Member>(&mut self, member: &'static str) -> Result<M, Unfit> {
        let model = &<M::Entity as Entity>::MODEL;
        let items = self.0.remove(model.type_name).unwrap_or_default();
        let read = |item: StoredItem| {
            item.read::<M::Entity>()
                .map_err(|error| Unfit::item::<<M::Entity as Entity>::Table>(&item, error))
        };
        let found = items.into_iter().map(read).collect::<Result<_, _>>()?;
        M::of(found).map_err(|Count(count)| Unfit::Count { member, entity: model.name, count })
    }

    /// Nothing is dropped unseen.
    fn check_used_up<T: Table>(self, collection: &'static str) -> Result<(), Unfit> {
        let left = self.0.into_iter().min_by(|(a, _), (b, _)| a.cmp(b));
        let Some((found, items)) = left else { return Ok(()) };
        let key = items.first().and_then(StoredKey::of::<T>);
        Err(Unfit::Item { key, error: ItemError::NoMember { collection, found } })
    }
}

/// Reads one partition into a [`Collection`]: one `Query` call for each page, to the end of the partition.
///
/// It comes from [`Handle::collection`](crate::Handle::collection). Cost and cancel safety are those of
/// [`Query`].
///
/// # Errors
///
/// [`NotFound`](crate::ErrorKind::NotFound) or [`NotUnique`](crate::ErrorKind::NotUnique) if a member that is
/// there once is missing or there several times; [`WrongType`](crate::ErrorKind::WrongType) if there are items
/// that no member is for, unless they are [skipped](Self::skip_unknown); otherwise as [`Query::all`].
#[must_use = "a query does nothing until it is awaited"]
pub struct Collect<C: Collection, H> {
    query: Query<StoredItem, C::Index, H>,
    skips_unknown: bool,
}

impl<C: Collection, H> Collect<C, H> {
    pub(crate) fn new(query: Query<StoredItem, C::Index, H>) -> Self {
        Self { query, skips_unknown: false }
    }

    /// Leaves out items that no member is for, and those whose type is not known, instead of failing. They are
    /// read and paid for all the same.
    pub fn skip_unknown(mut self) -> Self {
        self.skips_unknown = true;
        self
    }

    /// Reads what was written before this call, at twice the cost. Not on global indexes.
    pub fn consistent(mut self) -> Self
    where
        C::Index: ReadsConsistently,
    {
        self.query = self.query.consistent();
        self
    }

    /// Takes in items that are past their time too, as long as DynamoDB has not deleted them.
    pub fn including_expired(mut self) -> Self {
        self.query = self.query.including_expired();
        self
    }

    /// In descending order of the sort key: that of the items in `Vec` members.
    pub fn newest_first(mut self) -> Self {
        self.query = self.query.newest_first();
        self
    }
}

impl<C: Collection, T: Table> Collect<C, Handle<T>> {
    /// The request for the first page as it would be sent.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`](crate::ErrorKind::InvalidKey) if a value given cannot stand in its key.
    pub fn explain(&self) -> Result<Explained<QueryInput>, Error> {
        self.query.explain()
    }

    async fn run(self) -> Result<Metered<C>, Error> {
        let call = self.query.call();
        let (items, cost) = self.query.all().await?.into_parts();
        match assemble::<C, T>(items, self.skips_unknown) {
            Ok(collection) => Ok(cost.of(collection)),
            Err(unfit) => Err(unfit.into_error(C::NAME, call).after(&cost)),
        }
    }
}

fn assemble<C: Collection, T: Table>(items: Vec<StoredItem>, skips_unknown: bool) -> Result<C, Unfit> {
    let mut gathered = Gathered::of::<T>(items, skips_unknown)?;
    let collection = C::assemble(&mut gathered)?;
    if !skips_unknown {
        gathered.check_used_up::<T>(C::NAME)?;
    }
    Ok(collection)
}

impl Unfit {
    fn item<T: Table>(item: &StoredItem, error: ItemError) -> Self {
        Self::Item { key: StoredKey::of::<T>(item), error }
    }

    fn into_error(self, collection: &str, call: Call) -> Error {
        match self {
            Self::Item { key, error } => Error::item(Call { key: key.or(call.key), ..call }, error),
            Self::Count { member, entity, count } => {
                let found =
                    if count == 0 { "there is none".to_owned() } else { format!("there are {count}") };
                let reason = format!("`{collection}.{member}` is one `{entity}`, and {found}");
                Error::count(call, count, reason)
            }
        }
    }
}

impl<C: Collection, T: Table> IntoFuture for Collect<C, Handle<T>> {
    type Output = Result<Metered<C>, Error>;
    type IntoFuture = Sending<C>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::new(self.run())
    }
}

impl<C: Collection, H> fmt::Debug for Collect<C, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Collect").field(&C::NAME).field(&self.query).finish()
    }
}
