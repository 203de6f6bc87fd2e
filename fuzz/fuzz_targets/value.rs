//! Any bytes as an attribute value, and as JSON: what the reader makes of them, beside `serde_json` and `serde_dynamo`.
//! `cargo test -p monotable-tests --test wire` runs the same law on so many cases.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/wire/any.rs"]
mod any;
#[path = "../../tests/wire/law.rs"]
mod law;

fuzz_target!(|bytes: &[u8]| law::hold(bytes));
