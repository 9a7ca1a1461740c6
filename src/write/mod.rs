//! Writers: one format each, from a document to bytes. They know no reader.

pub mod article;
mod controls;
#[cfg(any(feature = "epub", feature = "pdf"))]
mod deflate;
#[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
mod described;
#[cfg(feature = "epub")]
pub mod epub;
mod fnv;
#[cfg(any(feature = "epub", feature = "html"))]
pub mod html;
pub mod json;
#[cfg(feature = "pdf")]
mod layout;
pub mod lines;
#[cfg(feature = "pandoc")]
pub mod pandoc;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod text;

pub use article::Article;
#[cfg(feature = "epub")]
pub use epub::Epub;
#[cfg(feature = "html")]
pub use html::Html;
pub use json::Json;
#[cfg(feature = "pdf")]
pub use layout::Layout;
pub use lines::{Chunks, Flat};
#[cfg(feature = "pandoc")]
pub use pandoc::Pandoc;
#[cfg(feature = "pdf")]
pub use pdf::Pdf;
pub use text::Text;
