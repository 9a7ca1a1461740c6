//! The grid of a table on the page: the cells of each of its parts.

use crate::model::{self, BlockKind, Cell, Part, Table, plain_text};

/// A cell in its place in the grid.
pub(super) struct Placed<'a> {
    pub(super) cell: &'a Cell,
    /// Its first column and row.
    pub(super) column: usize,
    pub(super) row: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// The rows of one part, with their cells in place.
pub(super) struct Grid<'a> {
    pub(super) part: Part,
    pub(super) rows: Vec<Vec<Placed<'a>>>,
}

/// Whether a cell heads others.
pub(super) fn is_header(part: Part, cell: &Cell) -> bool {
    part == Part::Head || cell.scope.is_some()
}

/// The cells of all parts, and how many columns they have.
pub(super) fn grids(table: &Table) -> (Vec<Grid<'_>>, usize) {
    let grid = model::Grid::of(table);
    let of = |part| {
        let rows = grid.part(part);
        let first = rows.start;
        let mut placed = Vec::with_capacity(rows.len());
        for row in rows {
            let of_row = grid.row(row).iter().map(|p| Placed {
                cell: p.cell,
                column: p.column,
                row: p.row - first,
                columns: p.columns,
                rows: p.rows,
            });
            placed.push(of_row.collect());
        }
        Grid { part, rows: placed }
    };
    let grids = [Part::Head, Part::Body, Part::Foot].map(of).into_iter().filter(|g| !g.rows.is_empty());
    (grids.collect(), grid.columns.len())
}

/// The columns that hold figures: under each other they end alike, whatever their number of digits.
pub(super) fn figures(grids: &[Grid<'_>], columns: usize) -> Vec<bool> {
    let mut figures = vec![(0, true); columns];
    let cells =
        grids.iter().filter(|grid| grid.part != Part::Head).flat_map(|grid| grid.rows.iter().flatten());
    for placed in cells.filter(|placed| placed.columns == 1 && placed.cell.scope.is_none()) {
        let column = &mut figures[placed.column];
        match &*placed.cell.blocks {
            [] => {}
            [block] => match &block.kind {
                BlockKind::Paragraph { content } => match figure(&plain_text(content)) {
                    Some(counts) => column.0 += usize::from(counts),
                    None => column.1 = false,
                },
                _ => column.1 = false,
            },
            _ => column.1 = false,
        }
    }
    figures.into_iter().map(|(count, only)| only && count > 1).collect()
}

/// Whether words are a figure, or `false` where they say that there is none; `None` for others.
fn figure(words: &str) -> Option<bool> {
    let words = words.trim();
    let words = words.strip_suffix('%').unwrap_or(words).trim_end();
    let digits =
        words.trim_start_matches(['+', '-', '\u{2212}', '\u{B1}', '~', '$', '\u{20AC}', '\u{A3}', '\u{A5}']);
    if digits.is_empty() || matches!(words, "\u{2013}" | "\u{2014}") {
        return Some(false);
    }
    let of_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{A0}' | '\u{202F}' | ' ');
    (digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(of_figure)).then_some(true)
}

/// One past the last row that cells bind to the row `at`.
pub(super) fn group_end(rows: &[Vec<Placed<'_>>], at: usize) -> usize {
    let mut end = at + 1;
    let mut row = at;
    while row < end.min(rows.len()) {
        end = rows[row].iter().map(|p| row + p.rows).fold(end, usize::max);
        row += 1;
    }
    end.min(rows.len())
}
