use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
#[key(rename_all = "lowercase")]
enum Status {
    Open,
    OPEN,
}

fn main() {}
