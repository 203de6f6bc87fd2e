//! What an update changes, clause by clause.

use serde::Serialize;

use super::{FieldGroup, Together, Update};
use crate::entity::Entity;
use crate::expr::change::{Copied, Longer, Sum, elements};
use crate::expr::field::Field;
use crate::expr::role::{ChangesInPlace, HoldsSet, Removes, Sets, SetsIfAbsent, StoredByType, Stores};
use crate::expr::update::{Action, Sign};
use crate::handle::Binding;
use crate::value::IntoValue;

impl<E: Entity, C: Binding, P> Update<E, C, P> {
    /// The field is `value` from now on: `SET #0 = :0`.
    ///
    /// What a put would leave out of the item is removed: `None`, an empty set, what `skip_serializing_if` says. A
    /// field of the primary key does not compile, because the key of an item never changes.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, paid: bool, note: Option<String> }
    /// let update = Order::update(OrderKey { id: 7 }).set(Order::PAID, true).set(Order::NOTE, None);
    /// assert_eq!(update.explain()?.update_expression(), Some("SET #0 = :0 REMOVE #1"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn set<T, R>(mut self, field: Field<E, T, R>, value: impl IntoValue<T>) -> Self
    where
        R: Sets<E, T> + Stores<T>,
    {
        let value = value.into_value();
        self.clauses.push(field.set(&value));
        R::set(&mut self.clauses.touched, field.path.attribute, value);
        self
    }

