//! The eleven patterns. Two of them filter by category, and one asks an index for what is not in its key: for these
//! there is a table beside the published one, with three natural indexes.

use monotable::{Handle, MaxWaste, prefix};
use monotable_tests::{engine, open};

use super::*;
use crate::patterns::{Patterns, put_all, ran};
use crate::prices::Price;

/// The directory with indexes of what is asked for. They are made of the store's own attributes.
#[derive(Table, Debug)]
#[table(name = "directory", pk = "pk", sk = "sk")]
#[table(index(ByCategory, pk = [mall, category], sk = [building, unit]))]
#[table(index(Renewals, pk = [store, category], sk = [lease_end_date]))]
#[table(index(ByBuilding, pk = [mall, building], sk = [store]))]
enum Directory {
    Shop(Shop),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Directory, pk = "CITY#{city}#MALL#{mall}", sk = "BUILDING#{building}#STORE#{store}")]
#[entity(index(ByCategory, query = of_category), index(Renewals, query = renewals))]
#[entity(index(ByBuilding, query = in_building))]
struct Shop {
    city: String,
    mall: String,
    building: String,
    store: String,
    unit: String,
    category: String,
    lease_end_date: String,
    description: String,
}

fn shop(store: &str, unit: &str, category: &str, lease_end_date: &str) -> Shop {
    Shop {
        city: "Atlanta1".into(),
        mall: "EastPointe".into(),
        building: "BuildingA1".into(),
        store: store.into(),
        unit: unit.into(),
        category: category.into(),
        lease_end_date: lease_end_date.into(),
        description: "d".repeat(3000),
    }
}

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("electrodb_shopping_mall", "Shopping mall directory (ElectroDB docs)");
    let table = open::<Malls>().await;
    of_stores(&table, &mut patterns).await;
    of_leases(&table, &mut patterns).await;
    let directory = open::<Directory>().await;
    without_filters(&directory, &mut patterns).await;
    patterns.finish();
}

async fn of_stores(table: &Handle<Malls>, patterns: &mut Patterns) {
    let added = store("B47", "2020-02-29");
    patterns.wrote(ran!(1, "Add store", table.insert(&added)), &added, 2);
    let later = Store { lease_end_date: "2021-02-28".into(), ..added.clone() };
    let changed = ran!(
        2,
        "Change lease end date",
        table.update(added.key()).set(Store::LEASE_END_DATE, "2021-02-28").returning_new()
    );
    // It moves in the index of leases, and is another entry in that of units.
    assert_eq!(patterns.written(changed, 1.0 + 1.0 + 2.0), later);
    let added = later;
    let get = ran!(3, "Get / remove store", table.get(added.key()));
    let removed = get.then(ran!(3, "Get / remove store", table.delete(added.key())));
    let read = Price::get(&added);
    let (found, ()) = patterns.priced(removed, Price { calls: 2, ..read });
    assert_eq!(found, Some(added));

    let stores = ["B47", "B48", "B5"].map(|unit| store(unit, "2020-12-31"));
    let next_door = Store { building_id: LowerCase::of("BuildingA10"), ..store("B47x", "2021-01-01") };
    let elsewhere = Store { mall_id: LowerCase::of("EastPointe2"), ..store("B47", "2020-12-31") };
    put_all(table, &stores).await;
    put_all(table, &[next_door.clone(), elsewhere]).await;
    let [mall, building, unit] = ["EastPointe", "BuildingA1", "B47"].map(LowerCase::of);
    let in_mall = ran!(4, "Stores in a mall", table.query(Store::units(&mall)));
    let [first, second, third] = stores.clone();
    patterns.found(in_mall, &[first, second, third, next_door]);
    let in_building =
        ran!(5, "Stores in a building", table.query(Store::units(&mall).building_id(&building)));
    patterns.found(in_building, &stores);
    let in_unit =
        ran!(6, "Store in unit B47", table.query(Store::units(&mall).building_id(&building).unit_id(&unit)));
    patterns.found(in_unit, &stores[..1]);
}

