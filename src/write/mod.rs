//! Writers: one format each, from a document to bytes. They know no reader.

mod article;
mod controls;
#[cfg(any(feature = "epub", feature = "pdf"))]
mod deflate;
#[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
mod described;
#[cfg(feature = "epub")]
mod epub;
mod fnv;
#[cfg(any(feature = "epub", feature = "html"))]
mod html;
pub(crate) mod json;
#[cfg(feature = "pdf")]
mod layout;
mod lines;
#[cfg(feature = "markdown")]
mod markdown;
mod origin;
#[cfg(feature = "pandoc")]
mod pandoc;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(all(feature = "epub", feature = "html"))]
mod site;
mod text;
#[cfg(feature = "epub")]
mod zip;

pub use article::Article;
#[cfg(feature = "epub")]
pub use epub::{Cover, Epub, Pages, Series};
#[cfg(feature = "html")]
pub use html::Html;
#[cfg(any(feature = "epub", feature = "html"))]
pub use html::PageBreak;

pub use json::{Json, file_name as asset_file_name};
#[cfg(feature = "pdf")]
pub use layout::Layout;
#[cfg(feature = "tokens")]
pub use lines::TokenizerJson;
pub use lines::{ChunkPages, ChunkTables, ChunkText, Chunks, Flat, Passage, Tokenizer, Unit};
#[cfg(feature = "markdown")]
pub use markdown::{Flavour, Markdown};
#[cfg(feature = "pandoc")]
pub use pandoc::Pandoc;
#[cfg(feature = "pdf")]
pub use pdf::{Attachment, Pdf, Relationship, Standards};
#[cfg(all(feature = "epub", feature = "html"))]
pub use site::Site;
pub use text::{Links, Text, TextStyle};
