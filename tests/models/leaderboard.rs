//! Two leaderboards: images spread over shards of an index (DeBrie, AWS), and AWS's MCP server's games.
//!
//! What is declared otherwise than published:
//!
//! * A shard is padded to the width of the greatest, and computed by a hash of its own. Where it follows a date,
//!   as in AWS's write sharding, an item of that page has no other attributes to be imitated by.
//!
//! What is wrong as published and kept: a score by itself does not say whose it is, so two players with one
//! score have one key. `insert` refuses the second instead of losing the first.

mod patterns;

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, ErrorKind, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::published::{Published, key_of, stored, text_of};

#[derive(Table, Debug)]
#[table(name = "images", pk = "Image", index(PartitionIndex, pk = "PartitionKey", sk = [ViewCount: N]))]
enum Images {
    Image(Image),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Images, pk = "{image}")]
#[entity(index(PartitionIndex, pk = "PARTITION_{image:shard(4)}", sk = "{view_count}", query = by_views))]
#[serde(rename_all = "PascalCase")]
struct Image {
    image: String,
    view_count: u64,
}

fn image(number: u32) -> Image {
    Image { image: format!("image-{number}.png"), view_count: u64::from(number) * 7 % 101 }
}

#[test]
fn an_image_keeps_its_shard() {
    let Some(published) = Published::read("aws_leaderboard_sharding") else { return };
    assert_eq!(key_of(&image(1)).0, "image-1.png");
    published.primary("image", &[("image", "image-1.png")], &image(1));
    // Chosen at random there, or by a hash that is not given; and by date, as literal text and a shard.
    let item = stored(&image(1));
    assert_eq!(item["ViewCount"], AttributeValue::N("7".into()));
    for index in
        ["PartitionIndex: image", "AWS WriteSharding random: item", "AWS WriteSharding calculated: item"]
    {
        published.mark(&index.split(": ").collect::<Vec<_>>());
    }
    published.is_complete();
    let shard = |image: &Image| text_of(&stored(image), Some("PartitionKey")).expect("a shard");
    let before = image(1);
    assert_eq!(shard(&before), shard(&Image { view_count: before.view_count + 1, ..before.clone() }));
    let shards: std::collections::BTreeSet<_> = (0..100).map(|number| shard(&image(number))).collect();
    let four = ["PARTITION_0", "PARTITION_1", "PARTITION_2", "PARTITION_3"];
    assert!(shards.iter().eq(four), "{shards:?}");
}

#[tokio::test]
async fn the_images_of_a_shard_by_views() {
    let table = open::<Images>().await;
    let images: Vec<_> = (0..20).map(image).collect();
    for image in &images {
        table.put(image).await.expect("a put");
    }
    let in_shard = Image::by_views().shard_of("image-1.png");
    let in_shard = table.query(in_shard).newest_first().await.expect("a query");
    assert!(in_shard.contains(&images[1]) && in_shard.len() < images.len());
    assert!(in_shard.is_sorted_by(|a, b| a.view_count >= b.view_count));

    // The published pattern: the most viewed of all.
    let top = table.query(Image::by_views().all_shards()).newest_first().limit(3).await.expect("a query");
    let mut views: Vec<_> = images.iter().map(|image| image.view_count).collect();
    views.sort_unstable_by(|a, b| b.cmp(a));
    assert!(top.iter().map(|image| image.view_count).eq(views.into_iter().take(3)));
    assert_eq!(top.read_units(), 4.0 * 0.5);
}

#[derive(Table, Debug)]
#[table(name = "GameTable", pk = "game_id", sk = "sk")]
enum Games {
    Game(Game),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Games, pk = "{game_id}", sk = "METADATA")]
struct Game {
    game_id: String,
    title: String,
}

#[derive(Table, Debug)]
#[table(name = "LeaderboardTable", pk = "game_id", sk = [score: N])]
#[table(index(PlayerScoresIndex, pk = [player_id], sk = [score: N]))]
enum Scores {
    Score(Score),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Scores, pk = "{game_id}", sk = "{score}", query = of_game)]
