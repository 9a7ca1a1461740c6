//! The grid of a table: which cell stands in which rows and columns.

use super::{Align, Cell, Column, Row, Scope, SourceId, Span, Table};
use std::ops::Range;

/// A table's grid, by the rules of the HTML Standard (section 4.9.12): each cell takes the first
/// free place of its row. It is rectangular and has no holes, whatever the spans of the cells say:
///
/// - a cell does not run into one that hangs down from a row above, nor out of its part of the table;
/// - rows and columns in which no cell starts are none;
/// - where rows have fewer cells than others, an empty cell fills the rest.
///
/// ```
/// use fanfold::model::{Cell, Grid, Row, Span, Table};
///
/// let cell = Cell { col_span: 9, ..Cell::new(Vec::new(), Span::default()) };
/// let row = Row { cells: vec![cell], span: Span::default() };
/// let table = Table { body: vec![row], ..Table::default() };
/// let grid = Grid::of(&table);
/// assert_eq!((grid.rows.len(), grid.columns.len(), grid.places[0].columns), (1, 1, 1));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Grid<'t> {
    /// The columns that are left.
    pub columns: Vec<Column>,
    /// The rows that are left, in order: those of the head, of the body, of the foot.
    pub rows: Vec<GridRow>,
    /// The cells, row by row and in each by column.
    pub places: Vec<Place<'t>>,
}

/// A row of a [`Grid`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GridRow {
    /// The part of the table that it is in.
    pub part: Part,
    /// Those of the grid's places that start in it.
    pub places: Range<usize>,
}

/// A cell in its place.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Place<'t> {
    /// The cell; an empty one where the table has none.
    pub cell: &'t Cell,
    /// What it heads: what it says itself, and in the table's head its columns.
    pub heads: Option<Scope>,
    /// Its first row, counted through all parts.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// How many rows it covers, at least 1.
    pub rows: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
}

/// A part of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Rows that head the others.
    Head,
    /// The rows themselves.
    Body,
    /// Rows that close the table.
    Foot,
}

/// HTML's own limit on `colspan`, and so on what one cell can add to a table's width.
const MOST_COLUMNS: usize = 1000;

/// More header cells above one another than this are no help to a listener.
const MOST_HEADERS: usize = 6;

static EMPTY: Cell = Cell {
    blocks: Vec::new(),
    scope: None,
    col_span: 1,
    row_span: 1,
    align: None,
    attr: None,
    span: Span { source: SourceId(0), start: 0, end: 0 },
};

impl<'t> Grid<'t> {
    /// The grid of a table.
    pub fn of(table: &'t Table) -> Self {
        let mut grid = Grid { columns: Vec::new(), rows: Vec::new(), places: Vec::new() };
        for (part, rows) in [(Part::Head, &table.head), (Part::Body, &table.body), (Part::Foot, &table.foot)]
        {
            let first = grid.rows.len();
            let placed = spans(rows);
            let mut at = placed.iter();
            for (index, row) in rows.iter().enumerate() {
                let start = grid.places.len();
                grid.places.extend(row.cells.iter().zip(at.by_ref()).map(|(cell, s)| Place {
                    cell,
                    heads: cell.scope.or((part == Part::Head).then_some(Scope::Column)),
                    row: first + index,
                    column: s.column,
                    rows: s.rows,
                    columns: s.columns,
                }));
                grid.rows.push(GridRow { part, places: start..grid.places.len() });
            }
        }
        grid.drop_rows();
        grid.drop_columns(&table.columns);
        grid.fill();
        grid
    }

    /// The places that start in a row.
    pub fn row(&self, row: usize) -> &[Place<'t>] {
        &self.places[self.rows[row].places.clone()]
    }

    /// The rows of a part.
    pub fn part(&self, part: Part) -> Range<usize> {
        let start = self.rows.iter().position(|row| row.part == part).unwrap_or(self.rows.len());
        start..start + self.rows[start..].iter().take_while(|row| row.part == part).count()
    }

    /// How a cell is set: as it says itself, or else as its column.
    pub fn align(&self, place: &Place<'_>) -> Option<Align> {
        place.cell.align.or(self.columns[place.column].align)
    }

    /// Whether a cell's headers cannot be told by going up its column and along its row, because
    /// header cells span.
    pub fn has_spanning_headers(&self) -> bool {
        self.places.iter().any(|place| place.heads.is_some() && (place.columns > 1 || place.rows > 1))
    }

