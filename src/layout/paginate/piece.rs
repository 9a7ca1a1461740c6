//! What a page break falls between.

use crate::layout::Length;
use crate::layout::page::{Item, LinkArea, SourcePlace};
use crate::layout::reline::Reline;
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
    /// How far it reaches down beside what follows: the infobox. At least what follows up to there
    /// stays in the column with it.
    pub reach: Length,
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
    /// The heading it is, when it is the first line of one.
    pub heading: Option<Box<Heading>>,
    /// What is to be repeated above it when it starts a column: a table's head.
    pub head: Option<Rc<[Piece]>>,
    /// May stand at the head of a later column when it has no room in this one.
    pub floats: bool,
    /// Stands over all columns; only at the head of a page.
    pub spans: bool,
    /// What stands on turned sheets of its own, after the sheet of this piece.
    pub apart: Vec<Piece>,
    /// How to set the paragraph that starts here in a line more or fewer.
    pub reline: Option<Rc<Reline>>,
}

impl Default for Piece {
    fn default() -> Self {
        Piece {
            before: Glue::default(),
            keep: Break::At(0),
            height: Length::ZERO,
            reach: Length::ZERO,
            items: Vec::new(),
            links: Vec::new(),
            anchors: Vec::new(),
            source: None,
            notes: Vec::new(),
            heading: None,
            head: None,
            floats: false,
            spans: false,
            apart: Vec::new(),
            reline: None,
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
}

/// The height of a piece with the white above.
pub(super) fn natural(piece: &Piece) -> Length {
    piece.before.natural + piece.height
}

/// The height of pieces with the white above each.
pub(super) fn heights<'p>(pieces: impl IntoIterator<Item = &'p Piece>) -> Length {
    pieces.into_iter().map(natural).sum()
}
