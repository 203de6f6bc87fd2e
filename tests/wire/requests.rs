//! What writes send: the items that `explain()` shows, whatever they hold, and everything else as the SDK writes it.

use std::error::Error as _;

use aws_sdk_dynamodb::config::interceptors::BeforeSerializationInterceptorContextMut;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use monotable::testing::{Operation, Proxy};
use monotable::{Entity, ErrorKind, Handle, Table};
use monotable_tests::{engine, open, proxied};
use proptest::test_runner::{Config, TestRunner};
use serde_dynamo::AttributeValue;
use serde_json::{Value, json};

use crate::reads::{by_sdk, things};
use crate::tree::json_of;
use crate::world::{Strict, StrictKey, Thing, ThingKey, Watch, World};

/// An item of the SDK's.
fn json(item: &monotable::Item) -> Value {
    let item = serde_dynamo::Item::from(item.clone());
    Value::Object(item.iter().map(|(name, value)| (name.clone(), json_of(value))).collect())
}

/// The body of the only call that was sent since.
fn sent(proxy: &Proxy, operation: Operation) -> Value {
    let requests = proxy.requests();
    proxy.forget();
    let [request] = &requests[..] else { panic!("{requests:?}") };
    assert_eq!(request.operation, operation);
    request.body.clone()
}

async fn send_in_every_way(world: &Handle<World>, proxy: &Proxy, thing: &Thing) {
    let item = json(thing.put().explain().unwrap().into_inner().item().unwrap());
    // As `serde_dynamo` has the fields.
    let fields: serde_dynamo::Item = serde_dynamo::to_item(thing).unwrap();
    for (name, value) in fields.into_inner() {
        let stored = item.get(&name);
        assert!(
            stored == Some(&json_of(&value)) || stored.is_none() && value == AttributeValue::Null(true),
            "{name}: {stored:?}"
        );
    }
    world.put(thing).await.unwrap();
    assert_eq!(sent(proxy, Operation::PutItem)["Item"], item);
    world.put(thing).when(Thing::NUMBER.eq(thing.number)).await.unwrap();
    let conditional = sent(proxy, Operation::PutItem);
    assert_eq!((&conditional["Item"], &conditional["ConditionExpression"]), (&item, &json!("#0 = :0")));

    let key = || StrictKey { owner: "\"Item\":{}".into(), number: 1 };
    world.batch_write().delete(key()).put(thing).await.unwrap();
    let batch = sent(proxy, Operation::BatchWriteItem);
    let requests = batch["RequestItems"][world.name()].as_array().unwrap();
    assert_eq!((requests.len(), &requests[1]["PutRequest"]["Item"]), (2, &item));

    let strict = Strict { owner: "\"Item\":{}".into(), number: 1 };
    world.transact().put(strict.put()).put(thing.put()).await.unwrap();
    let together = sent(proxy, Operation::TransactWriteItems);
    let strict = json(strict.put().explain().unwrap().into_inner().item().unwrap());
    let of = |at: usize| &together["TransactItems"][at]["Put"]["Item"];
    assert_eq!((of(0), of(1)), (&strict, &item));
}

/// The values of an update, small and large, are those that `explain()` shows: by itself and among other actions.
async fn update_in_every_way(world: &Handle<World>, proxy: &Proxy, thing: &Thing) {
    let key = || ThingKey { owner: thing.owner.clone(), number: thing.number };
    let long: Vec<_> = (0..99).map(|at| Some(format!("{at}: {{\"N\":\"#0\"}} {{\"N\":\"#1\"}}"))).collect();
    macro_rules! changed {
        ($update:expr) => {{
            let update = $update.set(Thing::NESTED, thing.nested.clone()).set(Thing::LIST, long.clone());
            update.set(Thing::UNTAGGED, thing.untagged.clone()).when(Thing::NUMBER.eq(thing.number))
        }};
    }
    let values = |body: &Value| body["ExpressionAttributeValues"].clone();
    let explained = changed!(Thing::update(key())).explain().unwrap().into_inner();
    let explained = json(explained.expression_attribute_values().unwrap());
    let list = json!(long.iter().map(|text| json!({"S": text})).collect::<Vec<_>>());
    assert!(explained.as_object().unwrap().values().any(|value| value["L"] == list));

    changed!(world.update(key())).await.unwrap();
    assert_eq!(values(&sent(proxy, Operation::UpdateItem)), explained);
    let strict = Strict { owner: "ada".into(), number: 1 };
    world.transact().update(changed!(Thing::update(key()))).put(strict.put()).await.unwrap();
    let together = sent(proxy, Operation::TransactWriteItems);
    assert_eq!(values(&together["TransactItems"][0]["Update"]), explained);
    assert_eq!(world.get(key()).await.unwrap().as_ref().map(|thing| &thing.list), Some(&long));
    proxy.forget();
}

#[test]
fn every_way_of_writing_sends_the_item() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (world, proxy) = proxied(&runtime.block_on(open::<World>()));
    let mut runner =
        TestRunner::new(Config { cases: engine().cases(60), failure_persistence: None, ..Config::default() });
    let law = |thing: Thing| {
        runtime.block_on(send_in_every_way(&world, &proxy, &thing));
        runtime.block_on(update_in_every_way(&world, &proxy, &thing));
        Ok(())
    };
    runner.run(&things(), law).unwrap();
}

/// Without this, the SDK could write everything, and no other test would notice.
#[tokio::test]
async fn the_sdk_is_given_no_map_of_the_items() {
    let (world, watch) = Watch::on(&open::<World>().await);
    let strict = Strict { owner: "ada".into(), number: 7 };
    world.put(&strict).await.unwrap();
    world.batch_write().put(&strict).await.unwrap();
    world.transact().put(strict.put()).await.unwrap();
    assert_eq!(watch.take_given(), vec![by_sdk(); 3]);
    let thing = ThingKey { owner: "ada".into(), number: 7 };
    world.update(thing).set(Thing::LIST, vec![Some("long".repeat(99))]).await.unwrap_err();
    assert_eq!(watch.take_given(), [by_sdk()]);
}

/// An interceptor of the user's that adds an attribute to what is put.
#[derive(Debug)]
struct Stamp;

impl Intercept for Stamp {
    fn name(&self) -> &'static str {
        "Stamp"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if let Some(input) = context.input_mut().downcast_mut::<PutItemInput>() {
            let stamp = aws_sdk_dynamodb::types::AttributeValue::Bool(true);
            input.item.get_or_insert_default().insert("stamped".to_owned(), stamp);
        }
        Ok(())
    }
}

/// What an interceptor adds to an item that is not there yet is not lost in silence: the call is refused.
#[tokio::test]
async fn an_item_that_an_interceptor_changes_is_refused() {
    let world = open::<World>().await;
    let config = world.sdk().config().to_builder().interceptor(Stamp).build();
    let stamping = World::open(aws_sdk_dynamodb::Client::from_conf(config)).named(world.name());
    let strict = Strict { owner: "ada".into(), number: 7 };
    let put = stamping.put(&strict).await;
    if by_sdk() {
        put.unwrap();
        return;
    }
    let error = put.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let cause = error.source().and_then(|failure| failure.source()).unwrap().to_string();
    assert!(cause.starts_with("an interceptor changed items or values in the input"), "{cause}");
    let key = StrictKey { owner: "ada".into(), number: 7 };
    assert_eq!(world.get(key).await.unwrap().into_inner(), None);
}
