use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    #[key(rename = "")]
    Open,
}

fn main() {}
