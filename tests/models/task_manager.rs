//! ElectroDB's task manager: employees, tasks and offices in five overloaded indexes.
//!
//! What is declared otherwise than published: a salary is a number. As unpadded text, 95000 is more than
//! 100000, and the published query for those who earn more than that finds the wrong people.

mod patterns;

use monotable::{Entity, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::days::Day;
use crate::lower_case::LowerCase;
use crate::published::{Published, stored, text_of};

#[derive(Table, Debug)]
#[table(name = "task-manager", pk = "pk", sk = "sk", type = "__edb_e__")]
#[table(index(Gsi1, name = "gsi1pk-gsi1sk-index", pk = "gsi1pk", sk = "gsi1sk"))]
#[table(index(Gsi2, name = "gsi2pk-gsi2sk-index", pk = "gsi2pk", sk = "gsi2sk"))]
#[table(index(Gsi3, name = "gsi3pk-gsi3sk-index", pk = "gsi3pk", sk = "gsi3sk"))]
#[table(index(Gsi4, name = "gsi4pk-gsi4sk-index", pk = "gsi4pk", sk = "gsi4sk"))]
#[table(index(Gsi5, name = "gsi5pk-gsi5sk-index", pk = "gsi5pk", sk = "gsi5sk"))]
enum TaskManager {
    Employee(Employee),
    Task(Task),
    Office(Office),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = TaskManager, type = "employee")]
#[entity(pk = "$task-manager#employee_{employee}", sk = "$employee_1", query = by_id)]
#[entity(index(
    Gsi1,
    pk = "$task-manager#officename_{office_name}",
    sk = "$workplaces#employee_1#team_{team}#title_{title}#employee_{employee}",
    query = in_office
))]
#[entity(index(
    Gsi2,
    pk = "$task-manager#team_{team}",
    sk = "$employee_1#datehired_{date_hired}#title_{title}",
    query = in_team
))]
#[entity(index(Gsi3, pk = "$task-manager#employee_{employee}", sk = "$assignments#employee_1", query = assignments))]
#[entity(index(Gsi4, pk = "$task-manager#title_{title}", sk = "$employee_1#salary_{salary}", query = by_title))]
#[entity(index(
    Gsi5,
    pk = "$task-manager#manager_{manager}",
    sk = "$employee_1#team_{team}#officename_{office_name}",
    query = managed_by
))]
struct Employee {
    employee: LowerCase,
    office_name: LowerCase,
    title: LowerCase,
    team: LowerCase,
    salary: u32,
    manager: LowerCase,
    /// Of fixed width, so that it has ranges although a part follows.
    date_hired: Day,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = TaskManager, type = "task", query = by_name)]
#[entity(pk = "$task-manager#taskname_{task_name}", sk = "$task_1#project_{project}#employee_{employee}")]
#[entity(index(
    Gsi1,
    pk = "$task-manager#project_{project}",
    sk = "$task_1#employee_{employee}#status_{status}",
    query = in_project
))]
#[entity(index(
    Gsi3,
    pk = "$task-manager#employee_{employee}",
    sk = "$assignments#task_1#project_{project}#status_{status}",
    query = assigned_to
))]
#[entity(index(
    Gsi4,
    pk = "$task-manager#status_{status}",
    sk = "$task_1#project_{project}#employee_{employee}",
    query = by_status
))]
struct Task {
    task_name: LowerCase,
    project: LowerCase,
    employee: LowerCase,
    status: LowerCase,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = TaskManager, type = "office", query = in_state)]
#[entity(pk = "$task-manager#country_{country}#state_{state}")]
#[entity(sk = "$office_1#city_{city}#zip_{zip}#officename_{office_name}")]
#[entity(index(Gsi1, pk = "$task-manager#officename_{office_name}", sk = "$workplaces#office_1", query = workplaces))]
struct Office {
    office_name: LowerCase,
    country: LowerCase,
    state: LowerCase,
    city: LowerCase,
    zip: LowerCase,
}

fn employee(name: &str, salary: u32, hired: &str) -> Employee {
    Employee {
        employee: LowerCase::of(name),
        office_name: LowerCase::of("Portland"),
        title: LowerCase::of("Junior Developer"),
        team: LowerCase::of("Marketing"),
        salary,
        manager: LowerCase::of("MaryJane"),
        date_hired: Day::of(hired),
    }
}

fn task() -> Task {
    let part = LowerCase::of;
    Task { task_name: part("T-1"), project: part("SD-204"), employee: part("Ada"), status: part("Open") }
}

fn office() -> Office {
    let (country, state, city) = (LowerCase::of("USA"), LowerCase::of("Oregon"), LowerCase::of("Portland"));
    Office { office_name: LowerCase::of("Portland"), country, state, city, zip: LowerCase::of("97035") }
}

const VALUES: &[(&str, &str)] = &[
    ("employee", "ada"),
    ("officeName", "portland"),
    ("title", "junior developer"),
    ("team", "marketing"),
    ("manager", "maryjane"),
    ("dateHired", "2021-05-01"),
    ("taskName", "t-1"),
    ("project", "sd-204"),
    ("status", "open"),
    ("country", "usa"),
    ("state", "oregon"),
    ("city", "portland"),
    ("zip", "97035"),
];

#[test]
fn keys_are_the_published_ones_but_for_salaries() {
    let Some(published) = Published::read("electrodb_task_manager") else { return };
    let ada = employee("Ada", 100_000, "2021-05-01");
    published.primary("employee", VALUES, &ada);
    published.primary("task", VALUES, &task());
    published.primary("office", VALUES, &office());
    for index in ["gsi1pk-gsi1sk-index", "gsi2pk-gsi2sk-index", "gsi3pk-gsi3sk-index", "gsi5pk-gsi5sk-index"]
    {
        published.indexed(index, "employee", VALUES, &ada);
    }
    for index in ["gsi1pk-gsi1sk-index", "gsi3pk-gsi3sk-index", "gsi4pk-gsi4sk-index"] {
        published.indexed(index, "task", VALUES, &task());
    }
    published.indexed("gsi1pk-gsi1sk-index", "office", VALUES, &office());
    published.mark(&["gsi4pk-gsi4sk-index", "employee"]);
    let item = stored(&ada);
    let half = |attribute| text_of(&item, Some(attribute)).expect("a key");
    assert_eq!(half("gsi4pk"), "$task-manager#title_junior developer");
    assert_eq!(half("gsi4sk"), "$employee_1#salary_0000100000", "published is `salary_100000`");
    published.is_complete();
}

#[tokio::test]
async fn tasks_of_a_status_are_by_project() {
    let table = open::<TaskManager>().await;
    for project in ["SD-204", "SD-2045"] {
        let (task_name, project) = (LowerCase::of(project), LowerCase::of(project));
        table.put(&Task { task_name, project, ..task() }).await.expect("a put");
    }
    let open = Task::by_status(LowerCase::of("Open")).project(LowerCase::of("SD-204"));
    let open = table.query(open).await.expect("a query");
    assert_eq!(*open, [Task { task_name: LowerCase::of("SD-204"), ..task() }]);
}
