use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Event(Event),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "EVENT#{id}", sk = "EVENT")]
enum Event {
    Created { id: String },
}

fn main() {}
