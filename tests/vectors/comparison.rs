//! Ranges on a part that other parts follow: ElectroDB compares the bare prefix, which is off at each end.

use std::ops::Bound;

use monotable::{Entity, StoresWholeItems, Table, TypedQuery};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::file::Vector;
use crate::lower_case::LowerCase;
use crate::made::{condition, run};
use crate::parts::Word;
use crate::rows::{Row, reproduced, right};

const ENDS: &str = "the rows of the bound are inside an inclusive end and outside an exclusive one, whatever follows; \
                    a range is on one part, behind equalities";

pub const ROWS: &[Row] = &[
    reproduced("edb-41-cmp-partial-plain", the_beginning_of_a_sort_key),
    reproduced("edb-43-cmp-partial-clustered", the_beginning_of_a_clustered_sort_key),
    right("edb-45-cmp-gt", ENDS, after_excludes_the_rows_of_its_bound),
    right("edb-47-cmp-lte", ENDS, until_includes_the_rows_of_its_bound),
    right("edb-49-cmp-between", ENDS, between_includes_the_rows_of_both_bounds),
];

#[derive(Table, Debug)]
#[table(name = "comparison", pk = "pk", sk = "sk")]
#[table(index(Clustered, name = "gsi1pk-gsi1sk-index", pk = "gsi1pk", sk = "gsi1sk"))]
#[table(index(Isolated, name = "gsi2pk-gsi2sk-index", pk = "gsi2pk", sk = "gsi2sk"))]
enum Comparison {
    Attraction(Attraction),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Comparison, pk = "$comparison#country_{country}#state_{state}", query = location)]
#[entity(sk = "$attraction_1#county_{county}#city_{city}#zip_{zip}#name_{name}")]
#[entity(index(
    Clustered,
    pk = "$comparison#country_{country}#state_{state}",
    sk = "$clusteredregion#county_{county}#city_{city}#zip_{zip}#name_{name}#attraction_1",
    query = clustered
))]
#[entity(index(
    Isolated,
    pk = "$comparison#country_{country}#state_{state}",
    sk = "$isolatedregion#attraction_1#county_{county}#city_{city}#zip_{zip}#name_{name}",
    query = isolated
))]
struct Attraction {
    country: LowerCase,
    state: LowerCase,
    county: Word,
    city: Word,
    zip: LowerCase,
    name: LowerCase,
}

fn the_beginning_of_a_sort_key(vector: &Vector) {
    let text = |name| vector.text(name);
    let (country, state) = (LowerCase::of(text("country")), LowerCase::of(text("state")));
    vector.has_condition(
        Attraction::location(country, state).county(Word::of(text("county"))).city(Word::of(text("city"))),
    );
}

/// Typed, because no other entity of this table is in the collection. With one that is, only the whole sort
/// key tells them apart, and the collection is read as the table's enum; ElectroDB reads it and filters.
fn the_beginning_of_a_clustered_sort_key(vector: &Vector) {
    let text = |name| vector.text(name);
    let (country, state) = (LowerCase::of(text("country")), LowerCase::of(text("state")));
    vector.has_condition(
        Attraction::clustered(country, state).county(Word::of(text("county"))).city(Word::of(text("city"))),
    );
}

fn in_city(city: &str, name: &str) -> Attraction {
    Attraction {
        country: LowerCase::of("USA"),
        state: LowerCase::of("Wisconsin"),
        county: Word::of("Dane"),
        city: Word::of(city),
        zip: LowerCase::of("53703"),
        name: LowerCase::of(name),
    }
}

const CITIES: [&str; 5] = ["Madison", "Madison2", "Marshall", "Marshall2", "Verona"];

/// The cities of Dane county that are found in the range.
fn found(query: impl TypedQuery<Entity = Attraction, Index: StoresWholeItems>) -> Vec<&'static str> {
    run(async {
        let table = open::<Comparison>().await;
        for city in CITIES {
            table.put(&in_city(city, "Capitol")).await.expect("a put");
        }
        let found = table.query(query).await.expect("a query").into_inner();
        let is_found = |city: &&str| found.contains(&in_city(city, "Capitol"));
        assert_eq!(CITIES.iter().filter(|city| is_found(city)).count(), found.len());
        CITIES.into_iter().filter(is_found).collect()
    })
}

/// The beginning of each query, up to the city. Its type has no name that a function could return.
macro_rules! in_dane {
    ($vector:expr, $side:literal) => {
        Attraction::location(LowerCase::of($vector.text("country")), LowerCase::of($vector.text("state")))
            .county(Word::of($vector.text(concat!($side, ".county"))))
    };
}

fn city(vector: &Vector, side: &str) -> Word {
    Word::of(vector.text(&format!("{side}.city")))
}

/// Where the library's own bound is, the rows of that city are on its other side.
fn has_bound_below_its_rows(vector: &Vector, bound: &str, city: &str) {
    let bound = vector.expected()[bound].as_str().expect("text");
    let rows = condition(
        Attraction::location(LowerCase::of("USA"), LowerCase::of("Wisconsin"))
            .county(Word::of("Dane"))
            .city(Word::of(city)),
    );
    let Some((_, rows)) = rows.sort else { panic!("a sort condition") };
    assert!(bound < rows[0].as_str().expect("text"));
}

fn after_excludes_the_rows_of_its_bound(vector: &Vector) {
    has_bound_below_its_rows(vector, ":sk1", "Madison");
    let after = (Bound::Excluded(city(vector, "gt")), Bound::Unbounded);
    assert_eq!(found(in_dane!(vector, "gt").city_in(after)), ["Madison2", "Marshall", "Marshall2", "Verona"]);
}

fn until_includes_the_rows_of_its_bound(vector: &Vector) {
    has_bound_below_its_rows(vector, ":sk1", "Madison");
    assert_eq!(found(in_dane!(vector, "lte").city_until(city(vector, "lte"))), ["Madison"]);
}

fn between_includes_the_rows_of_both_bounds(vector: &Vector) {
    has_bound_below_its_rows(vector, ":sk2", "Marshall");
    let between = city(vector, "from")..=city(vector, "to");
    assert_eq!(found(in_dane!(vector, "from").city_in(between)), ["Madison", "Madison2", "Marshall"]);
}
