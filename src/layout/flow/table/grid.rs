//! The grid of a table: which cell stands in which rows and columns.

use crate::layout::structure::StructId;
use crate::model::{Cell, Row, SourceId, Span, Table};

/// A cell in its place in the grid.
pub(super) struct Placed<'a> {
    pub(super) cell: &'a Cell,
    /// Its first column and row.
    pub(super) column: usize,
    pub(super) row: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Its node, once it is set.
    pub(super) node: std::cell::Cell<Option<StructId>>,
}

/// What a table's rows are: the part of the table, which also says what its node is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Head,
    Body,
    Foot,
}

/// The rows of one part, with their cells in place.
pub(super) struct Grid<'a> {
    pub(super) part: Part,
    pub(super) rows: Vec<Vec<Placed<'a>>>,
    /// The rows' nodes.
    pub(super) nodes: Vec<StructId>,
}

/// Whether a cell heads others.
pub(super) fn is_header(part: Part, cell: &Cell) -> bool {
    part == Part::Head || cell.scope.is_some()
}

/// Places the cells of all parts: each takes the first free place of its row, as in HTML.
pub(super) fn grids(table: &Table) -> (Vec<Grid<'_>>, usize) {
    let mut columns = 0;
    let mut grids = Vec::new();
    for (part, rows) in [(Part::Head, &table.head), (Part::Body, &table.body), (Part::Foot, &table.foot)] {
        if rows.is_empty() {
            continue;
        }
        let rows = place(rows);
        columns = columns.max(rows.iter().flatten().map(|p| p.column + p.columns).max().unwrap_or(0));
        grids.push(Grid { part, rows, nodes: Vec::new() });
    }
    for grid in &mut grids {
        fill(&mut grid.rows, columns);
    }
    (grids, columns)
}

/// Spans make no more columns; a wider table is not read by anybody.
const MOST_COLUMNS: usize = 1000;

fn place(rows: &[Row]) -> Vec<Vec<Placed<'_>>> {
    // The first row in which each column is free again.
    let mut free_from: Vec<usize> = Vec::new();
    let mut out = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let mut placed = Vec::with_capacity(row.cells.len());
        let mut column = 0;
        for cell in &row.cells {
            while free_from.get(column).is_some_and(|&from| from > index) {
                column += 1;
            }
            // Beyond the most columns each cell has one, and binds no row below.
            let wanted = usize::from(cell.col_span).min(MOST_COLUMNS.saturating_sub(column)).max(1);
            // A cell from above cuts a span short.
            let columns = (column..column + wanted)
                .take_while(|&c| free_from.get(c).is_none_or(|&from| from <= index))
                .count();
            let most_rows = if column < MOST_COLUMNS { rows.len() - index } else { 1 };
            let rows_spanned = usize::from(cell.row_span).clamp(1, most_rows);
            let column_start = column;
            column = column_start + columns;
            if free_from.len() < column {
                free_from.resize(column, 0);
            }
            free_from[column_start..column].fill(index + rows_spanned);
            placed.push(Placed {
                cell,
                column: column_start,
                row: index,
                columns,
                rows: rows_spanned,
                node: None.into(),
            });
        }
        out.push(placed);
    }
    out
}

static EMPTY: Cell = Cell {
    blocks: Vec::new(),
    scope: None,
    col_span: 1,
    row_span: 1,
    align: None,
    attr: None,
    span: Span { source: SourceId(0), start: 0, end: 0 },
};

/// Puts empty cells where rows have none: a tagged table has no holes (ISO 14289-1, 7.5).
fn fill(rows: &mut [Vec<Placed<'_>>], columns: usize) {
    let mut free_from = vec![0; columns];
    for (index, row) in rows.iter_mut().enumerate() {
        for placed in &*row {
            free_from[placed.column..placed.column + placed.columns].fill(index + placed.rows);
        }
        let count = row.len();
        let mut column = 0;
        for run in free_from.chunk_by(|a, b| (*a <= index) == (*b <= index)) {
            if run[0] <= index {
                let (cell, node) = (&EMPTY, None.into());
                row.push(Placed { cell, column, row: index, columns: run.len(), rows: 1, node });
            }
            column += run.len();
        }
        if row.len() > count {
            row.sort_by_key(|placed| placed.column);
        }
    }
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
