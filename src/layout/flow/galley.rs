//! A galley: set matter of one width, not yet broken into pages.

use super::Frame;
use crate::layout::Length;
use crate::layout::inline::{Line, LineShape};
use crate::layout::page::{Item, ItemKind, LinkArea};
use crate::layout::paginate::{Break, Glue, Piece};

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

    /// The place beside the box that text runs round, for what starts after some white; `None` where
    /// there is no such box.
    pub fn beside(&self, frame: &Frame, white: Glue) -> Option<Frame> {
        let shape = self.shape(frame.x, frame.width, white.natural, frame.text.leading);
        let &(x, width) = shape.first.first()?;
        Some(Frame { x, width, ..frame.clone() })
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
        shift(&mut piece, Length::ZERO, above);
        piece
    }
}

/// Moves what a piece draws.
pub(in crate::layout) fn shift(piece: &mut Piece, dx: Length, dy: Length) {
    for item in &mut piece.items {
        shift_item(item, dx, dy);
    }
    for link in &mut piece.links {
        shift_link(link, dx, dy);
    }
}

pub(in crate::layout) fn shift_link(link: &mut LinkArea, dx: Length, dy: Length) {
    link.x += dx;
    link.y += dy;
}

pub(in crate::layout) fn shift_item(item: &mut Item, dx: Length, dy: Length) {
    use crate::layout::page::Segment;
    match &mut item.kind {
        ItemKind::Glyphs(run) => {
            run.x += dx;
            run.y += dy;
        }
        ItemKind::Rectangle { x, y, .. } | ItemKind::Frame { x, y, .. } | ItemKind::Image { x, y, .. } => {
            *x += dx;
            *y += dy;
        }
        ItemKind::Path(path) => {
            for segment in &mut path.segments {
                match segment {
                    Segment::Move(x, y) | Segment::Line(x, y) => {
                        *x += dx;
                        *y += dy;
                    }
                    Segment::Curve(points) => {
                        for (x, y) in points {
                            *x += dx;
                            *y += dy;
                        }
                    }
                    Segment::Close => {}
                }
            }
        }
    }
}

/// Puts pieces that stand under each other into one, which no page break cuts. `x` is the left edge
/// of theirs.
pub(in crate::layout) fn join(pieces: Vec<Piece>, x: Length, y: Length, into: &mut Piece) -> Length {
    let mut top = y;
    for (index, mut piece) in pieces.into_iter().enumerate() {
        if index > 0 {
            top += piece.before.natural;
        }
        shift(&mut piece, x, top);
        top += piece.height;
        into.items.append(&mut piece.items);
        into.links.append(&mut piece.links);
        into.anchors.append(&mut piece.anchors);
        into.notes.append(&mut piece.notes);
        into.heading = into.heading.take().or(piece.heading);
        into.source = into.source.or(piece.source);
    }
    top - y
}
