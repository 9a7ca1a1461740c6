//! What can be chosen of an EPUB.

use super::cover::Cover;
use crate::format::{Error, WriteContext};
use crate::model::Document;
use crate::style::Style;
use crate::write::html::PageBreak;
#[cfg(feature = "pdf")]
use crate::{
    font::FontLibrary,
    layout::{PageStyle, page::SourcePlace},
    model::Span,
};
use std::borrow::Cow;
#[cfg(feature = "pdf")]
use std::sync::Arc;

/// Writes EPUB 3.3 publications.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Epub {
    /// Headings of this level and above start a content file, from 0 to 6. Articles always do.
    pub split_level: u8,
    /// Bytes of markup after which the next heading, whatever its level, starts a content file.
    pub file_bytes: usize,
    /// Typewriter quotes become those of the document's language; otherwise they stay.
    pub typographic_quotes: bool,
    /// The cover, when there is to be one.
    pub cover: Option<Cover>,
    /// How it looks.
    pub style: Style,
    /// A style sheet that comes after the built-in one.
    pub css: Option<String>,
    /// The printed edition whose pages the text is marked with.
    pub pages: Pages,
    #[cfg(feature = "pdf")]
    pub(super) fonts: Option<Arc<FontLibrary>>,
    /// When the publication was last changed, in seconds since 1970-01-01T00:00:00Z. Without it the
    /// document's date stands for it, and without that 1970-01-01: the format wants a moment, and
    /// the clock's would make other bytes of the same document.
    pub modified: Option<i64>,
    /// The series or collection it belongs to.
    pub series: Option<Series>,
}

crate::format::options!(Epub);

#[cfg(feature = "pdf")]
impl Epub {
    /// The same with these faces embedded, each with the characters that occur; readers may still choose
    /// others. Without them the reader's own show the text.
    pub fn with_fonts(self, fonts: Arc<FontLibrary>) -> Self {
        Epub { fonts: Some(fonts), ..self }
    }
}

/// The printed edition that readers of the book and of the print can cite the same pages by.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Pages {
    /// There is none.
    #[default]
    None,
    /// One whose pages start at known places.
    Given {
        /// What identifies the edition, such as `urn:isbn:9780000000000`.
        source: String,
        /// Where its pages start, in the order of the text.
        breaks: Vec<PageBreak>,
    },
    /// The document's own PDF in this style: it is typeset to find where its pages start.
    #[cfg(feature = "pdf")]
    Typeset {
        /// The faces it is set in.
        fonts: Arc<FontLibrary>,
        /// How its pages look.
        style: Box<PageStyle>,
    },
}

impl Pages {
    pub(super) fn starts(
        &self,
        document: &Document,
        cx: &WriteContext<'_>,
    ) -> Result<Cow<'_, [PageBreak]>, Error> {
        #[cfg(not(feature = "pdf"))]
        let _ = (document, cx);
        match self {
            Pages::None => Ok(Cow::Borrowed(&[])),
            Pages::Given { breaks, .. } => Ok(Cow::Borrowed(breaks)),
            #[cfg(feature = "pdf")]
            Pages::Typeset { fonts, style } => {
                let nowhere = SourcePlace { node: Span { start: u32::MAX, ..Span::default() }, letters: 0 };
                let starts = crate::layout::page_starts(document, fonts, style, cx)?;
                let breaks = starts.into_iter().map(|start| {
                    let SourcePlace { node: at, letters } = start.at.unwrap_or(nowhere);
                    PageBreak { label: start.label, at, letters }
                });
                Ok(breaks.collect())
            }
        }
    }
}

/// A series that a publication belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The place in it, such as `2` or `2.5`.
    pub position: Option<String>,
}

impl Default for Epub {
    fn default() -> Self {
        Epub {
            split_level: 1,
            file_bytes: 250_000,
            typographic_quotes: true,
            cover: None,
            style: Style::default(),
            css: None,
            pages: Pages::None,
            #[cfg(feature = "pdf")]
            fonts: None,
            modified: None,
            series: None,
        }
    }
}
