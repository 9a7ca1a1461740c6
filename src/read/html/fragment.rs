//! HTML in pieces, with what is no HTML between them: what Markdown has between its tags.
//!
//! The pieces and what stands between them go through one tree builder, so that a tag of one piece
//! holds what comes before its end tag in another.

use super::hole::Hole;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::ReadContext;
use crate::model::{Asset, Block, Inline, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// What the HTML of a document leaves beside its blocks.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The images that addresses hold.
    pub assets: BTreeMap<String, Asset>,
    /// What was left out and is told once: where it stands first, and how often.
    dropped: BTreeMap<String, (&'static Code, Span, usize)>,
}

impl Gathered {
    /// Leaves something out that is told of once, however often it stands there.
    pub fn leave_out(&mut self, what: String, code: &'static Code, span: Span) {
        let (_, first, count) = self.dropped.entry(what).or_insert((code, span, 0));
        *count += 1;
        if span.start < first.start {
            *first = span;
        }
    }

    /// Tells of what was left out, and hands over the images.
    pub fn told(self, cx: &mut ReadContext<'_>) -> BTreeMap<String, Asset> {
        let mut dropped: Vec<_> = self.dropped.into_iter().collect();
        dropped.sort_by_key(|(_, (_, span, _))| span.start);
        for (what, (code, span, count)) in dropped {
            let message = match count {
                1 => format!("{what} was left out"),
                _ => format!("{what} was left out, here and in {} more places", count - 1),
            };
            cx.report(Diagnostic::new(code, span, message));
        }
        self.assets
    }
}

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
