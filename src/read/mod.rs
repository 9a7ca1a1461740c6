//! Readers: one format each, from bytes to a document. They know no writer.

pub mod article;

pub use article::Article;
