//! The plain article format: Wikipedia's text after a cleaner took the mark-up off.
//!
//! ```text
//! = Title =
//!
//! Caption of the infobox
//! - Key: Value
//!
//! A paragraph is one line.
//!
//! ==Section==
//! - an item
//!   - an item inside it
//! 1. a numbered item
//! - Another article#A section of it
//! ```
//!
//! Each `= Title =` starts an article, so a file may hold many. Every line is something: what is
//! no heading, item or infobox is a paragraph.

mod infobox;
mod inline;
mod line;
mod list;

use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::{Error, Format, ReadContext, Reader};
use crate::model::{self, Block, BlockKind, Document, InlineKind, Level, Meta, Node, Span};
use line::{Line, LineKind};

/// Reads the plain article format.
#[derive(Clone, Copy, Debug, Default)]
pub struct Article;

impl Reader for Article {
    fn format(&self) -> Format {
        Format {
            name: "article",
            aliases: &["plain"],
            extensions: &["txt", "text"],
            media_type: "text/plain",
            text: true,
            description: "Wikipedia-style plain text: = Title =, ==Section==, - items",
        }
    }

    fn detect(&self, head: &str) -> u8 {
        let mut lines = head.lines().map(str::trim).filter(|l| !l.is_empty());
        match lines.next().map(line::heading) {
            Some(Some((1, _))) => 90,
            // Text of no other known kind can still be read as paragraphs; binary data can't.
            Some(_)
                if !head.contains(|c: char| c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace())) =>
            {
                5
            }
            _ => 0,
        }
    }

    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error> {
        let decoded = decode(source, cx)?;
        let text = &*decoded.text;
        let mut body = Body { text, lines: line::lines(text, decoded.start()), next: 0 };
        let mut articles = Vec::new();
        while let Some(article) = body.article(articles.is_empty(), cx) {
            articles.push(article);
            cx.go_on()?;
        }
        let source = decoded.source(cx.source_name(), self.format().name);
        let document = Document { sources: vec![source], articles, ..Document::default() };
        cx.settle(text, &document, "=-:#.");
        Ok(document)
    }
}

/// The lines of a source, and how far they are read.
struct Body<'a> {
    text: &'a str,
    lines: Vec<Line>,
    next: usize,
}

impl<'a> Body<'a> {
    fn peek(&self) -> Option<&Line> {
        self.lines.get(self.next)
    }

    fn skip_blank(&mut self) {
        while self.peek().is_some_and(|l| l.kind == LineKind::Blank) {
            self.next += 1;
        }
    }

    /// The next article: up to the next title, or to the end. A source without any title is one
    /// article under the source's name.
    fn article(&mut self, first: bool, cx: &mut ReadContext<'_>) -> Option<model::Article> {
        self.skip_blank();
        let (start, title) = match self.peek() {
            Some(&Line { kind: LineKind::Heading { level: 1, content }, span }) => {
                self.next += 1;
                (span, self.inlines(content))
            }
            Some(line) => (line.span, untitled(line.span, cx)),
            None if first => (Span::default(), untitled(Span::default(), cx)),
            None => return None,
        };
        let mut blocks = Vec::new();
        self.skip_blank();
        blocks.extend(self.infobox());
        while let Some(line) = self.peek() {
            if matches!(line.kind, LineKind::Heading { level: 1, .. }) {
                break;
            }
            blocks.extend(self.block(cx));
        }
        let end = self.lines[..self.next].last().map_or(start, |l| l.span);
        let meta = Meta { title, ..Meta::default() };
        Some(model::Article { meta, blocks, span: start.to(end), ..model::Article::default() })
    }

    fn block(&mut self, cx: &mut ReadContext<'_>) -> Option<Block> {
        let Line { kind, span } = *self.peek()?;
        match kind {
            LineKind::Blank => {
                self.next += 1;
                None
            }
            LineKind::Heading { level, content } => {
                self.next += 1;
                let level = Level::clamped(level.into());
                Some(Node::new(BlockKind::Heading { level, content: self.inlines(content) }, span))
            }
            LineKind::Item { .. } => Some(self.list(cx)),
            LineKind::Text => {
                self.next += 1;
                Some(Node::new(BlockKind::Paragraph { content: self.inlines(span) }, span))
            }
        }
    }

    fn inlines(&self, span: Span) -> Vec<model::Inline> {
        inline::inlines(self.text, span)
    }
}

/// The title of an article that has none: the one its collection has for it, else the stem of the
/// source's name.
fn untitled(span: Span, cx: &mut ReadContext<'_>) -> Vec<model::Inline> {
    let start = Span::new(span.start as usize, span.start as usize);
    if let Some(title) = cx.title() {
        return vec![Node::new(InlineKind::Text { text: title.to_owned() }, start)];
    }
    let file = cx.source_name().rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
    let stem = if matches!(stem, "" | "-") { "Untitled" } else { stem };
    let message =
        format!("no line '= Title =' before the text; the title is '{stem}', from the input's name");
    cx.report(Diagnostic::new(&code::NO_TITLE, span, message).remedy(Remedy::Title));
    vec![Node::new(InlineKind::Text { text: stem.to_owned() }, start)]
}

#[cfg(test)]
mod tests;
