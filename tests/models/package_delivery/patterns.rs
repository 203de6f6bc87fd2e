//! The twenty-nine patterns, with the published samples and others that differ in what is asked for.

mod shipments;

use monotable::{KeyQuery, Projection};
use monotable_tests::open;

use super::*;
use crate::patterns::{Patterns, put_all, ran};
use crate::prices::{Price, size};

/// What `ProductsByCategory` is for. As published it holds the profiles of warehouses too, which have a city and a
/// category: here its city is an attribute that products alone have.
#[derive(Table, Debug)]
#[table(name = "Catalog", pk = "warehouse_id", sk = "sort_key")]
#[table(index(ByCategory, pk = [sold_in], sk = [category], projection = include(description, price, available)))]
enum Catalog {
    Offer(Offer),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Catalog, pk = "{warehouse_id}", sk = "MENU#{category}#{product_id}")]
#[entity(index(ByCategory, query = sold_in))]
struct Offer {
    warehouse_id: String,
    category: String,
    product_id: String,
    sold_in: String,
    description: String,
    price: f64,
    available: bool,
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = Offer, index(ByCategory))]
struct Listing {
    description: String,
    price: f64,
    available: bool,
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = WarehouseProfile, index(WarehousesByCity))]
struct Listed {
    warehouse_id: String,
    name: String,
    rating: Stars,
    processing_time: u32,
}

fn published<E: DeserializeOwned>(name: &str) -> Option<E> {
    let file = json("package_delivery_app_usage_data.json")?;
    Some(serde_json::from_value(file["entities"][name]["sample_data"].clone()).expect(name))
}

/// A query of an index that stores these attributes of the items, besides its keys.
fn entries<E: Entity>(items: &[&E], stored_in_index: &str) -> Price {
    let names: Vec<_> = stored_in_index.split(' ').collect();
    let entry = |item: &&E| {
        let mut entry = stored(*item);
        entry.retain(|name, _| names.contains(&name.as_str()));
        size(&entry)
    };
    Price::query_of_sizes(&items.iter().map(entry).collect::<Vec<_>>())
}

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("mcp_package_delivery", "Package delivery (awslabs MCP fixture)");
    if of_people(&mut patterns).await.is_none() {
        return patterns.skip();
    }
    of_warehouses(&mut patterns).await;
    of_products(&mut patterns).await;
    shipments::of_shipments(&mut patterns).await;
    patterns.finish();
}

async fn of_people(patterns: &mut Patterns) -> Option<()> {
    let recipient: Recipient = published("Recipient")?;
    let table = open::<Recipients>().await;
    let other = Recipient { recipient_id: format!("{}0", recipient.recipient_id), ..recipient.clone() };
    put_all(&table, &[other]).await;
    patterns.wrote(ran!(1, "create_recipient", table.insert(&recipient)), &recipient, 0);
    patterns.got(ran!(2, "get_recipient", table.get(recipient.key())), &recipient);

    let courier: Courier = published("Courier")?;
    let table = open::<Couriers>().await;
    patterns.wrote(ran!(3, "register_courier", table.insert(&courier)), &courier, 0);
    patterns.got(ran!(4, "get_courier", table.get(courier.key())), &courier);
    Some(())
}

async fn of_warehouses(patterns: &mut Patterns) -> Option<()> {
    let table = open::<Warehouses>().await;
    let rating: Rating = published("Rating")?;
    let earlier = Rating { created_at: "2026-02-18T12:00:00Z".into(), ..rating.clone() };
    let elsewhere = Rating { warehouse_id: format!("{}0", rating.warehouse_id), ..rating.clone() };
    put_all(&table, &[earlier.clone(), elsewhere]).await;
    patterns.wrote(ran!(9, "create_rating", table.insert(&rating)), &rating, 0);

    let profile: WarehouseProfile = published("WarehouseProfile")?;
    patterns.wrote(ran!(11, "create_warehouse", table.insert(&profile)), &profile, 3);
    patterns.got(ran!(12, "get_warehouse_profile", table.get(profile.key())), &profile);
    let renamed = ran!(
        13,
        "update_warehouse_profile",
        table
            .update(profile.key())
            .set(WarehouseProfile::NAME, "Metro Depot")
            .set(WarehouseProfile::PROCESSING_TIME, 30)
            .returning_new()
    );
    let profile = WarehouseProfile { name: "Metro Depot".into(), processing_time: 30, ..profile };
    // Both are in the index by city, and the name is in a key.
    assert_eq!(patterns.written(renamed, 1.0 + 1.0 + 2.0), profile);

    let product: Product = published("Product")?;
    let warehouse = &product.warehouse_id;
    let other = Product { product_id: "prod_790".into(), ..product.clone() };
    put_all(&table, &[other.clone(), Product { warehouse_id: format!("{warehouse}0"), ..product.clone() }])
        .await;
    patterns.wrote(ran!(5, "upsert_product", table.put(&product)), &product, 1);
    let products = ran!(7, "get_warehouse_products", table.query(Product::of_warehouse(warehouse)));
    patterns.found(products, &[product.clone(), other]);
    patterns.wrote(ran!(6, "delete_product", table.delete(product.key())), &product, 1);
    let ratings = ran!(10, "get_warehouse_ratings", table.query(Rating::of_warehouse(warehouse)));
    patterns.found(ratings, &[earlier, rating]);
    by_city(&table, &profile, patterns).await;
    Some(())
}

