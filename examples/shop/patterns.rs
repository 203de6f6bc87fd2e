//! The sixteen access patterns, in the order and under the numbers of the published model.

use monotable::{Cost, Entity, EntityKey, Error, Handle, InTable, KeyQuery, StoresWholeItems, TypedQuery};

use super::call::Call;
use super::model::{
    CustomerKey, Invoice, Order, OrderItem, Payment, ProductKey, Shipment, ShipmentItem, Shop, WarehouseItem,
    WarehouseKey,
};
use super::questions::Questions;

/// One pattern, as it went.
#[derive(Debug)]
pub struct Outcome {
    pub number: usize,
    pub name: &'static str,
    /// The request that was sent.
    pub call: Call,
    pub items: Vec<Shop>,
    pub cost: Cost,
}

/// Runs all sixteen.
///
/// # Errors
///
/// What the first call that fails says.
pub async fn run(shop: &Handle<Shop>, ask: &Questions) -> Result<Vec<Outcome>, Error> {
    let mut run = Run { shop, outcomes: Vec::new() };
    by_table(&mut run, ask).await?;
    by_gsi1(&mut run, ask).await?;
    by_gsi2(&mut run, ask).await?;
    Ok(run.outcomes)
}

/// 1 to 8: the table's own key.
async fn by_table(run: &mut Run<'_>, ask: &Questions) -> Result<(), Error> {
    let Questions { customer, product, warehouse, order, .. } = ask.clone();
    run.get("Customer by id", CustomerKey { customer }).await?;
    run.get("Product by id", ProductKey { product }).await?;
    run.get("Warehouse by id", WarehouseKey { warehouse }).await?;
    run.query("Inventory of a product over warehouses", WarehouseItem::by_product(&ask.product)).await?;
    run.collection("Whole order", Order::by_order(&order)).await?;
    run.query("Products of an order", OrderItem::by_order(&order)).await?;
    run.query("Invoice of an order", Invoice::by_order(&order)).await?;
    run.query("Shipments of an order", Shipment::by_order(&order)).await
}

/// 9 to 12: GSI1, from a product to its orders, and from invoices and shipments to what is below them.
async fn by_gsi1(run: &mut Run<'_>, ask: &Questions) -> Result<(), Error> {
    let ordered = OrderItem::by_product(&ask.product).date_in(ask.month.clone());
    run.query("Orders of a product in a date range", ordered).await?;
    run.query("Invoice by id", Invoice::by_invoice(&ask.invoice)).await?;
    run.query("Payments of an invoice", Payment::by_invoice(&ask.invoice)).await?;
    run.collection("Shipment with items", ShipmentItem::by_shipment(&ask.shipment)).await
}

/// 13 to 16: GSI2, from a warehouse or a customer.
async fn by_gsi2(run: &mut Run<'_>, ask: &Questions) -> Result<(), Error> {
    run.query("Shipments of a warehouse", Shipment::by_warehouse(&ask.warehouse)).await?;
    run.query("Inventory of a warehouse", WarehouseItem::by_warehouse(&ask.warehouse)).await?;
    let invoices = Invoice::by_customer(&ask.customer).date_in(ask.quarter.clone());
    run.query("Invoices of a customer in a date range", invoices).await?;
    let products = OrderItem::by_customer(&ask.customer).date_in(ask.quarter.clone());
    run.query("Products ordered by a customer in a date range", products).await
}

/// Makes each call twice over: once as text, once for its items.
struct Run<'a> {
    shop: &'a Handle<Shop>,
    outcomes: Vec<Outcome>,
}

impl Run<'_> {
    async fn get<K: EntityKey>(&mut self, name: &'static str, key: K) -> Result<(), Error>
    where
        K::Entity: Entity<Table = Shop> + InTable<Shop> + Into<Shop>,
    {
        let call = Call::from(&*self.shop.get(key.clone()).explain()?);
        let (item, cost) = self.shop.get(key).await?.into_parts();
        self.add(name, call, item.into_iter().map(Into::into).collect(), cost);
        Ok(())
    }

    async fn query<Q: TypedQuery<Index: StoresWholeItems>>(
        &mut self,
        name: &'static str,
        query: Q,
    ) -> Result<(), Error>
    where
        Q::Entity: Entity<Table = Shop> + InTable<Shop> + Into<Shop>,
    {
        let query = self.shop.query(query);
        let call = Call::from(&*query.explain()?);
        let (items, cost) = query.await?.into_parts();
        self.add(name, call, items.into_iter().map(Into::into).collect(), cost);
        Ok(())
    }

    /// Items of every entity in the partition: they come as the table's enum.
    async fn collection<Q: KeyQuery<Index: StoresWholeItems>>(
        &mut self,
        name: &'static str,
        query: Q,
    ) -> Result<(), Error>
    where
        Q::Entity: InTable<Shop>,
    {
        let query = self.shop.item_collection(query);
        let call = Call::from(&*query.explain()?);
        let (items, cost) = query.await?.into_parts();
        self.add(name, call, items, cost);
        Ok(())
    }

    fn add(&mut self, name: &'static str, call: Call, items: Vec<Shop>, cost: Cost) {
        let number = self.outcomes.len() + 1;
        self.outcomes.push(Outcome { number, name, call, items, cost });
    }
}
