//! What queries cost, from the sizes of the items and DynamoDB's published arithmetic: the bytes of a page are
//! added up and rounded up to 4 KB, at half a unit each, or a whole one where the read is consistent
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html>).

use monotable::{Cost, Entity, Handle, Table};
use monotable_tests::{engine, open};
use serde::{Deserialize, Serialize};

use crate::support::load;

#[derive(Table, Debug)]
#[table(name = "blobs", index(ByOwner, pk = "OPK", sk = "OSK"), index(Spread, pk = "SPK", sk = "SSK"))]
enum Blobs {
    Blob(Blob),
}

/// Text alone: the size of numbers is published as approximate.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Blobs, pk = "SHELF#{shelf}", sk = "BLOB#{name}")]
#[entity(index(ByOwner, pk = "OWNER#{shelf}", sk = "{name}", query = by_owner))]
#[entity(index(Spread, pk = "SPREAD#{shelf}#{name:shard(4)}", sk = "{name}", query = spread))]
struct Blob {
    shelf: String,
    name: String,
    bytes: String,
}

/// Around the steps of 4 KB, by themselves and together.
const SIZES: [usize; 12] = [300, 3796, 4096, 1, 4097, 2000, 2096, 8192, 8193, 300, 300, 20_000];

fn blob(number: usize, size: usize) -> Blob {
    let mut blob = Blob { shelf: "a".into(), name: format!("{number:02}"), bytes: String::new() };
    blob.bytes = "x".repeat(size.max(bytes(&blob)) - bytes(&blob));
    blob
}

/// As DynamoDB counts: names and values.
fn bytes(blob: &Blob) -> usize {
    let item = blob.put().explain().unwrap().into_inner().item.unwrap();
    item.iter().map(|(name, value)| name.len() + value.as_s().unwrap().len()).sum()
}

fn blobs() -> Vec<Blob> {
    SIZES.into_iter().enumerate().map(|(number, size)| blob(number, size)).collect()
}

async fn filled() -> Handle<Blobs> {
    let table = open::<Blobs>().await;
    load(&table, blobs().iter().map(|blob| blob.put().explain().unwrap().into_inner().item.unwrap())).await;
    table
}

/// Half a unit for each 4 KB that were begun, and for a page of nothing.
fn units(page: &[Blob]) -> f64 {
    let bytes: usize = page.iter().map(bytes).sum();
    engine().read_units(0.5 * bytes.div_ceil(4096).max(1) as f64, 0.5)
}

/// The pages of so many items each. One that is full does not say that it is the last: then comes an empty one.
fn paged(blobs: &[Blob], size: usize) -> (f64, usize) {
    let empty = usize::from(blobs.len().is_multiple_of(size));
    let pages: Vec<_> = blobs.chunks(size).collect();
    (pages.iter().map(|page| units(page)).sum::<f64>() + 0.5 * empty as f64, pages.len() + empty)
}

/// Of the table, or of the index: nothing else is read.
fn read(cost: &Cost, index: Option<&str>) -> f64 {
    let of_index: Vec<_> =
        cost.capacity.indexes.iter().map(|(name, units)| (name.as_str(), units.read)).collect();
    match index {
        None => assert_eq!(of_index, []),
        Some(index) => assert_eq!(of_index, [(index, cost.read_units())]),
    }
    assert_eq!((cost.write_units(), cost.calls), (0.0, cost.attempts));
    cost.read_units()
}

#[tokio::test]
async fn each_page_is_rounded_up_by_itself() {
    let (table, blobs) = (filled().await, blobs());
    for size in 1..=blobs.len() + 1 {
        let expected = paged(&blobs, size);
        let query = || table.query(Blob::by_shelf("a")).page_size(size);
        let all = query().await.unwrap();
        assert_eq!((read(all.cost(), None), all.cost().calls as usize), expected, "pages of {size}");
        let consistent = query().consistent().await.unwrap();
        assert_eq!(read(consistent.cost(), None), 2.0 * expected.0, "pages of {size}");
        let count = query().count().await.unwrap();
        assert_eq!(count.cost(), all.cost(), "counting is reading");
        let mut items = query().stream();
        while let Some(item) = items.next().await {
            item.unwrap();
        }
        assert_eq!(items.cost(), all.cost());
        let index = table.query(Blob::by_owner("a")).page_size(size).await.unwrap();
        assert_eq!((read(index.cost(), Some("ByOwner")), index.cost().calls as usize), expected);

        let backwards: Vec<_> = blobs.iter().rev().cloned().collect();
        let newest = query().newest_first().await.unwrap();
        assert_eq!(read(newest.cost(), None), paged(&backwards, size).0);

        let page = query().page().await.unwrap();
        assert_eq!(read(page.cost(), None), units(&blobs[..size.min(blobs.len())]), "one page of {size}");
    }
    // Together they cost less than by ones.
    assert!(units(&blobs) < paged(&blobs, 1).0);
}

