//! What calls cost, against DynamoDB's published arithmetic
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html>).

use monotable::{Cost, Entity, Handle, Item, Table, Units};
use monotable_tests::{engine, open};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "blobs")]
#[table(index(ByOwner, name = "by-owner", pk = "OPK", sk = "OSK"), index(ByTag, name = "by-tag", pk = "TPK"))]
enum Blobs {
    Blob(Blob),
}

/// Text alone: the size of numbers is published as approximate.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Blobs, pk = "SHELF#{shelf}", sk = "BLOB#{name}")]
#[entity(index(ByOwner, pk = "OWNER#{owner}", sk = "{name}"), index(ByTag, pk = "TAG#{tag}"))]
struct Blob {
    shelf: String,
    name: String,
    owner: Option<String>,
    tag: Option<String>,
    bytes: String,
}

/// A blob of so many bytes as DynamoDB counts them.
fn blob(name: &str, size: usize, owner: Option<&str>, tag: Option<&str>) -> Blob {
    let (owner, tag) = (owner.map(str::to_owned), tag.map(str::to_owned));
    let mut blob = Blob { shelf: "1".into(), name: name.into(), owner, tag, bytes: String::new() };
    blob.bytes = "x".repeat(size.checked_sub(bytes(&blob)).unwrap());
    assert_eq!(bytes(&blob), size);
    blob
}

fn bytes(blob: &Blob) -> usize {
    let item: Item = blob.put().explain().unwrap().into_inner().item.unwrap();
    item.iter().map(|(name, value)| name.len() + value.as_s().map_or(0, String::len)).sum()
}

fn write(size: usize) -> f64 {
    size.div_ceil(1024).max(1) as f64
}

fn read(size: usize) -> f64 {
    engine().read_units(0.5 * size.div_ceil(4096).max(1) as f64, 0.5)
}

/// Read and write units of the table, of `by-owner`, of `by-tag`.
fn units(cost: &Cost) -> [(f64, f64); 3] {
    let of = |units: &Units| (units.read, units.write);
    let index = |name| cost.capacity.indexes.get(name).map_or((0.0, 0.0), of);
    [of(&cost.capacity.table), index("by-owner"), index("by-tag")]
}

fn writes(table: f64, by_owner: f64, by_tag: f64) -> [(f64, f64); 3] {
    [table, by_owner, by_tag].map(|units| (0.0, units))
}

const SIZES: [usize; 9] = [300, 1023, 1024, 1025, 2048, 4096, 4097, 8192, 50_001];

async fn put(blobs: &Handle<Blobs>, blob: &Blob) -> [(f64, f64); 3] {
    units(blobs.put(blob).await.unwrap().cost())
}

#[tokio::test]
async fn a_new_item_costs_its_size_in_the_table_and_in_each_index_that_holds_it() {
    let blobs = open::<Blobs>().await;
    for (at, size) in SIZES.into_iter().enumerate() {
        let w = write(size);
        let name = |case: &str| format!("{at}{case}");
        assert_eq!(put(&blobs, &blob(&name("a"), size, None, None)).await, writes(w, 0.0, 0.0));
        assert_eq!(put(&blobs, &blob(&name("b"), size, Some("ada"), None)).await, writes(w, w, 0.0));
        assert_eq!(put(&blobs, &blob(&name("c"), size, Some("ada"), Some("t"))).await, writes(w, w, w));
    }
}

