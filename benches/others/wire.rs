//! The tables of `benches/wire` with modyne and dynamodb-facade in them, each used as its documentation shows.

mod facade;
mod modyne;
#[path = "../wire/main.rs"]
mod wire;

use self::wire::model::{Document, Order};
use self::wire::others::{Others, PutWay, Way};

fn main() {
    wire::run(&Others {
        orders: &[
            Way { name: modyne::NAME, decode: modyne::decode::<Order>, call: modyne::call::<Order> },
            Way { name: facade::NAME, decode: facade::decode::<Order>, call: facade::call::<Order> },
        ],
        documents: &[
            Way { name: modyne::NAME, decode: modyne::decode::<Document>, call: modyne::call::<Document> },
            Way { name: facade::NAME, decode: facade::decode::<Document>, call: facade::call::<Document> },
        ],
        puts: &[
            PutWay { name: modyne::NAME, put: modyne::put },
            PutWay { name: facade::NAME, put: facade::put },
        ],
    });
}
