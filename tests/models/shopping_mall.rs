//! ElectroDB's shopping mall directory. It lower-cases whole keys, so the ids are lower-case text.
//!
//! A published query gives the store to an index that does not have it in its key, and gets every store of
//! the building: `.store_id(..)` is no step of that query, so it does not compile.

mod patterns;

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

use crate::lower_case::LowerCase;
use crate::published::{Published, stored, text_of};

#[derive(Table, Debug)]
#[table(name = "malls", pk = "pk", sk = "sk", type = "__edb_e__")]
#[table(index(Units, name = "gsi1pk-gsi1sk-index", pk = "gsi1pk", sk = "gsi1sk"))]
#[table(index(Leases, name = "gsi2pk-gsi2sk-index", pk = "gsi2pk", sk = "gsi2sk"))]
enum Malls {
    Store(Store),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Malls, type = "mallstore")]
#[entity(pk = "$mallstoredirectory#cityid_{city_id}#mallid_{mall_id}")]
#[entity(sk = "$mallstore_1#buildingid_{building_id}#storeid_{store_id}")]
#[entity(index(
    Units,
    pk = "$mallstoredirectory#mallid_{mall_id}",
    sk = "$mallstore_1#buildingid_{building_id}#unitid_{unit_id}",
    query = units
))]
#[entity(index(
    Leases,
    pk = "$mallstoredirectory#storeid_{store_id}",
    sk = "$mallstore_1#leaseenddate_{lease_end_date}",
    query = leases
))]
#[serde(rename_all = "camelCase")]
struct Store {
    city_id: LowerCase,
    mall_id: LowerCase,
    building_id: LowerCase,
    store_id: LowerCase,
    unit_id: LowerCase,
    lease_end_date: String,
}

fn store(unit: &str, lease_end_date: &str) -> Store {
    Store {
        city_id: LowerCase::of("Atlanta1"),
        mall_id: LowerCase::of("EastPointe"),
        building_id: LowerCase::of("BuildingA1"),
        store_id: LowerCase::of(format!("LatteLarrys{unit}")),
        unit_id: LowerCase::of(unit),
        lease_end_date: lease_end_date.to_owned(),
    }
}

#[test]
fn keys_are_the_published_ones() {
    let Some(published) = Published::read("electrodb_shopping_mall") else { return };
    let store = Store { store_id: LowerCase::of("LatteLarrys"), ..store("B47", "2020-02-29") };
    let values = [
        ("cityId", "atlanta1"),
        ("mallId", "eastpointe"),
        ("buildingId", "buildinga1"),
        ("storeId", "lattelarrys"),
        ("unitId", "b47"),
        ("leaseEndDate", "2020-02-29"),
    ];
    published.primary("mallstore", &values, &store);
    published.indexed("gsi1pk-gsi1sk-index", "mallstore", &values, &store);
    published.indexed("gsi2pk-gsi2sk-index", "mallstore", &values, &store);
    published.is_complete();
    // What running the library gave, from the page.
    let item = stored(&store);
    for (attribute, key) in [
        ("pk", "$mallstoredirectory#cityid_atlanta1#mallid_eastpointe"),
        ("sk", "$mallstore_1#buildingid_buildinga1#storeid_lattelarrys"),
        ("gsi1sk", "$mallstore_1#buildingid_buildinga1#unitid_b47"),
        ("gsi2sk", "$mallstore_1#leaseenddate_2020-02-29"),
    ] {
        assert_eq!(text_of(&item, Some(attribute)).as_deref(), Some(key));
    }
}
