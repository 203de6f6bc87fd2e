//! The patterns of both leaderboards. The games' list is published as a scan: for it there is a table beside.

use monotable::Handle;
use monotable_tests::open;

use super::*;
use crate::patterns::{Patterns, put_all, ran};
use crate::prices::Price;

#[tokio::test]
async fn access_patterns_of_images() {
    let title = "Leaderboard with write sharding (DeBrie / AWS)";
    let mut patterns = Patterns::of("aws_leaderboard_sharding", title);
    let table = open::<Images>().await;
    let mut images: Vec<_> = (0..40).map(image).collect();
    put_all(&table, &images).await;
    patterns.got(ran!(1, "View image", table.get(images[1].key())), &images[1]);
    let viewed = ran!(
        2,
        "Increment view count",
        table.update(images[1].key()).add(Image::VIEW_COUNT, 1).returning_new()
    );
    images[1].view_count += 1;
    // The shard stays, and the entry of the index moves inside of it.
    assert_eq!(patterns.written(viewed, 1.0 + 2.0), images[1]);

    let top = ran!(3, "Top n images", table.query(Image::by_views().all_shards()).newest_first().limit(3));
    // Each of the four shards may have all three.
    let top = patterns.priced(top, Price::shards(4, 4 * 3));
    images.sort_by_key(|image| std::cmp::Reverse(image.view_count));
    assert_eq!(top, images[..3]);
    patterns.finish();
}

/// Games with an index of all of them: two shards, so that no partition takes every write.
#[derive(Table, Debug)]
#[table(name = "catalog", pk = "game_id", sk = "sk", index(List, pk = "GSI1PK", sk = "GSI1SK"))]
enum Catalog {
    Listed(Listed),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Catalog, pk = "{game_id}", sk = "METADATA")]
#[entity(index(List, pk = "GAMES#{game_id:shard(2)}", sk = "{title}", query = all))]
struct Listed {
    game_id: String,
    title: String,
    verification_code: Option<String>,
}

#[tokio::test]
async fn access_patterns_of_games() {
    let mut patterns = Patterns::of("mcp_gaming_leaderboard", "Gaming leaderboard (awslabs MCP fixture)");
    of_games(&mut patterns).await;
    of_scores(&mut patterns).await;
    of_achievements(&mut patterns).await;
    of_tournaments(&mut patterns).await;
    patterns.finish();
}

async fn of_games(patterns: &mut Patterns) {
    let table = open::<Games>().await;
    let game = Game { game_id: "game-12345".into(), title: "Space Defenders".into() };
    put_all(&table, &[game.clone(), Game { game_id: "game-123456".into(), ..game.clone() }]).await;
    let get = ran!(1, "get_game", table.get(game.key()).consistent());
    assert_eq!(patterns.priced(get, Price::get(&game).times(2.0)), Some(game.clone()));
    patterns.got(ran!(3, "get_game_by_id", table.get(game.key())), &game);

    let catalog = open::<Catalog>().await;
    let listed = |number: u32| Listed {
        game_id: format!("game-{number}"),
        title: format!("Game {number:03}"),
        verification_code: Some("V-1".into()),
    };
    let games: Vec<_> = (1..=30).map(listed).collect();
    put_all(&catalog, &games).await;
    let list = ran!(2, "list_games", catalog.query(Listed::all().all_shards()));
    let found = patterns.priced(
        list.remark("in a table with an index of games, beside the published one"),
        Price::shards(2, 30),
    );
    assert_eq!(found, games);
    let verified = ran!(4, "get_game_with_verification", catalog.get(games[0].key()).consistent());
    let verified = verified.remark("and the program compares the code");
    let found = patterns.priced(verified, Price::get(&games[0]).times(2.0));
    assert_eq!(found.and_then(|game| game.verification_code).as_deref(), Some("V-1"));
}

async fn of_scores(patterns: &mut Patterns) {
    let table = open::<Scores>().await;
    let scores = [score("ada", 900), score("bob", 9_000), score("ada", 10_000)];
    put_all(&table, &scores).await;
    let elsewhere = Score { game_id: "game-123456".into(), ..score("ada b", 85_000) };
    put_all(&table, &[elsewhere]).await;
    let submitted = score("ada", 85_000);
    patterns.wrote(ran!(7, "submit_score", table.insert(&submitted)), &submitted, 1);
    let top = ran!(5, "get_top_scores", table.query(Score::of_game("game-12345")).newest_first().limit(3));
    patterns.found(top, &[submitted.clone(), scores[2].clone(), scores[1].clone()]);
    let of_player = ran!(6, "get_player_scores", table.query(Score::of_player("ada")));
    patterns.found(of_player, &[scores[0].clone(), scores[2].clone(), submitted]);
}

async fn of_achievements(patterns: &mut Patterns) {
    let table: Handle<Achievements> = open::<Achievements>().await;
    let achievement = |player: &str, achievement: &str, game: &str, points| Achievement {
        player_id: player.into(),
        achievement_id: achievement.into(),
        game_id: game.into(),
        points,
    };
    let first = achievement("ada", "a-1", "g1", 100);
    let [second, third] = [achievement("ada", "a-2", "g2", 50), achievement("bob", "a-1", "g1", 9)];
    put_all(&table, &[second.clone(), third.clone(), achievement("ada b", "a-1", "g11", 1)]).await;
    patterns.wrote(ran!(10, "unlock_achievement", table.insert(&first)), &first, 1);
    let of_player = ran!(8, "get_player_achievements", table.query(Achievement::of_player("ada")));
    patterns.found(of_player, &[first.clone(), second]);
    let of_game = ran!(9, "get_game_achievements", table.query(Achievement::of_game("g1")));
    patterns.found(of_game, &[third, first]);
}

async fn of_tournaments(patterns: &mut Patterns) {
    let table = open::<Tournaments>().await;
    let entry = |tournament: &str, ranking, player: &str| {
        let (tournament_id, player_id) = (tournament.to_owned(), player.to_owned());
        Entry { tournament_id, ranking, player_id }
    };
    let entries = [entry("t1", 1, "ada"), entry("t1", 2, "bob"), entry("t1", 10, "eve")];
    put_all(&table, &entries).await;
    put_all(&table, &[entry("t11", 3, "ada")]).await;
    let ranking = ran!(11, "get_tournament_rankings", table.query(Entry::of_tournament("t1")));
    patterns.found(ranking, &entries);
    // The ranking is the sort key, and a key never changes.
    let (was, is) = (entries[1].clone(), entry("t1", 5, "bob"));
    let moved =
        ran!(12, "update_ranking", table.transact().delete(Entry::delete(was.key())).put(is.insert()));
    patterns.written(moved, 2.0 + 2.0);
    assert_eq!(table.get(is.key()).await.expect("a get").into_inner(), Some(is));
}
