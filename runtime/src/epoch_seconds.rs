//! For `#[serde(with = "monotable::epoch_seconds")]`: stores an instant as whole seconds since 1970, a number,
//! which is what DynamoDB expires items by. Fractions of a second are dropped.
//!
//! It is for the instants of `chrono`, `jiff` and `time`, for integers, and for `Option` of these, which takes
//! `default` beside it: `None` is left out of the item.
//!
//! ```
//! # use monotable::{Entity, Table};
//! # use serde::{Deserialize, Serialize};
//! # #[derive(Table)]
//! # #[table(name = "shop")]
//! # enum Shop { Basket(Basket) }
//! #[derive(Entity, Serialize, Deserialize)]
//! #[entity(table = Shop, pk = "BASKET#{basket_id}", sk = "BASKET")]
//! struct Basket {
//!     basket_id: u64,
//!     #[entity(ttl)]
//!     #[serde(default, with = "monotable::epoch_seconds")]
//!     expires_at: Option<u64>, // or `Option<jiff::Timestamp>`, or ..
//! }
//! # assert_eq!(Basket { basket_id: 1, expires_at: Some(7) }.put().explain()?.item().unwrap()["expires_at"].as_n().unwrap(), "7");
//! # Ok::<(), monotable::Error>(())
//! ```

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::moment::Moment;

/// Stores an instant as seconds since 1970.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<T: Moment, S: Serializer>(moment: &T, serializer: S) -> Result<S::Ok, S::Error> {
    moment.to_epoch_seconds().serialize(serializer)
}

/// Reads seconds since 1970 as an instant.
///
/// # Errors
///
/// If it is not an integer, or not one of an instant that the type has.
pub fn deserialize<'de, T: Moment, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let seconds = Option::<i64>::deserialize(deserializer)?;
    T::from_epoch_seconds(seconds)
        .ok_or_else(|| D::Error::custom("not seconds since 1970 of such an instant"))
}