async fn of_leases(table: &Handle<Malls>, patterns: &mut Patterns) {
    let chain = |building: &str, lease_end_date: &str| Store {
        building_id: LowerCase::of(building),
        store_id: LowerCase::of("Chain"),
        ..store("A1", lease_end_date)
    };
    let leases = [
        chain("1", "2020-09-30"),
        chain("2", "2020-10-01"),
        chain("3", "2020-12-31"),
        chain("4", "2021-01-01"),
    ];
    put_all(table, &leases).await;
    let chain = LowerCase::of("Chain");
    let before = ran!(
        8,
        "Leases ending before a date",
        table.query(Store::leases(&chain).lease_end_date_in(.."2020-12-31"))
    );
    patterns.found(before, &leases[..2]);
    let quarter = ran!(
        9,
        "Leases ending in Q4",
        table.query(Store::leases(&chain).lease_end_date_in("2020-10-01"..="2020-12-31"))
    );
    patterns.found(quarter, &leases[1..3]);
}

async fn without_filters(directory: &Handle<Directory>, patterns: &mut Patterns) {
    let larrys = [
        shop("LatteLarrys", "B47", "spite store", "2020-02-29"),
        shop("LatteLarrysToo", "B48", "food/coffee", "2020-02-29"),
    ];
    let mocha = shop("MochaJoes", "B46", "food/coffee", "2020-02-29");
    let elsewhere = |building: &str, lease_end_date: &str| {
        let spite = shop("LatteLarrys", "C1", "spite store", lease_end_date);
        Shop { building: building.into(), mall: "WestPointe".into(), ..spite }
    };
    put_all(directory, &larrys).await;
    put_all(directory, &[mocha.clone(), elsewhere("1", "2020-12-31"), elsewhere("2", "2021-01-01")]).await;
    put_all(directory, &[Shop { category: "food/coffee".into(), ..elsewhere("3", "2020-06-30") }]).await;

    let coffee = ran!(
        7,
        "Stores by category in a mall",
        directory.query(Shop::of_category("EastPointe", "food/coffee"))
    );
    patterns.found(coffee.remark(BESIDE), &[mocha, larrys[1].clone()]);
    let this_year = "2020-01-01"..="2020-12-31";
    let spite = ran!(
        10,
        "Spite stores renewing this year",
        directory.query(Shop::renewals("LatteLarrys", "spite store").lease_end_date_in(this_year))
    );
    patterns.found(spite.remark(BESIDE), &[larrys[0].clone(), elsewhere("1", "2020-12-31")]);
    let all = ran!(
        11,
        "\"All Latte Larrys in a building\"",
        directory.query(Shop::in_building("EastPointe", "BuildingA1").store_in(prefix("LatteLarrys")))
    );
    patterns.found(all.remark(BESIDE), &larrys);
}

#[tokio::test]
async fn a_filter_pays_for_what_it_throws_away() {
    let directory = open::<Directory>().await;
    let store = |number: u32| {
        let category = if number < 2 { "food/coffee" } else { "department" };
        shop(&format!("store-{number}"), &format!("unit-{number}"), category, "2020-02-29")
    };
    put_all(&directory, &(0..10).map(store).collect::<Vec<_>>()).await;
    let of_category = directory.query(Shop::of_category("EastPointe", "food/coffee")).await.expect("a query");
    let building = directory.query(Shop::in_building("EastPointe", "BuildingA1"));
    let filtered = building.filter(Shop::CATEGORY.eq("food/coffee"), MaxWaste::percent(90));
    let filtered = filtered.await.expect("a query");
    assert_eq!((&*of_category, &*filtered), (&vec![store(0), store(1)], &vec![store(0), store(1)]));
    let units = [1.0, 4.0].map(|units| engine().read_units(units, 0.5));
    assert_eq!([of_category.read_units(), filtered.read_units()], units);
}

const BESIDE: &str = "in a table with natural indexes, beside the published one";
