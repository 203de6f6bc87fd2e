use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "school", index(ByStatus, pk = "GSI1PK", sk = "SK"))]
enum School {
    Enrolment(Enrolment),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = School, pk = "STUDENT#{student}", sk = "COURSE#{course}")]
#[entity(index(ByStatus, pk = "STATUS#{status}"))]
struct Enrolment {
    student: String,
    course: String,
    status: String,
}

fn main() {}
