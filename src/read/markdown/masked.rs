//! What is read where something else stands for the parser.

use super::frame::FrameKind;
use super::mask::unmasked;
use super::reader::Reader;
use super::region::{NOTHING, Region};
use crate::account::Fate;
use crate::model::{Block, BlockKind, Formula, Span};

impl Reader<'_, '_, '_> {
    pub fn region_at(&self, span: Span) -> Option<&Region> {
        self.regions.range(span.start..span.start + 4).next().map(|(_, region)| region)
    }

    pub fn is_admonition(&self, span: Span) -> bool {
        matches!(self.regions.get(&span.start), Some(Region::Open(..)))
    }

    /// Does what the mark-up of a place says that stands there for the parser; whether there is any.
    pub fn region(&mut self, span: Span) -> bool {
        let Some((&at, _)) = self.regions.range(span.start..span.end.max(span.start + 1)).next() else {
            return false;
        };
        match self.regions.remove(&at) {
            Some(Region::Open(span, division)) => {
                self.cx.claim(span, Fate::Syntax);
                if let Some(title) = division.title {
                    self.cx.claim(title, Fate::Rendered);
                }
                self.end_paragraph();
                self.open(FrameKind::Division(Box::new(division)), span);
            }
            Some(Region::Tex(span, true)) => {
                let tex = &self.text[span.range()];
                self.push_block(Block::new(BlockKind::Math(Formula::tex(tex)), span));
            }
            Some(Region::Tex(span, false)) => self.raw_dropped("tex", span),
            Some(Region::Html(span)) => {
                self.begin_html();
                let text = self.text;
                let html = self.top().html.get_or_insert_default();
                html.html(&text[span.range()], span.start);
                html.html("\n", span.end);
            }
            Some(Region::Table(drawn)) => {
                self.end_paragraph();
                self.drawn(*drawn);
            }
            Some(Region::Close(span)) => {
                self.cx.claim(span, Fate::Syntax);
                if matches!(self.top().kind, FrameKind::Division(_)) {
                    self.close();
                }
            }
            _ => {}
        }
        true
    }

    /// Adds the parts of a text between what was left out of it.
    pub fn push_parts(&mut self, text: &str, span: Span) {
        let (mut at, mut spaced) = (span.start as usize, false);
        for mut part in text.split(NOTHING) {
            // Of the spaces around it one is left.
            if spaced && part.starts_with(' ') {
                part = &part[1..];
                at += 1;
            }
            spaced = if part.is_empty() { spaced } else { part.ends_with(' ') };
            if !part.is_empty() {
                self.push_text(&unmasked(part), Span::new(at, at + part.len()));
            }
            at += part.len() + 1;
        }
    }
}
