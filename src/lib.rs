//! fanfold turns an article into a typeset PDF, an EPUB, clean text or structured JSON.
//!
//! ```text
//! bytes ─ detect ─ Reader ─▶ Document ─ transforms ─▶ Document ─▶ Writer ─▶ bytes
//! ```
//!
//! Data flows one way. A reader knows no writer, a writer knows no reader, layout knows no PDF.

#![forbid(unsafe_code)]

pub mod account;
pub mod asset;
#[cfg(feature = "cli")]
pub mod cli;
pub mod convert;
pub mod decode;
pub mod detect;
pub mod diagnostic;
#[cfg(feature = "pdf")]
mod drawing;
#[cfg(feature = "pdf")]
pub mod font;
pub mod format;
#[cfg(feature = "pdf")]
pub mod layout;
pub mod model;
#[cfg(feature = "pandoc")]
mod pandoc;
pub mod read;
pub mod schema;
pub mod transform;
pub mod write;

/// Every reader and writer of this build, at their defaults.
pub fn registry() -> format::Registry {
    let registry = format::Registry::empty()
        .with_reader(read::Article)
        .with_reader(read::Json)
        .with_writer(write::Article)
        .with_writer(write::Chunks::default())
        .with_writer(write::Flat)
        .with_writer(write::Json)
        .with_writer(write::Text::default());
    #[cfg(feature = "markdown")]
    let registry = registry.with_reader(read::Markdown);
    #[cfg(feature = "pandoc")]
    let registry = registry.with_reader(read::Pandoc).with_writer(write::Pandoc);
    #[cfg(feature = "wikitext")]
    let registry = registry.with_reader(read::Wikitext::default());
    #[cfg(feature = "html")]
    let registry = registry.with_writer(write::Html::default());
    #[cfg(feature = "epub")]
    let registry = registry.with_writer(write::Epub::default());
    #[cfg(feature = "pdf")]
    let registry = {
        let fonts = std::sync::Arc::new(font::FontLibrary::embedded());
        registry.with_writer(write::Layout::new(fonts.clone())).with_writer(write::Pdf::new(fonts))
    };
    registry
}
