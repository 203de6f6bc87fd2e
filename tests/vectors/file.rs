//! `../shared/key-vectors.json`: what was given to ElectroDB and OneTable, and the keys they made of it.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;
use std::{env, fs};

use monotable_tests::Boto3;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// One call of one library.
pub struct Vector {
    call: Value,
    /// What the items are exchanged with, and how many were.
    exchange: Option<Rc<Exchange>>,
}

/// boto3 on the engine of this run.
pub struct Exchange {
    pub boto3: Boto3,
    pub items: Cell<usize>,
}

/// The vectors; none where the file is not there.
pub fn read() -> Option<Vec<Vector>> {
    let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let text = fs::read_to_string(Path::new(&here).join("../../shared/key-vectors.json")).ok()?;
    let mut file: Value = serde_json::from_str(&text).expect("the file is JSON");
    let vectors = file["vectors"].take();
    let vectors: Vec<Value> = serde_json::from_value(vectors).expect("a list");
    Some(vectors.into_iter().map(|call| Vector { call, exchange: None }).collect())
}

impl Vector {
    /// The items that it is compared with go to boto3 and come from there too.
    pub fn exchange_with(&mut self, exchange: &Rc<Exchange>) {
        self.exchange = Some(exchange.clone());
    }

    pub fn exchange(&self) -> Option<&Exchange> {
        self.exchange.as_deref()
    }

    pub fn id(&self) -> &str {
        self.call["id"].as_str().expect("every vector has an id")
    }

    /// A value that the call was given; `"gt.city"` is one inside another.
    pub fn input<T: DeserializeOwned>(&self, name: &str) -> T {
        let value = name.split('.').fold(&self.call["input"], |value, name| &value[name]);
        serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("input {name}: {error}"))
    }

    /// As [`input`](Self::input), for text.
    pub fn text(&self, name: &str) -> String {
        self.input(name)
    }

    /// What the library made of it.
    pub fn expected(&self) -> &Value {
        &self.call["expected"]
    }

    /// What the library refused it with.
    pub fn expected_error(&self) -> &str {
        self.call["expected_error"].as_str().expect("the library refused it")
    }
}
