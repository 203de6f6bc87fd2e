//! Cursors from before a key template changed: one table in several shapes, each changed in one thing.

use monotable::{CursorError, Entity, Handle, KeyPart, Table};
use monotable_tests::{named, open, proxied};
use serde::{Deserialize, Serialize};

use crate::support::runtime;
use crate::trying::Tried;

macro_rules! shape {
    ($shape:ident: $pk:literal, $sk:literal, $gpk:literal, $gsk:literal, $number:ident, $state:ident) => {
        // Of each shape only some queries are asked.
        #[allow(dead_code)]
        mod $shape {
            use super::*;

            #[derive(Table, Debug)]
            #[table(name = "shapes", index(Gsi, pk = "GPK", sk = "GSK"))]
            pub(super) enum Shapes {
                Order(Order),
            }

            #[derive(Entity, Serialize, Deserialize, Debug)]
            #[entity(table = Shapes, pk = $pk, sk = $sk)]
            #[entity(index(Gsi, pk = $gpk, sk = $gsk, query = in_gsi))]
            pub(super) struct Order {
                pub(super) customer: String,
                pub(super) number: $number,
                pub(super) state: $state,
            }

            /// Of the table, and of the index.
            pub(super) fn queries(table: &Handle<super::now::Shapes>) -> [Box<dyn Tried>; 2] {
                let shapes = named::<_, Shapes>(table, "shapes");
                [
                    Box::new(shapes.query(Order::by_customer("ada"))),
                    Box::new(shapes.query(Order::in_gsi("ada"))),
                ]
            }
        }
    };
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum State {
    Open,
    Paid,
}

/// With a variant renamed.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Renamed {
    Open,
    #[key(rename = "Payed")]
    Paid,
}

shape!(now: "CUSTOMER#{customer}", "ORDER#{number}#{state}", "C#{customer}", "O#{number}#{state}", u32, State);
shape!(same: "CUSTOMER#{customer}", "ORDER#{number}#{state}", "C#{customer}", "O#{number}#{state}", u32, State);
shape!(pk: "CLIENT#{customer}", "ORDER#{number}#{state}", "C#{customer}", "O#{number}#{state}", u32, State);
shape!(pk_codec: "CUSTOMER#{customer:escape}", "ORDER#{number}#{state}", "C#{customer}", "O#{number}#{state}", u32, State);
shape!(sk: "CUSTOMER#{customer}", "ORDERS#{number}#{state}", "C#{customer}", "O#{number}#{state}", u32, State);
shape!(sk_order: "CUSTOMER#{customer}", "ORDER#{state}#{number}", "C#{customer}", "O#{number}#{state}", u32, State);
shape!(sk_codec: "CUSTOMER#{customer}", "ORDER#{number:06}#{state}", "C#{customer}", "O#{number}#{state}", u32, State);
shape!(sk_end: "CUSTOMER#{customer}", "ORDER#{number}#{state}#", "C#{customer}", "O#{number}#{state}", u32, State);
shape!(gpk: "CUSTOMER#{customer}", "ORDER#{number}#{state}", "D#{customer}", "O#{number}#{state}", u32, State);
shape!(gsk: "CUSTOMER#{customer}", "ORDER#{number}#{state}", "C#{customer}", "O#{state}#{number}", u32, State);
shape!(gsk_codec: "CUSTOMER#{customer}", "ORDER#{number}#{state}", "C#{customer}", "O#{number:07}#{state}", u32, State);
shape!(wider: "CUSTOMER#{customer}", "ORDER#{number}#{state}", "C#{customer}", "O#{number}#{state}", u64, State);
shape!(renamed: "CUSTOMER#{customer}", "ORDER#{number}#{state}", "C#{customer}", "O#{number}#{state}", u32, Renamed);

#[test]
fn a_cursor_from_before_a_template_changed_is_refused() {
    let runtime = runtime();
    let (table, proxy) = runtime.block_on(async {
        let table = open::<now::Shapes>().await;
        for number in 0..5 {
            let order = now::Order { customer: "ada".into(), number, state: State::Open };
            table.put(&order).await.unwrap();
        }
        proxied(&table)
    });
    let [of_table, of_index] = now::queries(&table).map(|query| query.cursor(&runtime));
    assert!(same::queries(&table)[0].tried(&runtime, &of_table).is_ok());
    assert!(same::queries(&table)[1].tried(&runtime, &of_index).is_ok());
    let sent = proxy.sent();
    let changed_in_table = [
        ("pk", pk::queries(&table)),
        ("pk_codec", pk_codec::queries(&table)),
        ("sk", sk::queries(&table)),
        ("sk_order", sk_order::queries(&table)),
        ("sk_codec", sk_codec::queries(&table)),
        ("sk_end", sk_end::queries(&table)),
        ("wider", wider::queries(&table)),
        ("renamed", renamed::queries(&table)),
    ];
    // An index's cursor has the key of the table in it too.
    for (shape, [in_table, in_index]) in changed_in_table {
        assert_eq!(in_table.tried(&runtime, &of_table), Err(CursorError::OtherKeys), "{shape}");
        assert_eq!(in_index.tried(&runtime, &of_index), Err(CursorError::OtherKeys), "{shape}");
    }
    let changed_in_index = [
        ("gpk", gpk::queries(&table)),
        ("gsk", gsk::queries(&table)),
        ("gsk_codec", gsk_codec::queries(&table)),
        ("wider", wider::queries(&table)),
        ("renamed", renamed::queries(&table)),
    ];
    for (shape, [_, query]) in changed_in_index {
        assert_eq!(query.tried(&runtime, &of_index), Err(CursorError::OtherKeys), "{shape}");
    }
    assert_eq!(proxy.sent(), sent, "nothing may be sent");
    let reason = CursorError::OtherKeys.to_string();
    assert!(reason.contains("templates changed") && reason.contains("start again"), "{reason}");
}
