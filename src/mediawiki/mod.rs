//! Exports of a wiki in MediaWiki's XML, and what is known of Wikimedia's wikis.
//!
//! An export is cut into pages before any XML is understood: `<page>` and `</page>` can't stand in
//! the text of a page, where `<` is written `&lt;`. So a page that is badly formed is lost alone,
//! and reading goes on at the next.

#[cfg(any(feature = "batch", feature = "wikitext"))]
mod cut;
#[cfg(any(feature = "batch", feature = "wikitext"))]
mod page;
#[cfg(any(feature = "batch", feature = "wikitext"))]
mod walk;
#[cfg(any(feature = "batch", feature = "html"))]
mod wikimedia;

#[cfg(any(feature = "batch", feature = "wikitext"))]
pub(crate) use cut::{Cutter, Piece};
#[cfg(any(feature = "batch", feature = "wikitext"))]
pub(crate) use page::Page;
#[cfg(feature = "batch")]
pub(crate) use walk::{Step, Walk, attribute};
#[cfg(any(feature = "batch", feature = "html"))]
pub(crate) use wikimedia::wiki_at;
