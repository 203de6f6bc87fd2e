//! monotable under another name, and behind a module of the user's own: `crate = ".."` says where it is.

#![deny(warnings)]

/// A dependency that is renamed in `Cargo.toml`.
pub mod renamed {
    use db::{Entity, KeyPart, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table)]
    #[table(crate = "db", name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
    pub enum Shop {
        Order(Order),
    }

    #[derive(Entity, Serialize, Deserialize)]
    #[entity(crate = "db", table = Shop, pk = "ORDER#{id}", sk = "{line}#{place}")]
    #[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{place}"))]
    pub struct Order {
        pub id: Id,
        pub line: u32,
        pub place: String,
        pub status: Option<Status>,
    }

    #[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
    #[key(crate = "db")]
    pub struct Id(pub String);

    #[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
    #[key(crate = "db")]
    pub enum Status {
        Open,
    }
}

/// A crate that re-exports the dependency for others.
pub mod reexported {
    pub mod prelude {
        pub use db as storage;
    }

    use self::prelude::storage::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table)]
    #[table(crate = "crate::reexported::prelude::storage", name = "notes", pk = "id")]
    pub enum Notes {
        Note(Note),
    }

    #[derive(Entity, Serialize, Deserialize)]
    #[entity(crate = "crate::reexported::prelude::storage", table = Notes, pk = "{name}")]
    pub struct Note {
        pub name: String,
    }
}

/// Every kind of index, and keys of every type.
pub mod indexes {
    use db::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table)]
    #[table(
        crate = "db",
        name = "parcels",
        untyped,
        pk = "PK",
        sk = [SK: N],
        index(ByCourier, pk = [courier, day], sk = [eta: N]),
        index(ByPlace, pk = "KEYSPK", projection = keys),
        index(ByNote, local, sk = "LSI1SK")
    )]
    pub enum Parcels {
        Parcel(Parcel),
    }

    #[derive(Entity, Serialize, Deserialize)]
    #[entity(crate = "db", table = Parcels, pk = "{place:escape}#{code:04}", sk = "{number}")]
    #[entity(index(ByCourier), index(ByPlace, pk = "{place:lower}#{day}"), index(ByNote, sk = "{note}"))]
    pub struct Parcel {
        pub place: String,
        pub code: u16,
        pub number: u64,
        pub courier: String,
        pub day: String,
        pub eta: u64,
        pub note: Option<String>,
    }

    #[derive(Table)]
    #[table(crate = "db", name = "settings")]
    pub enum Settings {
        Setting(Setting),
    }

    #[derive(Entity, Serialize, Deserialize)]
    #[entity(crate = "db", table = Settings, pk = "SETTINGS", sk = "{name}", singleton, query = all)]
    pub struct Setting {
        pub name: String,
    }
}

#[cfg(test)]
mod tests {
    use db::EntityKey;

    use super::indexes::{Parcel, Setting};
    use super::reexported::Note;
    use super::renamed::{Id, Order, OrderKey, Status};

    #[test]
    fn what_the_derives_write_works_under_another_name() {
        let key = OrderKey { id: Id("o1".into()), line: 1, place: "Oslo".into() };
        assert_eq!(key.partition_key(), Ok("ORDER#o1".into()));
        let _ = Order::by_status(Status::Open).place_in(db::prefix("O"));
        let _ = Note::by_name("first");
        let _ = Parcel::by_courier("ann", "monday").eta_from(9u64);
        let _ = (Parcel::by_place_and_day("oslo", "monday"), Setting::all().name("beta"));
    }
}
