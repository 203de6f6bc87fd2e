//! What the derives write asks nothing of the prelude: the cases of `ui/pass`, and one for each kind of
//! index, where there is none. All names are given in full, so that what is found is what the derives say.

#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, non_camel_case_types)]

mod hostile_names {
    #[derive(::monotable::Table)]
    #[table(no_implicit_prelude, name = "shop", index(Primary, pk = "P"), index(gsi, pk = "LOWPK"))]
    enum Shop {
        Thing(Thing),
        Ok(Other),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Shop, pk = "THING#{key}", sk = "{keys}#{text}#{value}")]
    #[entity(index(Primary, pk = "{item}#{key}", query = by_item))]
    #[entity(index(gsi, pk = "{some_key}#{keys}", query = lower))]
    struct Thing {
        key: ::std::string::String,
        keys: u8,
        text: Kind,
        value: Id,
        item: ::core::option::Option<::std::string::String>,
        some_key: ::core::option::Option<u8>,
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Shop, pk = "OTHER#{key}", sk = "OTHER")]
    #[entity(index(Primary, pk = "OTHER#{keys}"))]
    struct Other {
        key: ::std::string::String,
        keys: ::core::option::Option<::std::string::String>,
        #[entity(version)]
        version: u64,
        #[entity(created_at)]
        created_at: ::core::option::Option<u64>,
        #[entity(updated_at)]
        updated_at: u64,
        #[entity(ttl)]
        ttl: u64,
        #[entity(null)]
        null: ::core::option::Option<u64>,
    }

    #[derive(
        ::monotable::KeyPart,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::core::fmt::Debug,
        ::core::clone::Clone,
        ::core::cmp::PartialEq,
        ::core::cmp::Eq,
        ::core::hash::Hash,
    )]
    enum Kind {
        Ok,
        Err,
    }

    #[derive(
        ::monotable::KeyPart,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::core::fmt::Debug,
        ::core::clone::Clone,
        ::core::cmp::PartialEq,
        ::core::cmp::Eq,
        ::core::hash::Hash,
    )]
    struct Id(::std::string::String);
}

mod no_sort_key {
    #[derive(::monotable::Table)]
    #[table(no_implicit_prelude, name = "sessions", pk = "token", type = "kind", delimiter = "|")]
    enum Sessions {
        Session(Session),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Sessions, pk = "{id}", type = "session")]
    struct Session {
        id: ::std::string::String,
    }
}

mod other_modules {
    mod tables {
        #[derive(::monotable::Table)]
        #[table(no_implicit_prelude, name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
        pub(crate) enum Shop {
            Customer(super::entities::Customer),
            Order(super::entities::orders::Order),
        }
    }

    mod entities {
        #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
        #[entity(no_implicit_prelude, table = super::tables::Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
        pub(crate) struct Customer {
            pub(super) id: ::std::string::String,
        }

        pub(crate) mod orders {
            #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
            #[entity(no_implicit_prelude, table = super::super::tables::Shop)]
            #[entity(pk = "CUSTOMER#{customer}", sk = "ORDER#{id}")]
            #[entity(index(super::super::tables::Gsi1, pk = "ORDERS", sk = "{id}", query = all))]
            pub(crate) struct Order {
                pub(crate) customer: ::std::string::String,
                pub(crate) id: u64,
            }
        }
    }
}

mod raw_identifiers {
    #[derive(::monotable::Table)]
    #[table(no_implicit_prelude, name = "shop", index(r#Gsi, pk = "GSIPK", sk = "GSISK"))]
    enum Shop {
        Item(Item),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Shop, pk = "KIND#{type}", sk = "{use}#{in}")]
    #[entity(index(Gsi, pk = "{move}", sk = "{type}#{ref}", query = r#move))]
    struct Item {
        r#type: ::std::string::String,
        r#use: u16,
        r#in: u8,
        r#move: ::core::option::Option<::std::string::String>,
        r#ref: u8,
    }
}

