//! Queries whose items are decoded by whoever asked for them.

use super::request::Query;
use crate::item::{FromItem, Undecoded};
use crate::reader::Reader;

impl<O: FromItem, I, C> Query<O, I, C> {
    /// Returns the items undecoded, for code that looks at them and lets them go: exports, sums, forwards. Each is then
    /// [decoded](Undecoded::decode) into a type that may borrow its texts from the answer, where an entity owns a copy of
    /// each.
    ///
    /// The request is the same, and so are its cost, pages, limits and cursors. The type of each item is checked as ever;
    /// that it has the entity's attributes is not, as it is for whoever decodes it. A filter, and what is to be skipped,
    /// is said before.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// #[derive(Entity, Serialize, Deserialize, Debug)]
    /// #[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}")]
    /// struct Order { customer: String, number: u32, country: String, cents: u64, address: Vec<String> }
    ///
    /// #[derive(Deserialize)]
    /// struct Sale<'a> { country: &'a str, cents: u64 }
    ///
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let shop = Shop::embedded().await?;
    /// # for (number, country) in ["NL", "FR", "NL"].iter().enumerate() {
    /// #     let (number, country, address) = (number as u32, country.to_string(), vec!["Dam 1".into()]);
    /// #     shop.put(&Order { customer: "ada".into(), number, country, cents: 100, address }).await?;
    /// # }
    /// let mut orders = shop.query(Order::by_customer("ada")).undecoded().stream();
    /// let mut dutch = 0;
    /// while let Some(order) = orders.next().await.transpose()? {
    ///     let sale: Sale = order.decode()?;
    ///     if sale.country == "NL" {
    ///         dutch += sale.cents;
    ///     }
    /// }
    /// assert_eq!(dutch, 200);
    /// assert_eq!(orders.cost().read_units(), 0.5);
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all), but for what is in the items: [`MissingAttribute`](crate::ErrorKind::MissingAttribute) and
    /// [`Decode`](crate::ErrorKind::Decode) are errors of decoding them.
    pub fn undecoded(mut self) -> Query<Undecoded<O>, I, C> {
        let (filter, mut reader) = (self.filter.take(), Reader::undecoded());
        reader.skips_unknown = self.reader.skips_unknown;
        let mut query = self.read_as(reader);
        query.filter = filter;
        query
    }
}
