//! What metering costs: a GetItem with the ledger and without it, and one entry by itself.

use std::hint::black_box;

use monotable::{Entity, Ledger, Table};
use monotable_benches::{Contender, compare, compare_in, keep};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "bench")]
enum Bench {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Bench, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:08}")]
struct Order {
    customer: String,
    number: u32,
    note: String,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let with = runtime.block_on(Bench::embedded()).expect("an engine");
    let without = with.clone().without_ledger();
    let key = || OrderKey { customer: "c-10042".into(), number: 7 };
    let order = Order { customer: "c-10042".into(), number: 7, note: "-".repeat(400) };
    runtime.block_on(async { with.put(&order).await }).expect("a put");
    compare_in(
        (400, 50),
        "a GetItem on the in-process engine",
        &[
            Contender {
                name: "without the ledger",
                run: &|| keep(runtime.block_on(async { without.get(key()).await })),
            },
            Contender {
                name: "with the ledger",
                run: &|| keep(runtime.block_on(async { with.get(key()).await })),
            },
        ],
    );

    let ledger = Ledger::new();
    let keys: Vec<_> = (0..100_000).map(|number| format!("CUSTOMER#c-{number}")).collect();
    let next = std::cell::Cell::new(0);
    compare(
        "an entry in the ledger, of a read",
        &[
            Contender {
                name: "of one key",
                run: &|| monotable::__private::record_read(black_box(&ledger), "CUSTOMER#c-10042"),
            },
            Contender {
                name: "of keys that come once",
                run: &|| {
                    let at = next.replace((next.get() + 1) % keys.len());
                    monotable::__private::record_read(black_box(&ledger), &keys[at]);
                },
            },
        ],
    );
}
