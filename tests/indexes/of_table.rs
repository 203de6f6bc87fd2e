//! Indexes over the table's own key attributes: the inverted index of adjacency lists, and indexes that have one
//! of the two beside an attribute of their own. Queries are held to filters in plain Rust.

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Creation, Entity, EntityKey, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[allow(clippy::duplicated_attributes)] // Several indexes have one attribute of the table.
#[table(name = "school", index(Inverted, pk = "SK", sk = "PK"))]
#[table(index(ByGrade, pk = "SK", sk = "GSI1SK"), index(ByTerm, pk = "GSI2PK", sk = "PK"))]
#[table(index(Whole, pk = "SK"))]
enum School {
    Student(Student),
    Course(Course),
    Enrolment(Enrolment),
    Waiting(Waiting),
}

/// It is in the inverted index without naming it, as DynamoDB has it.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = School, pk = "STUDENT#{student}", sk = "STUDENT#{student}")]
struct Student {
    student: String,
}

/// The templates may be given, as long as they are the same.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = School, pk = "COURSE#{course}", sk = "COURSE#{course}")]
#[entity(index(Inverted, pk = "COURSE#{course}", sk = "COURSE#{course}", query = in_inverted))]
struct Course {
    course: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = School, pk = "STUDENT#{student}", sk = "COURSE#{course}")]
#[entity(index(Inverted), index(Whole))]
#[entity(index(ByGrade, pk = "COURSE#{course}", sk = "{grade}", query = by_grade))]
#[entity(index(ByTerm, pk = "TERM#{term}", sk = "STUDENT#{student}"))]
struct Enrolment {
    student: String,
    course: String,
    grade: Option<u8>,
    term: u16,
}

/// Its partition key begins like an enrolment's, so that a query of the inverted index meets it.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = School, pk = "STUDENT#{student}#WAITING", sk = "COURSE#{course}")]
struct Waiting {
    student: String,
    course: String,
}

fn enrolments() -> Vec<Enrolment> {
    let enrolment = |number: u16| Enrolment {
        student: format!("s{:02}", number * 7 % 12),
        course: ["biology", "maths", "music"][usize::from(number % 3)].into(),
        grade: (!number.is_multiple_of(4)).then(|| (number % 6) as u8 + 1),
        term: number % 2,
    };
    (0..30).map(enrolment).collect::<Vec<_>>().into_iter().fold(Vec::new(), |mut all, next| {
        all.retain(|other: &Enrolment| other.key() != next.key());
        all.push(next);
        all
    })
}

async fn school() -> monotable::Handle<School> {
    let school = open::<School>().await;
    assert_eq!(*school.create().await.unwrap(), Creation::Existing);
    for enrolment in enrolments() {
        school.put(&enrolment).await.unwrap();
    }
    for student in 0..12 {
        school.put(&Student { student: format!("s{student:02}") }).await.unwrap();
    }
    for course in ["biology", "maths", "music"] {
        school.put(&Course { course: course.into() }).await.unwrap();
    }
    school.put(&Waiting { student: "s03".into(), course: "maths".into() }).await.unwrap();
    school
}

fn of(course: &str) -> Vec<Enrolment> {
    let mut all = enrolments();
    all.retain(|enrolment| enrolment.course == course);
    all.sort_by(|a, b| a.student.cmp(&b.student));
    all
}

#[tokio::test]
async fn the_inverted_index_reads_the_edge_from_its_other_end() {
    let school = school().await;
    for course in ["biology", "maths", "music"] {
        let enrolments = of(course);
        for one in &enrolments {
            let found = school.query(Enrolment::by_inverted(course).student(&one.student)).await.unwrap();
            assert_eq!(*found, std::slice::from_ref(one));
        }
        let whole = school.item_collection(Enrolment::by_whole(course)).await.unwrap();
        assert!(whole.contains(&School::Course(Course { course: course.into() })));
        assert_eq!(whole.len(), enrolments.len() + 1 + usize::from(course == "maths"));
    }
}

