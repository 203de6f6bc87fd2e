//! `../shared/key-vectors.json`: what was given to ElectroDB and OneTable, and the keys they made of it.

use std::path::Path;
use std::{env, fs};

use serde::de::DeserializeOwned;
use serde_json::Value;

/// One call of one library.
pub struct Vector(Value);

/// The vectors; none where the file is not there.
pub fn read() -> Option<Vec<Vector>> {
    let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let text = fs::read_to_string(Path::new(&here).join("../../shared/key-vectors.json")).ok()?;
    let mut file: Value = serde_json::from_str(&text).expect("the file is JSON");
    let vectors = file["vectors"].take();
    Some(serde_json::from_value::<Vec<Value>>(vectors).expect("a list").into_iter().map(Vector).collect())
}

impl Vector {
    pub fn id(&self) -> &str {
        self.0["id"].as_str().expect("every vector has an id")
    }

    /// A value that the call was given; `"gt.city"` is one inside another.
    pub fn input<T: DeserializeOwned>(&self, name: &str) -> T {
        let value = name.split('.').fold(&self.0["input"], |value, name| &value[name]);
        serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("input {name}: {error}"))
    }

    /// As [`input`](Self::input), for text.
    pub fn text(&self, name: &str) -> String {
        self.input(name)
    }

    /// What the library made of it.
    pub fn expected(&self) -> &Value {
        &self.0["expected"]
    }

    /// What the library refused it with.
    pub fn expected_error(&self) -> &str {
        self.0["expected_error"].as_str().expect("the library refused it")
    }
}
