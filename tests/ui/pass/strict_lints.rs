//! A public, documented model under every lint that a careful crate denies.

#![deny(
    missing_debug_implementations,
    missing_docs,
    nonstandard_style,
    private_bounds,
    private_interfaces,
    rust_2018_idioms,
    single_use_lifetimes,
    trivial_casts,
    unreachable_pub,
    unsafe_code,
    unused,
    unused_qualifications,
    warnings
)]

/// A shop.
pub mod model {
    use monotable::{Entity, KeyPart, Table};
    use serde::{Deserialize, Serialize};

    /// The table.
    #[derive(Table, Debug)]
    #[table(
        name = "shop",
        index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"),
        index(ByBuyer, pk = [buyer], sk = [line: N]),
        index(ByText, pk = "TEXT", projection = include(note)),
        index(ByDay, local, sk = "LSI1SK")
    )]
    pub enum Shop {
        /// Orders.
        Order(Order),
    }

    /// An order.
    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "{line}#{status}")]
    #[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{placed_at}#{note}"), index(ByBuyer))]
    #[entity(index(ByText, pk = "{note:lower}", query = by_text), index(ByDay, sk = "{placed_at}"))]
    pub struct Order {
        /// Its number.
        pub order_id: OrderId,
        /// Its line.
        pub line: u32,
        /// How far it is.
        pub status: Status,
        /// Who ordered.
        pub buyer: String,
        /// When.
        pub placed_at: String,
        /// Anything else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// How often it was written.
        #[entity(version)]
        pub version: u32,
        /// When it was made.
        #[entity(created_at)]
        pub made_at: u64,
        /// When it was written.
        #[entity(updated_at)]
        pub written_at: u64,
        /// When it goes.
        #[entity(ttl)]
        pub ends_at: Option<u64>,
        /// What is unknown.
        #[entity(null)]
        pub unknown: Option<u8>,
    }

    /// A number.
    #[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
    pub struct OrderId(pub u64);

    /// How far an order is.
    #[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    pub enum Status {
        /// Not paid.
        Open,
        /// Paid.
        Paid,
    }
}

fn main() {
    use model::{Order, OrderId, OrderKey, Status};

    let _ = Order::by_status(Status::Open).placed_at("2026").note_from("a");
    let _ = OrderKey { order_id: OrderId(1), line: 1, status: Status::Paid };
}
