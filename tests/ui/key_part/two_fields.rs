use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
struct Place(String, u32);

fn main() {}
