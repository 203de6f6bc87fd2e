use monotable::key::{KeyPart, KeyText, Language, PartRule};
use monotable::{Entity, Fields, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
#[entity(index(Gsi1, pk = "{place}", sk = "ORDER"))]
struct Order {
    id: u64,
    place: Place,
}

#[derive(Fields, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct Place {
    city: String,
}

impl KeyPart for Place {
    const LANGUAGE: Language = Language::Verbatim;

    fn encode(&self, key: &mut KeyText) -> Result<(), PartRule> {
        self.city.encode(key)
    }

    fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
        Ok(Self { city: String::decode(text, delimiter)? })
    }
}

fn main() {
    let update = Order::update(OrderKey { id: 1 });
    let _ = update.set(Order::PLACE.at(Place::CITY), "Paris");
}
