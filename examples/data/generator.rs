//! The shop's data: goods, warehouses and their stock, customers, and half a year of orders.

use super::orders::Desk;
use super::random::Random;
use super::words::{CITIES, FIRST_NAMES, GOODS, Goods, LAST_NAMES, STREETS};
use crate::shop::model::{Customer, Product, Shop, Warehouse, WarehouseItem};
use crate::shop::parts::{Address, Cents, CustomerId, Detail, ProductId, WarehouseId};

/// The data file.
pub const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/shop.json");

const SEED: u64 = 2026;
const CUSTOMERS: usize = 240;
const WAREHOUSES: usize = 6;
const ORDERS: usize = 320;

/// The whole data file.
///
/// # Errors
///
/// If serde cannot write an item, which these types rule out.
pub fn file() -> Result<String, serde_json::Error> {
    let lines: Result<Vec<_>, _> = items().iter().map(serde_json::to_string).collect();
    Ok(format!("[\n{}\n]\n", lines?.join(",\n")))
}

/// Every item of the shop.
pub fn items() -> Vec<Shop> {
    let mut random = Random::seeded(SEED);
    let products = products();
    let stock = stock(&mut random, &products);
    let customers: Vec<_> =
        (0..CUSTOMERS).map(|number| (customer(number), address(&mut random, CITIES.len()))).collect();
    let mut items: Vec<Shop> = Vec::new();
    items.extend(customers.iter().map(|(customer, _)| Shop::from(customer.clone())));
    items.extend(products.iter().cloned().map(Shop::from));
    items.extend((0..WAREHOUSES).map(|number| Shop::from(warehouse(&mut random, number))));
    items.extend(stock.iter().cloned().map(Shop::from));
    let mut desk = Desk::new(&products, &stock);
    for start in Desk::starts(&mut random, ORDERS) {
        // Orders make regular customers; stepping through the names keeps those from being the first ones.
        let (customer, address) = &customers[(random.favourite(CUSTOMERS) * 77 + 41) % CUSTOMERS];
        desk.order(&mut random, &customer.customer, address, start);
    }
    items.extend(desk.items);
    items
}

fn products() -> Vec<Product> {
    let variants = GOODS.iter().flat_map(|goods| (0..goods.3.len()).map(move |variant| (goods, variant)));
    variants.enumerate().map(|(number, (goods, variant))| product(number, goods, variant)).collect()
}

fn product(number: usize, (name, description, price, variants): &Goods, variant: usize) -> Product {
    Product {
        product: ProductId((20_001 + number).to_string()),
        detail: Detail {
            name: format!("{name}, {}", variants[variant]),
            description: (*description).to_owned(),
        },
        // A size up costs a quarter more, in whole tens of cents.
        price: Cents(price * (4 + variant as u64) / 40 * 10),
    }
}

fn warehouse_id(number: usize) -> WarehouseId {
    WarehouseId((30_001 + number).to_string())
}

/// Each product lies in two to four warehouses.
fn stock(random: &mut Random, products: &[Product]) -> Vec<WarehouseItem> {
    let mut warehouses: Vec<usize> = (0..WAREHOUSES).collect();
    let mut stock = Vec::new();
    for product in products {
        let count = random.between(2, 4);
        for warehouse in random.some_of(&mut warehouses, count).to_vec() {
            let (product, warehouse) = (product.product.clone(), warehouse_id(warehouse));
            stock.push(WarehouseItem { product, warehouse, quantity: random.between(4, 120) as u32 });
        }
    }
    stock
}

fn warehouse(random: &mut Random, number: usize) -> Warehouse {
    let mut address = address(random, 1);
    let (city, county, postcode) = CITIES[number];
    (address.city, address.county) = (city.to_owned(), county.to_owned());
    address.zip_code = format!("{postcode}{}", &address.zip_code[2..]);
    Warehouse { warehouse: warehouse_id(number), address }
}

fn address(random: &mut Random, cities: usize) -> Address {
    let (city, county, postcode) = random.pick(&CITIES[..cities]);
    Address {
        country: "Sweden".to_owned(),
        county: county.to_owned(),
        city: city.to_owned(),
        street: random.pick(&STREETS).to_owned(),
        number: random.between(1, 90).to_string(),
        zip_code: format!("{postcode}{:03}", random.between(100, 999)),
    }
}

/// No two customers have both names in common.
fn customer(number: usize) -> Customer {
    let first = FIRST_NAMES[number % FIRST_NAMES.len()];
    let last = LAST_NAMES[(7 * number + number / FIRST_NAMES.len()) % LAST_NAMES.len()];
    Customer {
        customer: CustomerId((10_001 + number).to_string()),
        email: format!("{}.{}@example.com", plain(first), plain(last)),
        name: format!("{first} {last}"),
    }
}

/// Lower case, without accents: for addresses of mail.
fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'å' | 'ä' | 'á' => 'a',
        'ö' | 'ó' => 'o',
        'é' => 'e',
        'í' => 'i',
        other => other,
    };
    name.to_lowercase().chars().map(letter).collect()
}
