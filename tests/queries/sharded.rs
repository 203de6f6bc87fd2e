//! Partitions that are spread over shards: read together, or one of them, held to filters in plain Rust.

use monotable::{Entity, Handle, Index, Item, Query, Table};
use monotable_tests::{engine, networked, open};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::comparing::{Question, Wanted, wanted};
use crate::strategies::{Ends, Step, byte, cases, step, take, take_text, text, text_step};
use crate::support::{load, runtime};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "scores", index(Board, pk = "BPK", sk = "BSK"), index(Wide, pk = "WPK"))]
enum Scores {
    Score(Score),
    Rival(Rival),
}

/// The player is in the table's key in full; in the index, several scores may share a key.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Scores, pk = "GAME#{game}#{player:shard(3)}", sk = "SCORE#{player:escape}#{round}")]
#[entity(index(Board, pk = "BOARD#{game}#{player:shard(4)}", sk = "SCORE#{points}", query = board))]
#[entity(index(Wide, pk = "WIDE#{game}#{round:shard(11)}", query = wide))]
struct Score {
    game: String,
    player: String,
    round: u8,
    points: Option<u8>,
}

/// Lives in shards of the same names.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Scores, pk = "GAME#{game}#{player:shard(3)}", sk = "SCORES#{player}")]
#[entity(index(Board, pk = "BOARD#{game}#{player:shard(4)}", sk = "SCORES", query = rivals))]
struct Rival {
    game: String,
    player: String,
}

fn scores() -> impl Strategy<Value = Vec<Scores>> {
    let game = prop_oneof![10 => Just("go"), 1 => Just("g"), 1 => Just("go ")];
    let drawn = (game, text(), proptest::option::weighted(0.9, byte()), 0..10);
    vec(drawn, 0..40).prop_map(|drawn| {
        let score = |((game, player, points, kind), round): ((&str, String, Option<u8>, i32), u8)| {
            let game = game.to_owned();
            match kind {
                0 => Rival { game, player: format!("{player}{round}") }.into(),
                _ => Score { game, player, round, points }.into(),
            }
        };
        drawn.into_iter().zip(0..).map(score).collect()
    })
}

fn attributes(score: &Scores) -> Item {
    let put = match score {
        Scores::Score(score) => score.put().explain(),
        Scores::Rival(rival) => rival.put().explain(),
    };
    put.unwrap().into_inner().item.unwrap()
}

fn attribute(score: &Scores, name: &str) -> Option<String> {
    Some(attributes(score).get(name)?.as_s().unwrap().clone())
}

#[derive(Debug, Clone, Copy)]
enum Of {
    All,
    Player(&'static str),
    Number(u32),
}

/// Takes one shard, or all.
macro_rules! of_shards {
    ($query:expr, $of:expr, $start:ident => $then:expr) => {
        match $of {
            Of::All => {
                let $start = $query.all_shards();
                $then
            }
            Of::Player(player) => {
                let $start = $query.shard_of(player);
                $then
            }
            Of::Number(number) => {
                let $start = $query.shard(number);
                $then
            }
        }
    };
}

#[derive(Debug, Clone)]
enum Asked {
    Players(Step<String>),
    Rounds(String, Step<u8>),
    Points(Step<u8>),
    Everything,
    EverythingOnBoard,
    Wide,
}

fn asked() -> impl Strategy<Value = (Asked, Of)> {
    let of = prop_oneof![4 => Just(Of::All), 1 => Just(Of::Player("a")), 1 => (0..3u32).prop_map(Of::Number)];
    let asked = prop_oneof![
        3 => text_step(text).prop_map(Asked::Players),
        1 => (text(), step(byte)).prop_map(|(player, step)| Asked::Rounds(player, step)),
        4 => step(byte).prop_map(Asked::Points),
        1 => Just(Asked::Everything),
        1 => Just(Asked::EverythingOnBoard),
        1 => Just(Asked::Wide),
    ];
    (asked, of)
}

/// What is in the table, and in which shard.
struct Stored<'a> {
    table: &'a Handle<Scores>,
    scores: &'a [Scores],
}

