//! The infobox: a caption line, then `- Key: Value` lines up to the first line of another kind.

use super::{Body, Line, LineKind, inline};
use crate::model::{Block, BlockKind, Infobox, InfoboxRow, Node, Span};

/// A caption is a short line; a longer one before a list is a paragraph that introduces it.
const CAPTION: usize = 120;
/// A key is a few words; more before a colon is a sentence.
const KEY: usize = 60;

impl Body<'_> {
    /// The infobox at the next line, if one stands there.
    pub(super) fn infobox(&mut self) -> Option<Block> {
        let caption = match self.peek()? {
            Line { kind: LineKind::Text, span } => *span,
            _ => return None,
        };
        let words = &self.text[caption.range()];
        if words.chars().count() > CAPTION || words.ends_with([':', '.', ',', ';']) {
            return None;
        }
        let mut rows = Vec::new();
        let items = self.lines[self.next + 1..].iter().map_while(|line| match line.kind {
            LineKind::Item { number: None, content, indent: _ } => Some((line.span, content)),
            _ => None,
        });
        for (span, content) in items {
            let row = self.row(span, content);
            if rows.is_empty() && row.label.is_empty() {
                return None;
            }
            rows.push(row);
        }
        let span = caption.to(rows.last()?.span);
        self.next += 1 + rows.len();
        let infobox = Infobox { title: self.inlines(caption), image: None, rows };
        Some(Node::new(BlockKind::Infobox(Box::new(infobox)), span))
    }

    fn row(&self, span: Span, content: Span) -> InfoboxRow {
        let start = content.start as usize;
        let text = &self.text[content.range()];
        let (label, value) = match key(text) {
            Some((key, value)) => {
                (Span::new(start, start + key), Span::new(start + value, start + text.len()))
            }
            None => (Span::new(start, start), content),
        };
        let paragraph = BlockKind::Paragraph { content: inline::item(self.text, value) };
        let value = if value.is_empty() { Vec::new() } else { vec![Node::new(paragraph, value)] };
        InfoboxRow { label: self.inlines(label), value, key: None, span }
    }
}

/// Where the key of a row ends and where its value starts: around the first colon, which a space
/// or the line's end follows, since the key itself may hold another (`ISO 639:3: …` does not).
fn key(text: &str) -> Option<(usize, usize)> {
    let colon = text
        .match_indices(':')
        .map(|(i, _)| i)
        .find(|&i| text[i + 1..].is_empty() || text[i + 1..].starts_with(char::is_whitespace))
        .or_else(|| text.find(':').filter(|&i| !text[i..].starts_with("://")))?;
    let key = text[..colon].trim_end();
    if key.is_empty() || key.chars().count() > KEY {
        return None;
    }
    let value = text[colon + 1..].len() - text[colon + 1..].trim_start().len();
    Some((key.len(), colon + 1 + value))
}
