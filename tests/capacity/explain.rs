//! What is predicted, against what the engine reports; what is shown, against what is sent.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::SharedHttpClient;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use monotable::{
    BatchGet, Capacity, Cost, Entity, Error, Handle, Item, MaxWaste, Metered, Prediction, Table as _,
    TransactGet,
};
use monotable_tests::{Quirk, engine, open};
use proptest::prelude::*;
use serde_json::Value;

use crate::model::{Order, Shop, order, shop};
use crate::things::{Thing, ThingKey, Things, thing};

/// What happens to a thing.
#[derive(Debug, Clone)]
enum Step {
    Put(Thing),
    Insert(Thing),
    Replace(Thing),
    Delete(u8),
    Update(u8, String, Option<String>),
    Transact(Thing, u8, u8),
    Batch(Thing, u8),
    Reads(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => thing().prop_map(Step::Put),
        1 => thing().prop_map(Step::Insert),
        1 => thing().prop_map(Step::Replace),
        1 => (0..3_u8).prop_map(Step::Delete),
        2 => (0..3_u8, "[xy]{0,2000}", prop_oneof![Just(None), "[ab]".prop_map(Some)])
            .prop_map(|(number, note, day)| Step::Update(number, note, day)),
        2 => (thing(), 0..3_u8, 0..3_u8).prop_map(|(thing, deleted, checked)| Step::Transact(thing, deleted, checked)),
        1 => (thing(), 0..3_u8).prop_map(|(thing, deleted)| Step::Batch(thing, deleted)),
        2 => any::<bool>().prop_map(Step::Reads),
    ]
}

/// A table, and what is in it.
struct World {
    things: Handle<Things>,
    model: BTreeMap<u8, Thing>,
}

fn key(number: u8) -> ThingKey {
    ThingKey { shelf: "s".into(), number }
}

fn stored(thing: &Thing) -> Item {
    thing.put().explain().unwrap().into_inner().item.unwrap()
}

/// The units of the table and of each index are those that were predicted, and those without any knowledge are bounds.
#[track_caller]
fn agree(predicted: &Prediction, bounds: &Prediction, cost: &Cost) {
    assert_eq!(predicted.exact(), Some(&cost.capacity));
    let units = |capacity: &Capacity| (capacity.total().read, capacity.total().write);
    let (least, most, real) = (units(bounds.at_least()), units(bounds.at_most()), units(&cost.capacity));
    assert!(least.0 <= real.0 && least.1 <= real.1, "{bounds}, {cost:?}");
    assert!(real.0 <= most.0 && real.1 <= most.1, "{bounds}, {cost:?}");
}

impl World {
    fn item(&self, number: u8) -> Option<Item> {
        self.model.get(&number).map(stored)
    }

    async fn run(&mut self, step: Step) {
        let things = self.things.clone();
        match step {
            Step::Put(thing) => self.wrote(things.put(&thing), thing).await,
            Step::Insert(thing) => self.wrote(things.insert(&thing), thing).await,
            Step::Replace(thing) => self.wrote(things.replace(&thing), thing).await,
            Step::Delete(number) => {
                let delete = things.delete(key(number));
                let explained = delete.explain().unwrap();
                let exact = explained.clone().deleting_item(self.item(number).as_ref());
                agree(exact.units(), explained.units(), delete.await.unwrap().cost());
                self.model.remove(&number);
            }
            Step::Update(number, note, day) => self.update(number, note, day).await,
            Step::Transact(thing, deleted, checked) => self.transact(thing, deleted, checked).await,
            Step::Batch(thing, deleted) => self.batch(thing, deleted).await,
            Step::Reads(consistent) => self.read(consistent).await,
        }
    }

    async fn wrote<P>(&mut self, put: monotable::Put<Thing, Handle<Things>, P>, thing: Thing)
    where
        monotable::Put<Thing, Handle<Things>, P>: IntoFuture<Output = Result<Metered<()>, Error>>,
    {
        let (old, explained) = (self.item(thing.number), put.explain().unwrap());
        let exact = explained.clone().replacing_item(old.as_ref());
        match put.await {
            Ok(done) => {
                agree(exact.units(), explained.units(), done.cost());
                self.model.insert(thing.number, thing);
            }
            Err(error) => {
                // A refused write costs the larger of both items, and touches no index.
                assert!(error.is_condition_failed(), "{error}");
                let expected = exact.units().exact().unwrap().table;
                assert_eq!((error.cost().capacity.table, error.cost().capacity.indexes.len()), (expected, 0));
            }
        }
    }

