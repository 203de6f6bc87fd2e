use monotable::Table;

#[derive(Table)]
#[table(name = "shop")]
enum Shop {}

fn main() {}
