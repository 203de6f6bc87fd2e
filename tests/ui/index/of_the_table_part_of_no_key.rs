use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "school", index(Inverted, pk = "SK", sk = "PK"))]
enum School {
    Enrolment(Enrolment),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = School, pk = "STUDENT#{student}", sk = "COURSE#{course}")]
#[entity(index(Inverted))]
struct Enrolment {
    student: Vec<String>,
    course: String,
}

fn main() {}
