use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
#[key(rename_all = "snakecase")]
enum Status {
    Open,
}

fn main() {}
