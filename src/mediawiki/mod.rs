//! Exports of a wiki in MediaWiki's XML.
//!
//! An export is cut into pages before any XML is understood: `<page>` and `</page>` can't stand in
//! the text of a page, where `<` is written `&lt;`. So a page that is badly formed is lost alone,
//! and reading goes on at the next.

mod cut;
mod page;
mod walk;

pub(crate) use cut::{Cutter, Piece};
pub(crate) use page::Page;
#[cfg(feature = "batch")]
pub(crate) use walk::{Step, Walk, attribute};
