//! What a page break falls between.

use crate::diagnostic::Diagnostic;
use crate::layout::inline::{LineShape, Paragraph};
use crate::layout::length::Length;
use crate::layout::page::{Color, Item, LinkArea, SourcePlace};
use crate::layout::structure::StructId;
use std::rc::Rc;

/// White above a piece; dropped at the head of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::layout) struct Glue {
    /// What it is when nothing presses or pulls.
    pub natural: Length,
    /// How much it may grow so that the column ends where it should.
    pub stretch: Length,
    /// How much it may give.
    pub shrink: Length,
}

/// Whether a column may end before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Break {
    /// It may not.
    Never,
    /// It may, at a cost: 0 for a good place, 100 for one as bad as a column stretched to its limit.
    At(i64),
    /// The piece starts a new page.
    Always,
}

/// Something of the flow that no page break cuts: a line, a row, an image.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Piece {
    /// The white above.
    pub before: Glue,
    /// Whether a column may end before it.
    pub keep: Break,
    /// Its height in the flow.
    pub height: Length,
    /// What it is to the pages.
    pub kind: Kind,
    /// What it draws: x from the column's left edge, y from the piece's top.
    pub items: Vec<Item>,
    /// Where it leads, in the same coordinates.
    pub links: Vec<LinkArea>,
    /// The anchors that lead to it.
    pub anchors: Vec<String>,
    /// Where in the source it starts.
    pub source: Option<SourcePlace>,
    /// The notes it calls, to stand at the foot of its column.
    pub notes: Vec<Vec<Piece>>,
    /// What is to be said of it when it comes on a page.
    pub said: Vec<Diagnostic>,
    /// The heading it is, when it is the first line of one.
    pub heading: Option<Box<Heading>>,
}

/// What a piece is to the pages, beside something of a height.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) enum Kind {
    /// A line, an image: no more than that.
    #[default]
    Plain,
    /// The first line of a paragraph that can be set in a line more or fewer.
    Paragraph(Rc<Reline>),
    /// A row of a table, whose head is repeated above it when it starts a column.
    Row(Rc<[Piece]>),
    /// Stands beside what follows and reaches so far down: the infobox. At least what follows up to
    /// there stays in the column with it.
    Beside(Length),
    /// May stand at the head of a later column when it has no room in this one.
    Float,
    /// Stands over all columns; only at the head of a page.
    Spanning,
    /// Part of a run that is set in two columns under what stands before it, balanced on each page.
    Half(Halves),
    /// A place in the text; what belongs there stands over all columns at the head of the next sheet that has
    /// room: as many pieces as that takes, none higher than a page.
    Wide(Vec<Piece>),
    /// A place in the text; what belongs there stands on turned sheets of its own, after the sheet of
    /// this piece.
    Turned(Vec<Piece>),
}

/// What is needed to set a paragraph again. It stays with the paragraph's first line.
pub(in crate::layout) struct Reline {
    pub paragraph: Paragraph,
    /// All its lines are of this width.
    pub shape: LineShape,
    pub leading: Length,
    /// How many lines it has.
    pub count: usize,
    /// The anchors of the paragraph itself, which are not in its text.
    pub anchors: Vec<String>,
}

impl std::fmt::Debug for Reline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reline").field("count", &self.count).finish_non_exhaustive()
    }
}

/// How a run of pieces stands in two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) struct Halves {
    /// How far the second column is from the first.
    pub shift: Length,
    /// What is behind both.
    pub ground: Option<Ground>,
}

/// The ground of two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) struct Ground {
    /// Its left edge, from the column's.
    pub x: Length,
    pub width: Length,
    /// How far it reaches above and below what stands on it.
    pub pad: Length,
    /// None where there is only the room for it.
    pub color: Option<Color>,
}

impl Halves {
    pub fn pad(self) -> Length {
        self.ground.map_or(Length::ZERO, |ground| ground.pad)
    }
}

impl Default for Piece {
    fn default() -> Self {
        Piece {
            before: Glue::default(),
            keep: Break::At(0),
            height: Length::ZERO,
            kind: Kind::Plain,
            items: Vec::new(),
            links: Vec::new(),
            anchors: Vec::new(),
            source: None,
            notes: Vec::new(),
            said: Vec::new(),
            heading: None,
        }
    }
}

impl Piece {
    /// Moves what it draws.
    pub fn shift(&mut self, dx: Length, dy: Length) {
        for item in &mut self.items {
            item.shift(dx, dy);
        }
        for link in &mut self.links {
            link.shift(dx, dy);
        }
    }

    /// Takes in pieces that stand under each other, from `x` and `y` on, so that no page break cuts
    /// them. Their height.
    pub fn join(&mut self, pieces: Vec<Piece>, x: Length, y: Length) -> Length {
        let mut top = y;
        for (index, mut piece) in pieces.into_iter().enumerate() {
            if index > 0 {
                top += piece.before.natural;
            }
            piece.shift(x, top);
            top += piece.height;
            self.items.append(&mut piece.items);
            self.links.append(&mut piece.links);
            self.anchors.append(&mut piece.anchors);
            self.notes.append(&mut piece.notes);
            self.said.append(&mut piece.said);
            self.heading = self.heading.take().or(piece.heading);
            self.source = self.source.or(piece.source);
        }
        top - y
    }

    /// How it stands in one of two columns.
    pub fn half(&self) -> Option<Halves> {
        match self.kind {
            Kind::Half(halves) => Some(halves),
            _ => None,
        }
    }

    pub fn floats(&self) -> bool {
        matches!(self.kind, Kind::Float)
    }

    /// How the paragraph that starts here is set in a line more or fewer.
    pub fn reline(&self) -> Option<&Rc<Reline>> {
        match &self.kind {
            Kind::Paragraph(reline) => Some(reline),
            _ => None,
        }
    }
}

/// What the outline and the running heads say about a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::layout) struct Heading {
    /// 0 for the title of an article, else the heading's level.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Its element.
    pub node: StructId,
}

/// The height of a piece with the white above.
pub(in crate::layout) fn natural(piece: &Piece) -> Length {
    piece.before.natural + piece.height
}

/// The height of pieces with the white above each.
pub(in crate::layout) fn heights<'p>(pieces: impl IntoIterator<Item = &'p Piece>) -> Length {
    pieces.into_iter().map(natural).sum()
}
