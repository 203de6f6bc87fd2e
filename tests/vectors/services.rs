//! ElectroDB's services: entities without a sort key or without parts, and collections.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

use crate::file::Vector;
use crate::lower_case::LowerCase;
use crate::made::condition;
use crate::rows::{Row, reproduced, right};

pub const ROWS: &[Row] = &[
    reproduced("edb-29-v1-no-sk", a_key_of_one_half),
    reproduced("edb-31-empty-pk-composite", one_partition_is_said_to_be_intended),
    reproduced("edb-33-collection-clustered", a_clustered_collection_names_the_entity_last),
    right(
        "edb-65-collection-query-sub",
        "a query of one entity begins with the entity's own prefix; a whole collection is the partition, read as the \
         table's enum. `$contributions#assignments` without a delimiter is also the beginning of \
         `$contributions#assignments2`",
        a_query_begins_with_all_literals,
    ),
];

#[derive(Table)]
#[table(name = "app", pk = "pk")]
enum Partitions {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Partitions, pk = "$app$user_1#id_{id}")]
struct User {
    id: LowerCase,
}

fn a_key_of_one_half(vector: &Vector) {
    vector.has_keys(&User { id: LowerCase::of(vector.text("id")) });
}

#[derive(Table)]
#[table(name = "app", pk = "pk", sk = "sk")]
enum App {
    Member(Member),
}

/// Without `singleton` the compiler warns that all members share one partition.
#[derive(Entity, Serialize, Deserialize)]
#[entity(table = App, pk = "$app", sk = "$user_1#id_{id}", query = all, singleton)]
struct Member {
    id: LowerCase,
}

fn one_partition_is_said_to_be_intended(vector: &Vector) {
    vector.has_keys(&Member { id: LowerCase::of(vector.text("id")) });
}

#[derive(Table)]
#[table(name = "taskapp", pk = "pk", sk = "sk", index(Gsi2, name = "gsi2", pk = "gsi2pk", sk = "gsi2sk"))]
enum TaskApp {
    Task(Task),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = TaskApp, pk = "$taskapp#projectid_{project_id}", sk = "$overview#tasks_1#taskid_{task_id}")]
#[entity(index(
    Gsi2,
    pk = "$taskapp#employeeid_{employee_id}",
    sk = "$assignments#projectid_{project_id}#tasks_1",
    query = assigned
))]
struct Task {
    task_id: LowerCase,
    employee_id: LowerCase,
    project_id: LowerCase,
}

fn a_clustered_collection_names_the_entity_last(vector: &Vector) {
    let part = |name| LowerCase::of(vector.text(name));
    vector.has_keys(&Task {
        task_id: part("taskId"),
        employee_id: part("employeeId"),
        project_id: part("projectId"),
    });
}

#[derive(Table)]
#[table(
    name = "taskapp",
    pk = "pk",
    sk = "sk",
    index(Contributions, name = "gsi2", pk = "gsi2pk", sk = "gsi2sk")
)]
enum SubCollections {
    Contribution(Contribution),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = SubCollections, pk = "$taskapp#projectid_{project_id}", sk = "$overview#tasks_1#taskid_{task_id}")]
#[entity(index(
    Contributions,
    pk = "$taskapp#employeeid_{employee_id}",
    sk = "$contributions#assignments#tasks_1#projectid_{project_id}",
    query = of_employee
))]
struct Contribution {
    task_id: LowerCase,
    employee_id: LowerCase,
    project_id: LowerCase,
}

fn a_query_begins_with_all_literals(vector: &Vector) {
    let made = condition(Contribution::of_employee(LowerCase::of(vector.text("employeeId"))));
    assert_eq!(made.partition, vector.expected()[":pk"]);
    let prefix = "$contributions#assignments#tasks_1#projectid_";
    assert!(prefix.starts_with(vector.expected()[":sk1"].as_str().expect("text")));
    assert_eq!(made.sort, Some(("begins_with".into(), vec![prefix.into()])));
}
