//! A galley: set matter of one width, not yet broken into pages.

use super::piece::{Break, Glue, Piece};
use crate::layout::inline::LineShape;
use crate::layout::length::Length;

/// Pieces under each other, and the white that the next one wants above it.
#[derive(Default)]
pub(in crate::layout) struct Galley {
    pub pieces: Vec<Piece>,
    /// White asked for above the next piece: of the white below one block and above the next, the
    /// larger counts.
    white: Glue,
    /// The next piece stays with the one before.
    keep: bool,
    /// Anchors that lead to the next piece.
    pub anchors: Vec<String>,
    /// Height of the pieces that are no longer here.
    passed: Length,
    /// Height of the pieces.
    height: Length,
    /// What stands beside the text.
    beside: Option<Beside>,
}

/// A box that the text runs round.
#[derive(Clone, Copy, Debug)]
struct Beside {
    /// How far down it reaches, from the galley's top.
    bottom: Length,
    /// The width it takes, with the white beside it.
    width: Length,
    /// On the left side.
    left: bool,
}

impl Galley {
    /// Asks for white above the next piece.
    pub fn space(&mut self, glue: Glue) {
        if glue.natural >= self.white.natural {
            self.white = glue;
        }
    }

    /// Keeps the next piece in one column with the last.
    pub fn keep_with_next(&mut self) {
        self.keep = true;
    }

    /// Adds a piece; the white above it is the larger of its own and what was asked for.
    pub fn push(&mut self, mut piece: Piece) {
        let white = std::mem::take(&mut self.white);
        if white.natural > piece.before.natural {
            piece.before = white;
        }
        if std::mem::take(&mut self.keep) && piece.keep != Break::Always {
            piece.keep = Break::Never;
        }
        if !self.anchors.is_empty() {
            piece.anchors.splice(0..0, self.anchors.drain(..));
        }
        let top = self.bottom() + piece.before.natural;
        self.height += piece.before.natural + piece.height;
        if let Some(beside) = self.beside {
            if top < beside.bottom {
                // Text that moved up would run into the box.
                piece.before.shrink = Length::ZERO;
            } else {
                self.beside = None;
            }
        }
        self.pieces.push(piece);
    }

    /// Everything so far, for the paginator; the galley goes on below it.
    pub fn take(&mut self) -> Vec<Piece> {
        self.passed += std::mem::take(&mut self.height);
        std::mem::take(&mut self.pieces)
    }

    /// Where the last piece ends.
    fn bottom(&self) -> Length {
        self.passed + self.height
    }

    /// Natural height of what is here.
    pub fn height(&self) -> Length {
        self.height
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Puts a box of a height beside what follows, on the column's end side or, in text from right
    /// to left, on the left.
    pub fn set_beside(&mut self, height: Length, width: Length, left: bool) {
        self.beside = Some(Beside { bottom: self.bottom() + height, width, left });
    }

    /// Left edge and width of the place beside the box that text runs round, for what starts after
    /// some white; `None` where there is no such box.
    pub fn beside(&self, x: Length, width: Length, white: Glue, leading: Length) -> Option<(Length, Length)> {
        self.shape(x, width, white.natural, leading).first.first().copied()
    }

    /// Whether something stands beside what comes next.
    pub fn has_beside(&self) -> bool {
        self.beside.is_some()
    }

    /// Asks for white down to the foot of the box beside the text, for what can't run round it.
    pub fn clear(&mut self) {
        if let Some(beside) = self.beside.take() {
            let natural = beside.bottom - self.bottom();
            self.space(Glue { natural, ..Glue::default() });
        }
    }

    /// The shape of lines that start here after white of `above`, between `x` and `x + width`.
    pub fn shape(&self, x: Length, width: Length, above: Length, leading: Length) -> LineShape {
        let mut first = Vec::new();
        if let Some(beside) = self.beside {
            let top = self.bottom() + above.max(self.white.natural);
            let lines = (beside.bottom - top).0.max(0);
            // A line whose top is above the box's foot runs beside it.
            let count = (lines + leading.0 - 1) / leading.0.max(1);
            let shift = if beside.left { beside.width } else { Length::ZERO };
            let narrow = (width - beside.width).max(leading * 3);
            first = vec![(x + shift, narrow); count.clamp(0, 10_000) as usize];
        }
        LineShape { first, rest: (x, width) }
    }
}
