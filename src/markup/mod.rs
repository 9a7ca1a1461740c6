//! What HTML's words mean, wherever they stand: in pages, in Markdown, in wikitext, and in what is
//! written.

pub(crate) mod address;
#[cfg(any(feature = "html", feature = "wikitext"))]
pub(crate) mod elements;
#[cfg(any(feature = "html", feature = "wikitext"))]
pub(crate) mod entity;
#[cfg(any(feature = "html", feature = "wikitext"))]
pub(crate) mod tag;
