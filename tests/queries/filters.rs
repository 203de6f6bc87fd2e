//! Filters against filters in plain Rust, and the waste they may cause against arithmetic.

use monotable::{Condition, Entity, ErrorKind, Handle, MaxWaste, Query, Table};
use monotable_tests::{engine, open};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "filters", index(ByDay, pk = [day: N], sk = [cents: N]))]
enum Filters {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Filters, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
#[entity(index(ByDay))]
struct Order {
    customer: String,
    number: u8,
    paid: bool,
    cents: u32,
    day: u32,
    note: Option<String>,
}

/// A filter as a condition, and as a function.
#[derive(Debug, Clone)]
enum Asked {
    Paid(bool),
    Cents(u32, u32),
    Noted,
    Either(bool, u32),
}

impl Asked {
    fn condition(&self) -> Condition<Order> {
        match *self {
            Self::Paid(paid) => Order::PAID.eq(paid),
            Self::Cents(low, high) => Order::CENTS.between(low.min(high), low.max(high)),
            Self::Noted => Order::NOTE.exists(),
            Self::Either(paid, cents) => Order::PAID.eq(paid) | Order::CENTS.lt(cents),
        }
    }

    fn selects(&self, order: &Order) -> bool {
        match *self {
            Self::Paid(paid) => order.paid == paid,
            Self::Cents(low, high) => (low.min(high)..=low.max(high)).contains(&order.cents),
            Self::Noted => order.note.is_some(),
            Self::Either(paid, cents) => order.paid == paid || order.cents < cents,
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    prop_oneof![
        any::<bool>().prop_map(Asked::Paid),
        (0..9u32, 0..9u32).prop_map(|(low, high)| Asked::Cents(low, high)),
        Just(Asked::Noted),
        (any::<bool>(), 0..9u32).prop_map(|(paid, cents)| Asked::Either(paid, cents)),
    ]
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    vec((any::<bool>(), 0..9u32, any::<bool>()), 0..24).prop_map(|drawn| {
        let order = |(number, (paid, cents, noted)): (usize, (bool, u32, bool))| Order {
            customer: "ada".into(),
            number: u8::try_from(number).expect("a few orders"),
            paid,
            cents,
            day: 1,
            note: noted.then(String::new),
        };
        drawn.into_iter().enumerate().map(order).collect()
    })
}

/// Whether a filter is too wasteful, judged after each page of so many items.
fn is_wasteful(orders: &[Order], asked: &Asked, page: usize, percent: u64, from: u64) -> bool {
    let (mut matched, mut read) = (0, 0);
    orders.chunks(page).any(|page| {
        read += page.len() as u64;
        matched += page.iter().filter(|order| asked.selects(order)).count() as u64;
        read >= from && (read - matched) * 100 > percent * read
    })
}

async fn load(orders: &[Order]) -> Handle<Filters> {
    let table = open::<Filters>().await;
    for order in orders {
        table.put(order).await.unwrap();
    }
    table
}

async fn check(orders: Vec<Order>, asked: Asked, page: usize, limit: usize, percent: u8, from: u64) {
    let table = load(&orders).await;
    let filtered = |waste| table.query(Order::by_customer("ada")).filter(asked.condition(), waste);
    let expected: Vec<_> = orders.iter().filter(|order| asked.selects(order)).cloned().collect();
    let any = MaxWaste::percent(100);

    let all = filtered(any).await.unwrap();
    assert_eq!((&*all, all.cost().evaluated), (&expected, orders.len() as u64));
    assert_eq!(*filtered(any).count().await.unwrap(), expected.len());
    let first: Vec<_> = filtered(any).limit(limit).page_size(page).await.unwrap().into_inner();
    assert_eq!(first, expected[..limit.min(expected.len())]);
    assert_eq!(pages(|| filtered(any).limit(limit)).await, expected);
    assert_eq!(pages(|| filtered(any).page_size(page)).await, expected);

    let judged = filtered(MaxWaste::percent(percent).from_item(from)).page_size(page).await;
    match is_wasteful(&orders, &asked, page, percent.into(), from) {
        false => assert_eq!(*judged.unwrap(), expected),
        true => {
            let error = judged.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::WastefulFilter, "{error}");
            assert!(error.cost().read_units() > 0.0, "what was thrown away is paid for");
        }
    }
}

/// Everything, a page at a time.
async fn pages<I: monotable::Index>(query: impl Fn() -> Query<Order, I, Handle<Filters>>) -> Vec<Order> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let page = query().after(cursor).page().await.unwrap().into_inner();
        all.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return all;
        }
    }
}

#[test]
fn a_filter_is_a_filter_and_its_waste_is_counted() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (rng_seed, failure_persistence) = (RngSeed::Fixed(20261121), None);
    let config = Config { cases: engine().cases(64), rng_seed, failure_persistence, ..Config::default() };
    let strategy = (orders(), asked(), 1..9usize, 1..9usize, 0..=100u8, 0..12u64);
    let outcome = TestRunner::new(config).run(&strategy, |(orders, asked, page, limit, percent, from)| {
        runtime.block_on(check(orders, asked, page, limit, percent, from));
        Ok(())
    });
    outcome.unwrap();
}

#[tokio::test]
async fn what_a_filter_cannot_do_is_said() {
    let order = |number, paid| Order {
        customer: "ada".into(),
        number,
        paid,
        cents: number.into(),
        day: 1,
        note: None,
    };
    let table = load(&(0..10).map(|number| order(number, number == 3)).collect::<Vec<_>>()).await;
    let query = || table.query(Order::by_customer("ada"));
    let error = query().filter(Order::PAID.eq(true), MaxWaste::percent(50)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"cannot query `Order` (PK = "CUSTOMER#ada"): its filter threw away 9 of 10 items read, and its limit is 50 %; an index whose key says what the filter asks for reads nothing else"#
    );
    let by_day = table.query(Order::by_day(1u32)).filter(Order::CENTS.gt(3), MaxWaste::percent(100));
    let error = by_day.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCondition);
    assert_eq!(
        error.to_string(),
        "cannot query `Order` (day = 1): the filter is on `cents`, which is part of the key that is queried: \
         take a step of the query instead"
    );
    // On the table, the same attribute is no key.
    let both = query()
        .filter(Order::CENTS.gt(3), MaxWaste::percent(0))
        .filter(Order::CENTS.lt(6), MaxWaste::percent(100));
    assert_eq!(both.await.unwrap().iter().map(|order| order.number).collect::<Vec<_>>(), [4, 5]);
    let input = query().filter(Order::PAID.eq(true), MaxWaste::percent(50)).limit(3).explain().unwrap();
    assert_eq!(input.filter_expression(), Some("#2 = :2"));
}
