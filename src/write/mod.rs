//! Writers: one format each, from a document to bytes. They know no reader.

pub mod json;
pub mod text;

pub use json::Json;
pub use text::Text;
