use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
#[key(rename_all = "snake_case")]
struct Id(String);

fn main() {}
