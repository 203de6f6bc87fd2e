//! The patterns of shipments, in every state of a delivery. Their indexes store parts of them.

use monotable_tests::open;
use std::collections::BTreeMap;

use super::*;
use crate::patterns::Ran;

/// A shipment for its recipient and its courier.
#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = Shipment, index(ShipmentsByRecipient), index(ShipmentsByCourier))]
struct Parcel {
    shipment_id: String,
    status: Option<String>,
    warehouse_name: Option<String>,
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = Shipment, index(ShipmentsByWarehouse))]
struct Outgoing {
    shipment_id: String,
    status: Option<String>,
    recipient_name: Option<String>,
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = Shipment, index(AvailableShipmentsByCity))]
struct Available {
    shipment_id: String,
    origin_address: Option<String>,
    destination_address: Option<String>,
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = Shipment, index(CourierActiveDelivery))]
struct Active {
    shipment_id: String,
    status: Option<String>,
    destination_address: Option<String>,
}

/// By their ids: what is published, is followed by it in every index, and is not to be taken for it.
fn shipments(delivered: &Shipment) -> BTreeMap<&'static str, Shipment> {
    let of = |id: &str, status: &str, hour: u32| Shipment {
        shipment_id: id.into(),
        status: Some(status.into()),
        created_at: Some(format!("2026-02-20T{hour:02}:00:00Z")),
        ..delivered.clone()
    };
    let text = |text: &str| Some(text.to_owned());
    let active = Shipment { active_delivery: text("cour_7891"), ..of("active", "IN_TRANSIT", 10) };
    let waiting = |id: &str, hour| Shipment {
        courier_id: None,
        available_city: text("Seattle"),
        ..of(id, "READY", hour)
    };
    let elsewhere = Shipment {
        recipient_id: text("rcpt_78910"),
        warehouse_id: text("wh_78910"),
        courier_id: text("cour_78910"),
        available_city: text("Seattle 2"),
        active_delivery: text("cour_78910"),
        ..of("elsewhere", "DELIVERED", 12)
    };
    BTreeMap::from([
        ("delivered", delivered.clone()),
        ("again", of("again", "DELIVERED", 9)),
        ("active", active),
        ("waiting", waiting("waiting", 11)),
        ("first", waiting("first", 8)),
        ("elsewhere", elsewhere),
    ])
}

const TO_AND_BY: &str = "shipment_id recipient_id courier_id status created_at warehouse_name total_weight";

pub(super) async fn of_shipments(patterns: &mut Patterns) -> Option<()> {
    let table = open::<Shipments>().await;
    let delivered: Shipment = published("Shipment")?;
    patterns.wrote(ran!(17, "create_shipment", table.insert(&delivered)), &delivered, 3);
    patterns.got(ran!(18, "get_shipment", table.get(delivered.key())), &delivered);
    of_deliveries(&table, &delivered, patterns).await;
    let all = shipments(&delivered);
    put_all(&table, &all.values().cloned().collect::<Vec<_>>()).await;
    of_recipients_and_couriers(&table, &all, patterns).await;
    of_warehouses_and_cities(&table, &all, patterns).await;
    Some(())
}

/// From the warehouse to the recipient: each status is in the keys of up to three indexes.
async fn of_deliveries(table: &Handle<Shipments>, delivered: &Shipment, patterns: &mut Patterns) {
    let text = |text: &str| Some(text.to_owned());
    let offered = Shipment {
        shipment_id: "offered".into(),
        status: text("NEW"),
        courier_id: None,
        available_city: text("Seattle"),
        ..delivered.clone()
    };
    put_all(table, std::slice::from_ref(&offered)).await;
    let ready = ran!(
        19,
        "update_shipment_status",
        table.update(offered.key()).set(Shipment::STATUS, "READY").returning_new()
    );
    let expected = Shipment { status: text("READY"), ..offered.clone() };
    assert_eq!(patterns.written(ready, 1.0 + 2.0 + 2.0), expected);

    let accepted = ran!(
        20,
        "accept_delivery",
        table
            .update(offered.key())
            .set(Shipment::COURIER_ID, "cour_7891")
            .set(Shipment::ACTIVE_DELIVERY, "cour_7891")
            .remove(Shipment::AVAILABLE_CITY)
            .when(Shipment::COURIER_ID.not_exists())
            .returning_new()
    );
    let courier = || text("cour_7891");
    let expected =
        Shipment { courier_id: courier(), active_delivery: courier(), available_city: None, ..expected };
    // It enters two indexes and leaves one.
    assert_eq!(patterns.written(accepted, 1.0 + 1.0 + 1.0 + 1.0), expected);

    let arrived = ran!(
        21,
        "update_delivery_status",
        table
            .update(offered.key())
            .set(Shipment::STATUS, "DELIVERED")
            .remove(Shipment::ACTIVE_DELIVERY)
            .returning_new()
    );
    let expected = Shipment { status: text("DELIVERED"), active_delivery: None, ..expected };
    assert_eq!(patterns.written(arrived, 1.0 + 2.0 + 2.0 + 2.0 + 1.0), expected);
    table.delete(offered.key()).await.expect("a delete");
}

