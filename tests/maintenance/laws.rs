//! Whatever the table, the segments, the pages, the stops and the failures: every item comes once, and no faster than
//! the rate.

use std::fmt::Debug;
use std::time::Duration;

use monotable::{Cursor, CursorKeys, ErrorKind, Handle, Index, Scan, Table};
use monotable_tests::{Quirk, engine, open};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::world::*;

/// How a table is scanned.
#[derive(Debug, Clone)]
struct Way {
    segments: u32,
    page_size: Option<usize>,
    rate: Option<f64>,
    consistent: bool,
    /// After so many items of a run it is stopped, and another goes on from its cursor; the last runs to its end.
    stops: Vec<usize>,
    /// Every so manieth request is refused.
    refused: Option<u64>,
    signed: bool,
}

fn ways() -> impl Strategy<Value = Way> {
    let segments = prop_oneof![4 => 1_u32..=9, 1 => 10_u32..=60];
    let rate = option::of((1_u32..=400).prop_map(|tenths| f64::from(tenths) / 10.0));
    let stops = vec(0_usize..12, 0..6);
    (segments, option::of(1_usize..=7), rate, any::<bool>(), stops, option::of(3_u64..=11), any::<bool>())
        .prop_map(|(segments, page_size, rate, consistent, stops, refused, signed)| Way {
            segments,
            page_size,
            rate,
            consistent,
            stops,
            refused,
            signed,
        })
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    let order = (0_u8..6, 0_u16..12, option::of(0_u8..3), option::of("[A-C]"), 0_u32..5, option::of(0_u8..3))
        .prop_map(|(customer, number, waits_for, country, total, note)| {
            // Up to three units each.
            let text = "x".repeat(usize::from(number) * 1_900);
            Order { customer, number, waits_for, country, total, note, text }
        });
    vec(order, 0..50).prop_map(|mut orders| {
        orders.sort_by_key(|order| (order.customer, order.number));
        orders.dedup_by_key(|order| (order.customer, order.number));
        orders
    })
}

/// Scans to the end, with the stops and failures on the way, and checks the pace.
async fn scan<T, O, I>(table: &Handle<T>, way: &Way, of: impl Fn(&Handle<T>) -> Scan<O, I>) -> Vec<O>
where
    T: Table,
    I: Index<Table = T>,
    O: Debug + Send + 'static,
{
    let (mut table, proxy) = rewired(table, way.refused);
    let clock = proxy.clock();
    if way.signed {
        table = table.sign_cursors(CursorKeys::new([7; 32]));
    }
    let (mut found, mut cursor, mut stops) = (Vec::new(), None, way.stops.iter());
    let (mut units, mut runs) = (0.0, 0_u32);
    loop {
        runs += 1;
        assert!(runs < 300, "it does not come to its end");
        let mut scan = of(&table).segments(way.segments).after(cursor);
        scan = match way.rate {
            Some(rate) => scan.read_units_per_second(rate),
            None => scan.unpaced(),
        };
        if let Some(items) = way.page_size {
            scan = scan.page_size(items);
        }
        let before = Seen::of(&proxy);
        let (start, mut items) = (clock.elapsed(), scan.stream());
        let (mut here, mut failed) = (0, false);
        let stop = stops.next().copied().unwrap_or(usize::MAX);
        while here < stop {
            match items.next().await {
                None => break,
                Some(Ok(item)) => {
                    here += 1;
                    found.push(item);
                }
                Some(Err(error)) => {
                    assert_eq!(error.kind(), ErrorKind::AccessDenied);
                    let (cost, read) = (error.cost(), items.cost());
                    // The refused call counts, and DynamoDB does not say what it consumed.
                    assert_eq!((&cost.capacity, cost.evaluated), (&read.capacity, read.evaluated));
                    assert_eq!((cost.calls, cost.attempts), (read.calls + 1, read.attempts + 1));
                    assert!(items.next().await.is_none());
                    failed = true;
                    break;
                }
            }
        }
        let progress = items.progress();
        assert_eq!((&*progress.reason, progress.segments), ("a test", way.segments));
        assert_eq!((progress.items, progress.elapsed), (here as u64, clock.elapsed() - start));
        assert_eq!(
            (progress.evaluated, progress.read_units),
            (items.cost().evaluated, items.cost().read_units())
        );
        let next = items.cursor();
        assert_eq!(next.is_none(), progress.segments_done == way.segments);
        assert!(next.is_some() || !failed, "nothing is left to do, but the last request failed");
        check_pace(way.rate, start, clock.elapsed(), &before, &Seen::of(&proxy));
        units += items.cost().read_units();
        drop(items);
        // By way of a program's memory.
        cursor = next.map(|next| Cursor::from(next.as_str()));
        if cursor.is_none() {
            break;
        }
    }
    // What was under way when a run was dropped is of no run.
    assert!(units <= Seen::of(&proxy).units());
    assert!(proxy.most_under_way() <= 16 * runs as usize);
    found
}

