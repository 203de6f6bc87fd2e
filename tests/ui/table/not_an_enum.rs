use monotable::Table;

#[derive(Table)]
#[table(name = "shop")]
struct Shop {
    users: Vec<String>,
}

fn main() {}
