//! What a query's key condition costs to build, beside one written by hand: equality on one part of the sort
//! key and a range on the next.

use std::hint::black_box;
use std::ops::RangeInclusive;

use monotable::aws_sdk_dynamodb::operation::query::QueryInput;
use monotable::aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use monotable::{Entity, Explained, Table, TypedQuery as _};
use monotable_benches::{Contender, compare, keep};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "bench")]
enum Bench {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Bench, pk = "CUSTOMER#{customer}", sk = "ORDER#{region}#{placed_on}#{number}")]
struct Order {
    customer: String,
    region: String,
    placed_on: u32,
    number: u64,
}

/// What is asked for.
struct Question {
    customer: String,
    region: String,
    placed_on: RangeInclusive<u32>,
}

impl Question {
    /// The partition key, and both ends of the range of sort keys.
    fn by_format(&self) -> [String; 3] {
        let Self { customer, region, placed_on } = self;
        [
            format!("CUSTOMER#{customer}"),
            format!("ORDER#{region}#{:010}", placed_on.start()),
            format!("ORDER#{region}#{:010}#\u{10FFFF}", placed_on.end()),
        ]
    }

    fn input_by_format(&self) -> Option<QueryInput> {
        let [partition, low, high] = self.by_format();
        QueryInput::builder()
            .table_name("bench")
            .key_condition_expression("#pk = :pk AND #sk BETWEEN :low AND :high")
            .expression_attribute_names("#pk", "PK")
            .expression_attribute_names("#sk", "SK")
            .expression_attribute_values(":pk", AttributeValue::S(partition))
            .expression_attribute_values(":low", AttributeValue::S(low))
            .expression_attribute_values(":high", AttributeValue::S(high))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .ok()
    }

    /// The values are copied, as by hand.
    fn query(&self) -> monotable::Query<Order, monotable::Primary<Bench>> {
        Order::by_customer(self.customer.as_str())
            .region(self.region.as_str())
            .placed_on_in(self.placed_on.clone())
            .into_typed_query()
    }
}

fn main() {
    let question = Question {
        customer: "c-10042".into(),
        region: "eu-north-1".into(),
        placed_on: 20_260_601..=20_260_630,
    };
    assert!(question.query().explain().ok().map(Explained::into_inner) == question.input_by_format());
    compare(
        "build the values of a key condition, an equality and a range",
        &[
            Contender { name: "by hand, format!", run: &|| keep(black_box(&question).by_format()) },
            Contender { name: "monotable", run: &|| keep(black_box(&question).query()) },
        ],
    );
    compare(
        "build the request of a query, an equality and a range",
        &[
            Contender { name: "by hand, format!", run: &|| keep(black_box(&question).input_by_format()) },
            Contender { name: "monotable", run: &|| keep(black_box(&question).query().explain()) },
        ],
    );
}
