//! The sixteen access patterns of the shop, on both of its published versions.

use monotable::{Handle, prefix};
use monotable_tests::open;

use crate::data::published;
use crate::patterns::{Patterns, ran};
use crate::prices::Price;
use crate::shop::*;
use crate::{FACETS, VERSION_14, version_13};

/// The rows of a file in a table of their own, written by the entities.
struct Loaded {
    shop: Handle<Shop>,
    rows: Vec<Shop>,
}

impl Loaded {
    async fn of(file: &str) -> Option<Self> {
        let rows: Vec<_> = published(file)?.iter().map(|row| take_apart(row).0).collect();
        let shop = open::<Shop>().await;
        for row in &rows {
            insert(&shop, row).await;
        }
        Some(Self { shop, rows })
    }

    /// The rows with these sort keys, in their order.
    #[track_caller]
    fn rows<const N: usize>(&self, partition: &str, sort: [&str; N]) -> [Shop; N] {
        sort.map(|sort| {
            let key = format!("{partition} {sort}");
            let row = self.rows.iter().find(|row| key_of(row) == key);
            row.unwrap_or_else(|| panic!("no row {key:?}")).clone()
        })
    }
}

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("aws_online_shop", "Online shop (AWS)");
    let Some(version_14) = Loaded::of(VERSION_14).await else { return patterns.skip() };
    by_id(&version_14, &mut patterns).await;
    of_an_order(&version_14, &mut patterns).await;
    of_invoices_and_shipments(&version_14, &mut patterns).await;
    of_warehouses(&version_14, &mut patterns).await;
    version_13::of_a_customer(&version_14.rows, &mut patterns).await;
    patterns.finish();
}

async fn by_id(Loaded { shop, rows }: &Loaded, patterns: &mut Patterns) {
    let row = |key: &str| std::slice::from_ref(rows.iter().find(|row| key_of(row) == key).unwrap());
    let customer = ran!(1, "Customer by id", shop.get(CustomerKey { customer: "12345".into() }));
    patterns.found(customer.each(), row("c#12345 c#12345"));
    let product = ran!(2, "Product by id", shop.get(ProductKey { product: "99887".into() }));
    patterns.found(product.each(), row("p#99887 p#99887"));
    let warehouse = ran!(3, "Warehouse by id", shop.get(WarehouseKey { warehouse: "12376".into() }));
    patterns.found(warehouse.each(), row("w#12376 w#12376"));
}

async fn of_an_order(loaded: &Loaded, patterns: &mut Patterns) {
    let Loaded { shop, .. } = loaded;
    let inventory =
        ran!(4, "Inventory of a product over warehouses", shop.query(WarehouseItem::by_product("99887")));
    patterns.found(inventory.each(), &loaded.rows("p#99887", ["w#12345", "w#12376"]));
    let whole = ran!(5, "Whole order", shop.item_collection(Order::by_order("12345")));
    let sort_keys = [
        "c#12345",
        "i#55443",
        "p#12345",
        "p#99887",
        "sh#88899",
        "sh#98765",
        "shp#12345",
        "shp#54321",
        "shp#55555",
    ];
    patterns.found(whole, &loaded.rows("o#12345", sort_keys));
    // `p#`, `i#` and `sh#` select their entities alone: not `shp#`, and not `pmn#` of the other version.
    let products = ran!(6, "Products of an order", shop.query(OrderItem::by_order("12345")));
    patterns.found(products.each(), &loaded.rows("o#12345", ["p#12345", "p#99887"]));
    let invoice = ran!(7, "Invoice of an order", shop.query(Invoice::by_order("12345")));
    patterns.found(invoice.each(), &loaded.rows("o#12345", ["i#55443"]));
    let shipments = ran!(8, "Shipments of an order", shop.query(Shipment::by_order("12345")));
    patterns.found(shipments.each(), &loaded.rows("o#12345", ["sh#88899", "sh#98765"]));
    let june = "2020-06-01".."2020-07-01";
    let orders = ran!(
        9,
        "Orders of a product in a date range",
        shop.query(OrderItem::by_product("99887").date_in(june))
    );
    patterns.found(orders.each(), &loaded.rows("o#12345", ["p#99887"]));
    let july = OrderItem::by_product("99887").date_in("2020-07-01".."2020-08-01");
    assert!(shop.query(july).await.unwrap().is_empty());
}

