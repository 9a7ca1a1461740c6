//! Typesetting: a document becomes pages of positioned glyph runs, rules, images and links.
//!
//! Layout knows no PDF. It yields [`page::Page`]s one after another to a [`PageSink`], and when
//! the last is out, an [`Index`](structure::Index) of what belongs to the whole: the structure
//! tree, the outline, the anchors and the page labels.
//!
//! Lengths are integers of 1/65536 pt ([`Length`]), as TeX has them, so that no processor and no
//! compiler changes a line break.

// Line and page breaks are the same on every machine.
#![cfg_attr(not(test), warn(clippy::float_arithmetic))]

pub(crate) mod dump;
mod flow;
mod furniture;
pub mod inline;
mod link_notes;
mod math;
pub mod page;
mod paginate;
mod picture;
mod press;
mod section;
mod sink;
pub mod structure;
mod style;
#[cfg(test)]
mod tests;
mod toc;
mod tree;
mod typeset;
mod vertical;

use crate::style::length;
pub use picture::ImageSizes;
pub(crate) use picture::{COVER, LOGO};
pub use sink::PageSink;
pub use style::{Notes, PageStyle};
pub use typeset::{page_starts, typeset};