    async fn update(&mut self, number: u8, note: String, day: Option<String>) {
        let mut update = self.things.update(key(number)).set(Thing::NOTE, note.clone());
        update = match &day {
            Some(day) => update.set(Thing::DAY, day.clone()),
            None => update.remove(Thing::DAY),
        };
        let (before, explained) = (self.model.get(&number).cloned(), update.explain().unwrap());
        let Some(before) = before else {
            let error = update.await.unwrap_err();
            assert_eq!(error.cost().write_units(), 1.0);
            return;
        };
        let after = Thing { note, day, ..before.clone() };
        let exact = explained.clone().changing(Some(&before), &after).unwrap();
        agree(exact.units(), explained.units(), update.await.unwrap().cost());
        self.model.insert(number, after);
    }

    async fn transact(&mut self, thing: Thing, deleted: u8, checked: u8) {
        if deleted == thing.number || checked == thing.number || deleted == checked {
            return;
        }
        let is_there = self.model.contains_key(&checked);
        let check = if is_there { Thing::exists(key(checked)) } else { return };
        let transaction =
            self.things.transact().put(thing.put()).delete(Thing::delete(key(deleted))).check(check);
        let explained = transaction.explain().unwrap();
        let changes = [
            (self.item(thing.number), Some(stored(&thing))),
            (self.item(deleted), None),
            (self.item(checked), self.item(checked)),
        ];
        let exact = explained.clone().changing_items(&changes);
        agree(exact.units(), explained.units(), transaction.await.unwrap().cost());
        self.model.remove(&deleted);
        self.model.insert(thing.number, thing);
    }

    async fn batch(&mut self, thing: Thing, deleted: u8) {
        if deleted == thing.number {
            return;
        }
        let batch = self.things.batch_write().put(&thing).delete(key(deleted));
        let explained = batch.explain().unwrap().remove(0);
        let exact = explained.clone().replacing_items(&[self.item(thing.number), self.item(deleted)]);
        agree(exact.units(), explained.units(), batch.await.unwrap().cost());
        self.model.remove(&deleted);
        self.model.insert(thing.number, thing);
    }

    async fn read(&self, consistent: bool) {
        if engine().has(Quirk::ReadUnitsAbove4Kb) {
            // What it says of a read has nothing to do with what is read.
            return;
        }
        let things = &self.things;
        for number in 0..3 {
            let get = things.get(key(number));
            let get = if consistent { get.consistent() } else { get };
            let explained = get.explain().unwrap();
            let exact = explained.clone().finding_item(self.item(number).as_ref());
            agree(exact.units(), explained.units(), get.await.unwrap().cost());
        }
        let found: Vec<_> = (0..3).map(|number| self.item(number)).collect();
        let keys: Vec<_> = (0..3).map(key).collect();
        let batch = things.batch_get(keys.clone());
        let batch = if consistent { batch.consistent() } else { batch };
        let explained = batch.explain().unwrap().remove(0);
        agree(
            explained.clone().finding_items(&found).units(),
            explained.units(),
            batch.await.unwrap().cost(),
        );
        let transaction = things.transact_get(keys);
        let explained = transaction.explain().unwrap();
        agree(
            explained.clone().finding_items(&found).units(),
            explained.units(),
            transaction.await.unwrap().cost(),
        );
        self.query(consistent).await;
    }

    async fn query(&self, consistent: bool) {
        let of = |keep: &dyn Fn(&Thing) -> bool| {
            self.model.values().filter(|thing| keep(thing)).cloned().collect::<Vec<_>>()
        };
        let things = &self.things;
        let query = things.query(Thing::by_shelf("s")).limit(2);
        let query = if consistent { query.consistent() } else { query };
        let explained = query.explain().unwrap();
        let exact = explained.clone().finding(&of(&|_| true)).unwrap();
        let outcome = query.page().await.unwrap();
        agree(exact.units(), explained.units(), outcome.cost());

        let query = things.query(Thing::by_group("a"));
        let explained = query.explain().unwrap();
        let exact = explained.clone().finding(&of(&|thing| thing.group.as_deref() == Some("a"))).unwrap();
        agree(exact.units(), explained.units(), query.await.unwrap().cost());

        let query = things.query_keys(Thing::by_courier("a"));
        let explained = query.explain().unwrap();
        let exact = explained
            .clone()
            .finding(&of(&|thing| thing.courier.as_deref() == Some("a") && thing.rank.is_some()))
            .unwrap();
        agree(exact.units(), explained.units(), query.await.unwrap().cost());

        let query = things.query_keys(Thing::by_day("b"));
        let explained = query.explain().unwrap();
        let exact = explained.clone().finding(&of(&|thing| thing.day.as_deref() == Some("b"))).unwrap();
        agree(exact.units(), explained.units(), query.await.unwrap().cost());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(engine().cases(150)) })]

    #[test]
    fn what_is_predicted_is_what_is_consumed(steps in proptest::collection::vec(step(), 1..16)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World { things: open::<Things>().await, model: BTreeMap::new() };
            for step in steps {
                world.run(step).await;
            }
        });
    }
}