async fn of_invoices_and_shipments(loaded: &Loaded, patterns: &mut Patterns) {
    let Loaded { shop, .. } = loaded;
    let invoice =
        ran!(10, "Invoice by id", shop.query(Invoice::by_invoice("55443").invoice("55443")).first());
    patterns.found(invoice.each(), &loaded.rows("o#12345", ["i#55443"]));
    let invoice =
        ran!(11, "Payments of an invoice", shop.query(Invoice::by_invoice("55443").invoice("55443")).first());
    let [Shop::Invoice(expected)] = loaded.rows("o#12345", ["i#55443"]) else { panic!("an invoice") };
    let found = patterns.priced(invoice, Price::get(&expected)).unwrap();
    let payments: Vec<_> =
        found.detail.unwrap().payments.into_iter().map(|one| (one.r#type, one.amount)).collect();
    assert_eq!(payments, [("GiftCard".to_owned(), 100), ("MasterCard".to_owned(), 300)]);

    let shipment = ran!(12, "Shipment with items", shop.item_collection(Shipment::by_shipment("98765")));
    patterns.found(shipment, &loaded.rows("o#12345", ["shp#55555", "shp#12345", "sh#98765"]));
    let of_one_product = ShipmentItem::by_shipment("98765").product_in(prefix("99"));
    let found: Vec<Shop> = shop.query(of_one_product).await.unwrap().into_iter().map(Into::into).collect();
    assert_eq!(found, loaded.rows("o#12345", ["shp#12345"]));
}

/// As published, the second inventory is empty: that row has no GSI2 keys.
async fn of_warehouses(loaded: &Loaded, patterns: &mut Patterns) {
    let Loaded { shop, .. } = loaded;
    let shipments = ran!(13, "Shipments of a warehouse", shop.query(Shipment::by_warehouse("12376")));
    patterns.found(shipments.each(), &loaded.rows("o#12345", ["sh#88899"]));
    let inventory = ran!(14, "Inventory of a warehouse", shop.query(WarehouseItem::by_warehouse("12376")));
    patterns.found(inventory.each(), &loaded.rows("p#99887", ["w#12376"]));
    let inventory = shop.query(WarehouseItem::by_warehouse("12345")).await.unwrap();
    let products: Vec<_> = inventory.iter().map(|item| item.product.as_str()).collect();
    assert_eq!(products, ["12345", "99887"]);
}

/// Version 14 lists invoices and products of a customer together, by date alone; with a filter, one of them.
#[tokio::test]
async fn activities_of_a_customer() {
    let Some(loaded) = Loaded::of(VERSION_14).await else { return };
    let Loaded { shop, .. } = &loaded;
    let activities = |from, until| shop.item_collection(Invoice::by_customer("12345").date_in(from..=until));
    let all = activities("2020-06-21T00:00:00", "2020-06-21T19:20:00").await.unwrap();
    Price::query(&loaded.rows("o#12345", ["i#55443", "p#12345", "p#99887"])).is(all.cost(), "activities");
    let invoices = all.iter().filter(|one| matches!(one, Shop::Invoice(_)));
    assert!(invoices.eq(&loaded.rows("o#12345", ["i#55443"])));
    let late = activities("2020-06-21T19:18:01", "2020-06-21T23:59:59").await.unwrap();
    assert_eq!(*late, loaded.rows("o#12345", ["p#99887"]));
}

/// The version with payments as items of their own.
#[tokio::test]
async fn payments_as_items() {
    let Some(loaded) = Loaded::of(FACETS).await else { return };
    let Loaded { shop, .. } = &loaded;
    let payments = shop.query(Payment::by_invoice("55443")).await.unwrap();
    let payments: Vec<Shop> = payments.into_iter().map(Into::into).collect();
    assert_eq!(payments, loaded.rows("o#12345", ["pmn#33224", "pmn#33442"]));
    let whole = shop.item_collection(Invoice::by_invoice("55443")).await.unwrap();
    assert_eq!(*whole, loaded.rows("o#12345", ["i#55443", "pmn#33224", "pmn#33442"]));
    let products = shop.query(OrderItem::by_order("12345")).await.unwrap();
    let products: Vec<Shop> = products.into_iter().map(Into::into).collect();
    assert_eq!(products, loaded.rows("o#12345", ["p#12345", "p#99887"]));
}
