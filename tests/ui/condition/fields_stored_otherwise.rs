use monotable::Fields;
use serde::{Deserialize, Serialize};

#[derive(Fields, Clone, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
struct Address {
    city: String,
}

impl From<String> for Address {
    fn from(city: String) -> Self {
        Self { city }
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.city
    }
}

fn main() {}
