use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
#[key(rename = "STATUS")]
enum Status {
    Open,
}

fn main() {}
