//! The derives of [monotable](https://docs.rs/monotable): single-table DynamoDB for Rust.
//!
//! Use them from the crate `monotable`, which re-exports them and holds what they expand to.
//!
//! The modules are the flow: [`attr`](self) reads attributes into slots, `model` gives them meaning,
//! `check` applies the rules across parts, `expand` writes tokens. Errors are collected in one `Diag`.

mod attr;
mod case;
mod check;
mod diag;
mod expand;
mod idents;
mod model;
mod names;
mod suggest;
mod template;
mod types;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::diag::Diag;

/// Makes an enum the table of the entities that its variants hold.
///
/// # Attributes of the enum: `#[table(..)]`
///
/// | attribute | form | default | what it says |
/// |---|---|---|---|
/// | `name` | `name = "shop"` | required | the table's name in DynamoDB |
/// | `pk` | `pk = "PK"`, `pk = [PK: N]` | `"PK"` | the attribute of the partition key |
/// | `sk` | `sk = "SK"`, `sk = [SK: N]` | `"SK"`; no sort key if `pk` alone is given | the attribute of the sort key |
/// | `type` | `type = "EntityType"` | `"_type"` | the attribute that holds an item's type |
/// | `untyped` | `untyped` | | no attribute holds the type: the templates of the keys tell it, which are proved to differ |
/// | `no_implicit_prelude` | `no_implicit_prelude` | | see below |
/// | `delimiter` | `delimiter = "\|"` | `"#"` | what separates the parts of a key; text parts cannot contain it |
/// | `index` | `index(Gsi1, name = "gsi1", pk = "GSI1PK", sk = "GSI1SK")` | none | a global secondary index; `name` is `"Gsi1"` unless given |
/// | `crate` | `crate = "path"` | `"::monotable"` | where the runtime crate is |
///
/// `no_implicit_prelude` is for modules under `#![no_implicit_prelude]`, where rustc resolves no
/// `#[diagnostic::..]`: what it says of mistakes is then its own. The same word is for entities there.
///
/// A key attribute in brackets has a DynamoDB type: `S` (text, the default), `N` (a number) or `B` (binary).
/// Its name is an identifier or a string. A template for a number or for bytes is one `{field}`, of an
/// integer type or of `Vec<u8>`.
///
/// # Kinds of indexes
///
/// | kind | form | its keys |
/// |---|---|---|
/// | overloaded | `index(Gsi1, pk = "GSI1PK", sk = "GSI1SK")`, `sk = [GSI1SK: N]` | attributes of its own, which entities fill by templates |
/// | inverted | `index(Inverted, pk = "SK", sk = "PK")` | the table's own, in another order; one of them can stand beside an attribute of the index's own |
/// | natural | `index(ByCourier, pk = [courier_id, day], sk = [eta: N])`: all in brackets | attributes that entities store anyway, up to four for each half; DynamoDB composes the key |
/// | local | `index(ByDate, local, sk = "LSI1SK")` | the table's partition key, and a sort key of its own; it can be read consistently |
///
/// | attribute of an index | form | default | what it says |
/// |---|---|---|---|
/// | `name` | `name = "gsi1"` | the index's name here | its name in DynamoDB |
/// | `local` | `local` | | the index is local |
/// | `templates` | `templates, pk = [GSI1PK: N]` | | templates fill it, although its key is all in brackets |
/// | `projection` | `projection = keys`, `projection = include(name, total)` | `all` | what it stores of each item; whole entities are read from `all` only |
///
/// The attributes of a natural index belong to the whole table: an entity that stores one of them has to
/// store it with the declared type, which is proved where the table is declared.
///
/// It implements `monotable::Table`, `From<Entity>` for each variant, and makes a unit struct of each
/// index, by which entities join it.
///
/// ```
/// use monotable::{Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table)]
/// #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
/// enum Shop {
///     Customer(Customer),
/// }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
/// #[entity(index(Gsi1, pk = "EMAIL#{email}", sk = "CUSTOMER"))]
/// struct Customer {
///     customer_id: String,
///     email: Option<String>,
/// }
/// ```
///
/// Tables that other programs fill often have no type attribute. `untyped` says so, and then an item is of
/// the entity whose templates its key matches: no two entities' do.
///
/// ```
/// use monotable::{Entity, FromItem, Item, Table};
/// use monotable::aws_sdk_dynamodb::types::AttributeValue;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table)]
/// #[table(name = "legacy", untyped)]
/// enum Legacy {
///     User(User),
///     Login(Login),
/// }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Legacy, pk = "USER#{name}", sk = "PROFILE")]
/// struct User {
///     name: String,
/// }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Legacy, pk = "USER#{name}", sk = "LOGIN#{number:plain}")]
/// struct Login {
///     name: String,
///     number: u32,
/// }
///
/// let stored = [("PK", "USER#ada"), ("SK", "PROFILE"), ("name", "ada")];
/// let item: Item = stored.map(|(name, text)| (name.into(), AttributeValue::S(text.into()))).into();
/// assert!(matches!(Legacy::from_item(item)?, Legacy::User(user) if user.name == "ada"));
/// # Ok::<(), monotable::ItemError>(())
/// ```
#[proc_macro_derive(Table, attributes(table))]
pub fn derive_table(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    table(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct an entity of a table: its keys, its key struct and its queries.
///
/// # Attributes of the struct: `#[entity(..)]`, once or several times
///
/// | attribute | form | default | what it says |
/// |---|---|---|---|
/// | `table` | `table = Shop` | required | the enum that lists the entity |
/// | `pk` | `pk = "CUSTOMER#{customer_id}"` | required | the template of the partition key |
/// | `sk` | `sk = "ORDER#{order_id}"` | required if the table has one | the template of the sort key |
/// | `query` | `query = by_customer` | `by_` and the fields of `pk` | the function that begins a query by this key |
/// | `index` | `index(Gsi1, pk = "..", sk = "..", query = by_status)` | none | the key in an overloaded index of the table |
/// | | `index(ByDate, sk = "..")` | | the key in a local index: the partition key is the table's |
/// | | `index(Inverted)` | | an index over the table's own key: the templates are those of `pk` and `sk` |
/// | | `index(ByCourier)` | | a natural index: its fields are found by the names that serde stores them under |
/// | `type` | `type = "order"` | the struct's name | what the table's type attribute holds, and errors call it |
/// | `singleton` | `singleton` | | a partition key without fields is intended |
/// | `unique` | `unique(email)`, `unique(tenant, slug)` | | no two items have the same values of these fields: kept by further items in the same transaction |
/// | `no_implicit_prelude` | `no_implicit_prelude` | | the module is under `#![no_implicit_prelude]`, where rustc resolves no `#[diagnostic::..]`: what it says of mistakes is then its own |
/// | `crate` | `crate = "path"` | `"::monotable"` | where the runtime crate is |
///
/// # Attributes of a field: `#[entity(..)]`
///
/// | attribute | what it says |
/// |---|---|
/// | `const = TOTAL` | the name of the field's constant, which conditions and updates are made of: `STATUS` for the field `status`, unless given |
/// | `version` | an integer: each write checks it and adds one. 0 is of what is not stored yet |
/// | `created_at` | an instant, or seconds since 1970: the write that makes the item sets it |
/// | `updated_at` | the same: every write sets it |
/// | `ttl` | seconds since 1970: DynamoDB deletes the item afterwards, and until it does, reads leave the item out |
/// | `null` | `None` is stored as NULL, and not left out |
///
/// Each of `version`, `created_at`, `updated_at` and `ttl` is of one field. The constants have the field's visibility;
/// fields that serde skips or flattens have none.
///
/// A template is literal text and `{field}`; `{{` and `}}` are braces. It names a field once; a partition key may
/// have what `lower`, `upper`, `date` and `shard` compute of a field beside the field. The attributes of the item are
/// serde's, names included. An `Option` field in an index key leaves items without it out of the index.
///
/// A field may be stored under the name of a key attribute if the template is that field alone, and serde
/// stores what the key holds: text, or a number where the attribute is one.
///
/// For `struct Order` it makes `OrderKey`, a plain struct of the fields of the primary key, and for each
/// key a function such as `Order::by_status(status)` that returns the steps of a query. Both have a way
/// back from what is stored: `OrderKey::parse("CUSTOMER#ada", "ORDER#00000000000000000007")` gives the key,
/// and `Order::by_status_parts("STATUS#Open", "2026-06-21")` the fields of the key in that index, in the
/// order they are named; where the index has a field only as `lower`, `upper`, `date` or `shard` write
/// it, it gives their text.
///
/// ```
/// use monotable::{Entity, KeyPart, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table)]
/// #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
/// enum Shop {
///     Order(Order),
/// }
///
/// #[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
/// enum Status {
///     Open,
///     Paid,
/// }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
/// #[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{placed_on}", query = by_status))]
/// struct Order {
///     customer_id: String,
///     order_id: u64,
///     status: Status,
///     placed_on: String,
/// }
///
/// let key = OrderKey { customer_id: "ada".into(), order_id: 7 };
/// let open_in_june = Order::by_status(Status::Open).placed_on_in("2026-06-01".."2026-07-01");
/// # let _ = open_in_june;
///
/// assert_eq!(OrderKey::parse("CUSTOMER#ada", "ORDER#00000000000000000007").as_ref(), Ok(&key));
/// assert_eq!(
///     Order::by_status_parts("STATUS#Open", "2026-06-21"),
///     Ok((Status::Open, "2026-06-21".to_owned())),
/// );
/// ```
#[proc_macro_derive(Entity, attributes(entity))]
pub fn derive_entity(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    entity(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a newtype, or an enum of unit variants, a part of keys.
///
/// A newtype has the text of what it wraps. A variant has its name, as serde stores it: `#[serde(rename)]`
/// and `#[serde(rename_all)]` hold for keys too, so that the attribute and the key agree.
///
/// # Attributes: `#[key(..)]`
///
/// | attribute | on | form | what it says |
/// |---|---|---|---|
/// | `rename_all` | an enum | `rename_all = "SCREAMING_SNAKE_CASE"` | the case of the key texts, instead of serde's |
/// | `rename` | a variant | `rename = "OPEN"` | the key text of this variant |
/// | `crate` | the type | `crate = "path"` | where the runtime crate is |
///
/// ```
/// use monotable::{KeyPart, KeyText};
///
/// #[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
/// struct CustomerId(String);
///
/// #[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
/// #[key(rename_all = "kebab-case")]
/// enum Status {
///     Open,
///     PartlyPaid,
/// }
///
/// let mut text = KeyText::new('#', 16);
/// Status::PartlyPaid.encode(&mut text)?;
/// assert_eq!(text.finish(), "partly-paid");
/// # Ok::<(), monotable::PartRule>(())
/// ```
#[proc_macro_derive(KeyPart, attributes(key))]
pub fn derive_key_part(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    key_part(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct a projection: some attributes of an entity, to be read instead of the whole item.
///
/// Its fields are named as serde stores those of the entity, `#[serde(rename)]` and the like included, and
/// `serde::Deserialize` reads them. It does not compile if the entity has no such attribute, if a field that is
/// required may be missing in the entity, or if an index it is to be read from does not store it.
///
/// # Attributes: `#[projection(..)]`
///
/// | attribute | form | what it says |
/// |---|---|---|
/// | `entity` | `entity = Order` | the entity that it is a projection of: required |
/// | `index` | `index(ByStatus, ByCourier)` | indexes with `projection = keys` or `include(..)` that it is read from |
/// | `crate` | `crate = "path"` | where the runtime crate is |
///
/// The table itself and indexes with `projection = all` store every attribute, and need not be named.
///
/// ```
/// use monotable::{Entity, Projection, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table, Debug)]
/// #[table(name = "shop", index(ByStatus, pk = "GSI1PK", sk = "GSI1SK", projection = include(total_cents)))]
/// enum Shop {
///     Order(Order),
/// }
///
/// #[derive(Entity, Serialize, Deserialize, Debug)]
/// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
/// #[entity(index(ByStatus, pk = "STATUS#{status}", sk = "{order_id}"))]
/// struct Order {
///     order_id: String,
///     status: String,
///     total_cents: u64,
///     note: String,
/// }
///
/// #[derive(Projection, Deserialize, Debug)]
/// #[projection(entity = Order, index(ByStatus))]
/// struct Total {
///     total_cents: u64,
/// }
///
/// # async fn totals(shop: monotable::Handle<Shop>) -> Result<(), monotable::Error> {
/// let totals = shop.projection::<Total>().query(Order::by_status("open")).await?;
/// # Ok(()) }
/// ```
#[proc_macro_derive(Projection, attributes(projection))]
pub fn derive_projection(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    projection(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct a collection: the items of one partition, each in the member for its entity.
///
/// Its fields are entities, each there once, `Option`s of them, there once or not at all, and `Vec`s of them. It
/// does not compile if one of them can never be in the partition, as the templates of the partition keys prove.
///
/// # Attributes: `#[collection(..)]`
///
/// | attribute | form | default | what it says |
/// |---|---|---|---|
/// | `of` | `of = Customer` | required | the entity whose partition key is queried |
/// | `index` | `index = Gsi1` | the table itself | the index that is read |
/// | `crate` | `crate = "path"` | `"::monotable"` | where the runtime crate is |
///
/// ```
/// use monotable::{Collection, Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table, Debug)]
/// #[table(name = "shop")]
/// enum Shop {
///     Customer(Customer),
///     Order(Order),
/// }
///
/// #[derive(Entity, Serialize, Deserialize, Debug)]
/// #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
/// struct Customer {
///     id: String,
/// }
///
/// #[derive(Entity, Serialize, Deserialize, Debug)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number}")]
/// struct Order {
///     customer_id: String,
///     number: u32,
/// }
///
/// #[derive(Collection, Debug)]
/// #[collection(of = Customer)]
/// struct CustomerPage {
///     customer: Customer,
///     orders: Vec<Order>,
/// }
///
/// # async fn page(shop: monotable::Handle<Shop>) -> Result<(), monotable::Error> {
/// let page = shop.collection::<CustomerPage>(Customer::by_id("ada")).await?;
/// # Ok(()) }
/// ```
#[proc_macro_derive(Collection, attributes(collection))]
pub fn derive_collection(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    collection(&parse_macro_input!(input as DeriveInput)).into()
}

/// Names the fields of a struct that entities hold, for conditions on them.
///
/// `Address::CITY` is the field `city`, and `Customer::BILLING.at(Address::CITY)` is that field inside of the
/// field `billing` of an entity. Entities have such constants without it.
///
/// A constant has the name of the field in capitals, and the field's visibility. The stored names are serde's.
/// Fields that serde skips or flattens have no constant, because no attribute has their name.
///
/// # Attributes: `#[fields(..)]`
///
/// | attribute | on | form | what it says |
/// |---|---|---|---|
/// | `const` | a field | `const = TOWN` | the name of its constant |
/// | `crate` | the struct | `crate = "path"` | where the runtime crate is |
///
/// ```
/// use monotable::{Entity, Fields, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Fields, Serialize, Deserialize)]
/// #[serde(rename_all = "camelCase")]
/// struct Address {
///     street: String,
///     zip_code: Option<String>,
/// }
///
/// #[derive(Table)]
/// #[table(name = "shop")]
/// enum Shop {
///     Customer(Customer),
/// }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
/// struct Customer {
///     customer_id: String,
///     billing: Address,
/// }
///
/// let berlin = Customer::BILLING.at(Address::ZIP_CODE).begins_with("10");
/// let customer = CustomerKey { customer_id: "ada".into() };
/// # let _ = (berlin, customer);
/// ```
#[proc_macro_derive(Fields, attributes(fields))]
pub fn derive_fields(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    fields(&parse_macro_input!(input as DeriveInput)).into()
}

/// What the macro of an index calls with an entity that joins it by its fields.
#[doc(hidden)]
#[proc_macro]
pub fn __natural_index(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    natural_index(&parse_macro_input!(input as model::natural::Join)).into()
}

fn natural_index(join: &model::natural::Join) -> TokenStream {
    // The derive of the entity has reported what is wrong with it.
    let again = Diag::new();
    let entity = model::entity::Entity::from_syn(&again, &join.entity);
    again.finish();
    let diag = Diag::new();
    let expansion = entity.as_ref().and_then(|entity| {
        if let Some(index) = join.key_of_table(entity) {
            check::entity::check_steps(&diag, entity, &index.key);
            return Some(expand::of_table::expand(entity, &index, join.sound && diag.is_clean()));
        }
        let key = model::natural::NaturalKey::resolve(&diag, entity, join)?;
        Some(expand::natural::expand(entity, &key, join.sound && diag.is_clean()))
    });
    let bare = entity.is_some_and(|entity| entity.no_implicit_prelude);
    let expansion = expansion.map(|expansion| resolvable(expansion, bare));
    let errors = diag.finish();
    // What is missing may be the consequence of an error that is reported.
    let errors = join.sound.then_some(errors);
    quote::quote! { #errors #expansion }
}

/// The expansion, for a module that may be without a prelude.
fn resolvable(expansion: TokenStream, no_implicit_prelude: bool) -> TokenStream {
    match no_implicit_prelude {
        true => expand::without_diagnostics(expansion),
        false => expansion,
    }
}

fn entity(input: &DeriveInput) -> TokenStream {
    let diag = Diag::new();
    let model = model::entity::Entity::from_syn(&diag, input);
    if let Some(model) = &model {
        check::entity::check(&diag, model);
    }
    let clean = diag.is_clean();
    let expansion = match &model {
        Some(model) if clean => expand::entity::expand(model),
        model => expand::fallback::entity(input, model.as_ref()),
    };
    let expansion = resolvable(expansion, model.is_some_and(|model| model.no_implicit_prelude));
    let errors = diag.finish();
    quote::quote! { #errors #expansion }
}

fn fields(input: &DeriveInput) -> TokenStream {
    let diag = Diag::new();
    let model = model::field::Struct::from_syn(&diag, input);
    if let Some(model) = &model {
        check::field::check_constants(&diag, &model.fields, attr::serde::Asker::Fields);
    }
    // After an error too: what names the other fields need not fail.
    let expansion = model.as_ref().map(expand::fields::expand);
    let errors = diag.finish();
    quote::quote! { #errors #expansion }
}

fn table(input: &DeriveInput) -> TokenStream {
    let diag = Diag::new();
    let model = model::table::Table::from_syn(&diag, input);
    if let Some(model) = &model {
        check::table::check(&diag, model);
    }
    let expansion = match &model {
        Some(model) if diag.is_clean() => Some(expand::table::expand(model)),
        model => model.as_ref().map(expand::fallback::table),
    };
    let bare = model.is_some_and(|model| model.no_implicit_prelude);
    let expansion = expansion.map(|expansion| resolvable(expansion, bare));
    let errors = diag.finish();
    quote::quote! { #errors #expansion }
}

fn key_part(input: &DeriveInput) -> TokenStream {
    let diag = Diag::new();
    let model = model::key_part::KeyPart::from_syn(&diag, input);
    let expansion = match &model {
        Some(model) if diag.is_clean() => expand::key_part::expand(model),
        _ => expand::fallback::key_part(input),
    };
    let errors = diag.finish();
    quote::quote! { #errors #expansion }
}

fn collection(input: &DeriveInput) -> TokenStream {
    let diag = Diag::new();
    let model = model::collection::Collection::from_syn(&diag, input);
    let expansion = match &model {
        Some(model) if diag.is_clean() => Some(expand::collection::expand(model)),
        model => model.as_ref().map(expand::collection::fallback),
    };
    let errors = diag.finish();
    quote::quote! { #errors #expansion }
}

fn projection(input: &DeriveInput) -> TokenStream {
    let diag = Diag::new();
    let model = model::projection::Projection::from_syn(&diag, input);
    let expansion = match &model {
        Some(model) if diag.is_clean() => expand::projection::expand(model),
        _ => expand::fallback::projection(input),
    };
    let errors = diag.finish();
    quote::quote! { #errors #expansion }
}

#[cfg(test)]
mod tests;
