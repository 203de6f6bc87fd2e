//! Entities in other modules than their table, with other visibilities, named by path.

#![deny(warnings)]

mod tables {
    use super::entities::{Customer, orders};

    #[derive(monotable::Table)]
    #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
    pub(crate) enum Shop {
        Customer(Customer),
        Order(orders::Order),
    }
}

mod entities {
    use serde::{Deserialize, Serialize};

    #[derive(monotable::Entity, Serialize, Deserialize)]
    #[entity(table = crate::tables::Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
    pub(crate) struct Customer {
        pub(super) id: String,
    }

    pub(crate) mod orders {
        use serde::{Deserialize, Serialize};

        #[derive(monotable::Entity, Serialize, Deserialize)]
        #[entity(table = crate::tables::Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{id}")]
        #[entity(index(crate::tables::Gsi1, pk = "ORDERS", sk = "{id}", query = all))]
        pub(crate) struct Order {
            pub(crate) customer: String,
            pub(crate) id: u64,
        }
    }
}

fn main() {
    use entities::orders::{Order, OrderKey};
    use entities::{Customer, CustomerKey};

    let _ = (tables::Shop::from(Customer { id: "ada".into() }), CustomerKey { id: "ada".into() });
    let _ = (tables::Shop::from(Order { customer: "ada".into(), id: 1 }), OrderKey { customer: "ada".into(), id: 1 });
    let _ = (Customer::by_id("ada"), Order::all().id_from(7u64));
}
