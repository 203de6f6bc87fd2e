//! What each mistake prints, and what must compile.
//!
//! One file for one mistake, named for the rule; the `.stderr` beside it is reviewed like source. Write it
//! anew with `TRYBUILD=overwrite cargo test -p monotable-tests --test ui`, and read the difference. One
//! case: `cargo test -p monotable-tests --test ui -- mistakes trybuild=unknown_field`.

#[test]
fn mistakes_say_how_to_mend_them() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*.rs");
    for place in [
        "shape",
        "attribute",
        "template",
        "codec",
        "proof",
        "key",
        "index",
        "table",
        "query",
        "condition",
        "update",
        "key_part",
        "native",
        "natural",
        "local",
        "projection",
        "collection",
        "projected",
        "managed",
        "unique",
        "writes",
    ] {
        cases.compile_fail(format!("ui/{place}/*.rs"));
    }
    cases.compile_fail("vectors/refused/*.rs");
    cases.pass("ui/pass/*.rs");
}
