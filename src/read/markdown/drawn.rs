//! Tables that are drawn with lines, as they stand in the source.

use super::place::Place;
use crate::model::{Column, Span};
use std::ops::Range;

/// A table as it stands in the source.
pub(super) struct Drawn {
    pub columns: Vec<Column>,
    /// How many of the rows are the head, and how many the foot.
    pub head: usize,
    pub foot: usize,
    pub rows: Vec<Vec<Piece>>,
    /// Whether cells hold running text alone.
    pub running: bool,
    pub span: Span,
}

/// A cell as it stands in the source.
pub(super) struct Piece {
    /// Its part of each line.
    pub lines: Vec<Range<usize>>,
    pub columns: u16,
    pub rows: u16,
}

impl Drawn {
    pub fn moved(mut self, place: &Place) -> Drawn {
        for line in self.rows.iter_mut().flatten().flat_map(|cell| &mut cell.lines) {
            *line = place.span(line).range();
        }
        self.span = place.moved(self.span);
        self
    }
}

/// A line of a text.
pub(super) struct Line<'t> {
    pub at: usize,
    pub text: &'t str,
    /// How much of it is white space and the marks of quotations, before anything else.
    pub indent: usize,
    /// Lines in the same quotation have the same.
    pub run: usize,
}

impl<'t> Line<'t> {
    pub fn words(&self) -> &'t str {
        self.text[self.indent..].trim_end()
    }

    pub fn is_blank(&self) -> bool {
        self.words().is_empty()
    }

    /// Where columns are counted from: after the last mark of a quotation.
    pub fn margin(&self) -> usize {
        self.text[..self.indent].rfind('>').map_or(0, |at| at + 1)
    }
}
