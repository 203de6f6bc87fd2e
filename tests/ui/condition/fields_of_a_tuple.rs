use monotable::Fields;

#[derive(Fields)]
struct Address(String);

fn main() {}
