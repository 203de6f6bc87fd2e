//! Creating a table where others are at work, and on engines that do not have all of DynamoDB.

use monotable::testing::{Calls, Fault, Operation};
use monotable::{Creation, Entity, ErrorKind, Handle, Table};
use monotable_tests::{named, open, proxied};
use serde::{Deserialize, Serialize};

use aws_sdk_dynamodb::types::TimeToLiveSpecification;

#[derive(Table, Debug)]
#[table(name = "sessions")]
enum Sessions {
    Session(Session),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Sessions, pk = "SESSION#{id}", sk = "SESSION")]
struct Session {
    id: u32,
    #[entity(ttl)]
    ends: u64,
}

/// A table that is not there yet.
async fn missing() -> Handle<Sessions> {
    named::<_, Sessions>(&open::<Sessions>().await, "sessions-new")
}

async fn expires_by(sessions: &Handle<Sessions>) -> Option<String> {
    let found = sessions.sdk().describe_time_to_live().table_name(sessions.name()).send().await.unwrap();
    found.time_to_live_description.and_then(|found| found.attribute_name)
}

#[tokio::test]
async fn somebody_else_may_be_faster() {
    let (sessions, proxy) = proxied(&missing().await);
    sessions.create().await.unwrap();
    // What two programs see that begin together.
    proxy.inject(Calls::of(Operation::DescribeTable).first(1), Fault::refuse("ResourceNotFoundException"));
    assert_eq!(*sessions.create().await.unwrap(), Creation::Existing);
    assert_eq!(expires_by(&sessions).await.as_deref(), Some("ends"));
}

#[tokio::test]
async fn what_was_interrupted_is_finished() {
    let (sessions, proxy) = proxied(&missing().await);
    proxy.inject(Calls::of(Operation::UpdateTimeToLive), Fault::refuse("AccessDeniedException"));
    let error = sessions.create().await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::AccessDenied, "create"), "{error}");
    assert_eq!(expires_by(&sessions).await, None);
    proxy.clear();
    assert_eq!(*sessions.create().await.unwrap(), Creation::Existing);
    assert_eq!(expires_by(&sessions).await.as_deref(), Some("ends"));
}

#[tokio::test]
async fn what_is_refused_is_told() {
    for operation in [Operation::DescribeTable, Operation::CreateTable, Operation::DescribeTimeToLive] {
        let (sessions, proxy) = proxied(&missing().await);
        proxy.inject(Calls::of(operation), Fault::refuse("AccessDeniedException"));
        let error = sessions.create().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::AccessDenied, "create"),
            "{operation:?}: {error}"
        );
    }
}

#[tokio::test]
async fn an_engine_without_expiry_will_do() {
    let (sessions, proxy) = proxied(&missing().await);
    proxy.inject(Calls::of(Operation::DescribeTimeToLive), Fault::refuse("UnknownOperationException"));
    assert_eq!(*sessions.create().await.unwrap(), Creation::Created);
}

#[tokio::test]
async fn items_that_expire_by_another_attribute_are_a_mismatch() {
    let (sessions, proxy) = proxied(&missing().await);
    proxy.inject(Calls::of(Operation::DescribeTimeToLive), Fault::refuse("UnknownOperationException"));
    sessions.create().await.unwrap();
    proxy.clear();
    let by_another =
        TimeToLiveSpecification::builder().enabled(true).attribute_name("expires").build().unwrap();
    let update = sessions.sdk().update_time_to_live().table_name(sessions.name());
    update.time_to_live_specification(by_another).send().await.unwrap();
    let error = sessions.create().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TableMismatch);
    let text = error.to_string().replace(sessions.name(), "sessions-new");
    assert_eq!(
        text,
        "cannot create `sessions`: table `sessions-new` is there, but its items expire by `expires`, and the model's by `ends`"
    );
}
