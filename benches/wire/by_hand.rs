//! What somebody in a hurry writes by hand, or a derive over the SDK's map: no serde, an attribute at a time.

use std::collections::{BTreeMap, HashMap};

use monotable::Item;
use monotable::aws_sdk_dynamodb::types::AttributeValue;

use super::model::{Address, Document, Line, Order, Status};

pub trait ByHand: Sized {
    fn from_item_by_hand(item: Item) -> Option<Self>;
    fn to_item_by_hand(&self) -> Item;
}

trait Value: Sized {
    fn from_value(value: AttributeValue) -> Option<Self>;
    fn to_value(&self) -> AttributeValue;
}

impl Value for String {
    fn from_value(value: AttributeValue) -> Option<Self> {
        if let AttributeValue::S(text) = value { Some(text) } else { None }
    }

    fn to_value(&self) -> AttributeValue {
        AttributeValue::S(self.clone())
    }
}

impl Value for bool {
    fn from_value(value: AttributeValue) -> Option<Self> {
        if let AttributeValue::Bool(value) = value { Some(value) } else { None }
    }

    fn to_value(&self) -> AttributeValue {
        AttributeValue::Bool(*self)
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Value for $type {
            fn from_value(value: AttributeValue) -> Option<Self> {
                if let AttributeValue::N(number) = value { number.parse().ok() } else { None }
            }

            fn to_value(&self) -> AttributeValue {
                AttributeValue::N(self.to_string())
            }
        }
    )*};
}

numbers!(i64 u32 u64 f64);

impl Value for Status {
    fn from_value(value: AttributeValue) -> Option<Self> {
        match value.as_s().ok()?.as_str() {
            "PENDING" => Some(Self::Pending),
            "PAID" => Some(Self::Paid),
            "SHIPPED" => Some(Self::Shipped),
            "RETURNED" => Some(Self::Returned),
            _ => None,
        }
    }

    fn to_value(&self) -> AttributeValue {
        let text = match self {
            Self::Pending => "PENDING",
            Self::Paid => "PAID",
            Self::Shipped => "SHIPPED",
            Self::Returned => "RETURNED",
        };
        AttributeValue::S(text.to_owned())
    }
}

impl<T: Value> Value for Vec<T> {
    fn from_value(value: AttributeValue) -> Option<Self> {
        if let AttributeValue::L(list) = value { list.into_iter().map(T::from_value).collect() } else { None }
    }

    fn to_value(&self) -> AttributeValue {
        AttributeValue::L(self.iter().map(T::to_value).collect())
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn from_value(value: AttributeValue) -> Option<Self> {
        let AttributeValue::M(map) = value else { return None };
        map.into_iter().map(|(name, value)| Some((name, T::from_value(value)?))).collect()
    }

    fn to_value(&self) -> AttributeValue {
        AttributeValue::M(self.iter().map(|(name, value)| (name.clone(), value.to_value())).collect())
    }
}

macro_rules! records {
    ($($type:ident { $($field:ident)* })*) => {$(
        impl ByHand for $type {
            fn from_item_by_hand(mut item: Item) -> Option<Self> {
                Some(Self { $($field: Value::from_value(item.remove(stringify!($field))?)?,)* })
            }

            fn to_item_by_hand(&self) -> Item {
                let mut item = HashMap::with_capacity(16);
                $(item.insert(stringify!($field).to_owned(), self.$field.to_value());)*
                item
            }
        }

        impl Value for $type {
            fn from_value(value: AttributeValue) -> Option<Self> {
                if let AttributeValue::M(map) = value { Self::from_item_by_hand(map) } else { None }
            }

            fn to_value(&self) -> AttributeValue {
                AttributeValue::M(self.to_item_by_hand())
            }
        }
    )*};
}

records! {
    Address { street city zip country }
    Line { sku name quantity price }
    Order { customer placed_at number id email status amount quantity weight gift tags ship_to }
    Document { folder id title body lines labels tags history updated version active }
}
