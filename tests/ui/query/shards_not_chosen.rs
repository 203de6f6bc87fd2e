use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "scores")]
enum Scores {
    Score(Score),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Scores, pk = "GAME#{game}#{player:shard(4)}", sk = "{points}#{player}")]
struct Score {
    game: String,
    player: String,
    points: u32,
}

fn query(scores: monotable::Handle<Scores>) {
    let _ = scores.query(Score::by_game("go"));
}

fn main() {}
