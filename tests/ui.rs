//! What mistakes print, word for word. Renew with `TRYBUILD=overwrite`, and read what changed.

#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    for mistakes in ["native", "natural", "local", "projection"] {
        cases.compile_fail(format!("ui/{mistakes}/*.rs"));
    }
}
