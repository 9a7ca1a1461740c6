//! Lines of text become pieces.

use super::piece::{Break, Piece};
use crate::layout::inline::Line;
use crate::layout::length::Length;

/// Where a line's baseline is in a box of the line's leading: the place that leaves room for
/// ascenders above and descenders below in the proportion in which letters need it.
pub(in crate::layout) fn baseline(leading: Length) -> Length {
    leading.scale(73, 100)
}

/// How lines of a paragraph become pieces.
#[derive(Clone, Copy)]
pub(in crate::layout) struct Setting {
    pub leading: Length,
    /// All lines in one column.
    pub together: bool,
}

impl Setting {
    /// Makes pieces of a paragraph's lines. Never does one line of it stand alone at the foot or the
    /// head of a column.
    pub fn pieces(self, lines: Vec<Line>) -> Vec<Piece> {
        let count = lines.len();
        let mut hyphenated = false;
        let mut out = Vec::with_capacity(count);
        for (index, line) in lines.into_iter().enumerate() {
            let keep = match index {
                0 => Break::At(0),
                _ if self.together || index == 1 || index + 1 == count => Break::Never,
                _ if hyphenated => Break::At(150),
                _ => Break::At(10),
            };
            hyphenated = line.hyphenated;
            out.push(self.piece(line, keep));
        }
        out
    }

    /// Makes a piece of one line.
    pub fn piece(self, line: Line, keep: Break) -> Piece {
        // Only what is much taller than a line of text, an image, moves the lines apart.
        let strut = baseline(self.leading);
        let above = if line.ascent > self.leading { line.ascent } else { strut };
        let under = self.leading - strut;
        let below = if line.descent > under + self.leading.scale(3, 10) { line.descent } else { under };
        let mut piece =
            Piece { keep, height: above + below, items: line.items, links: line.links, ..Piece::default() };
        piece.anchors = line.anchors;
        piece.source = line.source;
        piece.shift(Length::ZERO, above);
        piece
    }
}
