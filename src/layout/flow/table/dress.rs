//! What a table is drawn with beside its words: rules and grounds, as the style has them.

use super::columns::Columns;
use super::grid::Grid;
use crate::layout::flow::Flow;
use crate::layout::length::Length;
use crate::layout::page::{Color, Item, ItemKind, Tag};
use crate::layout::vertical::Piece;
use crate::model::Part;
use crate::style::Rules;

impl Flow<'_, '_, '_> {
    /// What is behind a row, or behind rows that cells bind together, the first of which has a number.
    pub(super) fn row_ground(&self, part: Part, row: usize) -> Option<Color> {
        let colors = &self.style.colors;
        match part {
            Part::Head => colors.table_head,
            Part::Body if self.style.tables.stripes && row % 2 == 1 => colors.stripes,
            _ => None,
        }
    }

    /// Draws what is behind a row, so high, and the rules at the sides of its cells. Its number is given by
    /// that of the first row that cells bind it to, and its place among those.
    pub(super) fn dress(
        &self,
        piece: &mut Piece,
        grid: &Grid<'_>,
        (first, index): (usize, usize),
        height: Length,
        part: &Columns,
        ground: Option<Color>,
    ) {
        if self.style.tables.rules == Rules::Grid {
            let thickness = Length::milli_pt(400);
            let row = first + index;
            let over =
                grid.rows[first..=row].iter().flatten().filter(|p| p.row <= row && row < p.row + p.rows);
            let mut edges = vec![Length::ZERO, part.width()];
            for (x, width) in over.filter_map(|placed| part.span(placed.column, placed.columns)) {
                edges.extend([x, x + width]);
            }
            edges.sort_unstable();
            edges.dedup();
            for x in edges {
                let color = self.style.colors.rules;
                let (x, y, height) = (part.x + x - thickness / 2, Length::ZERO, piece.height);
                let kind = ItemKind::Rectangle { x, y, width: thickness, height, color };
                piece.items.push(Item { tag: Tag::Layout, kind });
            }
        }
        if let Some(color) = ground {
            let (x, y, width) = (part.x, Length::ZERO, part.width());
            let kind = ItemKind::Rectangle { x, y, width, height, color };
            piece.items.insert(0, Item { tag: Tag::Layout, kind });
        }
    }

    /// Thin lines under the last of the rows, but not through a cell that goes on below it. `rows` are
    /// those that cells bind together, from the first.
    pub(super) fn hairlines(
        &self,
        piece: &mut Piece,
        grid: &Grid<'_>,
        rows: std::ops::Range<usize>,
        part: &Columns,
    ) {
        let (color, thickness) = match self.style.tables.rules {
            Rules::Rows => (self.style.colors.hairlines, Length::milli_pt(300)),
            Rules::Grid => (self.style.colors.rules, Length::milli_pt(400)),
            Rules::Frame | Rules::None => return,
        };
        let y = piece.height;
        let below = rows.end;
        let mut cut: Vec<(Length, Length)> = grid.rows[rows]
            .iter()
            .flatten()
            .filter(|placed| placed.row + placed.rows > below)
            .filter_map(|placed| part.span(placed.column, placed.columns))
            .map(|(x, width)| (x, x + width))
            .collect();
        cut.sort_unstable();
        let mut x = Length::ZERO;
        for (from, to) in cut.into_iter().chain([(part.width(), part.width())]) {
            if from > x {
                rule(piece, part.x + x, from - x, y, thickness, color);
            }
            x = x.max(to);
        }
    }
}

pub(super) fn rule(piece: &mut Piece, x: Length, width: Length, y: Length, height: Length, color: Color) {
    let kind = ItemKind::Rectangle { x, y: y - height / 2, width, height, color };
    piece.items.push(Item { tag: Tag::Layout, kind });
}
