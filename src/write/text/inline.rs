//! Running text: inlines become one string, ready to be cut into lines.

use super::{Links, Page};
use crate::markup::address;
use crate::model::{Image, Inline, InlineKind, Link, Span, Style, Target, plain_text};
use crate::text::raised::raised;
use std::fmt::Write;

impl<'d> Page<'d> {
    /// Adds the words of inlines to the run.
    pub(super) fn push_inlines(&mut self, inlines: &'d [Inline]) {
        for inline in inlines {
            self.push_inline(inline);
        }
    }

    fn push_inline(&mut self, inline: &'d Inline) {
        match &inline.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => self.run.push_str(text),
            InlineKind::Math(formula) => self.run.push_str(&crate::math::text(formula, false)),
            InlineKind::Styled { style, content } => self.push_styled(*style, content),
            InlineKind::Link(link) => self.push_link(link, inline.span),
            InlineKind::Image(image) => self.push_image(image),
            InlineKind::Note { note } => {
                if let Some(number) = self.references.note(*note) {
                    self.push_mark(number);
                }
            }
            InlineKind::SoftBreak => self.run.push(' '),
            InlineKind::HardBreak => self.run.push('\n'),
            InlineKind::Unknown(unknown) => self.push_inlines(&unknown.content),
            InlineKind::Unresolved(_) => {}
        }
    }

    fn push_mark(&mut self, number: usize) {
        // Writing to a string cannot fail.
        let _ = write!(self.run, "[{number}]");
    }

    fn push_styled(&mut self, style: Style, content: &'d [Inline]) {
        let start = self.run.len();
        let (open, close) = match style {
            Style::Quotation => ("\"", "\""),
            // Without a mark it would say the opposite of what is meant.
            Style::Strikeout => ("~~", "~~"),
            _ => ("", ""),
        };
        self.run.push_str(open);
        self.push_inlines(content);
        self.run.push_str(close);
        if matches!(style, Style::Superscript | Style::Subscript)
            && let Some(set) = raised(&self.run[start..], style == Style::Superscript, self.options.ascii)
        {
            self.run.truncate(start);
            self.run.push_str(&set);
        }
    }

    fn push_link(&mut self, link: &'d Link, span: Span) {
        let start = self.run.len();
        self.push_inlines(&link.content);
        let Target::Url(url) = &link.target else { return };
        if shows(&self.run[start..], url) {
            return;
        }
        match self.options.links {
            Links::Dropped => {}
            _ if address::is_unsafe(url) => drop(self.refused.entry(url).or_insert(span)),
            // What is gathered already stands after the article.
            Links::References if !self.gathering => {
                let number = self.references.url(url);
                self.push_mark(number);
            }
            Links::Inline | Links::References => {
                if self.run.len() > start {
                    self.run.push(' ');
                }
                let _ = write!(self.run, "<{url}>");
            }
        }
    }

    /// An image leaves the words that stand for it; without any, its name.
    fn push_image(&mut self, image: &'d Image) {
        let words = match &image.alt {
            Some(alt) => alt,
            None => image.source.rsplit('/').next().unwrap_or_default(),
        };
        if !words.is_empty() {
            let _ = write!(self.run, "[{words}]");
        }
    }
}

/// Whether a link's words already say where it leads.
fn shows(words: &str, url: &str) -> bool {
    fn bare(s: &str) -> &str {
        let s = s.trim_start_matches("mailto:").trim_start_matches("https://").trim_start_matches("http://");
        s.trim_end_matches('/')
    }
    // Most differ in the end already.
    let last = |s: &str| s.trim_end_matches('/').bytes().next_back();
    let differ = last(words).zip(last(url)).is_some_and(|(words, url)| words != url);
    words == url || (!differ && bare(words) == bare(url))
}

/// Whether running text says some words, among others.
pub(super) fn says(inlines: &[Inline], words: &str) -> bool {
    plain_text(inlines).contains(words.trim())
}
