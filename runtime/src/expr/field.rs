//! Typed fields: the constants that the derives make.

use std::fmt;
use std::marker::PhantomData;

use super::path::{Path, Step};
use super::role::{Element, Plain, Role, StoredByType};
use super::shape::{Holds, List, Map};
use super::store::{Encoded, Store};

/// A field of the entity `E`, or a place inside one, that holds a `T`.
///
/// `#[derive(Entity)]` makes a constant of each stored field: `Order::STATUS` is the field `status`. The derive
/// for structs inside of entities is `#[derive(Fields)]`. `R` says what the field is to the entity's keys.
///
/// Conditions are made of fields: see [`Condition`](crate::Condition). Updates name them: see
/// [`Update`](crate::Update).
///
/// ```
/// use monotable::{Entity, Fields, Table};
/// use serde::{Deserialize, Serialize};
///
/// # #[derive(Table)]
/// # #[table(name = "shop")]
/// # enum Shop { Order(Order) }
/// #[derive(Fields, Serialize, Deserialize)]
/// struct Address { city: String }
///
/// #[derive(Fields, Serialize, Deserialize)]
/// struct Line { sku: String, count: u32 }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
/// struct Order { order_id: u64, billing: Option<Address>, lines: Vec<Line> }
///
/// let in_paris = Order::BILLING.at(Address::CITY).eq("Paris");
/// let many_of_the_first = Order::LINES.index(0).at(Line::COUNT).ge(100);
/// # let _ = in_paris & many_of_the_first;
/// ```
pub struct Field<E, T, R = Plain> {
    pub(crate) path: Path,
    pub(crate) store: Store<T>,
    mark: Mark<(E, T, R)>,
}

/// Whose they are, without being there.
type Mark<T> = PhantomData<fn() -> T>;

impl<E, T, R> Field<E, T, R> {
    /// A field that every item has. Generated code calls it.
    #[doc(hidden)]
    pub const fn required(name: &'static str) -> Self {
        Self { path: Path::attribute(name), store: Store::of(false), mark: PhantomData }
    }

    /// A field whose `None` is not stored. Generated code calls it.
    #[doc(hidden)]
    pub const fn optional(name: &'static str) -> Self {
        Self { path: Path::attribute(name), store: Store::of(true), mark: PhantomData }
    }

    /// With serde's `skip_serializing_if`.
    #[doc(hidden)]
    pub const fn keeping_null(mut self) -> Self {
        self.store.keeps_null = true;
        self
    }

    #[doc(hidden)]
    pub const fn left_out_if(mut self, left_out: fn(&T) -> bool) -> Self {
        self.store.left_out = Some(left_out);
        self
    }

    /// With serde's `serialize_with`.
    #[doc(hidden)]
    pub const fn stored_by(mut self, custom: fn(&T) -> Encoded) -> Self {
        self.store.custom = Some(custom);
        self
    }

    fn inside<U, R2>(path: Path, store: Store<U>) -> Field<E, U, R2> {
        Field { path, store, mark: PhantomData }
    }

    /// A field of the struct that this field holds, or may hold: `Order::BILLING.at(Address::CITY)`.
    ///
    /// Without the struct there is no such field, and no comparison with it holds.
    ///
    /// ```
    /// # use monotable::{Entity, Fields, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Customer(Customer) }
    /// #[derive(Fields, Serialize, Deserialize)]
    /// struct Address { city: String }
    ///
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
    /// # struct Customer { id: String, billing: Address }
    /// let in_paris = Customer::BILLING.at(Address::CITY).eq("Paris");
    /// # let _ = in_paris;
    /// ```
    pub fn at<S, U, R2: Role>(self, field: Field<S, U, R2>) -> Field<E, U, R::Around<R2::Inside>>
    where
        T: Holds<S>,
        R: StoredByType,
    {
        Self::inside(self.path.join(field.path), field.store)
    }

    /// One element of the list that this field holds, or may hold, counted from 0.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Customer(Customer) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
    /// # struct Customer { id: String, emails: Vec<String> }
    /// let has_an_email = Customer::EMAILS.index(0).exists();
    /// # let _ = has_an_email;
    /// ```
    pub fn index<X>(self, index: usize) -> Field<E, X, R::Around<Element>>
    where
        T: List<X>,
        R: StoredByType,
    {
        Self::inside(self.path.then(Step::Index(index)), Store::of(true))
    }

    /// One entry of the map that this field holds, or may hold.
    ///
    /// The key is the text that serde makes of it.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # use std::collections::HashMap;
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product { sku: String, cents: HashMap<String, u64> }
    /// let cheap_in_euro = Product::CENTS.key("EUR").lt(10_00);
    /// # let _ = cheap_in_euro;
    /// ```
    pub fn key<X>(self, key: impl Into<String>) -> Field<E, X, R::Around<Element>>
    where
        T: Map<X>,
        R: StoredByType,
    {
        Self::inside(self.path.then(Step::Key(key.into())), Store::of(true))
    }
}

impl<E, T, R> Clone for Field<E, T, R> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), store: self.store, mark: PhantomData }
    }
}

impl<E, T, R> fmt::Debug for Field<E, T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.path)
    }
}