#[tokio::test]
async fn a_limit_limits_the_cost() {
    let (table, blobs) = (filled().await, blobs());
    for limit in 1..=blobs.len() {
        let query = || table.query(Blob::by_shelf("a")).limit(limit);
        let expected = units(&blobs[..limit]);
        for cost in [
            query().await.unwrap().cost(),
            query().page().await.unwrap().cost(),
            query().count().await.unwrap().cost(),
            query().page_size(limit + 1).await.unwrap().cost(),
        ] {
            assert_eq!((read(cost, None), cost.calls, cost.evaluated), (expected, 1, limit as u64));
        }
        // Pages that a limit ends need no empty one behind them.
        let by_two = query().page_size(2).await.unwrap();
        let expected: f64 = blobs[..limit].chunks(2).map(units).sum();
        assert_eq!((read(by_two.cost(), None), by_two.cost().calls as usize), (expected, limit.div_ceil(2)));
    }
    let first = table.query(Blob::by_shelf("a")).first().await.unwrap();
    assert_eq!(read(first.cost(), None), units(&blobs[..1]));
    let last = table.query(Blob::by_shelf("a")).newest_first().first().await.unwrap();
    assert_eq!(read(last.cost(), None), units(&blobs[11..]));
    let several = table.query(Blob::by_shelf("a")).one().await.unwrap_err();
    assert_eq!(read(several.cost(), None), units(&blobs[..2]));
    let none = table.query(Blob::by_shelf("b")).one().await.unwrap_err();
    assert_eq!((read(none.cost(), None), none.cost().calls), (0.5, 1));
    let limited = table.query(Blob::by_shelf("a")).limit(0).await.unwrap();
    assert_eq!(*limited.cost(), Cost::default());
    let reversed = table.query(Blob::by_shelf("a").name_in("b".to_owned().."a".to_owned()));
    assert_eq!(*reversed.count().await.unwrap().cost(), Cost::default());
}

#[tokio::test]
async fn each_shard_costs_what_it_reads_and_half_a_unit_at_least() {
    let (table, blobs) = (filled().await, blobs());
    let mut shards = vec![Vec::new(); 4];
    for blob in &blobs {
        let item = blob.put().explain().unwrap().into_inner().item.unwrap();
        let shard: usize = item["SPK"].as_s().unwrap().strip_prefix("SPREAD#a#").unwrap().parse().unwrap();
        shards[shard].push(blob.clone());
    }
    let query = || table.query(Blob::spread("a").all_shards());
    let all = query().await.unwrap();
    let expected: f64 = shards.iter().map(|shard| units(shard)).sum();
    assert_eq!((read(all.cost(), Some("Spread")), all.cost().calls), (expected, 4));
    assert_eq!(query().count().await.unwrap().cost(), all.cost());
    for size in 1..=3 {
        let paged =
            shards.iter().map(|shard| paged(shard, size)).fold((0.0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        // Of an empty shard the first page says that it is empty.
        let all = query().page_size(size).await.unwrap();
        assert_eq!((read(all.cost(), Some("Spread")), all.cost().calls as usize), paged, "pages of {size}");
    }
    for limit in 1..=blobs.len() {
        let limited = query().limit(limit).await.unwrap();
        let expected: f64 = shards.iter().map(|shard| units(&shard[..limit.min(shard.len())])).sum();
        assert_eq!((read(limited.cost(), Some("Spread")), limited.cost().calls), (expected, 4), "{limit}");
    }
    for (number, shard) in (0..).zip(&shards) {
        let one = table.query(Blob::spread("a").shard(number)).await.unwrap();
        assert_eq!((read(one.cost(), Some("Spread")), one.cost().calls), (units(shard), 1));
    }
    let empty = table.query(Blob::spread("b").all_shards()).await.unwrap();
    assert_eq!((read(empty.cost(), Some("Spread")), empty.cost().calls), (4.0 * 0.5, 4));
}