fn item(size: usize) -> Item {
    // `n` and its value: a byte for the name.
    Item::from([("n".to_owned(), AttributeValue::S("x".repeat(size - 1)))])
}

/// The examples of DynamoDB's documentation, each as an item or a request.
#[tokio::test]
async fn the_published_examples() {
    let shop = shop().await;
    // "Constraints": the size of an item.
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let shirt = Item::from([("shirt-color".to_owned(), text("R")), ("shirt-size".to_owned(), text("M"))]);
    let exact = |prediction: &Prediction| prediction.exact().unwrap().total();
    let put = order("ada", 1).put().explain().unwrap().replacing_item(Some(&shirt));
    assert_eq!(exact(put.units()).write, 2.0);

    // "Read and write operations", in units of reads and of writes.
    let get = |consistent: bool, size: usize| {
        let get = shop.get(crate::model::OrderKey { customer: "ada".into(), number: 1 });
        let get = if consistent { get.consistent() } else { get };
        exact(get.explain().unwrap().finding_item(Some(&item(size))).units()).read
    };
    for (size, eventual, consistent) in [
        (1, 0.5, 1.0),
        (3500, 0.5, 1.0),
        (4096, 0.5, 1.0),
        (4097, 1.0, 2.0),
        (8192, 1.0, 2.0),
        (10 * 1024, 1.5, 3.0),
    ] {
        assert_eq!((get(false, size), get(true, size)), (eventual, consistent), "{size}");
    }
    // Ten items of 40.8 KB together are 44 KB. 1500 items of 64 bytes are 96 KB, as 93.75 are.
    let query = |consistent: bool| {
        let query = shop.query(Order::by_customer("ada"));
        if consistent { query.consistent().explain().unwrap() } else { query.explain().unwrap() }
    };
    let of = |count: usize, size: usize| vec![item(size); count];
    assert_eq!(exact(query(true).finding_items(&of(10, 4178)).units()).read, 11.0);
    assert_eq!(exact(query(true).finding_items(&of(1500, 64)).units()).read, 24.0);
    assert_eq!(exact(query(false).finding_items(&of(1500, 64)).units()).read, 12.0);
    assert_eq!(exact(query(false).finding_items(&[]).units()).read, 0.5);
    // A batch of 1.5 KB and 6.5 KB is 12 KB: each is rounded by itself.
    let keys = || [1, 2].map(|number| crate::model::OrderKey { customer: "ada".into(), number });
    let found = [Some(item(1536)), Some(item(6656))];
    let batch = BatchGet::<Shop, _>::of(keys()).consistent().explain().unwrap().remove(0);
    assert_eq!(exact(batch.finding_items(&found).units()).read, 3.0);
    let transaction = TransactGet::<Shop, _>::of(keys()).explain().unwrap();
    assert_eq!(exact(transaction.finding_items(&found).units()).read, 6.0);
    // Eight entries of 2000 bytes in a global index are 16 KB, 2 units.
    let index = shop.query(Order::by_status("open")).explain().unwrap();
    let entry = |item: &mut Item| {
        for (name, value) in [("GSI1PK", "STATUS#open"), ("GSI1SK", "1")] {
            item.insert(name.to_owned(), text(value));
        }
    };
    let mut entries = of(8, 2000 - 11 - 1 - 12);
    entries.iter_mut().for_each(entry);
    assert_eq!(exact(index.finding_items(&entries).units()).read, 2.0);
}

