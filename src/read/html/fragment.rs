//! HTML in pieces, with what is no HTML between them: what Markdown has between its tags.
//!
//! The pieces and what stands between them go through one tree builder, so that a tag of one piece
//! holds what comes before its end tag in another.

use super::hole::Hole;
use crate::model::{Block, Inline, Span};
use std::ops::Range;

/// Pieces of HTML, and what stands between them.
#[derive(Default)]
pub(crate) struct Fragment {
    /// The pieces of HTML, one after another.
    pub(super) text: String,
    /// Where their lines stand: offset in the text, offset in the source.
    lines: Vec<(usize, usize)>,
    pub(super) parts: Vec<Part>,
}

/// A part of a fragment.
pub(super) enum Part {
    /// HTML, by its place in the text.
    Html(Range<usize>),
    /// What is no HTML and was read before.
    Hole(Hole),
}

impl Fragment {
    /// Adds a line of HTML that stands there in the source; it belongs to the piece at hand.
    pub fn html(&mut self, line: &str, at: u32) {
        self.lines.push((self.text.len(), at as usize));
        let start = self.text.len();
        self.text.push_str(line);
        match self.parts.last_mut() {
            Some(Part::Html(range)) => range.end = self.text.len(),
            _ => self.parts.push(Part::Html(start..self.text.len())),
        }
    }

    /// Adds blocks that the HTML may hold.
    pub fn blocks(&mut self, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.parts.push(Part::Hole(Hole::Blocks(blocks)));
        }
    }

    /// Adds running text that the HTML may hold.
    pub fn inlines(&mut self, inlines: Vec<Inline>) {
        if !inlines.is_empty() {
            self.parts.push(Part::Hole(Hole::Inlines(inlines)));
        }
    }

    /// Where a part of the text stands in the source.
    pub(super) fn place(&self, span: Span) -> Span {
        let place = |offset: usize| {
            let after = self.lines.partition_point(|&(start, _)| start <= offset);
            let (start, at) = after.checked_sub(1).map(|i| self.lines[i]).unwrap_or_default();
            at + offset - start
        };
        let (from, to) = (span.start as usize, span.end as usize);
        // The end is the place after the last byte, which may stand on another line than `to`.
        let start = place(from);
        Span::new(start, if to > from { place(to - 1) + 1 } else { start })
    }
}