#[entity(index(PlayerScoresIndex, query = of_player))]
struct Score {
    game_id: String,
    player_id: String,
    score: u32,
}

#[derive(Table, Debug)]
#[table(name = "AchievementTable", pk = "player_id", sk = "achievement_id")]
#[table(index(GameAchievementsIndex, pk = [game_id], sk = [points: N]))]
enum Achievements {
    Achievement(Achievement),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Achievements, pk = "{player_id}", sk = "{achievement_id}", query = of_player)]
#[entity(index(GameAchievementsIndex, query = of_game))]
struct Achievement {
    player_id: String,
    achievement_id: String,
    game_id: String,
    points: u32,
}

#[derive(Table, Debug)]
#[table(name = "TournamentTable", pk = "tournament_id", sk = [ranking: N])]
enum Tournaments {
    Entry(Entry),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Tournaments, pk = "{tournament_id}", sk = "{ranking}", query = of_tournament)]
struct Entry {
    tournament_id: String,
    ranking: u32,
    player_id: String,
}

fn score(player: &str, score: u32) -> Score {
    Score { game_id: "game-12345".into(), player_id: player.into(), score }
}

#[test]
fn keys_are_the_published_ones() {
    let Some(published) = Published::read("mcp_gaming_leaderboard") else { return };
    let values = [
        ("game_id", "game-12345"),
        ("player_id", "player-67890"),
        ("achievement_id", "achievement-11111"),
        ("tournament_id", "tournament-22222"),
        ("score", "85000"),
        ("points", "100"),
        ("ranking", "5"),
    ];
    let player_id = || "player-67890".to_owned();
    let game = Game { game_id: "game-12345".into(), title: "Space Defenders".into() };
    published.primary("Game (table GameTable)", &values, &game);
    published.sample("game-12345", "METADATA");
    let entry = score("player-67890", 85_000);
    published.primary("LeaderboardEntry (table LeaderboardTable)", &values, &entry);
    published.indexed("PlayerScoresIndex", "LeaderboardEntry", &values, &entry);
    published.sample("game-12345", "85000");
    assert_eq!(stored(&entry)["score"], AttributeValue::N("85000".into()));
    let achievement_id = "achievement-11111".to_owned();
    let achievement =
        Achievement { player_id: player_id(), achievement_id, game_id: "game-12345".into(), points: 100 };
    published.primary("PlayerAchievement (table AchievementTable)", &values, &achievement);
    published.indexed("GameAchievementsIndex", "PlayerAchievement", &values, &achievement);
    published.sample("player-67890", "achievement-11111");
    let entry = Entry { tournament_id: "tournament-22222".into(), ranking: 5, player_id: player_id() };
    published.primary("TournamentEntry (table TournamentTable)", &values, &entry);
    published.sample("tournament-22222", "5");
    published.is_complete();
}

#[tokio::test]
async fn top_scores_are_in_the_order_of_numbers() {
    let table = open::<Scores>().await;
    let scores = [score("ada", 900), score("ada", 85_000), score("bob", 9_000)];
    for score in &scores {
        table.insert(score).await.expect("an insert");
    }
    let top = table.query(Score::of_game("game-12345")).newest_first().limit(2).await.expect("a query");
    assert_eq!(*top, [scores[1].clone(), scores[2].clone()]);
    assert_eq!(*table.query(Score::of_player("ada")).await.expect("a query"), scores[..2]);
    let high = Score::of_player("ada").score_from(1_000u32);
    assert_eq!(*table.query(high).await.expect("a query"), scores[1..2]);
}

/// The published flaw, which is in the key.
#[tokio::test]
async fn two_players_cannot_have_one_score() {
    let table = open::<Scores>().await;
    table.insert(&score("ada", 85_000)).await.expect("an insert");
    let second = table.insert(&score("bob", 85_000)).await.expect_err("the key is taken");
    assert_eq!(second.kind(), ErrorKind::AlreadyExists);
}
