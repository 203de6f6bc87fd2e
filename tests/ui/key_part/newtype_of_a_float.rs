use monotable::KeyPart;

#[derive(KeyPart, Debug, Clone)]
struct Score(f64);

fn main() {}
