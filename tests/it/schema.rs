//! The JSON Schema that is checked in is the one the model's types make.
//!
//! `UPDATE=1 cargo test --features schema --test it schema` writes it, and fails all the same.
#![cfg(feature = "schema")]

use fanfold::schema;

#[test]
fn the_schema_that_is_checked_in_is_the_types_own() {
    let generated = schema::generate();
    if generated == schema::JSON_SCHEMA {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/json/schema.json"), &generated).unwrap();
    }
    panic!("src/json/schema.json is not what the types say");
}