    /// The fields are these from now on: several that some index keys are composed of together.
    ///
    /// The derive makes the struct, with the name of the entity and the names of the fields.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
    /// # enum Shop { Product(Product) }
    /// #[derive(Entity, Serialize, Deserialize)]
    /// #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// #[entity(index(Gsi1, pk = "TENANT#{tenant}#STATUS#{status}", sk = "{sku}", query = by_status))]
    /// struct Product { sku: String, tenant: String, status: String }
    ///
    /// let both = ProductTenantStatus { tenant: "acme".into(), status: "sold".into() };
    /// let update = Product::update(ProductKey { sku: "p1".into() }).set_together(both);
    /// assert_eq!(update.explain()?.update_expression(), Some("SET #0 = :0, #1 = :1, #2 = :2"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn set_together(mut self, fields: impl FieldGroup<E>) -> Self {
        fields.set(&mut Together::new(&mut self.clauses));
        self
    }

    /// The field is `value` from now on, unless it is there: `SET #0 = if_not_exists(#0, :0)`.
    ///
    /// `None` changes nothing. A part of a composed index key does not compile: whether the key changes would only
    /// show in DynamoDB.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, note: Option<String> }
    /// let update = Order::update(OrderKey { id: 7 }).set_if_absent(Order::NOTE, "by mail");
    /// assert_eq!(update.explain()?.update_expression(), Some("SET #0 = if_not_exists(#0, :0)"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn set_if_absent<T, R>(mut self, field: Field<E, T, R>, value: impl IntoValue<T>) -> Self
    where
        R: SetsIfAbsent<E> + Stores<T>,
    {
        self.clauses.push_if_any(field.set_if_absent(&value.into_value()));
        self
    }

    /// The field is from now on what another one is: `SET #0 = #1`.
    ///
    /// The other one is what it is before this update. DynamoDB refuses the update if it is not there.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, cents: u64, was: u64 }
    /// let update = Order::update(OrderKey { id: 7 }).set_from(Order::WAS, Order::CENTS).set(Order::CENTS, 5);
    /// assert_eq!(update.explain()?.update_expression(), Some("SET #0 = #1, #1 = :0"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn set_from<T, R, R2>(mut self, field: Field<E, T, R>, other: Field<E, T, R2>) -> Self
    where
        R: ChangesInPlace<E, Copied>,
        R2: StoredByType,
    {
        self.clauses.push(field.copy(&other));
        self
    }

    /// The number is larger by `amount` from now on: `ADD #0 :0`.
    ///
    /// What is not there counts as 0. The sum is DynamoDB's, which knows nothing of Rust's types: where an item could
    /// not be read with it, say so with [`when`](Self::when). Inside of another attribute DynamoDB has no `ADD`, and
    /// it is `SET #0.#1 = if_not_exists(#0.#1, :0) + :1`, which does the same.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product { sku: String, sold: u64 }
    /// let update = Product::update(ProductKey { sku: "p1".into() }).add(Product::SOLD, 2);
    /// assert_eq!(update.explain()?.update_expression(), Some("ADD #0 :0"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn add<T, R, N>(mut self, field: Field<E, T, R>, amount: N) -> Self
    where
        N: Serialize,
        R: ChangesInPlace<E, Sum<T, N>>,
    {
        self.clauses.push(field.add(&amount, Sign::Plus));
        self
    }

    /// The number is smaller by `amount` from now on: [`add`](Self::add) with the opposite sign.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product { sku: String, stock: u64 }
    /// # async fn take(shop: Handle<Shop>, key: ProductKey) -> Result<(), monotable::Error> {
    /// // Without the condition an unsigned field could fall below 0, and the item could not be read any more.
    /// shop.update(key).sub(Product::STOCK, 2).when(Product::STOCK.ge(2)).await?;
    /// # Ok(()) }
    /// ```
    pub fn sub<T, R, N>(mut self, field: Field<E, T, R>, amount: N) -> Self
    where
        N: Serialize,
        R: ChangesInPlace<E, Sum<T, N>>,
    {
        self.clauses.push(field.add(&amount, Sign::Minus));
        self
    }

    /// The list has these elements at its end too: `SET #0 = list_append(if_not_exists(#0, :0), :1)`.
    ///
    /// What is not there counts as an empty list.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, events: Vec<String> }
    /// # async fn ship(shop: Handle<Shop>) -> Result<(), monotable::Error> {
    /// shop.update(OrderKey { id: 7 }).append(Order::EVENTS, ["packed", "shipped"]).await?;
    /// # Ok(()) }
    /// ```
    pub fn append<T, R, X, V>(self, field: Field<E, T, R>, values: impl IntoIterator<Item = V>) -> Self
    where
        V: IntoValue<X>,
        X: Serialize,
        R: ChangesInPlace<E, Longer<T, X>>,
    {
        self.grow(field, values, Action::Append)
    }

    /// The list has these elements at its beginning too: `SET #0 = list_append(:1, if_not_exists(#0, :0))`.
    ///
    /// What is not there counts as an empty list.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, latest: Vec<String> }
    /// # async fn ship(shop: Handle<Shop>) -> Result<(), monotable::Error> {
    /// shop.update(OrderKey { id: 7 }).prepend(Order::LATEST, ["shipped"]).await?;
    /// # Ok(()) }
    /// ```
    pub fn prepend<T, R, X, V>(self, field: Field<E, T, R>, values: impl IntoIterator<Item = V>) -> Self
    where
        V: IntoValue<X>,
        X: Serialize,
        R: ChangesInPlace<E, Longer<T, X>>,
    {
        self.grow(field, values, Action::Prepend)
    }

    fn grow<T, R, X: Serialize, V: IntoValue<X>>(
        mut self,
        field: Field<E, T, R>,
        values: impl IntoIterator<Item = V>,
        action: fn(aws_sdk_dynamodb::types::AttributeValue) -> Action,
    ) -> Self {
        self.clauses.push(field.grow(&elements(values), action));
        self
    }

    /// The field is not there from now on: `REMOVE #0`.
    ///
    /// It is an `Option`, an element of a list, or an entry of a map. With a part of an index key the half of that key
    /// goes too, and with it the item from the index. The elements behind a removed one move up.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, note: Option<String>, events: Vec<String> }
    /// let update = Order::update(OrderKey { id: 7 }).remove(Order::NOTE).remove(Order::EVENTS.index(0));
    /// assert_eq!(update.explain()?.update_expression(), Some("REMOVE #0, #1[0]"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn remove<T, R: Removes<E, T>>(mut self, field: Field<E, T, R>) -> Self {
        self.clauses.push(field.remove());
        R::remove(&mut self.clauses.touched, field.path.attribute);
        self
    }

    /// The set has these elements too: `ADD #0 :0`.
    ///
    /// What is not there counts as an empty set. No elements are an error. It is for attributes, and not for sets
    /// inside of them, which DynamoDB changes as a whole only.
    ///
    /// ```
    /// # use std::collections::HashSet;
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// #[derive(Entity, Serialize, Deserialize)]
    /// #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// struct Product {
    ///     sku: String,
    ///     #[serde(default, with = "serde_dynamo::string_set")]
    ///     tags: HashSet<String>,
    /// }
    ///
    /// let update = Product::update(ProductKey { sku: "p1".into() }).insert_into_set(Product::TAGS, ["new"]);
    /// assert_eq!(update.explain()?.update_expression(), Some("ADD #0 :0"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn insert_into_set<T, R, X, V>(
        mut self,
        field: Field<E, T, R>,
        values: impl IntoIterator<Item = V>,
    ) -> Self
    where
        V: IntoValue<X>,
        R: HoldsSet<E, T, X>,
    {
        self.clauses.push(field.elements(elements(values), Action::Add));
        self
    }

    /// The set does not have these elements from now on: `DELETE #0 :0`.
    ///
    /// Taking the last element removes the attribute, because DynamoDB stores no empty set: give the field
    /// `#[serde(default)]`, or make it an `Option`.
    ///
    /// ```
    /// # use std::collections::HashSet;
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product {
    /// #     sku: String,
    /// #     #[serde(default, with = "serde_dynamo::string_set")]
    /// #     tags: HashSet<String>,
    /// # }
    /// let update = Product::update(ProductKey { sku: "p1".into() }).remove_from_set(Product::TAGS, ["new"]);
    /// assert_eq!(update.explain()?.update_expression(), Some("DELETE #0 :0"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn remove_from_set<T, R, X, V>(
        mut self,
        field: Field<E, T, R>,
        values: impl IntoIterator<Item = V>,
    ) -> Self
    where
        V: IntoValue<X>,
        R: HoldsSet<E, T, X>,
    {
        self.clauses.push(field.elements(elements(values), Action::Delete));
        self
    }
}
