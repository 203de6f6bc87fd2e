use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    #[key(renam = "OPEN")]
    Open,
}

fn main() {}
