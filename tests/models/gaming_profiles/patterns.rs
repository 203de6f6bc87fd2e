//! The six patterns, with the published rows as their templates mean them: counts are numbers, maps
//! are not wrapped twice, and equipment 002 has the key of equipment 002.

use monotable_tests::open;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::*;
use crate::patterns::{Patterns, put_all, ran};
use crate::prices::stored_as;
use crate::published::json;

stored_as!(Profiles: Metadata, Friends, Item, Equipment, Task, Activity);

/// The published rows of one type, whose id goes by this name.
fn published<E: DeserializeOwned>(kind: &str, id: &str) -> Option<Vec<E>> {
    let file = json("GamePlayerProfilesSchema.json")?;
    let facets = file["DataModel"][0]["TableFacets"].as_array().expect("facets").iter();
    let rows = facets.flat_map(|facet| facet["TableData"].as_array().expect("rows"));
    let rows = rows.filter(|row| row["Type"]["S"] == kind);
    Some(rows.map(|row| serde_json::from_value(entity(row, id)).expect(kind)).collect())
}

fn entity(row: &Value, id: &str) -> Value {
    let mut fields = plain(&Value::from_iter([("M", row.clone())]));
    let [player, sort, _] = ["PK", "SK", "Type"].map(|name| fields[name].take());
    let sort = sort.as_str().expect("a sort key");
    fields["player_id"] = player;
    fields[id] = sort.rsplit('#').next().into();
    if let Some(count) = fields["ItemCount"].as_str() {
        fields["ItemCount"] = count.parse::<u32>().expect("a number").into();
    }
    let fields = fields.as_object_mut().expect("fields");
    fields.retain(|_, value| !value.is_null());
    Value::Object(fields.clone())
}

/// DynamoDB's JSON without its types.
fn plain(value: &Value) -> Value {
    let (kind, value) = value.as_object().and_then(|typed| typed.iter().next()).expect("a type");
    match (kind.as_str(), value) {
        // As published, maps are wrapped twice.
        ("M", Value::Object(map)) if map.keys().eq(["M"]) => plain(value),
        ("M", Value::Object(map)) => map.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
        ("L", Value::Array(list)) => list.iter().map(plain).collect(),
        ("N", number) => serde_json::from_str(number.as_str().expect("digits")).expect("a number"),
        _ => value.clone(),
    }
}

struct Rows {
    metadata: Vec<Metadata>,
    friends: Vec<Friends>,
    items: Vec<Item>,
    equipment: Vec<Equipment>,
    tasks: Vec<Task>,
    activities: Vec<Activity>,
}

impl Rows {
    fn published() -> Option<Self> {
        Some(Self {
            metadata: published("Metadata", "player_id")?,
            friends: published("Friends", "player_id")?,
            items: published("Item", "item_id")?,
            equipment: published("Equipment", "equip_id")?,
            tasks: published("Task", "task_id")?,
            activities: published("Activity", "activity_id")?,
        })
    }

    async fn put(&self, table: &monotable::Handle<Profiles>) {
        put_all(table, &self.metadata).await;
        put_all(table, &self.friends).await;
        put_all(table, &self.items).await;
        put_all(table, &self.equipment).await;
        put_all(table, &self.tasks).await;
        put_all(table, &self.activities).await;
    }

    /// In the order of the sort keys.
    fn all(&self) -> Vec<Profiles> {
        let metadata = self.metadata.iter().cloned().map(Profiles::Metadata);
        let activities = self.activities.iter().cloned().map(Profiles::Activity);
        let equipment = self.equipment.iter().cloned().map(Profiles::Equipment);
        let friends = self.friends.iter().cloned().map(Profiles::Friends);
        let items = self.items.iter().cloned().map(Profiles::Item);
        let tasks = self.tasks.iter().cloned().map(Profiles::Task);
        metadata.chain(activities).chain(equipment).chain(friends).chain(items).chain(tasks).collect()
    }
}

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("aws_gaming_player_profiles", "Gaming player profiles (AWS)");
    let Some(rows) = Rows::published() else { return patterns.skip() };
    let table = open::<Profiles>().await;
    rows.put(&table).await;
    assert_eq!(rows.all().len(), 14);
    // A player whose id begins like the other's.
    let other = |item: &Item| Item { player_id: format!("{PLAYER}0"), ..item.clone() };
    put_all(&table, &rows.items.iter().map(other).collect::<Vec<_>>()).await;

    let (friends, item) = (&rows.friends[0], &rows.items[1]);
    patterns.got(ran!(1, "getPlayerFriends", table.get(friends.key())), friends);
    let profile = ran!(2, "getPlayerAllProfile", table.item_collection(Item::of_player(PLAYER)));
    patterns.found(profile, &rows.all());
    let items = ran!(3, "getPlayerAllItems", table.query(Item::of_player(PLAYER)));
    patterns.found(items, &rows.items);
    patterns.got(ran!(4, "getPlayerSpecificItem", table.get(item.key())), item);
    let metadata = &rows.metadata[0];
    let grown = ran!(
        5,
        "updateCharacterAttributes",
        table.update(metadata.key()).set(Metadata::LEVEL, "11").set(Metadata::HEALTH, "100").returning_new()
    );
    let expected = Metadata { level: "11".into(), health: "100".into(), ..metadata.clone() };
    assert_eq!(patterns.written(grown, 1.0), expected);
    let used = ran!(
        6,
        "updateItemCount",
        table.update(item.key()).sub(Item::ITEM_COUNT, 1).when(Item::ITEM_COUNT.ge(1)).returning_new()
    );
    let expected = Item { item_count: item.item_count - 1, ..item.clone() };
    assert_eq!(patterns.written(used, 1.0), expected);
    patterns.finish();
}
