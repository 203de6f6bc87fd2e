//! The ledger as a table for people.

use std::fmt;
use std::time::Duration;

use super::snapshot::{HotKey, LedgerSnapshot, PatternReport};
use crate::metered::Units;

/// One line; numbers are right-aligned, and the first column is not a number.
type Line = Vec<String>;

/// A table of the access patterns, and one of the hottest keys.
///
/// ```text
/// access pattern       calls  errors  items  evaluated  read units  write units     p50     p99  retries
/// query Order by Gsi1     12       0     36         36           6            0  1.2 ms  3.1 ms        0
/// ```
impl fmt::Display for LedgerSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let several = self.patterns.iter().any(|pattern| pattern.table != self.patterns[0].table);
        let headings = [
            "access pattern",
            "calls",
            "errors",
            "items",
            "evaluated",
            "read units",
            "write units",
            "p50",
            "p99",
            "retries",
            "throttled",
        ];
        let mut lines = vec![headings.map(str::to_owned).to_vec()];
        for pattern in &self.patterns {
            lines.push(pattern.line(several));
            lines.extend(pattern.lines_of_indexes());
        }
        print(f, &lines)?;
        for pattern in &self.patterns {
            for (reason, count) in &pattern.throttling_reasons {
                writeln!(f, "throttled {count} times: {reason}, at {}", pattern.title())?;
            }
        }
        if self.hot_keys.is_empty() {
            return Ok(());
        }
        let headings = ["hottest partition keys", "share", "peak of a second", "of the limit", ""];
        let mut lines = vec![headings.map(str::to_owned).to_vec()];
        lines.extend(self.hot_keys.iter().map(|key| key.line(several)));
        writeln!(f)?;
        print(f, &lines)
    }
}

impl PatternReport {
    /// `query Order by Gsi1`, or the name that it was given, too.
    pub(super) fn title(&self) -> String {
        let mut title = format!("{} {}", self.operation, self.entity);
        if let Some(index) = &self.index {
            title += &format!(" by {index}");
        }
        match &self.name {
            Some(name) => format!("{name}: {title}"),
            None => title,
        }
    }

    fn line(&self, tables: bool) -> Line {
        let title = self.title();
        let title = if tables { format!("{}: {title}", self.table) } else { title };
        let units = self.capacity.total();
        let numbers = [
            self.calls.to_string(),
            self.errors.to_string(),
            self.returned.to_string(),
            self.evaluated.to_string(),
            number(units.read),
            number(units.write),
            time(self.latency.p50),
            time(self.latency.p99),
            self.retries.to_string(),
            self.throttled.to_string(),
        ];
        std::iter::once(title).chain(numbers).collect()
    }

    /// Of what went to the table and to each index, where it is not all of one.
    fn lines_of_indexes(&self) -> Vec<Line> {
        let (table, indexes) = (self.capacity.table, &self.capacity.indexes);
        if indexes.is_empty() || (indexes.len() == 1 && table == Units::default() && self.index.is_some()) {
            return Vec::new();
        }
        let parts =
            std::iter::once(("table", table)).chain(indexes.iter().map(|(name, units)| (&**name, *units)));
        let line = |(name, units): (&str, Units)| {
            let blank = String::new;
            let mut line = vec![format!("  {name}"), blank(), blank(), blank(), blank()];
            line.extend([number(units.read), number(units.write)]);
            line
        };
        parts.map(line).collect()
    }
}

impl HotKey {
    fn line(&self, tables: bool) -> Line {
        let table = if tables { format!("{}: ", self.table) } else { String::new() };
        let index = self.index.as_ref().map(|index| format!("{index}: ")).unwrap_or_default();
        let warning = if self.is_warning() { "! will be throttled soon" } else { "" };
        vec![
            format!("{table}{index}{}", self.key.escape_debug()),
            format!("{:.1} %", 100.0 * self.share),
            self.peak.to_string(),
            format!("{:.0} %", 100.0 * self.peak_of_limit),
            warning.to_owned(),
        ]
    }
}

fn print(f: &mut fmt::Formatter<'_>, lines: &[Line]) -> fmt::Result {
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    for line in lines {
        let mut text = String::new();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            match column {
                0 => text += &format!("{cell:<width$}"),
                _ => text += &format!("  {cell:>width$}"),
            }
        }
        writeln!(f, "{}", text.trim_end())?;
    }
    Ok(())
}

/// Units come in halves, and in shares of them where several keys have part in a call.
fn number(units: f64) -> String {
    format!("{units:.1}").trim_end_matches(".0").to_owned()
}

fn time(duration: Duration) -> String {
    let micros = duration.as_secs_f64() * 1e6;
    match micros {
        ..1000.0 => format!("{micros:.0} µs"),
        ..1_000_000.0 => format!("{:.1} ms", micros / 1e3),
        _ => format!("{:.1} s", micros / 1e6),
    }
}
