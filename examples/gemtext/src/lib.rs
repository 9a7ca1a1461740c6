//! Reads gemtext, the format of the Gemini protocol: an example of a reader of one's own.
//!
//! ```
//! use fanfold::{Converter, format::{ReadContext, Limits}};
//! use fanfold_gemtext::Gemtext;
//!
//! let converter = Converter::builder().reader(Gemtext).build();
//! let (limits, mut diagnostics) = (Limits::default(), Vec::new());
//! let mut cx = ReadContext::new("cat.gmi", &limits, &mut diagnostics);
//! let document = converter.read(b"# Cat\n\nA small animal.\n", None, &mut cx)?;
//! assert_eq!(document.title().as_deref(), Some("Cat"));
//! # Ok::<(), fanfold::format::Error>(())
//! ```

use fanfold::decode::decode;
use fanfold::format::{Error, Format, ReadContext, Reader};
use fanfold::model::{
    Article, Block, BlockKind, Document, Inline, InlineKind, Level, Link, ListItem, Marker, Meta, Span,
    Target,
};

/// The gemtext reader.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gemtext;

impl Reader for Gemtext {
    fn format(&self) -> Format {
        Format::new("gemtext", &["gmi"], "text/gemini")
            .with_aliases(&["gmi"])
            .with_description("gemtext, of Gemini capsules")
    }

    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error> {
        let decoded = decode(source, cx)?;
        let (text, start) = (&*decoded.text, decoded.start());
        let mut page = Page::default();
        let mut at = start;
        for line in text[start..].split_inclusive('\n') {
            page.line(line.trim_end_matches(['\r', '\n']), at);
            at += line.len();
        }
        let source = decoded.source(cx.source_name(), self.format().name);
        let span = Span::new(start, text.len());
        let article = Article { meta: page.meta, blocks: page.blocks, span, ..Article::default() };
        let document = Document { sources: vec![source], articles: vec![article], ..Document::default() };
        // What is neither words nor one of these marks would show as unaccounted.
        cx.settle(text, &document, "#*>=`");
        Ok(document)
    }
}

#[derive(Default)]
struct Page {
    meta: Meta,
    blocks: Vec<Block>,
    /// Whether the line is between two lines of three backticks.
    preformatted: bool,
}

impl Page {
    /// Takes a line that starts at byte `at` of the source.
    fn line(&mut self, line: &str, at: usize) {
        let span = Span::new(at, at + line.len());
        if let Some(language) = line.strip_prefix("```") {
            self.preformatted = !self.preformatted;
            if self.preformatted {
                let language = (!language.trim().is_empty()).then(|| language.trim().to_owned());
                self.push(BlockKind::Code { language, text: String::new() }, span);
            }
        } else if self.preformatted {
            self.code(line, span);
        } else if let Some(rest) = line.strip_prefix("=>") {
            self.push(BlockKind::Paragraph { content: vec![link(rest, span)] }, span);
        } else if let Some(rest) = line.strip_prefix("* ") {
            self.item(words(rest, span));
        } else if let Some(rest) = line.strip_prefix('>') {
            let content = vec![words(rest, span)];
            let body = vec![Block::new(BlockKind::Paragraph { content }, span)];
            self.push(BlockKind::Quote { body }, span);
        } else if let (hashes @ 1..=3, rest) = heading(line) {
            let content = vec![words(rest, span)];
            if hashes == 1 && self.meta.title.is_empty() && self.blocks.is_empty() {
                self.meta.title = content;
            } else {
                self.push(BlockKind::Heading { level: Level::clamped(hashes), content }, span);
            }
        } else if !line.trim().is_empty() {
            self.push(BlockKind::Paragraph { content: vec![words(line, span)] }, span);
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        self.blocks.push(Block::new(kind, span));
    }

    fn code(&mut self, line: &str, span: Span) {
        if let Some(Block { kind: BlockKind::Code { text, .. }, span: whole, .. }) = self.blocks.last_mut() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
            *whole = whole.to(span);
        }
    }

    /// Items that follow each other are one list.
    fn item(&mut self, content: Inline) {
        let span = content.span;
        let blocks = vec![Block::new(BlockKind::Paragraph { content: vec![content] }, span)];
        let item = ListItem { blocks, checked: None, span };
        match self.blocks.last_mut() {
            Some(Block { kind: BlockKind::List { items, .. }, span: whole, .. }) => {
                items.push(item);
                *whole = whole.to(span);
            }
            _ => self.push(BlockKind::List { marker: Marker::Bullet, tight: true, items: vec![item] }, span),
        }
    }
}

fn words(text: &str, span: Span) -> Inline {
    Inline::new(InlineKind::Text { text: text.trim().to_owned() }, span)
}

fn heading(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches('#');
    (line.len() - rest.len(), rest)
}

/// `=> address words`; without words, the address stands for itself.
fn link(rest: &str, span: Span) -> Inline {
    let rest = rest.trim();
    let (url, label) = rest.split_once(char::is_whitespace).unwrap_or((rest, rest));
    let link = Link { target: Target::Url(url.to_owned()), content: vec![words(label, span)] };
    Inline::new(InlineKind::Link(Box::new(link)), span)
}

#[cfg(test)]
mod tests {
    use super::Gemtext;
    use fanfold::Converter;
    use fanfold::account::Ledger;
    use fanfold::format::{Limits, ReadContext};

    const PAGE: &[u8] = b"# Cat\n\nA small animal.\n=> gemini://example.org/ Its house\n* mice\n* milk\n\
        > It purrs.\n## Food\n```text\n a\n  b\n```\n";

    #[test]
    fn every_line_is_read_and_every_byte_accounted_for() {
        let converter = Converter::builder().reader(Gemtext).build();
        let (limits, mut said, mut ledger) = (Limits::default(), Vec::new(), Ledger::default());
        let mut cx = ReadContext::new("cat.gmi", &limits, &mut said).with_ledger(&mut ledger);
        let document = converter.read(PAGE, None, &mut cx).expect("gemtext is read");
        assert_eq!(
            document.plain_text(),
            "Cat\nA small animal.\nIts house\nmice\nmilk\nIt purrs.\nFood\n a\n  b"
        );
        let totals = ledger.account().expect("an account").totals();
        assert_eq!((totals.unaccounted, totals.dropped), (0, 0));
    }

    #[test]
    fn the_format_is_known_by_its_name() {
        let converter = Converter::builder().reader(Gemtext).build();
        assert!(converter.registry().reader("gmi").is_ok());
    }
}
