//! Readers: one format each, from bytes to a document. They know no writer.

mod address;
pub mod article;
pub mod json;
#[cfg(feature = "markdown")]
pub mod markdown;
#[cfg(feature = "pandoc")]
pub mod pandoc;
#[cfg(feature = "wikitext")]
pub mod wikitext;

pub use article::Article;
pub use json::Json;
#[cfg(feature = "markdown")]
pub use markdown::Markdown;
#[cfg(feature = "pandoc")]
pub use pandoc::Pandoc;
#[cfg(feature = "wikitext")]
pub use wikitext::Wikitext;
