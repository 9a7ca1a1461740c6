//! The way in: a document becomes pages.

use super::picture::ImageSizes;
use super::press::Press;
use super::sink::PageSink;
use super::style::PageStyle;
use super::tree::Tree;
use super::{link_notes, page, structure};
use crate::diagnostic::Ignore;
use crate::font::FontLibrary;
use crate::format::{Error, WriteContext};
use crate::model::{Article, Document};

/// Sets a document, whose images are of known sizes: the pages go to `pages` one after another, what belongs to the whole comes back.
/// There is at least one page.
///
/// # Errors
/// Those of `pages`, more [pages](crate::format::Limits::pages) than the limit, and when it is
/// [stopped](WriteContext::with_stop).
pub fn typeset(
    document: &Document,
    images: &ImageSizes,
    fonts: &FontLibrary,
    style: &PageStyle,
    cx: &mut WriteContext<'_>,
    pages: &mut dyn PageSink,
) -> Result<structure::Index, Error> {
    let noted;
    let document = match style.look.links.notes {
        true => {
            noted = link_notes::noted(document);
            &noted
        }
        false => document,
    };
    let nothing = Article::default();
    let tree = Tree::of(document, images, style, cx);
    let total = match style.look.says_pages() {
        true => {
            // Set once to count; what there is to say is said when pages are kept.
            let (mut ignore, mut counted) = (Ignore, Counted(0));
            let mut quiet = cx.telling(&mut ignore);
            let (cx, sink) = (&mut quiet, &mut counted);
            let done = Press::new(document, images, fonts, style, cx, sink, &nothing, &tree, None).run()?;
            Some(counted.0 - done.index.labels.last().map_or(0, |(first, _)| *first))
        }
        false => None,
    };
    let done = Press::new(document, images, fonts, style, cx, pages, &nothing, &tree, total).run()?;
    let mut structure = tree.structure;
    for (node, sibling) in done.moved {
        structure.read_after(node, sibling);
    }
    Ok(structure::Index { structure, ..done.index })
}

/// Where a page of the set document starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The page's number as it stands on it.
    pub label: String,
    /// The first place of the text that is on it, or on a page after it when it has no text. `None`
    /// after the last text.
    pub at: Option<page::SourcePlace>,
}

/// Where the numbered pages of the document start in its source, in the order of the pages; never
/// is one's place after the next one's. Pages before the text (title, contents) are none of them.
///
/// # Errors
/// Those of [`typeset`].
pub fn page_starts(
    document: &Document,
    fonts: &FontLibrary,
    style: &PageStyle,
    cx: &WriteContext<'_>,
) -> Result<Vec<PageStart>, Error> {
    // What is wrong with pages is told when pages are written.
    let mut quiet = Ignore;
    let mut quiet = cx.telling(&mut quiet);
    let mut sources = Sources(Vec::new());
    let images = ImageSizes::measured(document, &mut quiet).with_furniture(style);
    let index = typeset(document, &images, fonts, style, &mut quiet, &mut sources)?;
    let front = index.labels.last().map_or(0, |(first, _)| *first);
    let mut next = None;
    let mut starts: Vec<_> = sources.0.split_off(front.min(sources.0.len()));
    for at in starts.iter_mut().rev() {
        next = at.iter().copied().chain(next).min();
        *at = next;
    }
    let label = |number: usize| (number + 1).to_string();
    Ok(starts.into_iter().enumerate().map(|(number, at)| PageStart { label: label(number), at }).collect())
}

/// Counts pages.
struct Counted(usize);

impl PageSink for Counted {
    fn page(&mut self, number: usize, _: page::Page) -> Result<(), Error> {
        self.0 = self.0.max(number + 1);
        Ok(())
    }
}

/// Takes of each page where it starts.
struct Sources(Vec<Option<page::SourcePlace>>);

impl PageSink for Sources {
    fn page(&mut self, number: usize, page: page::Page) -> Result<(), Error> {
        self.0.resize(self.0.len().max(number + 1), None);
        self.0[number] = page.source;
        Ok(())
    }
}