fn some<'s>(all: &'s BTreeMap<&str, Shipment>, ids: &str) -> Vec<&'s Shipment> {
    ids.split(' ').map(|id| &all[id]).collect()
}

async fn of_recipients_and_couriers(
    table: &Handle<Shipments>,
    all: &BTreeMap<&str, Shipment>,
    patterns: &mut Patterns,
) {
    let mut check = |ran: Ran<Vec<Parcel>>, other: &str, ids: &str| {
        let expected = some(all, ids);
        let stored_in_index: Vec<_> = TO_AND_BY.split(' ').filter(|name| *name != other).collect();
        let found = patterns.priced(ran, entries(&expected, &stored_in_index.join(" ")));
        let parcel = |shipment: &&Shipment| {
            let Shipment { shipment_id, status, warehouse_name, .. } = (*shipment).clone();
            Parcel { shipment_id, status, warehouse_name }
        };
        assert_eq!(found, expected.iter().map(parcel).collect::<Vec<_>>());
    };
    let parcels = table.projection::<Parcel>();
    let recipient = "rcpt_7891";
    let found = ran!(22, "get_recipient_shipments", parcels.query(Shipment::of_recipient(recipient)));
    check(found, "courier_id", "delivered again active first waiting");
    let found = ran!(
        23,
        "get_recipient_shipments_by_status",
        parcels.query(Shipment::of_recipient(recipient).status("DELIVERED"))
    );
    check(found, "courier_id", "delivered again");
    let courier = "cour_7891";
    let found = ran!(26, "get_courier_shipments", parcels.query(Shipment::of_courier(courier)));
    check(found, "recipient_id", "delivered again active");
    let found = ran!(
        27,
        "get_courier_shipments_by_status",
        parcels.query(Shipment::of_courier(courier).status("IN_TRANSIT"))
    );
    check(found, "recipient_id", "active");
}

async fn of_warehouses_and_cities(
    table: &Handle<Shipments>,
    all: &BTreeMap<&str, Shipment>,
    patterns: &mut Patterns,
) {
    let mut check = |ran: Ran<Vec<Outgoing>>, ids: &str| {
        let expected = some(all, ids);
        let stored_in_index = "shipment_id warehouse_id status created_at recipient_name total_weight";
        let found = patterns.priced(ran, entries(&expected, stored_in_index));
        let outgoing = |shipment: &&Shipment| {
            let Shipment { shipment_id, status, recipient_name, .. } = (*shipment).clone();
            Outgoing { shipment_id, status, recipient_name }
        };
        assert_eq!(found, expected.iter().map(outgoing).collect::<Vec<_>>());
    };
    let outgoing = table.projection::<Outgoing>();
    let warehouse = "wh_7891";
    let found = ran!(24, "get_warehouse_shipments", outgoing.query(Shipment::of_warehouse(warehouse)));
    check(found, "delivered again active first waiting");
    let found = ran!(
        25,
        "get_warehouse_shipments_by_status",
        outgoing.query(Shipment::of_warehouse(warehouse).status("READY"))
    );
    check(found, "first waiting");

    let found = ran!(
        28,
        "get_available_shipments_by_city",
        table.projection::<Available>().query(Shipment::available_in("Seattle"))
    );
    let expected = some(all, "first waiting");
    let stored_in_index =
        "shipment_id available_city created_at warehouse_name origin_address destination_address";
    let found = patterns.priced(found, entries(&expected, stored_in_index));
    assert!(found.iter().map(|one| &one.shipment_id).eq(["first", "waiting"]));

    let found = ran!(
        29,
        "get_courier_active_delivery",
        table.projection::<Active>().query(Shipment::active_of("cour_7891"))
    );
    let expected = some(all, "active");
    let stored_in_index =
        "shipment_id active_delivery warehouse_name status destination_address origin_address";
    let found = patterns.priced(found, entries(&expected, stored_in_index));
    assert!(found.iter().map(|one| &one.shipment_id).eq(["active"]));
}
