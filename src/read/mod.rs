//! Readers: one format each, from bytes to a document. They know no writer.

pub mod article;
pub mod json;

pub use article::Article;
pub use json::Json;
