//! One order after another: what is bought, invoiced, paid and shipped.

use std::collections::BTreeMap;

use super::calendar::{DAY, HOUR, MINUTE, moment};
use super::random::Random;
use crate::shop::model::{
    Invoice, Order, OrderItem, Payment, Product, Shipment, ShipmentItem, Shop, WarehouseItem,
};
use crate::shop::parts::{
    Address, Cents, CustomerId, InvoiceId, OrderId, PaymentId, PaymentType, ProductId, ShipmentId,
    ShipmentItemId, ShipmentType, WarehouseId,
};

/// January to June.
const DAYS: usize = 181;
/// What was ordered in the last days has not left the warehouse.
const SHIPPED_UNTIL: usize = (DAYS - 3) * DAY;

/// Takes orders, and counts the numbers it gives them.
pub(super) struct Desk<'a> {
    products: Vec<&'a Product>,
    stock: BTreeMap<&'a ProductId, Vec<&'a WarehouseId>>,
    numbers: Numbers,
    pub(super) items: Vec<Shop>,
}

#[derive(Default)]
struct Numbers {
    order: usize,
    payment: usize,
    shipment: usize,
    shipment_item: usize,
}

/// Five digits, of which the first says what it is the number of.
fn next(kind: usize, counter: &mut usize) -> String {
    *counter += 1;
    (kind * 10_000 + *counter).to_string()
}

impl<'a> Desk<'a> {
    pub(super) fn new(products: &'a [Product], stock: &'a [WarehouseItem]) -> Self {
        let mut places: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for item in stock {
            places.entry(&item.product).or_default().push(&item.warehouse);
        }
        Self {
            products: products.iter().collect(),
            stock: places,
            numbers: Numbers::default(),
            items: Vec::new(),
        }
    }

    /// When orders are placed, in order: by day, and not at night.
    pub(super) fn starts(random: &mut Random, count: usize) -> Vec<usize> {
        let start = |_| random.below(DAYS) * DAY + random.between(7 * HOUR, 22 * HOUR);
        let mut starts: Vec<_> = (0..count).map(start).collect();
        starts.sort_unstable();
        starts
    }

    /// One order and all that follows from it.
    pub(super) fn order(
        &mut self,
        random: &mut Random,
        customer: &CustomerId,
        address: &Address,
        start: usize,
    ) {
        let order = OrderId(next(4, &mut self.numbers.order));
        let mut time = start;
        let lines = self.lines(random, &order, customer, &mut time);
        time += random.between(20, 9 * MINUTE);
        let amount = Cents(lines.iter().map(|line| line.price.0 * u64::from(line.quantity)).sum());
        let invoice = InvoiceId((50_000 + self.numbers.order).to_string());
        let head = Order { order: order.clone(), customer: customer.clone(), date: moment(start) };
        self.items.push(head.into());
        self.items.extend(lines.iter().cloned().map(Shop::from));
        let (of, date) = (order.clone(), moment(time));
        self.items.push(
            Invoice { order: of, invoice: invoice.clone(), customer: customer.clone(), amount, date }.into(),
        );
        self.pay(random, &order, &invoice, amount, time);
        if start < SHIPPED_UNTIL {
            self.ship(random, &order, address, &lines, time);
        }
    }

    /// One to eight products, put into the basket one after another.
    fn lines(
        &mut self,
        random: &mut Random,
        order: &OrderId,
        customer: &CustomerId,
        time: &mut usize,
    ) -> Vec<OrderItem> {
        let mut chosen = BTreeMap::new();
        for _ in 0..=random.skewed(8) {
            let product =
                self.products[(random.favourite(self.products.len()) * 7 + 12) % self.products.len()];
            chosen.insert(&product.product, product);
        }
        let mut line = |product: &Product| {
            *time += random.between(15, 4 * MINUTE);
            OrderItem {
                order: order.clone(),
                product: product.product.clone(),
                customer: customer.clone(),
                date: moment(*time),
                price: product.price,
                quantity: 1 + random.skewed(6) as u32,
            }
        };
        chosen.into_values().map(&mut line).collect()
    }

    /// Most pay at once by card, some in part with a gift card, and a few have not paid.
    fn pay(&mut self, random: &mut Random, order: &OrderId, invoice: &InvoiceId, amount: Cents, time: usize) {
        if random.percent(4) {
            return;
        }
        let card = random.pick(&[PaymentType::Visa, PaymentType::MasterCard]);
        let gift = if random.percent(20) { Cents(amount.0.min(5000)) } else { Cents(0) };
        let rest = Cents(amount.0 - gift.0);
        let mut time = time;
        for (kind, amount) in [(PaymentType::GiftCard, gift), (card, rest)] {
            if amount.0 > 0 {
                time += random.between(10, 5 * MINUTE);
                let payment = PaymentId(next(6, &mut self.numbers.payment));
                let (order, invoice) = (order.clone(), invoice.clone());
                self.items.push(Payment { order, payment, invoice, kind, amount, date: moment(time) }.into());
            }
        }
    }

    /// A shipment from each warehouse that has something to send.
    fn ship(
        &mut self,
        random: &mut Random,
        order: &OrderId,
        address: &Address,
        lines: &[OrderItem],
        time: usize,
    ) {
        let kind = if random.percent(25) { ShipmentType::Express } else { ShipmentType::Standard };
        let days = if kind == ShipmentType::Express { 1 } else { random.between(1, 3) };
        for (warehouse, parcels) in self.parcels(random, lines) {
            let shipment = ShipmentId(next(7, &mut self.numbers.shipment));
            let date = moment((time / DAY + days) * DAY + random.between(8 * HOUR, 16 * HOUR));
            let (warehouse, address) = (warehouse.clone(), address.clone());
            let head =
                Shipment { order: order.clone(), shipment: shipment.clone(), warehouse, address, kind, date };
            self.items.push(head.into());
            for (product, quantity) in parcels {
                let shipment_item = ShipmentItemId(next(8, &mut self.numbers.shipment_item));
                let (order, shipment) = (order.clone(), shipment.clone());
                self.items.push(ShipmentItem { order, shipment_item, shipment, product, quantity }.into());
            }
        }
    }

    /// What each warehouse sends: few parcels, but many of one product come from two warehouses.
    fn parcels(
        &self,
        random: &mut Random,
        lines: &[OrderItem],
    ) -> BTreeMap<&'a WarehouseId, Vec<(ProductId, u32)>> {
        let mut parcels: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in lines {
            let places = &self.stock[&line.product];
            let packed = places.iter().position(|place| parcels.contains_key(place));
            let first = packed.unwrap_or_else(|| random.below(places.len()));
            let here = if line.quantity > 3 { line.quantity / 2 } else { line.quantity };
            let rest = line.quantity - here;
            for (place, quantity) in [(first, here), (first + 1, rest)] {
                if quantity > 0 {
                    let sent = (line.product.clone(), quantity);
                    parcels.entry(places[place % places.len()]).or_default().push(sent);
                }
            }
        }
        parcels
    }
}
