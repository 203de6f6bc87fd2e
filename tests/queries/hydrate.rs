//! Index entries whose items change between the query and the reading of the items.

use monotable::testing::{Calls, Fault};
use monotable::{Entity, Hydrated, Table};
use monotable_tests::{engine, open, proxied};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "hydrate", index(ByTeam, pk = "TPK", sk = "TSK", projection = keys))]
enum Hydrate {
    Player(Player),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Hydrate, pk = "PLAYER#{name}", sk = "PLAYER", index(ByTeam, pk = "TEAM#{team}", sk = "{name}"))]
struct Player {
    name: String,
    team: String,
    goals: u32,
}

fn player(name: &str, team: &str, goals: u32) -> Player {
    Player { name: name.into(), team: team.into(), goals }
}

#[tokio::test]
async fn what_is_gone_is_told_and_what_changed_is_as_it_is_now() {
    let table = open::<Hydrate>().await;
    for name in ["ada", "bob", "cyd"] {
        table.put(&player(name, "red", 0)).await.unwrap();
    }
    let (slow, proxy) = proxied(&table);
    let hold = proxy.hold(Calls::all());
    hold.release(1);
    let reading = tokio::spawn(slow.query_keys(Player::by_team("red")).hydrate());
    while proxy.sent() < 2 {
        tokio::task::yield_now().await;
    }
    // The keys are read, and the items are not.
    table.delete(PlayerKey { name: "bob".into() }).await.unwrap();
    table.put(&player("cyd", "blue", 7)).await.unwrap();
    drop(hold);
    let found = reading.await.unwrap().unwrap();
    assert_eq!(
        *found,
        [
            Hydrated::Found(player("ada", "red", 0)),
            Hydrated::Gone(PlayerKey { name: "bob".into() }),
            Hydrated::Found(player("cyd", "blue", 7)),
        ]
    );
    let units = 0.5 + engine().batch_read_units(3.0 * 1.0);
    assert_eq!((found.cost().calls, found.read_units()), (2, units));
}

#[tokio::test]
async fn what_the_query_cost_is_known_when_the_items_cannot_be_read() {
    let table = open::<Hydrate>().await;
    table.put(&player("ada", "red", 0)).await.unwrap();
    let (refusing, proxy) = proxied(&table);
    proxy.inject(Calls::all().nth(2), Fault::refuse("AccessDeniedException"));
    let error = refusing.query_keys(Player::by_team("red")).hydrate().await.unwrap_err();
    assert_eq!((error.operation(), error.cost().read_units(), error.cost().calls), ("batch_get", 0.5, 2));
}
