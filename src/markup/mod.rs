//! What HTML's words mean, wherever they stand: in pages, in Markdown, in wikitext, and in what is
//! written.

pub(crate) mod address;
#[cfg(feature = "html")]
pub(crate) mod elements;
#[cfg(feature = "markdown")]
pub(crate) mod emoji;
#[cfg(feature = "wikitext")]
pub(crate) mod entity;
pub(crate) mod numbered;
#[cfg(feature = "html")]
pub(crate) mod tag;