/// Nothing was asked for before the rate had paid for what was known to be read, and it did not dawdle.
fn check_pace(rate: Option<f64>, start: Duration, end: Duration, before: &Seen, after: &Seen) {
    let Some(rate) = rate else { return assert_eq!(start, end) };
    let (sent, pages) = (&after.sent[before.sent.len()..], &after.pages[before.pages.len()..]);
    for at in sent {
        // What comes at the same moment may come after the decision.
        let known: f64 = pages.iter().filter(|(came, _)| came < at).map(|(_, units)| units).sum();
        let paid = rate * (*at - start).as_secs_f64();
        assert!(known <= paid + 1e-3, "{known} units at {at:?}, {rate} a second since {start:?}");
    }
    // Each request under way may cost less than was expected of it.
    let largest = after.pages.iter().map(|(_, units)| *units).fold(0.0, f64::max);
    let (units, time) = (after.units() - before.units(), (end - start).as_secs_f64());
    assert!(time <= (units + 16.0 * largest) / rate + 1e-3, "{units} units in {time} s");
}

fn sorted<O: Debug>(items: impl IntoIterator<Item = O>) -> Vec<String> {
    let mut items: Vec<_> = items.into_iter().map(|item| format!("{item:?}")).collect();
    items.sort();
    items
}

