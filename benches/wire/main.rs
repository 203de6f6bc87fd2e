//! What it costs to get items out of an answer's bytes and into a request's, beside the other ways: in one process, in
//! turn, in CPU time of the thread.

mod adaptor;
mod answers;
mod by_hand;
mod calls;
mod clients;
mod measure;
pub mod model;
pub mod others;
mod server;

use std::hint::black_box;

use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use monotable::__wire as wire;
use monotable::{FromItem, Item, Undecoded};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;

use self::answers::{Sdk, page_of};
use self::by_hand::ByHand;
use self::clients::{Answers, in_memory};
use self::measure::{Contender, compare};
use self::model::{Bench, Order, Viewed, documents, orders};
use self::others::{Answered, Others, PutWay, Way};

#[allow(dead_code, reason = "`benches/others` has this file as a module, and a main function of its own")]
fn main() {
    run(&Others::NONE);
}

pub fn run(others: &Others) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let filter: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |title: &str| filter.is_empty() || filter.iter().any(|word| title.contains(word.as_str()));
    if wanted("decode small") {
        let title = "decode small: a Query page of 3000 items of 12 attributes";
        decode(title, &orders(3000), 12, others.orders, &runtime);
    }
    if wanted("decode large") {
        let title = "decode large: a Query page of 250 items of 4.7 KB";
        decode(title, &documents(250), 12, others.documents, &runtime);
    }
    if wanted("encode") {
        encode("encode: 25 small items into the body of a BatchWriteItem", &orders(25), 400, others.puts);
    }
    calls::run(wanted, &runtime, others);
}

fn serde_dynamo_items<E: DeserializeOwned>(output: QueryOutput) -> Vec<E> {
    serde_dynamo::from_items(output.items.unwrap_or_default()).expect("the items are the type's")
}

/// It is faster than all of them at once.
fn serde_dynamo_by_item<E: DeserializeOwned>(output: QueryOutput) -> Vec<E> {
    let items = output.items.unwrap_or_default().into_iter();
    items.map(|item| serde_dynamo::from_item(item).expect("the item is the type's")).collect()
}

fn decode<E>(title: &str, entities: &[E], calls: u32, others: &[Way<E>], runtime: &Runtime)
where
    E: monotable::Entity
        + FromItem
        + ByHand
        + Viewed
        + Serialize
        + DeserializeOwned
        + PartialEq
        + std::fmt::Debug,
{
    let (sdk, response) = (Sdk::new(), page_of(entities));
    let body = response.body().bytes().expect("the body is in memory");
    let by_hand = |output: QueryOutput| -> Option<Vec<E>> {
        output.items.unwrap_or_default().into_iter().map(E::from_item_by_hand).collect()
    };
    let client = in_memory(&Answers { page: body.to_vec(), ..Answers::default() });
    let answered = Answered { sdk: &sdk, response: &response, client, runtime };
    // They do the same work, and do it right.
    assert!(serde_dynamo_items::<E>(sdk.query(&response)) == entities);
    assert!(serde_dynamo_by_item::<E>(sdk.query(&response)) == entities);
    assert!(by_hand(sdk.query(&response)).as_deref() == Some(entities));
    assert!(adaptor::page::<E>(body).expect("a page") == entities);
    assert!(wire::query_page::<E>(&response).expect("a page").0 == entities);
    let undecoded = wire::undecoded_page::<E>(&response).expect("a page").0;
    assert_eq!(undecoded.len(), entities.len());
    assert!(undecoded.iter().zip(entities).all(|(item, entity)| entity.is(&view(item))));
    assert!(others.iter().all(|other| (other.decode)(&answered) == entities));
    let mut contenders = vec![
        Contender::new("SDK, then serde_dynamo from_items", || serde_dynamo_items::<E>(sdk.query(&response))),
        Contender::new("SDK, then serde_dynamo from_item", || {
            serde_dynamo_by_item::<E>(sdk.query(&response))
        }),
    ];
    contenders.extend(others.iter().map(|other| Contender::new(other.name, || (other.decode)(&answered))));
    contenders.extend([
        Contender::new("SDK, then a conversion by hand", || by_hand(sdk.query(&response))),
        Contender::new("serde_json with an adaptor", || adaptor::page::<E>(body)),
        Contender::new("monotable", || wire::query_page::<E>(&response)),
        Contender::new("monotable, borrowed", || {
            let page = wire::undecoded_page::<E>(&response).expect("a page");
            // Looked at, and let go.
            page.0.iter().for_each(|item| drop(black_box(view(item))));
            page
        }),
        Contender::new("limit: monotable's reader skips all", || wire::skip_items(black_box(body))),
    ]);
    compare(&format!("{title}, {} KB of JSON", body.len() / 1024), calls, entities.len(), &contenders);
}

fn view<E: FromItem + Viewed>(item: &Undecoded<E>) -> E::View<'_> {
    item.decode().expect("the item is the view's")
}

fn encode(title: &str, entities: &[Order], calls: u32, others: &[PutWay]) {
    let sdk = Sdk::new();
    let request = |items: Vec<Item>| {
        let requests = items.into_iter().map(|item| {
            let put = PutRequest::builder().set_item(Some(item)).build().expect("an item");
            WriteRequest::builder().put_request(put).build()
        });
        sdk.batch_write(requests.collect())
    };
    let key = |item: &mut Item, entity: &Order| {
        let (pk, sk) = entity.keys_by_hand();
        item.insert("PK".to_owned(), AttributeValue::S(pk));
        item.insert("SK".to_owned(), AttributeValue::S(sk));
        item.insert("_type".to_owned(), AttributeValue::S("Order".to_owned()));
    };
    let by_serde_dynamo = || {
        let items = entities.iter().map(|entity| {
            let mut item: Item = serde_dynamo::to_item(entity).expect("an item");
            key(&mut item, entity);
            item
        });
        request(items.collect())
    };
    let by_hand = || {
        let items = entities.iter().map(|entity| {
            let mut item = entity.to_item_by_hand();
            key(&mut item, entity);
            item
        });
        request(items.collect())
    };
    let monotable = || {
        let request = wire::batch_request::<Bench, _>(entities).expect("a request");
        request.body().bytes().expect("a body in memory").to_vec()
    };
    let value = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).expect("JSON");
    assert!(value(&by_serde_dynamo()) == value(&monotable()));
    assert!(value(&by_hand()) == value(&monotable()));
    let mut contenders = vec![
        Contender::new("serde_dynamo, then the SDK", by_serde_dynamo),
        Contender::new("a conversion by hand, then the SDK", by_hand),
        Contender::new("monotable", monotable),
    ];
    for other in others {
        let other_way = || sdk.batch_write(entities.iter().map(other.put).collect());
        assert!(value(&other_way()) == value(&monotable()), "{}", other.name);
        contenders.push(Contender::new(other.name, other_way));
    }
    contenders.push(Contender::new("limit: monotable's writer, no keys", || wire::write_items(entities)));
    compare(title, calls, entities.len(), &contenders);
}
