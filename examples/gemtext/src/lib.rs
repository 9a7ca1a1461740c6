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
use fanfold::model::{Article, Block, BlockKind, Document, Inline, ListItem, Marker, Span};

/// The gemtext reader.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gemtext;

impl Reader for Gemtext {
    fn format(&self) -> Format {
        Format::new("gemtext", &["gmi"], "text/gemini").with_description("gemtext, of Gemini capsules")
    }

    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error> {
        let decoded = decode(source, cx)?;
        let mut article = Article::default();
        let mut lines = decoded.lines().peekable();
        while let Some((line, span)) = lines.next() {
            let hashes = line.len() - line.trim_start_matches('#').len();
            if let Some(language) = line.strip_prefix("```") {
                let code = lines.by_ref().take_while(|(line, _)| !line.starts_with("```"));
                let (code, spans): (Vec<_>, Vec<_>) = code.unzip();
                let span = spans.into_iter().fold(span, Span::to);
                article.blocks.push(Block::code(language, code.join("\n"), span));
            } else if let Some(first) = line.strip_prefix("* ") {
                // Items that follow each other are one list.
                let item = |text, span| ListItem::new(vec![paragraph(text, span)], span);
                let (mut items, mut whole) = (vec![item(first, span)], span);
                while let Some((line, span)) = lines.next_if(|(line, _)| line.starts_with("* ")) {
                    items.push(item(&line[2..], span));
                    whole = whole.to(span);
                }
                article.blocks.push(Block::list(Marker::Bullet, items, whole));
            } else if let Some(link) = line.strip_prefix("=>").map(str::trim) {
                // Without words, the address stands for itself.
                let (url, words) = link.split_once(char::is_whitespace).unwrap_or((link, link));
                let link = Inline::link(url, words_of(words, span), span);
                article.blocks.push(Block::paragraph(vec![link], span));
            } else if let Some(text) = line.strip_prefix('>') {
                let body = vec![paragraph(text, span)];
                article.blocks.push(Block::new(BlockKind::Quote { body }, span));
            } else if hashes == 1 && article.blocks.is_empty() && article.meta.title.is_empty() {
                article.meta.title = words_of(&line[1..], span);
            } else if hashes > 0 {
                article.blocks.push(Block::heading(hashes, words_of(&line[hashes..], span), span));
            } else if !line.trim().is_empty() {
                article.blocks.push(paragraph(line, span));
            }
        }
        // What is neither words nor one of these marks would show as unaccounted.
        Ok(decoded.document(article, &self.format(), "#*>=`", cx))
    }
}

fn words_of(text: &str, span: Span) -> Vec<Inline> {
    vec![Inline::text(text.trim(), span)]
}

fn paragraph(text: &str, span: Span) -> Block {
    Block::paragraph(words_of(text, span), span)
}

#[cfg(test)]
mod tests {
    use super::Gemtext;
    use fanfold::Converter;
    use fanfold::account::Ledger;
    use fanfold::format::{Limits, ReadContext};
    use fanfold::model::plain_text;

    const PAGE: &[u8] = b"# Cat\n\nA small animal.\n=> gemini://example.org/ Its house\n* mice\n* milk\n\
        > It purrs.\n## Food\n```text\n a\n  b\n```\n";

    #[test]
    fn every_line_is_read_and_every_byte_accounted_for() {
        let converter = Converter::builder().reader(Gemtext).build();
        let (limits, mut said, mut ledger) = (Limits::default(), Vec::new(), Ledger::default());
        let mut cx = ReadContext::new("cat.gmi", &limits, &mut said).with_ledger(&mut ledger);
        let document = converter.read(PAGE, None, &mut cx).expect("gemtext is read");
        assert_eq!(
            plain_text(&document),
            "Cat\nA small animal.\nIts house\nmice\nmilk\nIt purrs.\nFood\n a\n  b"
        );
        let totals = ledger.account().expect("an account").totals();
        assert_eq!((totals.unaccounted, totals.dropped), (0, 0));
    }

    #[test]
    fn the_format_is_known_by_its_name() {
        let converter = Converter::builder().reader(Gemtext).build();
        assert!(converter.registry().reader("gemtext").is_ok());
    }
}
