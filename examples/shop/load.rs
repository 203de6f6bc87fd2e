//! From the data file into the table.

use std::fs::File;
use std::io::{self, BufReader};

use monotable::{Entity, Error, Handle, InTable, Table};

use super::model::Shop;
use crate::data::generator;

/// What was written of one entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The entity, by the name it has in the table.
    pub entity: &'static str,
    pub items: usize,
    pub write_units: f64,
}

/// The items of the data file.
///
/// # Errors
///
/// If the file cannot be read, or holds something else.
pub fn data() -> io::Result<Vec<Shop>> {
    let file = BufReader::new(File::open(generator::PATH)?);
    serde_json::from_reader(file).map_err(io::Error::from)
}

/// Puts every item into the table, one after another: the in-process engine gains nothing from more at once.
///
/// # Errors
///
/// What the first put that fails says.
pub async fn fill(shop: &Handle<Shop>, data: &[Shop]) -> Result<Vec<Loaded>, Error> {
    let none = |entity: &'static str| Loaded { entity, items: 0, write_units: 0.0 };
    let mut loaded: Vec<_> = Shop::ENTITIES.iter().map(|entity| none(entity.type_name)).collect();
    for item in data {
        let (entity, write_units) = put_any(shop, item).await?;
        for sum in loaded.iter_mut().filter(|sum| sum.entity == entity) {
            sum.items += 1;
            sum.write_units += write_units;
        }
    }
    Ok(loaded)
}

async fn put_any(shop: &Handle<Shop>, item: &Shop) -> Result<(&'static str, f64), Error> {
    match item {
        Shop::Customer(item) => put(shop, item).await,
        Shop::Product(item) => put(shop, item).await,
        Shop::Warehouse(item) => put(shop, item).await,
        Shop::WarehouseItem(item) => put(shop, item).await,
        Shop::Order(item) => put(shop, item).await,
        Shop::OrderItem(item) => put(shop, item).await,
        Shop::Invoice(item) => put(shop, item).await,
        Shop::Payment(item) => put(shop, item).await,
        Shop::Shipment(item) => put(shop, item).await,
        Shop::ShipmentItem(item) => put(shop, item).await,
    }
}

async fn put<E>(shop: &Handle<Shop>, item: &E) -> Result<(&'static str, f64), Error>
where
    E: Entity<Table = Shop> + InTable<Shop>,
{
    Ok((E::MODEL.type_name, shop.put(item).await?.write_units()))
}
