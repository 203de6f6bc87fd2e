//! Two leaderboards: images spread over shards of an index (DeBrie, AWS), and AWS's MCP server's games.
//!
//! What is declared otherwise than published:
//!
//! * A score is text of fixed width until keys can be numbers. It sorts as the number does.
//! * A score by itself does not say whose it is: as published, two players with one score overwrite each
//!   other. Here the player is part of the key. The same holds for a rank in a tournament.
//! * A shard is padded to the width of the greatest, and computed by a hash of its own.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

use crate::published::{Published, key_of, stored, text_of};

#[derive(Table, Debug)]
#[table(name = "images", pk = "Image", index(PartitionIndex, pk = "PartitionKey", sk = "Views"))]
enum Images {
    Image(Image),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Images, pk = "{image}")]
#[entity(index(PartitionIndex, pk = "PARTITION_{image:shard(4)}", sk = "{view_count}", query = by_views))]
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
    let table = Images::embedded().await.expect("an engine");
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
#[entity(table = Games, pk = "{id}", sk = "METADATA")]
struct Game {
    id: String,
    title: String,
}

#[derive(Table, Debug)]
#[table(name = "LeaderboardTable", pk = "game_id", sk = "score")]
#[table(index(PlayerScoresIndex, pk = "player_id", sk = "player_score"))]
enum Scores {
    Score(Score),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Scores, pk = "{game}", sk = "{points}#{player}", query = of_game)]
#[entity(index(PlayerScoresIndex, pk = "{player}", sk = "{points}#{game}", query = of_player))]
struct Score {
    game: String,
    player: String,
    points: u32,
}

#[derive(Table, Debug)]
#[table(name = "AchievementTable", pk = "player_id", sk = "achievement_id")]
#[table(index(GameAchievementsIndex, pk = "game_id", sk = "points"))]
enum Achievements {
    Achievement(Achievement),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Achievements, pk = "{player}", sk = "{achievement}", query = of_player)]
#[entity(index(GameAchievementsIndex, pk = "{game}", sk = "{worth}", query = of_game))]
struct Achievement {
    player: String,
    achievement: String,
    game: String,
    worth: u32,
}

#[derive(Table, Debug)]
#[table(name = "TournamentTable", pk = "tournament_id", sk = "ranking")]
enum Tournaments {
    Entry(Entry),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Tournaments, pk = "{tournament}", sk = "{rank}#{player}", query = of_tournament)]
struct Entry {
    tournament: String,
    rank: u32,
    player: String,
}

fn score(player: &str, points: u32) -> Score {
    Score { game: "game-12345".into(), player: player.into(), points }
}

#[test]
fn keys_say_whose_score_it_is() {
    let Some(published) = Published::read("mcp_gaming_leaderboard") else { return };
    let values =
        [("game_id", "game-12345"), ("player_id", "player-67890"), ("achievement_id", "achievement-11111")];
    let game = Game { id: "game-12345".into(), title: "Space Defenders".into() };
    published.primary("Game (table GameTable)", &values, &game);
    published.sample("game-12345", "METADATA");
    published.mark(&["LeaderboardEntry (table LeaderboardTable)"]);
    published.sample("game-12345", "85000");
    let key = ("game-12345".to_owned(), "0000085000#player-67890".to_owned());
    assert_eq!(key_of(&score("player-67890", 85_000)), key);
    let (player, achievement) = ("player-67890".to_owned(), "achievement-11111".to_owned());
    let achievement = Achievement { player, achievement, game: "game-12345".into(), worth: 100 };
    published.primary("PlayerAchievement (table AchievementTable)", &values, &achievement);
    published.mark(&["TournamentEntry (table TournamentTable)"]);
    let entry = Entry { tournament: "tournament-22222".into(), rank: 5, player: "player-67890".into() };
    assert_eq!(key_of(&entry), ("tournament-22222".into(), "0000000005#player-67890".into()));
    published.mark(&["PlayerScoresIndex", "LeaderboardEntry"]);
    published.mark(&["GameAchievementsIndex", "PlayerAchievement"]);
    published.is_complete();
}

#[tokio::test]
async fn two_players_have_one_score() {
    let table = Scores::embedded().await.expect("an engine");
    let scores = [score("ada", 900), score("ada", 85_000), score("bob", 85_000)];
    for score in &scores {
        table.insert(score).await.expect("an insert");
    }
    let top = table.query(Score::of_game("game-12345")).newest_first().limit(2).await.expect("a query");
    assert_eq!(*top, [scores[2].clone(), scores[1].clone()]);
    assert_eq!(*table.query(Score::of_player("ada")).await.expect("a query"), scores[..2]);
}
