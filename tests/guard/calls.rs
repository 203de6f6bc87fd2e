//! Raw calls of every operation.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::types::{
    AttributeValue, BatchStatementRequest, ComparisonOperator, Condition, Delete, Get, KeysAndAttributes,
    ParameterizedStatement, Put, PutRequest, ReturnConsumedCapacity, TransactGetItem, TransactWriteItem,
    WriteRequest,
};
use monotable::{Finding, Guard, Ledger, MaxWaste, Outcome, PatternReport, Table as _};

use monotable_tests::{Quirk, engine, unsuffixed};

use crate::world::{ORDERS, Order, Orders, about, behind, declared, orders};

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

fn key(order: &str) -> [(String, AttributeValue); 2] {
    [("OrderID".into(), text(order)), ("Line".into(), text("1"))]
}

/// The finding that an outcome was refused for; none if it was answered.
#[track_caller]
fn finding<O, E: StdError + 'static>(outcome: Result<O, E>) -> Option<Finding> {
    let error = outcome.err()?;
    Some(Finding::in_error(&error).unwrap_or_else(|| panic!("{error:?}")).clone())
}

#[tokio::test]
async fn scans_and_filters_never_reach_the_network() {
    let orders = orders().await;
    let (client, proxy) = behind(&orders, declared(Guard::deny(), &orders));
    let name = orders.name();
    let findings = [
        finding(client.scan().table_name(name).send().await),
        finding(client.scan().table_name(name).index_name("by-day").limit(1).send().await),
        finding(
            client
                .query()
                .table_name(name)
                .key_condition_expression("OrderID = :o")
                .filter_expression("Address = :a")
                .expression_attribute_values(":o", text("o1"))
                .expression_attribute_values(":a", text("a"))
                .send()
                .await,
        ),
        finding(
            client
                .query()
                .table_name(name)
                .index_name("by-day")
                .key_condition_expression("#d = :d")
                .expression_attribute_names("#d", "Day")
                .expression_attribute_values(":d", text("d1"))
                .query_filter(
                    "Address",
                    Condition::builder().comparison_operator(ComparisonOperator::NotNull).build().unwrap(),
                )
                .send()
                .await,
        ),
        finding(client.execute_statement().statement(about(name, "SELECT * FROM Orders")).send().await),
        finding(
            client
                .batch_execute_statement()
                .statements(
                    BatchStatementRequest::builder()
                        .statement(about(name, "SELECT * FROM Orders WHERE OrderID = 'o1'"))
                        .build()
                        .unwrap(),
                )
                .statements(
                    BatchStatementRequest::builder()
                        .statement(about(name, "SELECT * FROM \"Orders\".\"by-day\""))
                        .build()
                        .unwrap(),
                )
                .send()
                .await,
        ),
        finding(
            client
                .execute_transaction()
                .transact_statements(
                    ParameterizedStatement::builder()
                        .statement(about(name, "EXISTS(SELECT * FROM Orders WHERE Line = '1')"))
                        .build()
                        .unwrap(),
                )
                .send()
                .await,
        ),
    ];
    let calls: Vec<_> = findings
        .iter()
        .flatten()
        .map(|finding| {
            assert_eq!(finding.outcome, Outcome::Refused);
            (finding.call, finding.table.as_deref(), finding.index.as_deref())
        })
        .collect();
    let (table, day) = (Some(name), Some("by-day"));
    assert_eq!(
        calls,
        [
            ("Scan", table, None),
            ("Scan", table, day),
            ("Query", table, None),
            ("Query", table, day),
            ("ExecuteStatement", table, None),
            ("BatchExecuteStatement", table, day),
            ("ExecuteTransaction", table, None),
        ]
    );
    assert_eq!(proxy.sent(), 0);
    assert_eq!(
        unsuffixed(&orders, &findings[3].as_ref().unwrap().to_string()),
        "Query of index `by-day` of table `Orders` is refused: its filter throws away items that were read and paid \
         for; say it with a key, by an index or one part more of a sort key, or permit this call with `Guard::permit`",
    );
    assert_eq!(
        unsuffixed(&orders, &findings[6].as_ref().unwrap().to_string()),
        "ExecuteTransaction of table `Orders` is refused: the statement is a scan, because its WHERE does not give \
         `OrderID` a value by = or IN, once, in every branch of every OR",
    );
}

/// Paginators are calls like others.
#[tokio::test]
async fn paginators_are_refused_too() {
    let orders = orders().await;
    let (client, proxy) = behind(&orders, Guard::deny());
    let name = orders.name();
    let mut pages = client.scan().table_name(name).into_paginator().send();
    assert!(finding(pages.next().await.unwrap()).is_some());
    assert_eq!(proxy.sent(), 0);
}