mod serde_names {
    #[derive(::monotable::Table)]
    #[table(no_implicit_prelude, name = "shop", pk = "pk", sk = "sk", type = "entity_type")]
    enum Shop {
        Order(Order),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[serde(rename_all(serialize = "camelCase", deserialize = "camelCase"))]
    #[entity(no_implicit_prelude, table = Shop, pk = "ORDER#{pk}", sk = "ORDER")]
    struct Order {
        #[serde(rename = "orderNumber")]
        pk: ::std::string::String,
        #[serde(rename(serialize = "sortOrder", deserialize = "sortOrder"))]
        sk: u32,
        entity_type: ::std::string::String,
        #[serde(flatten)]
        rest: ::std::collections::BTreeMap<::std::string::String, ::std::string::String>,
        #[serde(skip)]
        cache: ::core::option::Option<u32>,
    }
}

mod singleton {
    #[derive(::monotable::Table)]
    #[table(no_implicit_prelude, name = "shop")]
    enum Shop {
        Config(Config),
        Flag(Flag),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Shop, pk = "CONFIG", sk = "CONFIG", singleton)]
    struct Config {
        color: ::std::string::String,
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Shop, pk = "FLAGS", sk = "{name}", singleton, query = all)]
    struct Flag {
        name: ::std::string::String,
    }
}

mod strict_lints {
    #[derive(::monotable::Table, ::core::fmt::Debug)]
    #[table(no_implicit_prelude, name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
    pub enum Shop {
        Order(Order),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize, ::core::fmt::Debug)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[entity(no_implicit_prelude, table = Shop, pk = "ORDER#{order_id}", sk = "{line}#{status}")]
    #[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{placed_at}#{note}"))]
    pub struct Order {
        pub order_id: OrderId,
        pub line: u32,
        pub status: Status,
        pub placed_at: ::std::string::String,
        pub note: ::core::option::Option<::std::string::String>,
    }

    #[derive(
        ::monotable::KeyPart,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::core::fmt::Debug,
        ::core::clone::Clone,
        ::core::cmp::PartialEq,
        ::core::cmp::Eq,
        ::core::hash::Hash,
    )]
    pub struct OrderId(pub u64);

    #[derive(
        ::monotable::KeyPart,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::core::fmt::Debug,
        ::core::clone::Clone,
        ::core::cmp::PartialEq,
        ::core::cmp::Eq,
        ::core::hash::Hash,
    )]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    pub enum Status {
        Open,
        Paid,
    }
}

mod values_as_given {
    #[derive(::monotable::Table)]
    #[table(no_implicit_prelude, name = "shop")]
    enum Shop {
        Order(Order),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Shop, pk = "SHOP#{shop}", sk = "{day}#{number}#{city}")]
    struct Order {
        shop: ::std::string::String,
        day: u32,
        number: u64,
        city: ::std::string::String,
    }

    #[test]
    fn queries_and_keys_are_there() {
        let _ = Order::by_shop("main").day(1u32).number(7u64).city_from("Oslo");
        let key = OrderKey {
            shop: ::std::convert::From::from("main"),
            day: 1,
            number: 7,
            city: ::std::convert::From::from("Oslo"),
        };
        ::std::assert_eq!(::std::clone::Clone::clone(&key), key);
    }
}

/// What no case of `ui/pass` has.
mod every_kind_of_index {
    #[derive(::monotable::Table)]
    #[table(
        no_implicit_prelude,
        name = "parcels",
        untyped,
        sk = [SK: N],
        pk = "PK",
        index(Natural, pk = [courier, day], sk = [eta: N]),
        index(Keys, pk = "KEYSPK", projection = keys),
        index(Some, pk = "SOMEPK", projection = include(note)),
        index(Local, local, sk = "LSI1SK")
    )]
    enum Parcels {
        Parcel(Parcel),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Parcels, pk = "{place:escape}#{code:04}", sk = "{number}")]
    #[entity(index(Natural), index(Keys, pk = "{place:lower}#{day}"), index(Some, pk = "{courier:shard(4)}"))]
    #[entity(index(Local, sk = "{note}"))]
    struct Parcel {
        place: ::std::string::String,
        code: u16,
        number: u64,
        courier: ::std::string::String,
        day: ::std::string::String,
        #[serde(serialize_with = "text")]
        eta: u64,
        note: ::core::option::Option<::std::string::String>,
    }

    fn text<S: ::serde::Serializer>(number: &u64, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
        ::serde::Serialize::serialize(number, serializer)
    }
}

