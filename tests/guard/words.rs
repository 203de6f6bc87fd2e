//! What a finding says, and statements at the edges of the language. Nothing is behind the client: what is not refused
//! is sent, and fails there.

use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use monotable::{Finding, Guard};
use monotable_tests::unsent;

use crate::world::{Orders, behind};

fn client(guard: Guard) -> Client {
    behind(&unsent::<Orders>().0, guard).0
}

async fn refusal(client: &Client, statement: &str) -> Option<String> {
    let error = client.execute_statement().statement(statement).send().await.unwrap_err();
    Finding::in_error(&error).map(ToString::to_string)
}

fn plain() -> Guard {
    Guard::deny().key("plain", ["id"]).index_key("plain", "by-x", ["x", "y"])
}

#[tokio::test]
async fn what_cannot_be_read_says_why() {
    let client = client(plain());
    for (statement, why) in [
        ("SELECT *", "there is no FROM"),
        ("SELECT * FROM", "a table's name does not follow FROM"),
        ("SELECT * FROM plain.", "the name of an index does not follow the table's"),
        ("SELECT * FROM plain WHERE id = 1 ORDER id", "BY does not follow ORDER"),
        ("SELECT * FROM plain WHERE id = 1 ORDER BY", "no name follows ORDER BY"),
        ("SELECT * FROM plain WHERE id = 1 AND a BETWEEN 1, 2", "AND does not follow BETWEEN"),
        ("SELECT * FROM plain WHERE id = 1 AND a IS", "no name follows IS"),
        ("SELECT * FROM plain WHERE id NOT 1", "NOT is followed by nothing that it denies"),
        ("SELECT * FROM plain WHERE id = )", "a sign stands where a value should"),
        ("SELECT * FROM plain WHERE id = FROM", "a keyword stands where a value should"),
        ("SELECT * FROM plain WHERE a. = 1", "no name follows a dot"),
        ("SELECT * FROM plain WHERE id = 1e", "a number has no exponent"),
        ("SELECT * FROM plain WHERE id = 7x", "a number runs into a name"),
        ("SELECT * FROM plain WHERE id = ", "it ends too early"),
        ("SELECT * FROM plain WHERE id = 1; SELECT 1", "there is more than one statement"),
        ("DROP TABLE plain", "it is none of SELECT, INSERT, UPDATE, DELETE and EXISTS"),
    ] {
        let expected =
            format!("ExecuteStatement is refused: the statement cannot be read, so it may be a scan: {why}");
        assert_eq!(refusal(&client, statement).await, Some(expected), "{statement}");
    }
}

#[tokio::test]
async fn conditions_beside_the_key_are_read_over() {
    let client = client(plain());
    for condition in [
        "a LIKE 'x%'",
        "a NOT LIKE 'x%'",
        "a NOT BETWEEN 1 AND 2",
        "tags[0] = 'x'",
        "address.street[1].number = 7",
        "m = {'a': 1, 'b': [2, 3]}",
        "m = {}",
        "bag = <<1, 2>>",
        "a = -b",
        "a = 'x' || 'y'",
        "a = TRUE",
        "(1, 2) = a",
    ] {
        let statement = format!("SELECT * FROM plain WHERE id = 1 AND {condition}");
        assert_eq!(refusal(&client, &statement).await, None, "{statement}");
        // And they are no key by themselves.
        let statement = format!("SELECT * FROM plain WHERE {condition}");
        let refused = refusal(&client, &statement).await.expect(&statement);
        assert!(refused.contains("its WHERE does not give `id` a value by = or IN, once,"), "{refused}");
    }
    for (key, is_key) in [
        ("id IN (1, 2)", true),
        ("id IN (1)", true),
        ("id = +7", true),
        ("id = NULL", true),
        ("id = -a", false),
        ("id = (a)", false),
        ("id = 1 || 2", false),
    ] {
        let statement = format!("SELECT * FROM plain WHERE {key}");
        assert_eq!(refusal(&client, &statement).await.is_none(), is_key, "{statement}");
    }
}

#[tokio::test]
async fn what_is_not_known_says_how_to_declare_it() {
    let client = client(plain());
    let of = |statement| refusal(&client, statement);
    assert_eq!(
        of("SELECT * FROM plain.other WHERE x = 1").await.unwrap(),
        "ExecuteStatement of index `other` of table `plain` is refused: whether the statement is a scan is not known, \
         because the guard does not know the partition key of the index; declare it with \
         `Guard::index_key(\"orders\", \"by-day\", [\"day\"])`"
    );
    assert_eq!(
        of("SELECT * FROM other WHERE x = 1").await.unwrap(),
        "ExecuteStatement of table `other` is refused: whether the statement is a scan is not known, because the guard \
         does not know the table's partition key; declare it with `Guard::table::<Shop>()` or \
         `Guard::key(\"orders\", [\"pk\"])`"
    );
    assert_eq!(
        of("SELECT * FROM plain.\"by-x\" WHERE x = 1").await.unwrap(),
        "ExecuteStatement of index `by-x` of table `plain` is refused: the statement is a scan, because its WHERE does \
         not give `x` and `y` a value by = or IN, once, in every branch of every OR"
    );
}

#[tokio::test]
async fn what_is_permitted_is_reported_with_its_reason() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = seen.clone();
    let client = client(plain().report(move |finding| record.lock().unwrap().push(finding.to_string())));
    let call = client.query().table_name("plain").key_condition_expression("id = :id");
    let call = call.filter_expression("a = :a").customize().interceptor(Guard::permit("a report"));
    let error = call.send().await.unwrap_err();
    assert!(Finding::in_error(&error).is_none());
    let seen = seen.lock().unwrap();
    assert_eq!(
        *seen,
        [
            "Query of table `plain` is permitted (a report): its filter throws away items that were read and paid for; \
          say it with a key, by an index or one part more of a sort key, or permit this call with `Guard::permit`"
        ]
    );
    assert_eq!(format!("{:?}", Guard::permit("a report")), r#"Permit("a report")"#);
    assert!(format!("{:?}", plain()).starts_with(r#"Guard { mode: "deny","#));
    assert!(format!("{:?}", Guard::audit(|_| ())).starts_with(r#"Guard { mode: "audit","#));
}