/// What each call is, in the ledger: its name, units read and written, and items.
#[tokio::test]
async fn every_other_call_passes_and_is_metered() {
    let ledger = Ledger::new();
    let orders = orders().await;
    let (client, proxy) = behind(&orders, declared(Guard::deny(), &orders).ledger(&ledger));
    let name = orders.name();
    let key = |order| key(order).into_iter().collect::<std::collections::HashMap<_, _>>();
    let item = |order| {
        let mut item = key(order);
        item.insert("Address".into(), text("x"));
        item
    };
    client.get_item().table_name(name).set_key(Some(key("o1"))).send().await.unwrap();
    client.put_item().table_name(name).set_item(Some(item("p1"))).send().await.unwrap();
    client
        .update_item()
        .table_name(name)
        .set_key(Some(key("p1")))
        .update_expression("SET note = :n")
        .expression_attribute_values(":n", text("n"))
        .send()
        .await
        .unwrap();
    client.delete_item().table_name(name).set_key(Some(key("p1"))).send().await.unwrap();
    client
        .query()
        .table_name(name)
        .index_name("by-day")
        .key_condition_expression("#d = :d")
        .expression_attribute_names("#d", "Day")
        .expression_attribute_values(":d", text("d1"))
        .send()
        .await
        .unwrap();
    let gets =
        KeysAndAttributes::builder().set_keys(Some(vec![key("o1"), key("o2"), key("none")])).build().unwrap();
    client.batch_get_item().request_items(name, gets).send().await.unwrap();
    let put = WriteRequest::builder()
        .put_request(PutRequest::builder().set_item(Some(item("p2"))).build().unwrap())
        .build();
    client.batch_write_item().request_items(name, vec![put]).send().await.unwrap();
    let get = Get::builder().table_name(name).set_key(Some(key("o1"))).build().unwrap();
    client
        .transact_get_items()
        .transact_items(TransactGetItem::builder().get(get).build())
        .send()
        .await
        .unwrap();
    let put = Put::builder().table_name(name).set_item(Some(item("p3"))).build().unwrap();
    let delete = Delete::builder().table_name(name).set_key(Some(key("p2"))).build().unwrap();
    client
        .transact_write_items()
        .transact_items(TransactWriteItem::builder().put(put).build())
        .transact_items(TransactWriteItem::builder().delete(delete).build())
        .send()
        .await
        .unwrap();
    client
        .execute_statement()
        .statement(about(name, "SELECT * FROM Orders WHERE OrderID = ?"))
        .parameters(text("o1"))
        .send()
        .await
        .unwrap();
    client
        .execute_statement()
        .statement(about(name, "DELETE FROM Orders WHERE OrderID = 'p3' AND Line = '1'"))
        .send()
        .await
        .unwrap();
    let statement =
        |text: &str| BatchStatementRequest::builder().statement(about(name, text)).build().unwrap();
    client
        .batch_execute_statement()
        .statements(statement("SELECT * FROM Orders WHERE OrderID = 'o1' AND Line = '1'"))
        .send()
        .await
        .unwrap();
    let statement =
        |text: &str| ParameterizedStatement::builder().statement(about(name, text)).build().unwrap();
    client
        .execute_transaction()
        .transact_statements(statement("SELECT * FROM Orders WHERE OrderID = 'o1' AND Line = '1'"))
        .send()
        .await
        .unwrap();
    client.describe_table().table_name(name).send().await.unwrap();
    assert_eq!(proxy.sent(), 14);

    let snapshot = ledger.snapshot();
    let row = |pattern: &PatternReport| {
        assert_eq!((&*pattern.entity, pattern.errors, pattern.retries), ("(raw)", 0, 0));
        let units = pattern.capacity.total();
        (
            pattern.operation.clone(),
            pattern.table.clone(),
            pattern.calls,
            units.read,
            units.write,
            pattern.returned,
        )
    };
    let mut rows: Vec<_> = snapshot.patterns.iter().map(row).collect();
    rows.sort_by(|this, other| this.0.cmp(&other.0));
    let rows: Vec<_> = rows
        .iter()
        .map(|(call, table, calls, read, write, items)| (&**call, &**table, *calls, *read, *write, *items))
        .collect();
    let statement = if engine().has(Quirk::StatementUnitsPerItem) { 1.0 } else { 0.5 };
    // Those of the table, and of two indexes as well.
    let transaction = if engine().has(Quirk::TransactGetReportsIndexes) { 3.0 * 2.0 } else { 2.0 };
    assert_eq!(
        rows,
        [
            ("BatchExecuteStatement", "(several)", 1, 0.5, 0.0, 1),
            ("BatchGetItem", "(several)", 1, engine().batch_read_units(1.5), 0.0, 2),
            ("BatchWriteItem", "(several)", 1, 0.0, 1.0, 0),
            ("DeleteItem", name, 1, 0.0, 1.0, 0),
            // One of them deletes: units of one row may be of both kinds.
            ("ExecuteStatement", "(several)", 2, statement, 1.0, 1),
            ("ExecuteTransaction", "(several)", 1, 2.0, 0.0, 1),
            ("GetItem", name, 1, 0.5, 0.0, 1),
            ("PutItem", name, 1, 0.0, 1.0, 0),
            ("Query", name, 1, engine().read_units(1.0, 0.5), 0.0, 2),
            ("TransactGetItems", "(several)", 1, transaction, 0.0, 1),
            ("TransactWriteItems", "(several)", 1, 0.0, 4.0, 0),
            ("UpdateItem", name, 1, 0.0, 1.0, 0),
        ]
    );
}

