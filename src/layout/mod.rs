//! Typesetting: a document becomes pages of positioned glyph runs, rules, images and links.
//!
//! Layout knows no PDF. It yields [`page::Page`]s one after another to a [`PageSink`], and when
//! the last is out, an [`Index`](structure::Index) of what belongs to the whole: the structure
//! tree, the outline, the anchors and the page labels.
//!
//! Lengths are integers of 1/65536 pt ([`Length`]), as TeX has them, so that no processor and no
//! compiler changes a line break.

pub mod inline;
mod length;
pub mod page;
pub mod structure;

pub use length::Length;

/// Takes pages as they are finished.
pub trait PageSink {
    /// Takes the next page.
    fn page(&mut self, page: page::Page) -> Result<(), crate::format::Error>;
}