#[tokio::test]
async fn a_replaced_item_costs_the_larger_of_the_two() {
    let blobs = open::<Blobs>().await;
    for old in SIZES {
        for new in [300, 2048, 4097] {
            let larger = write(old.max(new));
            blobs.put(&blob("a", old, Some("ada"), None)).await.unwrap();
            if old != new {
                let replaced = put(&blobs, &blob("a", new, Some("ada"), None)).await;
                assert_eq!(replaced, writes(larger, larger, 0.0), "{old} by {new}");
            }
            blobs.delete(blob("a", new, None, None).key()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_changed_index_key_costs_a_delete_and_an_insert_in_that_index() {
    let blobs = open::<Blobs>().await;
    blobs.put(&blob("a", 3000, Some("ada"), None)).await.unwrap();
    let moved = put(&blobs, &blob("a", 5000, Some("bob"), None)).await;
    assert_eq!(moved, writes(5.0, 3.0 + 5.0, 0.0));
    let out_and_in = put(&blobs, &blob("a", 2000, None, Some("t"))).await;
    assert_eq!(out_and_in, writes(5.0, 5.0, 2.0));
    let out = put(&blobs, &blob("a", 2000, None, None)).await;
    assert_eq!(out, writes(2.0, 0.0, 2.0));
    let in_none = put(&blobs, &blob("a", 2001, None, None)).await;
    assert_eq!(in_none, writes(2.0, 0.0, 0.0));
}

#[tokio::test]
async fn a_delete_costs_what_is_deleted_and_one_unit_for_nothing() {
    let blobs = open::<Blobs>().await;
    for size in SIZES {
        let blob = blob("a", size, Some("ada"), None);
        blobs.put(&blob).await.unwrap();
        let deleted = blobs.delete(blob.key()).await.unwrap();
        assert_eq!(units(deleted.cost()), writes(write(size), write(size), 0.0), "{size}");
        let again = blobs.delete(blob.key()).await.unwrap();
        assert_eq!(units(again.cost()), writes(1.0, 0.0, 0.0));
        assert_eq!(again.write_units(), 1.0);
    }
}

#[tokio::test]
async fn a_get_costs_half_a_unit_for_each_4_kb_and_twice_that_consistently() {
    let blobs = open::<Blobs>().await;
    let missing = blobs.get(blob("a", 300, None, None).key()).await.unwrap();
    assert_eq!((missing.read_units(), missing.write_units()), (0.5, 0.0));
    let missing = blobs.get(blob("a", 300, None, None).key()).consistent().await.unwrap();
    assert_eq!(missing.read_units(), 1.0);
    for size in SIZES {
        let blob = blob("a", size, Some("ada"), None);
        blobs.put(&blob).await.unwrap();
        let got = blobs.get(blob.key()).await.unwrap();
        assert_eq!(units(got.cost()), [(read(size), 0.0), (0.0, 0.0), (0.0, 0.0)], "{size}");
        let got = blobs.get(blob.key()).consistent().await.unwrap();
        assert_eq!(got.read_units(), 2.0 * read(size), "{size}");
    }
}

#[tokio::test]
async fn a_query_costs_the_sum_of_what_it_reads_where_it_reads_it() {
    let blobs = open::<Blobs>().await;
    let none = blobs.query(Blob::by_shelf("1")).await.unwrap();
    assert_eq!(units(none.cost()), [(0.5, 0.0), (0.0, 0.0), (0.0, 0.0)]);
    let mut sum = 0;
    for (at, size) in SIZES.into_iter().enumerate() {
        sum += size;
        blobs.put(&blob(&at.to_string(), size, Some("ada"), None)).await.unwrap();
        let table = blobs.query(Blob::by_shelf("1")).await.unwrap();
        assert_eq!(units(table.cost()), [(read(sum), 0.0), (0.0, 0.0), (0.0, 0.0)]);
        assert_eq!(table.cost().evaluated, at as u64 + 1);
        let consistent = blobs.query(Blob::by_shelf("1")).consistent().await.unwrap();
        assert_eq!(consistent.read_units(), 2.0 * read(sum));
        let index = blobs.query(Blob::by_owner("ada")).await.unwrap();
        assert_eq!(units(index.cost()), [(0.0, 0.0), (read(sum), 0.0), (0.0, 0.0)]);
        assert_eq!(index.read_units(), read(sum));
    }
    // A limit stops the reading, not only the returning.
    let two = blobs.query(Blob::by_shelf("1")).limit(2).await.unwrap();
    assert_eq!((two.read_units(), two.cost().evaluated), (read(SIZES[0] + SIZES[1]), 2));
}

#[tokio::test]
async fn a_cost_prints_its_sum_and_its_shares() {
    let blobs = open::<Blobs>().await;
    let put = blobs.put(&blob("a", 1500, Some("ada"), None)).await.unwrap();
    assert_eq!(put.cost().capacity.to_string(), "4 write units (table 2, by-owner 2)");
    let got = blobs.get(blob("a", 300, None, None).key()).await.unwrap();
    assert_eq!(got.cost().capacity.to_string(), "0.5 read units");
    assert!(got.as_ref().is_some_and(|blob| blob.bytes.starts_with('x')));
}
