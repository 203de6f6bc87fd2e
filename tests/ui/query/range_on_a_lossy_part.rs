use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "USER")]
#[entity(index(Gsi1, pk = "TEAM#{team}", sk = "{email:lower}"))]
struct User {
    id: String,
    team: String,
    email: String,
}

async fn users(shop: &Handle<Shop>) -> Result<(), monotable::Error> {
    shop.query(User::by_team("red").email("Ada@example.org")).await?;
    shop.query(User::by_team("red").email_from("m")).await?;
    Ok(())
}

fn main() {
    let _ = users;
}