/// The derives that need no word of it, because they write no messages of their own.
mod fields_collections_and_projections {
    #[derive(::monotable::Table)]
    #[table(no_implicit_prelude, name = "shop", index(ByCity, pk = "GSI1PK", projection = include(city)))]
    enum Shop {
        Customer(Customer),
        Order(Order),
    }

    #[derive(::monotable::Fields, ::serde::Serialize, ::serde::Deserialize)]
    struct Address {
        street: ::std::string::String,
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
    #[entity(index(ByCity, pk = "{city}"))]
    struct Customer {
        id: ::std::string::String,
        city: ::std::string::String,
        billing: Address,
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize)]
    #[entity(no_implicit_prelude, table = Shop, pk = "CUSTOMER#{id}", sk = "ORDER#{number}")]
    struct Order {
        id: ::std::string::String,
        number: u64,
    }

    #[derive(::monotable::Projection, ::serde::Deserialize)]
    #[projection(entity = Customer, index(ByCity))]
    struct City {
        city: ::std::string::String,
    }

    #[derive(::monotable::Collection)]
    #[collection(of = Customer)]
    struct Everything {
        customer: Customer,
        orders: ::std::vec::Vec<Order>,
    }
}

/// A new case of `ui/pass` belongs here too.
#[test]
fn every_passing_case_is_here() {
    let cases = ::std::fs::read_dir(::std::concat!(::std::env!("CARGO_MANIFEST_DIR"), "/ui/pass"))
        .expect("the cases");
    for case in cases {
        let path = case.expect("a file").path();
        let name = ::std::string::ToString::to_string(&path.file_stem().expect("a name").display());
        let module = ::std::format!("\nmod {name} {{");
        ::std::assert!(::std::include_str!("hygiene.rs").contains(&module), "{name} is missing");
    }
}

/// The derives that make things of entities.
mod made_of_entities {
    #[derive(::monotable::Table, ::core::fmt::Debug)]
    #[table(no_implicit_prelude, name = "shop", index(ByCity, pk = "CPK", projection = include(name)))]
    enum Shop {
        Customer(Customer),
        Order(Order),
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize, ::core::fmt::Debug)]
    #[entity(no_implicit_prelude, table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
    #[entity(index(ByCity, pk = "NAME#{name}"))]
    struct Customer {
        id: ::std::string::String,
        name: ::std::string::String,
        address: Address,
    }

    #[derive(::monotable::Fields, ::serde::Serialize, ::serde::Deserialize, ::core::fmt::Debug)]
    struct Address {
        city: ::std::string::String,
    }

    #[derive(::monotable::Entity, ::serde::Serialize, ::serde::Deserialize, ::core::fmt::Debug)]
    #[entity(no_implicit_prelude, table = Shop, pk = "CUSTOMER#{id}", sk = "ORDER#{number}#{id:shard(4)}")]
    struct Order {
        id: ::std::string::String,
        number: u32,
    }

    #[derive(::monotable::Collection, ::core::fmt::Debug)]
    #[collection(of = Customer)]
    struct Page {
        customer: Customer,
        orders: ::std::vec::Vec<Order>,
    }

    #[derive(::monotable::Projection, ::serde::Deserialize, ::core::fmt::Debug)]
    #[projection(entity = Customer, index(ByCity))]
    struct Name {
        name: ::std::string::String,
    }

    fn ask(shop: ::monotable::Handle<Shop>) {
        let _ = shop.collection::<Page>(Customer::by_id("ada"));
        let _ = shop.projection::<Name>().query(Customer::by_id("ada"));
        let _ = Customer::ADDRESS.at(Address::CITY).eq("Paris");
    }
}
