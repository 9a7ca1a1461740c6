//! Where what the parser is given stands in the source.

use crate::model::Span;
use std::ops::Range;

/// Places of a text in the source: of each of its parts, in order, where it begins in the text and where
/// it stands. No part is longer than the line that it is of, but for a text that stands there whole.
pub(super) struct Place {
    parts: Vec<(usize, usize)>,
}

impl Place {
    /// A text that stands in the source as it is.
    pub fn new(start: usize) -> Self {
        Place { parts: vec![(0, start)] }
    }

    pub fn of(parts: Vec<(usize, usize)>) -> Self {
        Place { parts }
    }

    /// Where the text begins.
    pub fn start(&self) -> usize {
        self.at(0)
    }

    pub fn at(&self, offset: usize) -> usize {
        let after = self.parts.partition_point(|(begin, _)| *begin <= offset);
        let (begin, stands) = after.checked_sub(1).map(|i| self.parts[i]).unwrap_or_default();
        stands + offset - begin
    }

    pub fn span(&self, range: &Range<usize>) -> Span {
        let start = self.at(range.start);
        // The end is the place after the last byte: what comes next may stand elsewhere.
        let end = if range.end > range.start { self.at(range.end - 1) + 1 } else { start };
        Span::new(start, end.max(start))
    }

    pub fn moved(&self, span: Span) -> Span {
        self.span(&span.range())
    }
}
