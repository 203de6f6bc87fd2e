//! Markers of unique values that others wrote, or that changes go over: what the library says, and that it leaves alone
//! what is not its own.

use std::collections::HashMap;

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::testing::{Calls, Fault, Operation};
use monotable::{Entity, ErrorKind, Handle, Table};
use monotable_tests::{open, proxied};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, PartialEq)]
#[table(name = "seats")]
enum Seats {
    Seat(Seat),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Seats, pk = "SEAT#{id:03}", sk = "SEAT", unique(guest), unique(rank), unique(vip))]
struct Seat {
    id: u32,
    guest: String,
    rank: Option<i64>,
    vip: Option<bool>,
    visits: u32,
}

fn seat(id: u32, guest: &str) -> Seat {
    Seat { id, guest: guest.into(), rank: None, vip: None, visits: 0 }
}

fn key(id: u32) -> SeatKey {
    SeatKey { id }
}

async fn seats() -> Handle<Seats> {
    let seats = open::<Seats>().await;
    seats.insert(&seat(1, "ada")).await.unwrap();
    seats
}

/// Makes the marker of a guest another seat's.
async fn steal(seats: &Handle<Seats>, guest: &str) {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let mut scan = seats.maintenance("what a test left").scan().raw().unpaced().stream();
    while let Some(item) = scan.next().await {
        let mut item = item.unwrap();
        if item["PK"] == text(&format!("UNIQUE#Seat#guest#{guest}")) {
            let holder =
                HashMap::from([("PK".to_owned(), text("SEAT#009")), ("SK".to_owned(), text("SEAT"))]);
            item.insert("holder".into(), AttributeValue::M(holder));
            let put = seats.sdk().put_item().table_name(seats.name()).set_item(Some(item));
            put.send().await.unwrap();
            return;
        }
    }
    panic!("{guest} has no marker");
}

#[tokio::test]
async fn the_marker_of_another_is_left_alone() {
    let seats = seats().await;
    steal(&seats, "ada").await;
    let error = seats.delete(key(1)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(
        error.to_string(),
        "cannot delete `Seat` (PK = \"SEAT#001\", SK = \"SEAT\"): another item holds what is unique of this one"
    );
    assert!(error.current::<Seat>().unwrap().is_none());
    // Nothing was done, and the value is still taken.
    assert_eq!(*seats.get(key(1)).await.unwrap(), Some(seat(1, "ada")));
    let error = seats.insert(&seat(2, "ada")).await.unwrap_err();
    assert_eq!((error.kind(), error.holder::<SeatKey>()), (ErrorKind::Taken, Some(key(9))));
}

/// Between reading what is given up and writing, somebody is faster, every time.
#[tokio::test]
async fn an_item_that_changes_all_the_time_is_given_up() {
    let table = seats().await;
    let (seats, proxy) = proxied(&table);
    let hold = proxy.hold(Calls::of(Operation::TransactWriteItems));
    let change = tokio::spawn(async move { seats.update(key(1)).set(Seat::GUEST, "eve").await.map(|_| ()) });
    let mut turn = 0_u64;
    while !change.is_finished() {
        if hold.waiting() > 0 {
            turn += 1;
            table.update(key(1)).set(Seat::GUEST, format!("guest {turn}")).await.unwrap();
            hold.release(turn);
        }
        tokio::task::yield_now().await;
    }
    let error = change.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
    assert!(
        error
            .to_string()
            .ends_with("what is unique of this item changed between reading and writing it, at every try"),
        "{error}"
    );
    assert!(turn > 1 && error.cost().calls > 1, "{turn}: {:?}", error.cost());
    assert_eq!(
        table.get(key(1)).await.unwrap().as_ref().map(|seat| seat.guest.clone()),
        Some(format!("guest {turn}"))
    );
}

#[tokio::test]
async fn a_value_that_only_dynamodb_computes_is_refused() {
    let seats = seats().await;
    let error = seats.update(key(1)).add(Seat::RANK, 1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        error.to_string(),
        "cannot update `Seat` (PK = \"SEAT#001\", SK = \"SEAT\"): `unique(rank)` needs to know the value before it is \
         written; set it, or remove it, and nothing inside of it"
    );
    // Other fields change as they like.
    seats.update(key(1)).add(Seat::VISITS, 1).await.unwrap();
}

#[tokio::test]
async fn values_of_every_form_are_unique() {
    let seats = seats().await;
    let first = Seat { rank: Some(-7), vip: Some(true), ..seat(2, "eve") };
    seats.insert(&first).await.unwrap();
    for (second, constraint) in [
        (Seat { rank: Some(-7), ..seat(3, "x") }, "unique(rank)"),
        (Seat { vip: Some(true), ..seat(3, "x") }, "unique(vip)"),
        (seat(3, "ada"), "unique(guest)"),
    ] {
        let error = seats.insert(&second).await.unwrap_err();
        assert_eq!((error.kind(), error.constraint()), (ErrorKind::Taken, Some(constraint)));
    }
    seats.insert(&Seat { rank: Some(7), vip: Some(false), ..seat(3, "x") }).await.unwrap();
    // One that is set if it is absent takes its marker, or keeps what is there.
    seats.update(key(1)).set_if_absent(Seat::RANK, 5).await.unwrap();
    seats.update(key(2)).set_if_absent(Seat::RANK, 6).await.unwrap();
    let taken = seats.update(key(3)).set(Seat::RANK, 5).await.unwrap_err();
    assert_eq!(taken.holder::<SeatKey>(), Some(key(1)));
    seats.update(key(3)).set(Seat::RANK, 6).await.unwrap();
}

/// What is read to see what is given up may fail too.
#[tokio::test]
async fn a_read_that_fails_is_told() {
    let table = seats().await;
    let (seats, proxy) = proxied(&table);
    proxy.inject(Calls::of(Operation::GetItem), Fault::refuse("AccessDeniedException"));
    let error = seats.put(&seat(1, "new")).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::AccessDenied, "put"));
    let error = seats.delete(key(1)).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::AccessDenied, "delete"));
    assert_eq!(*table.get(key(1)).await.unwrap(), Some(seat(1, "ada")));
}