    /// For each place the numbers of those that head it: first those of its columns, from the top,
    /// then those of its rows. In the body the nearest header above a cell heads it, and none
    /// before that. Of several above one another the first six are named.
    pub fn headers(&self) -> Vec<Vec<usize>> {
        let mut headers = vec![Vec::new(); self.places.len()];
        // Those of the table's head, and the last one met below it.
        let mut above: Vec<Vec<usize>> = vec![Vec::new(); self.columns.len()];
        let mut nearest: Vec<Option<usize>> = vec![None; self.columns.len()];
        // Headers of the rows at hand, with the row in which each ends.
        let mut beside: Vec<(usize, usize)> = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            beside.retain(|(end, _)| *end > number);
            let named = row.places.clone().filter(|&n| self.places[n].heads == Some(Scope::Row));
            beside.extend(named.map(|n| (number + self.places[n].rows, n)));
            for n in row.places.clone() {
                let columns = self.places[n].column..self.places[n].column + self.places[n].columns;
                let mut named: Vec<usize> = Vec::new();
                for column in columns.take(MOST_HEADERS) {
                    let of_column = above[column].iter().copied().chain(nearest[column]);
                    for header in of_column {
                        if !named.contains(&header) {
                            named.push(header);
                        }
                    }
                }
                named.extend(beside.iter().map(|&(_, header)| header).filter(|&h| h != n).take(MOST_HEADERS));
                headers[n] = named;
            }
            for n in row.places.clone().filter(|&n| self.places[n].heads == Some(Scope::Column)) {
                let columns = self.places[n].column..self.places[n].column + self.places[n].columns;
                if row.part == Part::Head {
                    let free = above[columns].iter_mut().filter(|column| column.len() < MOST_HEADERS);
                    free.for_each(|column| column.push(n));
                } else {
                    nearest[columns].fill(Some(n));
                }
            }
        }
        headers
    }

    /// Takes out the rows in which no cell starts, and one of the rows of each cell over them.
    fn drop_rows(&mut self) {
        let kept = numbered(self.rows.iter().map(|row| !row.places.is_empty()));
        for place in &mut self.places {
            place.rows = kept[place.row + place.rows] - kept[place.row];
            place.row = kept[place.row];
        }
        self.rows.retain(|row| !row.places.is_empty());
    }

    /// Takes out the columns in which no cell starts.
    fn drop_columns(&mut self, columns: &[Column]) {
        let width = self.places.iter().map(|place| place.column + place.columns).max().unwrap_or(0);
        let mut starts = vec![false; width];
        for place in &self.places {
            starts[place.column] = true;
        }
        let kept = numbered(starts.iter().copied());
        for place in &mut self.places {
            place.columns = kept[place.column + place.columns] - kept[place.column];
            place.column = kept[place.column];
        }
        let of = |column: usize| columns.get(column).copied().unwrap_or_default();
        self.columns = starts.iter().enumerate().filter(|(_, starts)| **starts).map(|(n, _)| of(n)).collect();
    }

    /// Puts empty cells where rows have none.
    fn fill(&mut self) {
        let mut free_from = vec![0; self.columns.len()];
        let whole: usize = self.places.iter().map(|place| place.rows * place.columns).sum();
        if whole == self.rows.len() * self.columns.len() {
            return;
        }
        let mut filled = Vec::with_capacity(self.places.len());
        for (row, of) in self.rows.iter_mut().enumerate() {
            let start = filled.len();
            filled.extend_from_slice(&self.places[of.places.clone()]);
            for place in &filled[start..] {
                free_from[place.column..place.column + place.columns].fill(row + place.rows);
            }
            let heads = (of.part == Part::Head).then_some(Scope::Column);
            filled.extend(free(&free_from, row).map(|columns| Place {
                cell: &EMPTY,
                heads,
                row,
                column: columns.start,
                rows: 1,
                columns: columns.len(),
            }));
            filled[start..].sort_by_key(|place| place.column);
            of.places = start..filled.len();
        }
        self.places = filled;
    }
}

/// The new number of each, without those that are left out; and one more, where the last ends.
fn numbered(kept: impl Iterator<Item = bool>) -> Vec<usize> {
    let mut numbers = vec![0];
    let mut next = 0;
    numbers.extend(kept.map(|kept| {
        next += usize::from(kept);
        next
    }));
    numbers
}

/// The runs of columns that are free in a row; for each column the first row is given that is.
pub(crate) fn free(free_from: &[usize], row: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    free_from.chunk_by(move |a, b| (*a <= row) == (*b <= row)).filter_map(move |run| {
        let columns = at..at + run.len();
        at = columns.end;
        (run[0] <= row).then_some(columns)
    })
}

/// What a cell covers: from its row on so many rows, from a column on so many columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Covered {
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
}

