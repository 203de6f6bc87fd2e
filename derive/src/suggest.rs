//! "Did you mean": the nearest of the names allowed.

use strsim::osa_distance;

/// The candidate that differs least from `name`, if it differs little enough to be a slip.
pub(crate) fn nearest<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let distances = candidates.iter().map(|candidate| (osa_distance(name, candidate), *candidate));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= name.chars().count().max(nearest.chars().count()) / 3).then_some(nearest)
}

/// `` `a`, `b`, `c` ``, of at most ten names.
pub(crate) fn list(names: &[&str]) -> String {
    let shown: Vec<_> = names.iter().take(10).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > 10 { ", …" } else { "" };
    shown.join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let names = ["customer_id", "order_id", "status"];
        assert_eq!(nearest("customer_idd", &names), Some("customer_id"));
        assert_eq!(nearest("staus", &names), Some("status"));
        assert_eq!(nearest("sttaus", &names), Some("status"));
        assert_eq!(nearest("total", &names), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
