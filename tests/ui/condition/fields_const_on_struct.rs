use monotable::Fields;

#[derive(Fields)]
#[fields(const = CITY)]
struct Address {
    #[fields(crate = "monotable")]
    city: String,
}

fn main() {}
