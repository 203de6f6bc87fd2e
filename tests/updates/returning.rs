//! What writes return, and what refused updates bring back.

use monotable::{Entity, ErrorKind};
use monotable_tests::open;

use crate::world::{Depot, Van, VanKey};

fn van(seats: u8) -> Van {
    Van { PK: "v1".into(), state: Some("idle".into()), seats: Some(seats) }
}

fn key() -> VanKey {
    VanKey { PK: "v1".into() }
}

#[tokio::test]
async fn puts_and_deletes_return_what_was_there() {
    let depot = open::<Depot>().await;
    let was = depot.put(&van(1)).returning_old().await.unwrap();
    assert_eq!((was.write_units(), was.into_inner()), (3.0, None));
    let was = depot.replace(&van(2)).when(Van::SEATS.eq(1)).returning_old().await.unwrap();
    assert_eq!(was.into_inner(), Some(van(1)));
    let error = depot.replace(&van(3)).when(Van::SEATS.eq(1)).returning_old().await.unwrap_err();
    assert_eq!((error.kind(), error.current::<Van>().unwrap()), (ErrorKind::ConditionFailed, Some(van(2))));
    let was = depot.delete(key()).returning_old().await.unwrap();
    assert_eq!(was.into_inner(), Some(van(2)));
    assert_eq!(depot.delete(key()).returning_old().await.unwrap().into_inner(), None);
}

#[tokio::test]
async fn updates_return_either() {
    let depot = open::<Depot>().await;
    depot.put(&van(1)).await.unwrap();
    let was: Van = depot.update(key()).add(Van::SEATS, 1).returning_old().await.unwrap().into_inner();
    let is: Van = depot.update(key()).add(Van::SEATS, 1).returning_new().await.unwrap().into_inner();
    assert_eq!((was, is), (van(1), van(3)));
    let was: Option<Van> = depot.upsert(key()).add(Van::SEATS, 1).returning_old().await.unwrap().into_inner();
    assert_eq!(was, Some(van(3)));
    depot.delete(key()).await.unwrap();
    let error = depot.update(key()).add(Van::SEATS, 1).returning_old().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let is = depot.upsert(key()).add(Van::SEATS, 1).returning_new().await.unwrap();
    assert_eq!(is.into_inner(), Van { state: None, ..van(1) });
}

#[tokio::test]
async fn a_failed_condition_brings_the_item() {
    let depot = open::<Depot>().await;
    depot.put(&van(1)).await.unwrap();
    let error = depot.update(key()).sub(Van::SEATS, 2).when(Van::SEATS.ge(2)).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::ConditionFailed, "update"));
    assert_eq!(error.current::<Van>().unwrap(), Some(van(1)));
    let error = depot.upsert(key()).set(Van::SEATS, 2).when(Van::SEATS.not_exists()).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::ConditionFailed, "upsert"));
    assert_eq!(depot.get(key()).await.unwrap().into_inner(), Some(van(1)));
}

/// The write has taken effect, and what it cost is known.
#[tokio::test]
async fn an_item_that_does_not_read() {
    let depot = open::<Depot>().await;
    depot.put(&van(1)).await.unwrap();
    let error = depot.update(key()).sub(Van::SEATS, 2).returning_new().await.unwrap_err();
    assert_eq!((error.kind(), error.cost().calls), (ErrorKind::Decode, 1));
    assert!(error.cost().write_units() > 0.0);
    assert_eq!(
        error.to_string(),
        "cannot update `Van` (PK = \"v1\", SK = \"VAN\"): the stored item does not read as `Van`: its attribute \
         `seats` has another form"
    );
}

#[test]
fn what_is_asked_for_is_in_the_request() {
    use aws_sdk_dynamodb::types::ReturnValue;
    let update = Van::update(key()).add(Van::SEATS, 1);
    assert_eq!(update.explain().unwrap().return_values(), None);
    let update = update.returning_new().explain().unwrap();
    assert_eq!(update.return_values(), Some(&ReturnValue::AllNew));
    assert_eq!(van(1).put().returning_old().explain().unwrap().return_values(), Some(&ReturnValue::AllOld));
    let delete = Van::delete(key()).returning_old();
    assert_eq!(delete.explain().unwrap().return_values(), Some(&ReturnValue::AllOld));
}
