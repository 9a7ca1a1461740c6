//! Lines of JSON: the row of a document, with its outputs in it.

use crate::batch::document::Made;
use crate::batch::manifest::Row;
use crate::json::compact;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Serialize;
use std::collections::BTreeMap;

/// A document and its outputs: text as it is, other bytes in base64 (RFC 4648, section 4).
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    row: &'a Row,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    text: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    base64: BTreeMap<&'static str, String>,
}

/// A line for a document, with its line break.
pub(crate) fn line(row: &Row, made: &[Made]) -> serde_json::Result<Vec<u8>> {
    let (mut text, mut base64) = (BTreeMap::new(), BTreeMap::new());
    for made in made {
        match std::str::from_utf8(&made.bytes) {
            // Whether it is text is the format's word, so that a line always has the same shape.
            Ok(content) if made.text => drop(text.insert(made.format, content)),
            _ => drop(base64.insert(made.format, STANDARD.encode(&made.bytes))),
        }
    }
    let mut line = Vec::new();
    compact::to_writer(&mut line, &Line { row, text, base64 })?;
    line.push(b'\n');
    Ok(line)
}
