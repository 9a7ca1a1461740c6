//! The grid of a table on the page: the cells of each of its parts.

use crate::model::{self, Cell, Part, Table};

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
