use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
#[key(renameall = "snake_case")]
enum Status {
    Open,
}

fn main() {}
