use monotable::{Entity, Table};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Entity)]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE")]
union User {
    id: u64,
}

fn main() {}
