//! Readers: one format each, from bytes to a document. They know no writer.

mod article;
#[cfg(feature = "html")]
mod html;
mod json;
#[cfg(feature = "markdown")]
mod markdown;
#[cfg(any(feature = "markdown", feature = "pandoc"))]
mod options;
#[cfg(feature = "pandoc")]
mod pandoc;
#[cfg(any(feature = "html", feature = "wikitext"))]
mod rows;
#[cfg(all(test, any(feature = "html", feature = "markdown")))]
mod sketch;
#[cfg(any(feature = "html", feature = "pandoc"))]
mod task;
#[cfg(feature = "wikitext")]
mod wikitext;

pub use article::Article;
#[cfg(feature = "html")]
pub use html::Html;
pub use json::Json;
#[cfg(feature = "markdown")]
pub use markdown::{Dialect, Markdown};
#[cfg(feature = "pandoc")]
pub use pandoc::Pandoc;
#[cfg(feature = "wikitext")]
pub use wikitext::{Rules, RulesError, Show, Wikitext};
