use monotable::Table;

#[derive(Table)]
#[table(name = "shop")]
enum Shop<T> {
    User(T),
}

fn main() {}
