//! A filter on the key that is queried: DynamoDB refuses it, so it is refused before, wherever in a condition it stands.

use monotable::{AttributeType, Condition, Entity, ErrorKind, MaxWaste, Table};
use monotable_tests::unsent;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "rides", index(ByCity, pk = [city], sk = [day: N]))]
enum Rides {
    Ride(Ride),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Rides, pk = "RIDE#{id}", sk = "RIDE", index(ByCity, query = by_city))]
struct Ride {
    id: u32,
    city: String,
    day: u32,
    other: u32,
}

#[tokio::test]
async fn it_is_found_in_every_kind_of_condition() {
    let (rides, proxy) = unsent::<Rides>();
    let other = || Ride::OTHER.eq(1);
    let on_keys: [(Condition<Ride>, &str); 13] = [
        (Ride::DAY.eq(1), "day"),
        (Ride::OTHER.eq_field(Ride::DAY), "day"),
        (Ride::DAY.between(1, 2), "day"),
        (Ride::DAY.in_list([1, 2]), "day"),
        (!Ride::DAY.in_list([1, 2]), "day"),
        (Ride::DAY.exists(), "day"),
        (Ride::DAY.not_exists(), "day"),
        (Ride::DAY.attribute_type(AttributeType::Number), "day"),
        (Ride::CITY.begins_with("a"), "city"),
        (Ride::CITY.contains("a"), "city"),
        (Ride::CITY.size().gt(1), "city"),
        (other() & (other() | !Ride::CITY.begins_with("a")), "city"),
        (!(other() & Ride::CITY.size().between(1, 2)), "city"),
    ];
    for (condition, field) in on_keys {
        let shown = format!("{condition:?}");
        let query = rides.query(Ride::by_city("x")).filter(condition, MaxWaste::percent(100));
        let error = query.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCondition, "{shown}");
        let expected = format!("the filter is on `{field}`, which is part of the key that is queried");
        assert!(error.to_string().contains(&expected), "{shown}: {error}");
    }
    assert_eq!(proxy.sent(), 0);
    // The same fields are no key of the table.
    let query = rides.query(Ride::by_id(1u32)).filter(Ride::DAY.in_list([1]), MaxWaste::percent(100));
    assert!(query.explain().is_ok());
}
