//! A document's pages of markup, and what was found while writing them.

use super::names::Place;
use crate::model::{LanguageTag, Span};

/// A document's pages and what was found while writing them.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub pages: Vec<ContentFile>,
    /// Headings in order, with their depth in the outline.
    pub outline: Vec<Entry>,
    pub figures: Vec<Entry>,
    pub tables: Vec<Entry>,
    pub page_breaks: Vec<Entry>,
    /// The assets that are shown, in the order of first use.
    pub assets: Vec<(String, Kind)>,
    pub facts: Facts,
}

/// One page.
#[derive(Debug, Default)]
pub(crate) struct ContentFile {
    /// Plain title.
    pub title: String,
    /// Markup inside `body`.
    pub body: String,
    pub language: Option<LanguageTag>,
    pub mathml: bool,
}

/// A place that a list in the navigation leads to.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Plain words.
    pub label: String,
    /// 1 for the outermost.
    pub depth: usize,
    pub place: Place,
    /// The place is the top of its page.
    pub top: bool,
    /// Language, where it is not the document's.
    pub language: Option<LanguageTag>,
}

/// What the accessibility metadata is computed from.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Images that show something.
    pub images: usize,
    /// Images that the source does not describe.
    pub undescribed: usize,
    pub mathml: usize,
    pub headings: usize,
    /// Tables without any header cell.
    pub headless_tables: usize,
    /// Images that may move.
    pub animated: usize,
    /// Code has stretches that are told apart.
    pub highlighted: bool,
    /// Code has numbers before its lines.
    pub numbered: bool,
    /// Characters that no markup can hold.
    pub removed: usize,
    pub(super) first_removed: Option<Span>,
}

/// A kind of image that every reading system shows (core media types of EPUB 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub media_type: &'static str,
    pub extension: &'static str,
    /// It may move: an animated GIF or WebP.
    pub animated: bool,
}

/// Where a page of another edition, such as the PDF of the same document, starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageBreak {
    /// The page's number as it is printed.
    pub label: String,
    /// The node that the page starts before or in; only the span's start counts.
    pub at: Span,
    /// How many letters and digits of the node's text still stand on the page before.
    pub letters: u32,
}