/// What each cell of some rows covers, in order.
pub(crate) fn spans(rows: &[Row]) -> Vec<Covered> {
    // For each column, the first row in which it is free again.
    let mut free_from: Vec<usize> = Vec::new();
    let mut placed = Vec::with_capacity(rows.iter().map(|row| row.cells.len()).sum());
    for (index, row) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in &row.cells {
            while free_from.get(column).is_some_and(|&free| free > index) {
                column += 1;
            }
            // Beyond the most columns each cell has one, and binds no row below.
            let wanted = usize::from(cell.col_span).min(MOST_COLUMNS.saturating_sub(column)).max(1);
            let most_rows = if column < MOST_COLUMNS { rows.len() - index } else { 1 };
            // A cell does not run into one that hangs down from a row above.
            let columns = (1..wanted)
                .find(|&n| free_from.get(column + n).is_some_and(|&free| free > index))
                .unwrap_or(wanted);
            let covered = Covered { column, columns, rows: usize::from(cell.row_span).clamp(1, most_rows) };
            let end = column + columns;
            if free_from.len() < end {
                free_from.resize(end, 0);
            }
            free_from[column..end].fill(index + covered.rows);
            placed.push(covered);
            column = end;
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(spans: &[&[(u16, u16)]]) -> Vec<Row> {
        let span = Span::default();
        let cell =
            |&(col_span, row_span): &(u16, u16)| Cell { col_span, row_span, ..Cell::new(vec![], span) };
        spans.iter().map(|row| Row { cells: row.iter().map(cell).collect(), span }).collect()
    }

    /// Column, columns and rows of each cell.
    fn places(spans: &[&[(u16, u16)]]) -> Vec<Vec<(usize, usize, usize)>> {
        let table = Table { body: rows(spans), ..Table::default() };
        let grid = Grid::of(&table);
        let place = |place: &Place<'_>| (place.column, place.columns, place.rows);
        (0..grid.rows.len()).map(|row| grid.row(row).iter().map(place).collect()).collect()
    }

    #[test]
    fn spans_end_with_the_table() {
        assert_eq!(places(&[&[(1, 9), (1, 1)], &[(1, 1)]]), [vec![(0, 1, 2), (1, 1, 1)], vec![(1, 1, 1)]]);
    }

    #[test]
    fn spans_end_with_their_part_of_the_table() {
        let table = Table { head: rows(&[&[(1, 2)]]), body: rows(&[&[(1, 1)]]), ..Table::default() };
        assert_eq!(Grid::of(&table).places[0].rows, 1);
    }

    #[test]
    fn columns_in_which_no_cell_starts_are_none() {
        assert_eq!(places(&[&[(9, 1)], &[(1, 1), (2, 1)]]), [vec![(0, 2, 1)], vec![(0, 1, 1), (1, 1, 1)]]);
    }

    #[test]
    fn rows_in_which_no_cell_starts_are_none() {
        assert_eq!(
            places(&[&[(1, 3), (1, 1)], &[], &[(1, 1)], &[]]),
            [vec![(0, 1, 2), (1, 1, 1)], vec![(1, 1, 1)]]
        );
    }

    #[test]
    fn a_cell_stops_at_one_that_hangs_down() {
        assert_eq!(places(&[&[(1, 1), (1, 2)], &[(2, 1)], &[(1, 1), (1, 1)]])[1], [(0, 1, 1)]);
    }

    #[test]
    fn rows_that_are_short_are_filled() {
        assert_eq!(
            places(&[&[(1, 1), (1, 1), (1, 2), (1, 1)], &[(1, 1)]])[1],
            [(0, 1, 1), (1, 1, 1), (3, 1, 1)]
        );
    }

    #[test]
    fn the_nearest_header_of_the_body_and_all_of_the_head_are_named() {
        let mut table = Table {
            head: rows(&[&[(1, 1), (2, 1)], &[(1, 1), (1, 1), (1, 1)]]),
            body: rows(&[&[(1, 2), (1, 1), (1, 1)], &[(1, 1), (1, 1)]]),
            ..Table::default()
        };
        table.body[0].cells[0].scope = Some(Scope::Row);
        let grid = Grid::of(&table);
        assert!(grid.has_spanning_headers());
        // 0 1 1
        // 2 3 4
        // 5 6 7
        // 5 8 9
        assert_eq!(grid.headers()[8], [1, 3, 5]);
        assert_eq!(grid.headers()[7], [1, 4, 5]);
        assert_eq!(grid.headers()[5], [0, 2]);
    }

    #[test]
    fn enormous_spans_cost_little() {
        let row: &[(u16, u16)] = &[(u16::MAX, u16::MAX); 4];
        let placed = places(&[row; 2000]);
        let widest = placed.iter().flatten().map(|&(column, columns, _)| column + columns).max();
        assert!(widest <= Some(MOST_COLUMNS + 4), "{widest:?}");
    }
}
