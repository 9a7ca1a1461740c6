//! Strings of JSON, and what is said when it is no JSON.

use crate::format::Error;
use crate::model::Span;

/// A string as it stands between quotation marks, unescaped.
pub(super) fn quoted(inside: &str) -> String {
    serde_json::from_str(&format!("\"{inside}\"")).unwrap_or_else(|_| inside.to_owned())
}

pub(super) fn malformed(message: String, span: Option<Span>) -> Error {
    Error::Malformed { message, span }
}
