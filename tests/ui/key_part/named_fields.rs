use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
struct Place {
    city: String,
}

fn main() {}
