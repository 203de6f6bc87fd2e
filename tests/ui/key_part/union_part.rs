use monotable::KeyPart;

#[derive(KeyPart)]
union Place {
    zip: u32,
}

fn main() {}
