use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    Open,
    Paid(u64),
}

fn main() {}