async fn check(orders: Vec<Order>, customers: Vec<u8>, way: Way) {
    let shop = open::<Shop>().await;
    for order in &orders {
        shop.put(order).await.unwrap();
    }
    let customers: Vec<_> = customers.into_iter().map(|customer| Customer { customer }).collect();
    for customer in &customers {
        shop.put(customer).await.unwrap();
    }

    let table = scan(&shop, &way, |shop| {
        let scan = shop.maintenance("a test").scan();
        if way.consistent { scan.consistent() } else { scan }
    });
    let all = orders.iter().cloned().map(Shop::Order).chain(customers.iter().cloned().map(Shop::Customer));
    assert_eq!(sorted(table.await), sorted(all));

    let of_one = scan(&shop, &way, |shop| shop.maintenance("a test").scan().entity::<Order>()).await;
    assert_eq!(sorted(of_one), sorted(orders.clone()));

    let undecoded = scan(&shop, &way, |shop| shop.maintenance("a test").scan().undecoded()).await;
    let all = orders.iter().cloned().map(Shop::Order).chain(customers.iter().cloned().map(Shop::Customer));
    assert_eq!(sorted(undecoded.iter().map(|item| item.entity().unwrap())), sorted(all));

    let of_one =
        scan(&shop, &way, |shop| shop.maintenance("a test").scan().entity::<Order>().undecoded()).await;
    assert_eq!(sorted(of_one.iter().map(|item| item.entity().unwrap())), sorted(orders.clone()));

    let raw = scan(&shop, &way, |shop| shop.maintenance("a test").scan().raw()).await;
    assert_eq!(raw.len(), orders.len() + customers.len());

    let overloaded = scan(&shop, &way, |shop| shop.maintenance("a test").scan_index::<Gsi1>()).await;
    let waiting = orders.iter().filter(|order| order.waits_for.is_some());
    assert_eq!(sorted(overloaded), sorted(waiting.cloned().map(Shop::Order)));

    let natural = scan(&shop, &way, |shop| shop.maintenance("a test").scan_index::<ByTotal>()).await;
    let of_country = orders.iter().filter(|order| order.country.is_some());
    assert_eq!(sorted(natural), sorted(of_country.cloned().map(Shop::Order)));

    let local = scan(&shop, &way, |shop| shop.maintenance("a test").scan_index::<ByNote>()).await;
    let noted = orders.iter().filter(|order| order.note.is_some());
    assert_eq!(sorted(local), sorted(noted.cloned().map(Shop::Order)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: engine().cases(24), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_item_comes_once_at_the_rate(
        orders in orders(),
        customers in vec(0_u8..9, 0..6),
        way in ways(),
    ) {
        let mut customers = customers;
        customers.sort_unstable();
        customers.dedup();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(orders, customers, way));
    }
}

#[tokio::test]
async fn pages_of_one_cost_are_read_at_the_rate_exactly() {
    let shop = open::<Shop>().await;
    let orders = (0..40).map(|number| Order {
        customer: u8::try_from(number % 9).unwrap(),
        number,
        waits_for: None,
        country: None,
        total: 0,
        note: None,
        text: String::new(),
    });
    for order in orders {
        shop.put(&order).await.unwrap();
    }
    let (shop, proxy) = rewired(&shop, None);
    let mut items = shop.maintenance("a test").scan().page_size(1).read_units_per_second(2.0).stream();
    while let Some(item) = items.next().await {
        item.unwrap();
    }
    let seen = Seen::of(&proxy);
    assert!(seen.pages.iter().all(|(_, units)| *units == 0.5));
    assert_eq!((items.progress().items, items.cost().read_units()), (40, seen.units()));
    // The last page is not waited for.
    assert_eq!(proxy.clock().elapsed().as_secs_f64(), (seen.units() - 0.5) / 2.0);
    assert_eq!(items.progress().elapsed, proxy.clock().elapsed());
}

/// It is gentle by itself.
#[tokio::test]
async fn a_scan_that_is_told_nothing_is_paced() {
    let shop = open::<Shop>().await;
    for number in 0..60 {
        let text = "x".repeat(300 * 1024);
        let (waits_for, country, note) = (None, None, None);
        shop.put(&Order { customer: 1, number, waits_for, country, total: 0, note, text }).await.unwrap();
    }
    let (shop, proxy) = rewired(&shop, None);
    let mut items = shop.maintenance("a test").scan().stream();
    while let Some(item) = items.next().await {
        item.unwrap();
    }
    let (units, seen) = (items.cost().read_units(), Seen::of(&proxy));
    assert_eq!(items.progress().items, 60);
    if engine().has(Quirk::ReadUnitsAbove4Kb) {
        // A page costs it the same, however much it reads: there is nothing to pace.
        return;
    }
    assert!(units > 2000.0, "{units}");
    let largest = seen.pages.iter().map(|(_, units)| *units).fold(0.0, f64::max);
    assert!(largest < 160.0, "{largest}");
    let seconds = proxy.clock().elapsed().as_secs_f64();
    // At the ends of the segments it waits for pages that turn out to be small.
    let expected = (units - largest) / 100.0..(units + 4.0 * largest) / 100.0;
    assert!(expected.contains(&seconds), "{units} units in {seconds} s");
}

#[tokio::test]
async fn segments_are_read_side_by_side_and_no_more_than_sixteen() {
    let shop = open::<Shop>().await;
    for (segments, most) in [(1, 1), (4, 4), (16, 16), (40, 16)] {
        let (shop, proxy) = rewired(&shop, None);
        let mut items = shop.maintenance("a test").scan().segments(segments).unpaced().stream();
        assert!(items.next().await.is_none());
        let seen = Seen::of(&proxy);
        assert_eq!((proxy.most_under_way(), seen.pages.len()), (most, segments as usize));
        assert_eq!((proxy.clock().elapsed(), items.cursor()), (Duration::ZERO, None));
    }
}