async fn by_city(table: &Handle<Warehouses>, profile: &WarehouseProfile, patterns: &mut Patterns) {
    let other = |id: &str, category: &str, rating, name: &str| WarehouseProfile {
        warehouse_id: id.into(),
        category: category.into(),
        rating: Stars(rating),
        name: name.into(),
        ..profile.clone()
    };
    let poor = other("wh_1", "Electronics", 39, "Metropolis");
    let perfect = other("wh_2", "Electronics", 50, "The Metro");
    let toys = other("wh_3", "Toys", 50, "Metro Toys");
    let elsewhere =
        WarehouseProfile { city: "Seattle 2".into(), ..other("wh_4", "Electronics", 50, "Metro") };
    put_all(table, &[poor.clone(), perfect.clone(), toys.clone(), elsewhere]).await;
    let listed = |profile: &WarehouseProfile| {
        let WarehouseProfile { warehouse_id, name, rating, processing_time, .. } = profile.clone();
        Listed { warehouse_id, name, rating, processing_time }
    };
    let stored_in_index = "warehouse_id sort_key city category rating name processing_time";
    let (city, category) = (&profile.city, &profile.category);
    let all = [&poor, profile, &perfect];
    let found = ran!(
        14,
        "get_warehouses_by_city_category",
        table.projection::<Listed>().query(WarehouseProfile::in_city(city).category(category))
    );
    let found = patterns.priced(found, entries(&all, stored_in_index));
    assert_eq!(found, all.map(listed));
    let found = ran!(
        15,
        "get_warehouses_by_city_category_rating",
        table
            .projection::<Listed>()
            .query(WarehouseProfile::in_city(city).category(category).rating_from(Stars(40)))
    );
    let found = patterns.priced(found, entries(&all[1..], stored_in_index));
    assert_eq!(found, [profile, &perfect].map(listed));
    let found = ran!(
        16,
        "search_warehouses_by_name",
        table.query_keys(WarehouseProfile::by_name(city).name_in(prefix("Metro")))
    );
    let named = [profile, &toys, &poor];
    let found = patterns.priced(found, entries(&named, "warehouse_id sort_key city name"));
    assert_eq!(found, named.map(Entity::key));
}

async fn of_products(patterns: &mut Patterns) -> Option<()> {
    let Product { warehouse_id, category, product_id, city, description, price, available } =
        published("Product")?;
    let offer = Offer { warehouse_id, category, product_id, sold_in: city, description, price, available };
    let table = open::<Catalog>().await;
    let toy = Offer { category: "Toys".into(), ..offer.clone() };
    let elsewhere = Offer { sold_in: "Seattle 2".into(), product_id: "prod_1".into(), ..offer.clone() };
    put_all(&table, &[offer.clone(), toy, elsewhere]).await;
    let (city, category) = (&offer.sold_in, &offer.category);
    let found = ran!(
        8,
        "get_products_by_city_category",
        table.projection::<Listing>().query(Offer::sold_in(city).category(category))
    );
    let found = found.remark("in a table whose index has products alone, beside the published one");
    let stored_in_index = "warehouse_id sort_key sold_in category description price available";
    let found = patterns.priced(found, entries(&[&offer], stored_in_index));
    assert_eq!(
        found,
        [Listing { description: offer.description, price: offer.price, available: offer.available }]
    );
    Some(())
}

/// What the table beside the published one is for: `table.projection::<_>().query(Product::in_category(..))` does not
/// compile, because profiles are in the index, too.
#[tokio::test]
async fn the_published_index_of_products_has_profiles() {
    let (Some(product), Some(profile)) = (published::<Product>("Product"), published("WarehouseProfile"))
    else {
        return;
    };
    let table = open::<Warehouses>().await;
    put_all(&table, &[product]).await;
    put_all::<WarehouseProfile>(&table, &[profile]).await;
    let request = Product::in_category("Seattle").category("Electronics").into_query().explain();
    let request = request.expect("a request").into_inner();
    let query = table.sdk().query().table_name(table.name()).set_index_name(request.index_name);
    let query = query.set_key_condition_expression(request.key_condition_expression);
    let query = query.set_expression_attribute_names(request.expression_attribute_names);
    let query = query.set_expression_attribute_values(request.expression_attribute_values);
    assert_eq!(query.send().await.expect("a query").count(), 2);
}
