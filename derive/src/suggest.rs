//! "Did you mean": the nearest of the names allowed.

/// The candidate that differs least from `name`, if it differs little enough to be a slip.
pub(crate) fn nearest<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let distances = candidates.iter().map(|candidate| (distance(name, candidate), *candidate));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= name.chars().count().max(nearest.chars().count()) / 3).then_some(nearest)
}

/// `` `a`, `b`, `c` ``, of at most ten names.
pub(crate) fn list(names: &[&str]) -> String {
    let shown: Vec<_> = names.iter().take(10).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > 10 { ", …" } else { "" };
    shown.join(", ") + more
}

/// Edit distance, a transposition counting as one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            rows[i][j] = changed.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                rows[i][j] = rows[i][j].min(rows[i - 2][j - 2] + 1);
            }
        }
    }
    rows[a.len()][b.len()]
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
