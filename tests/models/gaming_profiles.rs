//! AWS's gaming player profiles: six entities in the partition of a player, which has no prefix.
//!
//! One published row is wrong by its own templates: equipment 002 has the sort key
//! `EQUIPMENTS#001EQUIPMENTS#002`. No value gives that key here.

mod patterns;

use monotable::{Entity, ErrorKind, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::published::{Published, key_of};

/// The attributes that no key needs.
type Rest = serde_json::Map<String, serde_json::Value>;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "game-player-profiles", type = "Type")]
enum Profiles {
    Metadata(Metadata),
    Friends(Friends),
    Item(Item),
    Equipment(Equipment),
    Task(Task),
    Activity(Activity),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Profiles, pk = "{player_id}", sk = "#METADATA#{player_id}")]
struct Metadata {
    player_id: String,
    #[serde(rename = "PlayerLevel")]
    level: String,
    #[serde(rename = "PlayerHealth")]
    health: String,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Profiles, pk = "{player_id}", sk = "FRIENDS#{player_id}")]
struct Friends {
    player_id: String,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Profiles, pk = "{player_id}", sk = "ITEMS#{item_id}", query = of_player)]
struct Item {
    player_id: String,
    item_id: String,
    #[serde(rename = "ItemCount")]
    item_count: u32,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Profiles, pk = "{player_id}", sk = "EQUIPMENTS#{equip_id}")]
struct Equipment {
    player_id: String,
    equip_id: String,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Profiles, pk = "{player_id}", sk = "TASK#{task_id}")]
struct Task {
    player_id: String,
    task_id: String,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Profiles, pk = "{player_id}", sk = "ACTIVITY#{activity_id}")]
struct Activity {
    player_id: String,
    activity_id: String,
    #[serde(flatten)]
    rest: Rest,
}

const PLAYER: &str = "player001";

fn metadata(player_id: String) -> Metadata {
    Metadata { player_id, level: "10".into(), health: "80".into(), rest: Rest::new() }
}

fn player_id() -> String {
    PLAYER.to_owned()
}

fn equipment(id: &str) -> Equipment {
    Equipment { player_id: player_id(), equip_id: id.to_owned(), rest: Rest::new() }
}

#[test]
fn keys_are_the_published_ones() {
    let Some(published) = Published::read("aws_gaming_player_profiles") else { return };
    let id = || "001".to_owned();
    let values = ["player_id", "item_id", "equip_id", "task_id", "activity_id"].map(|name| match name {
        "player_id" => (name, PLAYER),
        _ => (name, "001"),
    });
    published.primary("metadata", &values, &metadata(player_id()));
    published.primary("friends", &values, &Friends { player_id: player_id(), rest: Rest::new() });
    published.primary(
        "item",
        &values,
        &Item { player_id: player_id(), item_id: id(), item_count: 5, rest: Rest::new() },
    );
    published.primary("equipment", &values, &equipment("001"));
    published.primary("task", &values, &Task { player_id: player_id(), task_id: id(), rest: Rest::new() });
    published.primary(
        "activity",
        &values,
        &Activity { player_id: player_id(), activity_id: id(), rest: Rest::new() },
    );
    published.is_complete();
}

#[test]
fn rows_are_the_published_ones_but_one() {
    let Some(published) = Published::read("aws_gaming_player_profiles") else { return };
    let mut wrong = Vec::new();
    for row in &published.samples {
        let (partition, sort) = (row["PK"].clone(), row["SK"].clone());
        let (kind, id) = sort.trim_start_matches('#').split_once('#').expect("a kind and an id");
        let (player_id, id) = (partition.clone(), id.to_owned());
        let made = match kind {
            "METADATA" => key_of(&metadata(player_id)),
            "FRIENDS" => key_of(&Friends { player_id, rest: Rest::new() }),
            "ITEMS" => key_of(&Item { player_id, item_id: id, item_count: 1, rest: Rest::new() }),
            "EQUIPMENTS" if id.contains('#') => {
                let refused = equipment(&id).put().explain().expect_err("the id contains the delimiter");
                assert_eq!(refused.kind(), ErrorKind::InvalidKey);
                wrong.push(sort);
                continue;
            }
            "EQUIPMENTS" => key_of(&equipment(&id)),
            "TASK" => key_of(&Task { player_id, task_id: id, rest: Rest::new() }),
            "ACTIVITY" => key_of(&Activity { player_id, activity_id: id, rest: Rest::new() }),
            other => panic!("{other}"),
        };
        assert_eq!(made, (partition, sort));
    }
    assert_eq!(wrong, ["EQUIPMENTS#001EQUIPMENTS#002"]);
}

#[tokio::test]
async fn a_player_is_one_partition() {
    let table = open::<Profiles>().await;
    table.put(&metadata(player_id())).await.expect("a put");
    table.put(&equipment("002")).await.expect("a put");
    let items = ["001", "002"].map(|id| Item {
        player_id: player_id(),
        item_id: id.into(),
        item_count: 5,
        rest: Rest::new(),
    });
    for item in &items {
        table.put(item).await.expect("a put");
    }
    assert_eq!(*table.query(Item::of_player(PLAYER)).await.expect("a query"), items);
    let key = EquipmentKey { player_id: player_id(), equip_id: "002".into() };
    assert_eq!(*table.get(key).await.expect("a get"), Some(equipment("002")));
    let whole = table.item_collection(Item::of_player(PLAYER)).await.expect("a query");
    assert!(matches!(&whole[..], [Profiles::Metadata(_), Profiles::Equipment(_), Profiles::Item(_), _]));
}
