//! What the example prints. Every number and every condition comes from a request or its answer.

use std::fmt;
use std::io::IsTerminal;
use std::time::Duration;

use super::load::Loaded;
use super::model::{Product, Shipment, Shop};
use super::parts::ProductId;
use super::patterns::Outcome;

/// Columns of a line: fits a terminal of a hundred.
const WIDTH: usize = 98;
/// Of these, columns for the name of a pattern: what the number, the items and the units leave.
const NAME: usize = WIDTH - 4 - 7 - 12;

/// Escape sequences, or nothing where they would only be noise.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    bold: &'static str,
    dim: &'static str,
    accent: &'static str,
    reset: &'static str,
}

impl Style {
    pub const PLAIN: Self = Self { bold: "", dim: "", accent: "", reset: "" };
    const COLOURED: Self = Self { bold: "\x1b[1m", dim: "\x1b[2m", accent: "\x1b[36m", reset: "\x1b[0m" };

    /// Colours in a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
    pub fn of_stdout() -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if std::io::stdout().is_terminal() && !unwanted { Self::COLOURED } else { Self::PLAIN }
    }
}

/// What was loaded, by entity.
#[derive(Debug)]
pub struct LoadReport<'a> {
    pub loaded: &'a [Loaded],
    pub took: Duration,
    pub style: Style,
}

impl fmt::Display for LoadReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Style { bold, dim, reset, .. } = self.style;
        writeln!(f, "{dim}{:<16}{:>7}{:>14}{reset}", "entity", "items", "write units")?;
        for Loaded { entity, items, write_units } in self.loaded {
            writeln!(f, "{entity:<16}{items:>7}{write_units:>14}")?;
        }
        let items: usize = self.loaded.iter().map(|loaded| loaded.items).sum();
        let units: f64 = self.loaded.iter().map(|loaded| loaded.write_units).sum();
        writeln!(f, "{bold}{:<16}{items:>7}{units:>14}{reset}   in {:.1?}", "total", self.took)?;
        writeln!(f, "{dim}one unit for each item, and one for each index it is in{reset}")
    }
}

/// The sixteen patterns and their totals.
#[derive(Debug)]
pub struct PatternReport<'a> {
    pub outcomes: &'a [Outcome],
    pub took: Duration,
    pub style: Style,
}

impl fmt::Display for PatternReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Style { dim, reset, .. } = self.style;
        writeln!(f, "{dim}{:>2}  {:<NAME$}{:>7}{:>12}{reset}", "#", "access pattern", "items", "read units")?;
        for outcome in self.outcomes {
            self.outcome(f, outcome)?;
        }
        self.totals(f)
    }
}

impl PatternReport<'_> {
    fn outcome(&self, f: &mut fmt::Formatter<'_>, outcome: &Outcome) -> fmt::Result {
        let Style { bold, dim, accent, reset } = self.style;
        let Outcome { number, name, call, items, cost } = outcome;
        let units = cost.capacity.total().read;
        writeln!(f, "{number:>2}  {bold}{name:<NAME$}{reset}{:>7}{units:>12.1}", items.len())?;
        let (operation, source, condition) = (call.operation, &call.source, &call.condition);
        writeln!(f, "    {dim}{operation:<7}{reset}  {accent}{source:<5}{reset}  {dim}{condition}{reset}")
    }

    fn totals(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Style { bold, reset, .. } = self.style;
        let calls: u32 = self.outcomes.iter().map(|outcome| outcome.cost.calls).sum();
        let items: usize = self.outcomes.iter().map(|outcome| outcome.items.len()).sum();
        let units: f64 = self.outcomes.iter().map(|outcome| outcome.cost.read_units()).sum();
        let total = format!("{} patterns, {calls} calls", self.outcomes.len());
        writeln!(f, "    {bold}{total:<NAME$}{items:>7}{units:>12.1}{reset}   in {:.1?}", self.took)
    }
}

/// A partition of several entities, item by item.
#[derive(Debug)]
pub struct Collection<'a> {
    pub outcome: &'a Outcome,
    pub data: &'a [Shop],
    pub style: Style,
}

impl fmt::Display for Collection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Style { bold, dim, reset, .. } = self.style;
        let Outcome { number, name, items, .. } = self.outcome;
        writeln!(
            f,
            "{bold}{name}{reset} {dim}(pattern {number}): one call, each item as its own type{reset}"
        )?;
        for item in items {
            let (entity, text) = self.describe(item);
            writeln!(f, "    {dim}{entity:<14}{reset}{text}")?;
        }
        Ok(())
    }
}

impl Collection<'_> {
    fn describe(&self, item: &Shop) -> (&'static str, String) {
        match item {
            Shop::Order(order) => ("order", format!("{}, by customer {}", order.date, order.customer.0)),
            Shop::OrderItem(line) => (
                "orderItem",
                format!("{} × {:<28} {:>8}", line.quantity, self.name(&line.product), line.price),
            ),
            Shop::Invoice(invoice) => ("invoice", format!("{}, {}", invoice.date, invoice.amount)),
            Shop::Payment(payment) => {
                ("payment", format!("{}, {} by {:?}", payment.date, payment.amount, payment.kind))
            }
            Shop::Shipment(Shipment { shipment, date, kind, address, .. }) => {
                let to = format!("{} {}, {}", address.street, address.number, address.city);
                ("shipment", format!("{}, {}, {kind:?}, to {to}", shipment.0, date))
            }
            Shop::ShipmentItem(line) => {
                let (product, shipment) = (self.name(&line.product), &line.shipment.0);
                ("shipmentItem", format!("{} × {product:<28} in shipment {shipment}", line.quantity))
            }
            other => ("", format!("{other:?}")),
        }
    }

    fn name<'n>(&'n self, id: &'n ProductId) -> &'n str {
        let product = self.data.iter().find_map(|item| match item {
            Shop::Product(product) if product.product == *id => Some(product),
            _ => None,
        });
        product.map_or(&id.0, |Product { detail, .. }| &detail.name)
    }
}
