//! The JSON Schema that is checked in is the one the model's types make.
//!
//! `UPDATE=1 cargo test --features schema --test it schema` writes it, and fails all the same.
#![cfg(feature = "schema")]

use fanfold::schema;

#[test]
fn the_schemas_that_are_checked_in_are_the_types_own() {
    let schemas = [
        ("schema.json", schema::generate(), schema::JSON_SCHEMA),
        ("passage.schema.json", schema::generate_passage(), schema::PASSAGE_SCHEMA),
    ];
    let stale: Vec<_> = schemas.iter().filter(|(_, generated, checked_in)| generated != checked_in).collect();
    if std::env::var_os("UPDATE").is_some() {
        for (name, generated, _) in &stale {
            std::fs::write(format!("{}/src/json/{name}", env!("CARGO_MANIFEST_DIR")), generated).unwrap();
        }
    }
    let names: Vec<_> = stale.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, [""; 0], "they are not what the types say");
}
