//! Items that are in some indexes only: an index key is stored by halves, each while its parts are there.

use std::slice::from_ref;

use monotable::{Entity, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::file::Vector;
use crate::lower_case::LowerCase;
use crate::made::{item, keys, run};
use crate::rows::{Row, later, right};

pub const ROWS: &[Row] = &[
    right(
        "edb-51-gsi-some-sk-attr",
        "the item is stored, and is in the indexes whose parts it has; it is in the other once it has them all",
        an_index_key_with_a_part_missing,
    ),
    right(
        "edb-67-condition-absent",
        "the item is not in the index; the half of literals alone is stored all the same, and is inert",
        an_index_key_with_no_part,
    ),
    later(
        "edb-69-condition-true-update",
        "an update that sets index keys, and an index under a condition; shown are the keys of the whole item",
        the_keys_that_the_update_sets,
    ),
];

#[derive(Table)]
#[table(name = "app", pk = "PK")]
#[table(index(Gsi2, name = "GSI2", pk = "GSI2_PK", sk = "GSI2_SK"))]
#[table(index(Gsi3, name = "GSI3", pk = "GSI3_PK", sk = "GSI3_SK"))]
enum App {
    User(User),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = App, pk = "$app$user_1#id_{id}", query = by_id)]
#[entity(index(Gsi2, pk = "$app#role_{role}", sk = "$user_1#id_{id}", query = by_role))]
#[entity(index(Gsi3, pk = "$app#id_{id}", sk = "$user_1#role_{role}#team_{team}", query = by_team))]
struct User {
    id: LowerCase,
    role: Option<LowerCase>,
    team: Option<LowerCase>,
}

fn an_index_key_with_a_part_missing(vector: &Vector) {
    assert!(vector.expected_error().contains("\"team\""), "the library stores nothing");
    let (id, role) = (LowerCase::of(vector.text("id")), LowerCase::of(vector.text("role")));
    let user = User { id: id.clone(), role: Some(role.clone()), team: None };
    assert_eq!(
        keys(&user),
        json!({
            "PK": "$app$user_1#id_123",
            "GSI2_PK": "$app#role_r",
            "GSI2_SK": "$user_1#id_123",
            "GSI3_PK": "$app#id_123",
        })
    );
    run(async {
        let app = open::<App>().await;
        app.put(&user).await.expect("a put");
        assert_eq!(*app.query(User::by_role(&role)).await.expect("a query"), from_ref(&user));
        assert_eq!(*app.query(User::by_team(&id)).await.expect("a query"), []);
        let in_team = User { team: Some(LowerCase::of("blue")), ..user };
        app.put(&in_team).await.expect("a put");
        assert_eq!(*app.query(User::by_team(&id)).await.expect("a query"), [in_team]);
    });
}

#[derive(Table)]
#[table(name = "app", pk = "PK", sk = "SK", type = "__edb_e__")]
#[table(index(ByRole, name = "GSI2", pk = "GSI2_PK", sk = "GSI2_SK"))]
enum Conditional {
    Member(Member),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Conditional, type = "user", pk = "$app#id_{id}", sk = "$user_1", query = by_id)]
#[entity(index(ByRole, pk = "$app#role_{role}", sk = "$user_1", query = by_role))]
struct Member {
    id: LowerCase,
    role: Option<LowerCase>,
    #[serde(rename = "__edb_v__")]
    model_version: String,
}

fn member(vector: &Vector, role: Option<LowerCase>) -> Member {
    Member { id: LowerCase::of(vector.text("id")), role, model_version: "1".into() }
}

fn an_index_key_with_no_part(vector: &Vector) {
    let member = member(vector, None);
    let mut made = item(&member);
    assert_eq!(made["GSI2_SK"].take(), "$user_1");
    let attributes = made.as_object_mut().expect("an item");
    attributes.remove("GSI2_SK");
    assert_eq!(made, *vector.expected());
    run(async {
        let app = open::<Conditional>().await;
        app.put(&member).await.expect("a put");
        let by_role = || app.query(Member::by_role(LowerCase::of("x")));
        assert_eq!(*by_role().await.expect("a query"), []);
        let with_role = Member { role: Some(LowerCase::of("x")), ..member };
        app.put(&with_role).await.expect("a put");
        assert_eq!(*by_role().await.expect("a query"), [with_role]);
    });
}

fn the_keys_that_the_update_sets(vector: &Vector) {
    let keys = keys(&member(vector, Some(LowerCase::of(vector.text("set.role")))));
    let expected = &vector.expected();
    for half in ["PK", "SK"] {
        assert_eq!(keys[half], expected["Key"][half]);
    }
    let update = expected["UpdateExpression"].as_str().expect("an update");
    assert!(update.contains("#GSI2_PK = ") && update.contains("#GSI2_SK = "));
    assert_eq!((&keys["GSI2_PK"], &keys["GSI2_SK"]), (&json!("$app#role_x"), &json!("$user_1")));
}