#[tokio::test]
async fn an_audit_lets_pass_what_it_reports() {
    let (seen, ledger) = (Arc::new(Mutex::new(Vec::new())), Ledger::new());
    let record = seen.clone();
    let guard = Guard::audit(move |finding| record.lock().unwrap().push(finding.to_string())).ledger(&ledger);
    let orders = orders().await;
    let (client, proxy) = behind(&orders, guard);
    let name = orders.name();
    let page = client.scan().table_name(name).send().await.unwrap();
    assert_eq!((page.count() as usize, proxy.sent()), (ORDERS, 1));
    // It asked for what it says of capacity; who says what is wanted, gets that.
    assert!(page.consumed_capacity().is_some_and(|used| used.table().is_some()));
    let page = client
        .scan()
        .table_name(name)
        .return_consumed_capacity(ReturnConsumedCapacity::None)
        .send()
        .await
        .unwrap();
    assert!(page.consumed_capacity().is_none());
    client.execute_statement().statement("SELECT * FROM Elsewhere").send().await.unwrap_err();
    let seen: Vec<_> = seen.lock().unwrap().iter().map(|seen: &String| unsuffixed(&orders, seen)).collect();
    assert_eq!(seen.len(), 3);
    assert!(
        seen[0].starts_with("Scan of table `Orders` would be refused: it reads and pays for every item"),
        "{}",
        seen[0]
    );
    assert!(
        seen[2].contains("does not know the table's partition key; declare it with `Guard::table::<Shop>()`"),
        "{}",
        seen[2]
    );
    let snapshot = ledger.snapshot();
    let scan = snapshot.pattern("Scan", "(raw)").unwrap();
    assert_eq!((scan.calls, scan.evaluated), (2, 2 * ORDERS as u64));
    assert_eq!(snapshot.pattern("ExecuteStatement", "(raw)").unwrap().errors, 1);
}

#[tokio::test]
async fn a_permission_is_for_one_call_or_one_client_and_is_told() {
    let (seen, ledger) = (Arc::new(Mutex::new(Vec::new())), Ledger::new());
    let record = seen.clone();
    let guard = Guard::deny()
        .report(move |finding| record.lock().unwrap().push(finding.outcome.clone()))
        .ledger(&ledger);
    let orders = orders().await;
    let (client, proxy) = behind(&orders, guard);
    let name = orders.name();
    let permitted = client.scan().table_name(name).customize().interceptor(Guard::permit("export"));
    assert_eq!(permitted.send().await.unwrap().count() as usize, ORDERS);
    assert!(finding(client.scan().table_name(name).send().await).is_some());
    let config = client.config().to_builder().interceptor(Guard::permit("backfill"));
    let exporter = aws_sdk_dynamodb::Client::from_conf(config.build());
    exporter.scan().table_name(name).send().await.unwrap();
    exporter.get_item().table_name(name).set_key(Some(key("o1").into_iter().collect())).send().await.unwrap();
    assert!(finding(client.scan().table_name(name).send().await).is_some());
    assert_eq!(proxy.sent(), 3);
    let (export, backfill) = (Outcome::Permitted("export"), Outcome::Permitted("backfill"));
    assert_eq!(*seen.lock().unwrap(), [export, Outcome::Refused, backfill, Outcome::Refused]);
    let snapshot = ledger.snapshot();
    let calls = |name| snapshot.named(name).map(|pattern| (&*pattern.operation, pattern.calls));
    assert_eq!((calls("export"), calls("backfill")), (Some(("Scan", 1)), Some(("Scan", 1))));
}

/// The library's own scans and filters have rules of their own, and are counted once.
#[tokio::test]
async fn the_librarys_own_calls_pass() {
    let orders = orders().await;
    let ledger = Ledger::new();
    let (client, _) = behind(&orders, Guard::deny().ledger(&ledger));
    let guarded = Orders::open(client).named(orders.name()).with_ledger(&ledger);
    let mut items = guarded.maintenance("count").scan().unpaced().stream();
    let mut count = 0;
    while items.next().await.transpose().unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, ORDERS);
    let filter = Order::ADDRESS.eq("none");
    let found = guarded.query(Order::by_order("o1")).filter(filter, MaxWaste::percent(100)).await.unwrap();
    assert_eq!(found.len(), 0);
    let snapshot = ledger.snapshot();
    assert_eq!(snapshot.pattern("query", "Order").map(|pattern| pattern.calls), Some(1));
    assert!(snapshot.patterns.iter().all(|pattern| pattern.entity != "(raw)"), "{snapshot}");
}
