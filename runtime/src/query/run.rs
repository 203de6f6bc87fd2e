//! Running a query: pages to the end, or to the limit.

use std::future::IntoFuture;

use super::request::{KeyCondition, Query, page_limit};
use crate::error::{Call, Error};
use crate::handle::{Handle, Sending};
use crate::index::Index;
use crate::item::{FromItem, Item};
use crate::metered::{Cost, Metered};
use crate::sdk;
use crate::table::Table;

impl<O, I, T> Query<O, I, Handle<T>>
where
    O: FromItem<Table = T> + Send + 'static,
    I: Index,
    T: Table,
{
    /// Every item that matches, page after page, in sort order. The same as awaiting the query.
    ///
    /// # Errors
    ///
    /// Before anything is sent, [`InvalidKey`](crate::ErrorKind::InvalidKey) if a value given cannot stand
    /// in its key. Then what DynamoDB answers, or an item that is not what was asked for:
    /// [`WrongType`](crate::ErrorKind::WrongType), [`MissingAttribute`](crate::ErrorKind::MissingAttribute).
    pub fn all(self) -> Sending<Vec<O>> {
        self.into_future()
    }

    async fn run(self) -> Result<Metered<Vec<O>>, Error> {
        let input = self.input()?;
        let mut cost = Cost::default();
        let mut items = Vec::new();
        let mut start = None;
        let nothing = self.is_empty();
        while !nothing && self.limit.is_none_or(|limit| items.len() < limit) {
            let mut page = input.clone();
            page.exclusive_start_key = start;
            page.limit = self.limit.map(|limit| page_limit(limit - items.len()));
            let answer = sdk::query(self.client.sdk(), page).await;
            let answer =
                answer.map_err(|failure| Error::sdk(self.keyed_call(), self.client.name(), failure))?;
            cost += &answer.cost;
            for item in answer.output.items.unwrap_or_default() {
                items.push(self.read(item)?);
            }
            start = answer.output.last_evaluated_key;
            if start.is_none() {
                break;
            }
        }
        Ok(cost.of(items))
    }

    fn is_empty(&self) -> bool {
        self.limit == Some(0)
            || matches!(&self.condition, Ok(KeyCondition { sort: Some(sort), .. }) if sort.is_empty())
    }

    fn keyed_call(&self) -> Call {
        Call { key: self.describe_key(), ..self.call() }
    }

    fn read(&self, item: Item) -> Result<O, Error> {
        let key = crate::item::describe_key::<T>(&item);
        O::from_item(item).map_err(|error| Error::item(Call { key, ..self.call() }, error))
    }
}

impl<O, I, T> IntoFuture for Query<O, I, Handle<T>>
where
    O: FromItem<Table = T> + Send + 'static,
    I: Index,
    T: Table,
{
    type Output = Result<Metered<Vec<O>>, Error>;
    type IntoFuture = Sending<Vec<O>>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::new(self.run())
    }
}
