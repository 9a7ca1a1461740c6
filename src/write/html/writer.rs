//! What writes the pages: where it stands, and what it knows so far.

use super::links::{Hole, Links};
use super::names::Names;
use super::notes::Notes;
use super::page::{Content, ContentFile, Kind, PageBreak};
use super::terms::Terms;
use crate::format::WriteContext;
use crate::model::{Document, LanguageTag, Level};
use crate::style::Style;
use crate::text::quotes::Quotes;
use std::collections::HashMap;

/// Which syntax the markup is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// The HTML syntax, in one page.
    Html,
    /// The XML syntax, with the vocabulary of EPUB.
    Epub,
}

/// How a document becomes pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings<'a> {
    pub syntax: Syntax,
    /// Headings of this level and above start a page, from 0 (none does) to 6; articles always do.
    /// `None` keeps all on one page.
    pub split_level: Option<u8>,
    /// Bytes of markup after which the next heading, whatever its level, starts a page.
    pub page_bytes: usize,
    /// Typewriter quotes become those of the language.
    pub typographic_quotes: bool,
    /// How it looks, of which some is markup: what stands under a title, what is told apart in code.
    pub style: &'a Style,
    /// Where pages of a printed edition start, in the order of the text.
    pub page_breaks: &'a [PageBreak],
}

impl Settings<'_> {
    /// Whether pages are files of their own, with images in files beside them.
    pub fn has_files(&self) -> bool {
        self.split_level.is_some()
    }
}

/// How a heading is listed in the table of contents.
pub(super) struct Listed {
    /// It is the first thing on its page.
    pub(super) top: bool,
}

pub(super) struct ContentWriter<'a, 'c> {
    pub(super) cx: &'a mut WriteContext<'c>,
    pub(super) document: &'a Document,
    pub(super) settings: Settings<'a>,
    pub(super) language: Option<LanguageTag>,
    pub(super) terms: &'static Terms,
    pub(super) out: String,
    pub(super) holes: Vec<(usize, Hole)>,
    pub(super) drafts: Vec<(ContentFile, Vec<(usize, Hole)>)>,
    pub(super) page: ContentFile,
    pub(super) quotes: Quotes,
    pub(super) names: Names,
    pub(super) links: Links,
    pub(super) notes: Notes,
    /// By name; `None` for what can't be shown.
    pub(super) shown: HashMap<String, Option<Shown>>,
    /// How many infoboxes have a name so far.
    pub(super) landmarks: HashMap<(usize, String), usize>,
    pub(super) article: usize,
    /// Levels of the open sections as the source has them, outermost first.
    pub(super) sections: Vec<Level>,
    /// What is added to the ranks of headings: 1 under a document's own title.
    pub(super) shift: usize,
    pub(super) in_link: bool,
    /// Where on the page the text starts: after the article's title, if it is there.
    pub(super) page_start: usize,
    /// The next page break to come.
    pub(super) next_break: usize,
    pub(super) content: Content,
}

/// An asset that is shown somewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// Its place among those shown, in the order of first use.
    pub index: usize,
    pub kind: Kind,
}
