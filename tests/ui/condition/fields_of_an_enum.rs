use monotable::Fields;

#[derive(Fields)]
enum Status {
    Open,
    Paid { by: String },
}

fn main() {}
