use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    #[key(rename_all = "snake_case")]
    Open,
}

fn main() {}
