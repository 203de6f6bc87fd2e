use monotable::Table;

#[derive(Table)]
#[table(name = "shop")]
union Shop {
    order: u32,
    customer: u64,
}

fn main() {}
