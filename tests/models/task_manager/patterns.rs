//! The six patterns. One filters by points: for it there is a table beside the published one, with a natural index.

use monotable::{Collection, Handle};
use monotable_tests::open;

use super::*;
use crate::patterns::{Patterns, put_all, ran};
use crate::prices::{Price, Stored};

/// The published `workplaces`: an office and its staff.
#[derive(Collection, Debug, PartialEq)]
#[collection(of = Office, index = Gsi1)]
struct Workplace {
    office: Office,
    staff: Vec<Employee>,
}

/// The published `assignments`.
#[derive(Collection, Debug, PartialEq)]
#[collection(of = Employee, index = Gsi3)]
struct Assignments {
    employee: Employee,
    tasks: Vec<Task>,
}

/// Tasks by what is asked of them. Points are a number, and sort as one.
#[derive(Table, Debug)]
#[table(name = "estimates", pk = "pk", sk = "sk", index(ByPoints, pk = [status, project], sk = [points: N]))]
enum Estimates {
    Estimate(Estimate),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Estimates, pk = "TASK#{task}", sk = "TASK", index(ByPoints, query = in_project))]
struct Estimate {
    task: String,
    project: String,
    status: String,
    points: u32,
    description: String,
}

fn staff() -> [Employee; 3] {
    [
        employee("Ada", 95_000, "2019-12-31"),
        employee("Bob", 100_001, "2020-01-01"),
        employee("Eve", 1_000_000, "2023-06-30"),
    ]
}

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("electrodb_task_manager", "Task manager (ElectroDB example)");
    let table = open::<TaskManager>().await;
    put_all(&table, &staff()).await;
    let part = LowerCase::of;
    let elsewhere = Employee {
        office_name: part("Portland 2"),
        team: part("Marketing 2"),
        title: part("Junior Developers"),
        ..employee("Ada 2", 200_000, "2021-01-01")
    };
    put_all(&table, &[elsewhere]).await;
    put_all(&table, &[office(), Office { office_name: part("Portland 2"), ..office() }]).await;
    patterns.wrote(ran!(6, "Create task", table.insert(&task())), &task(), 3);
    put_all(&table, &[Task { task_name: part("T-2"), employee: part("Ada 2"), ..task() }]).await;
    of_collections(&table, &mut patterns).await;
    of_ranges(&table, &mut patterns).await;
    of_points(&mut patterns).await;
    patterns.finish();
}

async fn of_collections(table: &Handle<TaskManager>, patterns: &mut Patterns) {
    let workplace = ran!(
        1,
        "Office and its staff",
        table.collection::<Workplace>(Office::workplaces(LowerCase::of("Portland")))
    );
    let sizes: Vec<_> = staff().iter().map(Stored::item).chain([office().item()]).collect();
    let sizes: Vec<_> = sizes.iter().map(crate::prices::size).collect();
    let found = patterns.priced(workplace, Price::query_of_sizes(&sizes));
    assert_eq!(found, Workplace { office: office(), staff: staff().to_vec() });

    let assignments = ran!(
        2,
        "Employee and assigned tasks",
        table.collection::<Assignments>(Employee::assignments(LowerCase::of("Ada")))
    );
    let [ada, _, _] = staff();
    let sizes = [ada.item(), task().item()].map(|item| crate::prices::size(&item));
    let found = patterns.priced(assignments, Price::query_of_sizes(&sizes));
    assert_eq!(found, Assignments { employee: ada, tasks: vec![task()] });
}

async fn of_ranges(table: &Handle<TaskManager>, patterns: &mut Patterns) {
    let junior = LowerCase::of("Junior Developer");
    let well_paid = ran!(
        3,
        "Junior developers earning more than 100,000",
        table.query(Employee::by_title(junior).salary_from(100_001u32))
    );
    patterns.found(well_paid, &staff()[1..]);
    let (marketing, years) = (LowerCase::of("Marketing"), Day::of("2020-01-01")..=Day::of("2023-06-29"));
    let hired = ran!(
        5,
        "Marketing staff hired 2–5 years ago",
        table.query(Employee::in_team(marketing).date_hired_in(years))
    );
    patterns.found(hired, &staff()[1..2]);
}

async fn of_points(patterns: &mut Patterns) {
    let table = open::<Estimates>().await;
    let estimate = |task: &str, project: &str, status: &str, points| {
        let (project, status, description) = (project.into(), status.into(), "d".repeat(3000));
        Estimate { task: task.into(), project, status, points, description }
    };
    let open = [3, 13].map(|points| estimate(&format!("T-{points}"), "SD-204", "open", points));
    put_all(&table, &open).await;
    put_all(&table, &[20, 100].map(|points| estimate(&format!("T-{points}"), "SD-204", "open", points)))
        .await;
    put_all(&table, &[estimate("T-4", "SD-204", "closed", 4), estimate("T-5", "SD-20", "open", 5)]).await;
    let easy = ran!(
        4,
        "Open tasks of a project with ≤ 13 points",
        table.query(Estimate::in_project("open", "SD-204").points_until(13u32))
    );
    patterns.found(easy.remark("in a table with a natural index, beside the published one"), &open);
}
