use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    Open,
    #[key(rename = "Open")]
    Reopened,
}

fn main() {}
