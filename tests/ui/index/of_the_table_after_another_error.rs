use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "school", index(Inverted, pk = "SK", sk = "PK"))]
enum School {
    Enrolment(Enrolment),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = School, pk = "STUDENT#{student}", sk = "COURSE#{course}", colour = "red")]
#[entity(index(Inverted))]
struct Enrolment {
    student: String,
    course: String,
}

async fn enrolled(school: &Handle<School>) -> Result<(), monotable::Error> {
    school.query(Enrolment::by_inverted("maths").student_from("b")).await?;
    Ok(())
}

fn main() {
    let _ = enrolled;
}
