use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {}

fn main() {}