/// Everything with that sort key is there: entities that do not name the index too.
#[tokio::test]
async fn all_items_are_in_the_inverted_index() {
    let school = school().await;
    let found = school.item_collection(Course::in_inverted("maths")).await.unwrap();
    let mut expected = vec![School::Course(Course { course: "maths".into() })];
    expected.extend(of("maths").into_iter().map(School::Enrolment));
    let waiting = School::Waiting(Waiting { student: "s03".into(), course: "maths".into() });
    let key = |item: &School| match item {
        School::Course(item) => item.key().partition_key().unwrap().into_text(),
        School::Enrolment(item) => item.key().partition_key().unwrap().into_text(),
        School::Waiting(item) => item.key().partition_key().unwrap().into_text(),
        School::Student(item) => item.key().partition_key().unwrap().into_text(),
    };
    expected.push(waiting);
    expected.sort_by_key(key);
    assert_eq!(*found, expected);
}

#[tokio::test]
async fn an_index_can_have_one_attribute_of_the_table() {
    let school = school().await;
    let mut graded = of("music");
    graded.retain(|enrolment| enrolment.grade.is_some_and(|grade| grade >= 3));
    graded.sort_by(|a, b| (a.grade, &a.student).cmp(&(b.grade, &b.student)));
    let mut found = school.query(Enrolment::by_grade("music").grade_from(3u8)).await.unwrap().into_inner();
    assert!(found.is_sorted_by_key(|enrolment| enrolment.grade), "{found:?}");
    // Items of one index key are in no order.
    found.sort_by(|a, b| (a.grade, &a.student).cmp(&(b.grade, &b.student)));
    assert_eq!(found, graded);

    let mut term = enrolments();
    term.retain(|enrolment| enrolment.term == 1 && enrolment.student.as_str() >= "s06");
    term.sort_by(|a, b| (&a.student, &a.course).cmp(&(&b.student, &b.course)));
    let found = school.query(Enrolment::by_term(1u16).student_from("s06")).await.unwrap();
    let mut found = found.into_inner();
    found.sort_by(|a, b| (&a.student, &a.course).cmp(&(&b.student, &b.course)));
    assert_eq!(found, term);
}

/// The attributes of the table are written once; an attribute of the index is there if its parts are.
#[test]
fn nothing_is_stored_for_what_the_table_has() {
    let mut enrolment = enrolments().remove(0);
    enrolment.grade = None;
    let item = enrolment.put().explain().unwrap().into_inner().item.unwrap();
    let mut names: Vec<_> = item.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["GSI2PK", "PK", "SK", "_type", "course", "student", "term"]);
    assert_eq!(item["SK"], AttributeValue::S(format!("COURSE#{}", enrolment.course)));
}

#[test]
fn the_table_is_defined_with_each_attribute_once() {
    let definition = {
        let client = aws_client();
        School::open(client).create().explain().unwrap()
    };
    let mut names: Vec<_> =
        definition.attribute_definitions().iter().map(|attribute| attribute.attribute_name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["GSI1SK", "GSI2PK", "PK", "SK"]);
    let inverted = &definition.global_secondary_indexes()[0];
    let schema: Vec<_> = inverted.key_schema().iter().map(|element| element.attribute_name()).collect();
    assert_eq!(schema, ["SK", "PK"]);
}

fn aws_client() -> monotable::aws_sdk_dynamodb::Client {
    let config = monotable::aws_sdk_dynamodb::Config::builder()
        .behavior_version(monotable::aws_sdk_dynamodb::config::BehaviorVersion::latest())
        .build();
    monotable::aws_sdk_dynamodb::Client::from_conf(config)
}

#[test]
fn a_stored_key_of_the_index_comes_apart() {
    assert_eq!(
        Enrolment::by_inverted_parts("COURSE#maths", "STUDENT#s01"),
        Ok(("maths".to_owned(), "s01".to_owned()))
    );
    assert!(Enrolment::by_inverted_parts("STUDENT#s01", "COURSE#maths").is_err());
}