/// Without knowledge of the old item, an insert is exact and a put has bounds.
#[tokio::test]
async fn what_is_not_known_has_bounds() {
    let shop = shop().await;
    let order = Order { note: "n".repeat(2000), ..order("ada", 1) };
    let insert = order.insert().explain().unwrap();
    assert_eq!(insert.units().to_string(), "6 write units (table 3, Gsi1 3)");
    let put = order.put().explain().unwrap();
    assert_eq!(put.units().exact(), None);
    assert_eq!(
        put.units().to_string(),
        "from 3 write units to 1203 write units (table 400, ByCourier 400, Gsi1 403)"
    );
    assert_eq!(put.clone().replacing(&order).unwrap().units().to_string(), "3 write units");
    assert_eq!(put.size().item, Some(2104));
    assert_eq!(put.size().entries.keys().collect::<Vec<_>>(), ["Gsi1"]);
    let get = shop.get(crate::model::OrderKey { customer: "ada".into(), number: 1 });
    assert_eq!(get.explain().unwrap().units().to_string(), "from 0.5 read units to 50 read units");
}

/// Remembers the bodies of requests.
#[derive(Debug, Clone)]
struct Capturing<E>(E, Arc<Mutex<Vec<Value>>>);

impl HttpClient for Capturing<SharedHttpClient> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Capturing(self.0.http_connector(settings, components), self.1.clone()))
    }
}

impl HttpConnector for Capturing<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        self.1.lock().unwrap().push(body);
        self.0.call(request)
    }
}

/// Shown requests are those that are sent, member by member.
#[tokio::test]
async fn what_is_shown_is_what_is_sent() {
    let shop = shop().await;
    let bodies = Arc::new(Mutex::new(Vec::new()));
    let engine = shop.sdk().config().http_client().unwrap();
    let config = shop.sdk().config().to_builder().http_client(Capturing(engine, bodies.clone()));
    let shop = Shop::open(Client::from_conf(config.build())).named(shop.name());
    let total = shop.clone().return_consumed_capacity(ReturnConsumedCapacity::Total);
    let key = |number| crate::model::OrderKey { customer: "a\"d\\a\n\u{1}ü".into(), number };
    let odd = Order { customer: key(1).customer, ..order("", 1) };
    let check = |shown: String, pretty: String, what: &str| {
        let sent = bodies.lock().unwrap().drain(..).collect::<Vec<_>>();
        let shown: Value =
            serde_json::from_str(&shown).unwrap_or_else(|error| panic!("{what}: {error}: {shown}"));
        assert_eq!(sent, std::slice::from_ref(&shown), "{what}");
        assert_eq!(serde_json::from_str::<Value>(&pretty).unwrap(), shown, "{what}");
        assert!(pretty.lines().count() > 3, "{pretty}");
    };
    macro_rules! same {
        ($what:literal, $operation:expr) => {{
            let operation = $operation;
            let explained = operation.explain().unwrap();
            let _outcome: Result<_, Error> = operation.await;
            check(format!("{explained}"), format!("{explained:#}"), $what);
        }};
    }
    same!("put", shop.put(&odd).when(Order::NOTE.eq("x")));
    same!("insert", total.insert(&odd));
    same!("get", shop.get(key(1)).consistent());
    same!("exists", shop.exists(key(1)));
    same!("update", shop.update(key(1)).set(Order::NOTE, "y").returning_new());
    same!("query", shop.query(Order::by_status("open").number_from(3_u32)).newest_first().limit(7));
    same!(
        "filter",
        total.query(Order::by_customer("ada")).filter(Order::NOTE.exists(), MaxWaste::percent(9)).limit(2)
    );
    same!("keys", shop.query_keys(Order::by_status("open")).limit(7));
    same!("transact_get", shop.transact_get([key(1), key(2)]));
    let transaction = shop
        .transact()
        .put(odd.put())
        .delete(Order::delete(key(2)))
        .update(Order::update(key(3)).set(Order::NOTE, "z"));
    same!("transact", transaction.check(Order::exists(key(4))).idempotency_token("t"));
    same!("delete", shop.delete(key(1)).when(Order::NOTE.eq("z")));
    let batch = shop.batch_get([key(1), key(2)]).consistent();
    let explained = batch.explain().unwrap().remove(0);
    let _: Result<Metered<_>, _> = batch.await;
    check(format!("{explained}"), format!("{explained:#}"), "batch_get");
    let batch = shop.batch_write().put(&odd).delete(key(2));
    let explained = batch.explain().unwrap().remove(0);
    batch.await.unwrap();
    check(format!("{explained}"), format!("{explained:#}"), "batch_write");
    let scan = shop.maintenance("see").scan().segments(1).unpaced();
    let explained = scan.explain().unwrap();
    scan.stream().next().await;
    check(format!("{explained}"), format!("{explained:#}"), "scan");
}
