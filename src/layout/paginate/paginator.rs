//! What breaks the flow: what waits, and what stands on the sheet at hand.

use crate::layout::length::Length;
use crate::layout::style::Geometry;
use crate::layout::vertical::Piece;
use std::collections::VecDeque;

/// Breaks the flow into sheets.
pub(in crate::layout) struct Paginator {
    pub geometry: Geometry,
    /// The unit in which a short column is judged.
    pub leading: Length,
    /// Text runs from right to left; so do columns, and the rule above notes starts there.
    pub rtl: bool,
    pub queue: VecDeque<Piece>,
    /// Natural height of the queue, and the part of it that floats.
    pub queued: Length,
    pub floating: Length,
    /// How many pieces of the queue start a page.
    pub starts: usize,
    /// Notes and parts of notes that the column before had no room for.
    pub carried: VecDeque<Piece>,
    /// Pieces that wait for the head of a column.
    pub floats: Vec<Piece>,
    pub sheet: Vec<Placed>,
    /// Pieces over all columns that wait for the head of a sheet.
    pub wide: VecDeque<Piece>,
    /// What is to stand on turned sheets after this one, and such sheets when they are set.
    pub apart: Vec<Piece>,
    pub turned: VecDeque<Sheet>,
    pub column: usize,
    /// Nothing comes after the queue.
    pub ending: bool,
    /// Height that spanning pieces take at the head of the sheet.
    pub spanned: Length,
}

/// A piece in its place.
#[derive(Debug)]
pub(in crate::layout) struct Placed {
    /// The column's left edge on the sheet.
    pub x: Length,
    /// The piece's top on the sheet.
    pub y: Length,
    /// The piece.
    pub piece: Piece,
}

/// A sheet with everything in its place.
#[derive(Debug, Default)]
pub(in crate::layout) struct Sheet {
    /// The pieces.
    pub placed: Vec<Placed>,
    /// It is wider than high, by the [turned](Geometry::turned) geometry.
    pub turned: bool,
}
