//! Typesetting: a document becomes pages of positioned glyph runs, rules, images and links.
//!
//! Layout knows no PDF. It yields [`page::Page`]s one after another to a [`PageSink`], and when
//! the last is out, an [`Index`](structure::Index) of what belongs to the whole: the structure
//! tree, the outline, the anchors and the page labels.
//!
//! Lengths are integers of 1/65536 pt ([`Length`]), as TeX has them, so that no processor and no
//! compiler changes a line break.

pub mod dump;
mod flow;
mod furniture;
pub mod inline;
mod length;
pub mod page;
mod paginate;
mod picture;
mod press;
mod reline;
pub mod structure;
pub mod style;
#[cfg(test)]
mod tests;
mod toc;

pub use length::Length;
pub use style::Style;

use crate::diagnostic::Ignore;
use crate::font::FontLibrary;
use crate::format::{Context, Error};
use crate::model::{Article, Document};
use picture::Pictures;
use press::Press;

/// Takes pages as they are finished.
pub trait PageSink {
    /// Takes the next page.
    ///
    /// # Errors
    /// When the page can't be taken; typesetting ends with that error.
    fn page(&mut self, page: page::Page) -> Result<(), Error>;

    /// Whether it can show an image, by its key in the document's assets. The words of others are
    /// set in their place.
    fn shows(&self, _image: &str) -> bool {
        true
    }
}

/// Sets a document: the pages go to `pages` one after another, what belongs to the whole comes back.
/// There is at least one page.
///
/// # Errors
/// Only those of `pages`.
pub fn typeset(
    document: &Document,
    fonts: &FontLibrary,
    style: &Style,
    cx: &mut Context<'_>,
    pages: &mut dyn PageSink,
) -> Result<structure::Index, Error> {
    let nothing = Article::default();
    let pictures = Pictures::new(document, pages, cx);
    if !style.toc {
        return Ok(Press::new(document, &pictures, fonts, style, cx, pages, &nothing).run(None)?.index);
    }
    // A table of contents stands before the pages it names: a first setting finds them.
    let (mut quiet, mut drop) = (Ignore, Drop);
    let mut quiet = Context::new(cx.source_name, cx.limits, &mut quiet);
    let first = Press::new(document, &pictures, fonts, style, &mut quiet, &mut drop, &nothing).run(None)?;
    let contents = toc::lines(&first.entries, document.articles.len() > 1, first.front);
    Ok(Press::new(document, &pictures, fonts, style, cx, pages, &nothing).run(Some(&contents))?.index)
}

/// Takes pages and forgets them.
struct Drop;

impl PageSink for Drop {
    fn page(&mut self, _: page::Page) -> Result<(), Error> {
        Ok(())
    }
}
