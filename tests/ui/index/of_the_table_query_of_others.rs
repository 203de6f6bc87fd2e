use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "school", index(Inverted, pk = "SK", sk = "PK"))]
enum School {
    Enrolment(Enrolment),
    Draft(Draft),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = School, pk = "STUDENT#{student}", sk = "COURSE#{course}")]
#[entity(index(Inverted))]
struct Enrolment {
    student: String,
    course: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = School, pk = "STUDENT#{student}#DRAFT", sk = "COURSE#{course}")]
struct Draft {
    student: String,
    course: String,
}

async fn enrolled(school: &Handle<School>) -> Result<(), monotable::Error> {
    school.item_collection(Enrolment::by_inverted("maths")).await?;
    school.query(Enrolment::by_inverted("maths").student("ada")).await?;
    school.query(Enrolment::by_inverted("maths")).await?;
    Ok(())
}

fn main() {
    let _ = enrolled;
}
