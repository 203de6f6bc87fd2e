//! The texts of key parts: order, injectivity, strict decoding and stated languages.

#[path = "key/civil.rs"]
mod civil;
#[path = "key/codec.rs"]
mod codec;
#[path = "key/escape.rs"]
mod escape;
#[path = "key/identifier.rs"]
mod identifier;
#[path = "key/integer.rs"]
mod integer;
#[path = "key/language.rs"]
mod language;
#[path = "key/moment.rs"]
mod moment;
#[path = "key/native.rs"]
mod native;
#[path = "key/support.rs"]
mod support;
#[path = "key/text.rs"]
mod text;
#[path = "key/vectors.rs"]
mod vectors;
