//! From rows of cells, as HTML has them, to a table.

use crate::model::{Align, Cell, Column, Inline, Row, Scope, Span, Table, grid};

/// A cell over more columns or rows than this is taken for a mistake.
pub(super) const MOST: u16 = 1000;

/// Which part of a table a row is in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Head,
    Body,
    Foot,
}

/// Makes a table of its rows.
pub(super) fn table(mut rows: Vec<(Row, Section)>, caption: Vec<Inline>) -> Table {
    // Header rows at the top are the head, if anything follows them and nothing reaches out of it.
    let headers = rows
        .iter()
        .take_while(|(row, section)| {
            *section == Section::Head || row.cells.iter().all(|cell| cell.scope.is_some())
        })
        .count();
    let reaches_out = rows[..headers]
        .iter()
        .enumerate()
        .any(|(i, (row, _))| row.cells.iter().any(|cell| i + usize::from(cell.row_span) > headers));
    let headers = if headers < rows.len() && !reaches_out { headers } else { 0 };
    for (i, (row, section)) in rows.iter_mut().enumerate() {
        if i < headers {
            *section = Section::Head;
        } else if *section == Section::Head {
            *section = Section::Body;
        }
        for cell in row.cells.iter_mut().filter(|_| i < headers) {
            cell.scope = cell.scope.map(|_| Scope::Column);
        }
    }
    let mut table = Table { caption, ..Table::default() };
    for (row, section) in rows {
        match section {
            Section::Head => table.head.push(row),
            Section::Body => table.body.push(row),
            Section::Foot => table.foot.push(row),
        }
    }
    table.columns = vec![Column::default(); square(&mut table)];
    table
}

/// Makes all rows as wide as the widest one, by empty cells at the end, and ends spans where the
/// part of the table does. Returns the number of columns. Rows of a table too wide to be one stay as
/// they are.
fn square(table: &mut Table) -> usize {
    let parts = [&mut table.head, &mut table.body, &mut table.foot].map(|rows| (grid::spans(rows), rows));
    let ends = parts.iter().flat_map(|(covered, _)| covered.iter().map(|c| c.column + c.columns));
    let widest = ends.max().unwrap_or(0);
    for (covered, rows) in parts {
        let mut covered = covered.iter();
        let mut free_from = vec![0; widest];
        for (index, row) in rows.iter_mut().enumerate() {
            for (cell, covered) in row.cells.iter_mut().zip(covered.by_ref()) {
                // No more than it was.
                cell.row_span = covered.rows as u16;
                free_from[covered.column..covered.column + covered.columns].fill(index + covered.rows);
            }
            if widest > usize::from(MOST) {
                continue;
            }
            let at = row.cells.last().map_or(row.span.start, |c| c.span.end) as usize;
            for free in grid::free(&free_from, index) {
                let mut empty = Cell::new(Vec::new(), Span::new(at, at));
                empty.col_span = free.len() as u16;
                row.cells.push(empty);
            }
        }
    }
    widest
}

/// How a cell is set: by its style sheet's words or, where these do not say, by its `align`.
pub(super) fn alignment<'a>(style: &str, align: impl FnOnce() -> Option<&'a str>) -> Option<Align> {
    let style = style.to_ascii_lowercase();
    let rule = style.split(';').find_map(|rule| {
        let (property, value) = rule.split_once(':')?;
        (property.trim() == "text-align").then(|| value.trim().to_owned())
    });
    let value = rule.or_else(|| align().map(str::to_ascii_lowercase))?;
    match value.split_whitespace().next()? {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        "left" | "start" => Some(Align::Start),
        _ => None,
    }
}
