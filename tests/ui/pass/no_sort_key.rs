//! A table without a sort key, and its entity without one.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "sessions", pk = "token", type = "kind", delimiter = "|")]
enum Sessions {
    Session(Session),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Sessions, pk = "{id}", type = "session")]
struct Session {
    id: String,
}

fn main() {
    let _ = SessionKey { id: "s1".into() };
    let _ = Session::by_id("s1");
}