impl Stored<'_> {
    async fn ask(&self, (asked, of): (Asked, Of), wanted: Wanted) {
        let (table, what) = (self.table, format!("{asked:?} {of:?}"));
        match asked {
            Asked::Players(step) => {
                let found = self.scores_of("PK", "GAME#go#", of);
                let found = found.filter(|score| step.selects(&score.player));
                let found = found.map(|score| ((score.player.clone(), score.round), score)).collect();
                let reversed = step.is_reversed();
                let query = of_shards!(Score::by_game("go"), of, start => {
                    take_text!(table, start, step, player, player_from, player_until, player_in)
                });
                check(&what, wanted, query, found, reversed, shards(of, 3)).await;
            }
            Asked::Rounds(player, step) => {
                let found = self.scores_of("PK", "GAME#go#", of);
                let found = found.filter(|score| score.player == player && step.selects(&score.round));
                let (found, reversed) = (found.map(|s| (s.round, s)).collect(), step.is_reversed());
                let query = of_shards!(Score::by_game("go"), of, start => {
                    take!(table, start.player(player), step, round, round_from, round_until, round_in)
                });
                check(&what, wanted, query, found, reversed, shards(of, 3)).await;
            }
            Asked::Points(step) => {
                let found = self.scores_of("BPK", "BOARD#go#", of);
                let found = found.filter_map(|score| Some((score.points?, score)));
                let found = found.filter(|(points, _)| step.selects(points)).collect();
                let reversed = step.is_reversed();
                let query = of_shards!(Score::board("go"), of, start => {
                    take!(table, start, step, points, points_from, points_until, points_in)
                });
                check(&what, wanted, query, found, reversed, shards(of, 4)).await;
            }
            Asked::Everything => {
                let found = self.of("PK", "GAME#go#", of).filter_map(|s| Some((attribute(&s, "SK")?, s)));
                let found = found.collect();
                let query = of_shards!(Score::by_game("go"), of, start => table.item_collection(start));
                check(&what, wanted, query, found, false, shards(of, 3)).await;
            }
            Asked::EverythingOnBoard => {
                let found = self.of("BPK", "BOARD#go#", of).filter_map(|s| Some((attribute(&s, "BSK")?, s)));
                let found = found.collect();
                let query = of_shards!(Rival::rivals("go"), of, start => table.item_collection(start));
                check(&what, wanted, query, found, false, shards(of, 4)).await;
            }
            // More shards than are read at once, and no sort key.
            Asked::Wide => {
                let found = self.scores_of("WPK", "WIDE#go#", Of::All).map(|score| ((), score)).collect();
                let query = table.query(Score::wide("go").all_shards());
                check(&what, wanted, query, found, false, 11).await;
            }
        }
    }

    /// What is in these shards of the partitions whose keys begin so.
    fn of(&self, pk: &'static str, prefix: &'static str, of: Of) -> impl Iterator<Item = Scores> {
        let partition = move |score: &Scores| attribute(score, pk).filter(|key| key.starts_with(prefix));
        let like =
            |player: &str| Score { game: "go".into(), player: player.into(), round: 0, points: None }.into();
        let wanted = match of {
            Of::All => None,
            Of::Player(player) => partition(&like(player)),
            Of::Number(number) => Some(format!("{prefix}{number}")),
        };
        let here = move |score: &&Scores| {
            partition(score).is_some_and(|key| wanted.as_ref().is_none_or(|wanted| *wanted == key))
        };
        self.scores.iter().filter(here).cloned()
    }

    fn scores_of(&self, pk: &'static str, prefix: &'static str, of: Of) -> impl Iterator<Item = Score> {
        self.of(pk, prefix, of).filter_map(|score| match score {
            Scores::Score(score) => Some(score),
            Scores::Rival(_) => None,
        })
    }
}

fn shards(of: Of, count: usize) -> usize {
    if matches!(of, Of::All) { count } else { 1 }
}

async fn check<E, I: Index, K: Ord>(
    asked: &String,
    wanted: Wanted,
    query: Query<E, I, Handle<Scores>>,
    found: Vec<(K, E)>,
    reversed: bool,
    shards: usize,
) where
    E: Send + PartialEq + std::fmt::Debug + 'static,
{
    Question { asked, query, found, reversed, shards }.check(wanted).await;
}

/// Through a connector whose answers come in any order.
#[test]
fn shards_are_read_as_one_partition() {
    let runtime = runtime();
    let strategy = (scores(), vec((asked(), wanted()), 1..24));
    let outcome = cases(engine().cases(32)).run(&strategy, |(scores, questions)| {
        runtime.block_on(async {
            let table = open::<Scores>().await;
            load(&table, scores.iter().map(attributes)).await;
            let (table, _) = networked(&table);
            for (asked, wanted) in questions {
                Stored { table: &table, scores: &scores }.ask(asked, wanted).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}
