//! Plain text: what a terminal, a mail or a search index takes.
//!
//! The words of the document, each once and in order, in lines filled by display width. Headings
//! are underlined (level 1 `=`, level 2 `-`) or marked (`###` from level 3 on), an infobox is
//! aligned, tables are drawn, notes and the addresses of links are gathered after the article.

mod block;
mod breaks;
mod inline;
mod lines;
mod references;
mod table;
#[cfg(test)]
mod tests;

use super::controls::Plain;
use super::origin::own_words;
use crate::diagnostic::code;
use crate::format::{Error, Format, WriteContext, Writer};
use crate::markup::address;
use crate::model::{Article, Document, Language, Origin, Span, plain_text};
use lines::{Lines, Setting};
use references::References;
use std::collections::BTreeMap;
use std::io::{self, Write as _};

/// The plain text writer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Text {
    /// Columns of a line, at least 20. East Asian wide characters take two.
    pub width: usize,
    /// Draws tables with `+-|` and adds no character outside ASCII; the document's own stay.
    pub ascii: bool,
    /// What becomes of the addresses of links.
    pub links: Links,
    /// Widens the spaces of paragraphs until lines are even on both sides.
    pub justify: bool,
    /// What the text looks like.
    pub style: TextStyle,
    /// Hyphenates words in paragraphs, by the rules of the article's language where it is known.
    pub hyphenate: bool,
}

crate::format::options!(Text);

impl Default for Text {
    fn default() -> Self {
        Text {
            width: 72,
            ascii: false,
            links: Links::References,
            justify: false,
            style: TextStyle::Plain,
            hyphenate: false,
        }
    }
}

/// What plain text looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextStyle {
    /// Made to be read: filled lines, drawn tables.
    #[default]
    Plain,
    /// The plain article format, which its reader reads back; see [`Article`](crate::write::Article).
    Article,
}

/// What becomes of the addresses of links whose words don't show them. Links inside the document
/// and to other articles always leave their words only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Links {
    /// A number in brackets, with the address after the article, in one series with the notes.
    #[default]
    References,
    /// The address in angle brackets after the words.
    Inline,
    /// The words only.
    Dropped,
}

impl Writer for Text {
    fn format(&self) -> Format {
        Format {
            name: "text",
            aliases: &["txt", "plain"],
            extensions: &["txt"],
            media_type: "text/plain",
            text: true,
            description: "plain text in filled lines",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        if self.style == TextStyle::Article {
            return super::Article.write(document, out, cx);
        }
        let mut out = Plain::new(out);
        let setting = Setting { justify: self.justify, hyphenate: None };
        let mut lines = Lines::new(self.width.max(20), setting);
        let single = matches!(document.articles.as_slice(), [_]);
        if !single && !document.meta.title.is_empty() {
            lines.fill(&plain_text(&document.meta.title));
            lines.rule('=', self.width.max(20));
        }
        for (i, article) in document.articles.iter().enumerate() {
            if i > 0 || lines.begun() {
                lines.section_break();
            }
            let meta = if single && !document.meta.title.is_empty() { &document.meta } else { &article.meta };
            let language = article.meta.language.as_ref().or(document.meta.language.as_ref());
            lines.setting.hyphenate = language.filter(|_| self.hyphenate).and_then(patterns);
            let mut page = Page {
                options: self,
                article,
                references: References::new(article),
                lines,
                run: String::new(),
                in_table: false,
                gathering: false,
                refused: BTreeMap::new(),
            };
            page.front_matter(meta);
            for block in own_words(&article.blocks) {
                cx.go_on()?;
                page.block(block);
                page.lines.blank();
                if page.lines.buf.len() > FLUSH {
                    out.write_all(page.lines.buf.as_bytes())?;
                    page.lines.buf.clear();
                }
            }
            page.gathered();
            for (url, span) in page.refused {
                cx.report(address::refused(url, &code::UNSAFE_LINK, address::UNSAFE, span));
            }
            lines = page.lines;
        }
        out.write_all(lines.buf.as_bytes())?;
        out.report(document, cx);
        Ok(())
    }
}

/// The patterns to hyphenate a language by, when it is known well enough.
fn patterns(language: &Language) -> Option<hypher::Lang> {
    let primary = language.tag.primary().as_bytes().try_into().ok()?;
    hypher::Lang::from_iso(primary).filter(|_| language.origin != Origin::Guessed)
}

/// Bytes that are collected before they are handed on.
const FLUSH: usize = 1 << 16;

/// An article being written.
struct Page<'d> {
    options: &'d Text,
    article: &'d Article,
    references: References<'d>,
    lines: Lines,
    /// The running text of the paragraph at hand.
    run: String,
    /// Inside a table's cell, where a table is written as records.
    in_table: bool,
    /// Among the notes, where an address stands in place.
    gathering: bool,
    /// Addresses that are not written because a click on them would do harm.
    refused: BTreeMap<&'d str, Span>,
}
