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

#[cfg(test)]
mod tests {
    use db::EntityKey;

    use super::reexported::Note;
    use super::renamed::{Id, Order, OrderKey, Status};

    #[test]
    fn what_the_derives_write_works_under_another_name() {
        let key = OrderKey { id: Id("o1".into()), line: 1, place: "Oslo".into() };
        assert_eq!(key.partition_key(), Ok("ORDER#o1".into()));
        let _ = Order::by_status(Status::Open).place_in(db::prefix("O"));
        let _ = Note::by_name("first");
    }
}
