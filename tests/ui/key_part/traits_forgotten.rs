use monotable::KeyPart;

#[derive(KeyPart)]
struct Id(String);

fn main() {}
