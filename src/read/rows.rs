//! From rows of cells, as HTML has them, to a table.

use crate::model::{Align, Cell, Column, Inline, Row, Scope, Span, Table};

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
    let columns = vec![Column::default(); square(&mut rows)];
    let mut table = Table { caption, columns, ..Table::default() };
    for (row, section) in rows {
        match section {
            Section::Head => table.head.push(row),
            Section::Body => table.body.push(row),
            Section::Foot => table.foot.push(row),
        }
    }
    table
}

/// Makes all rows as wide as the widest one, by an empty cell at the end, and ends spans where the
/// table does. Returns the number of columns. Rows of a table too wide to be one stay as they are.
fn square(rows: &mut [(Row, Section)]) -> usize {
    let mut ends = rows.len();
    let mut after = None;
    for i in (0..rows.len()).rev() {
        let (row, section) = &mut rows[i];
        if after.replace(*section) != Some(*section) {
            ends = i + 1;
        }
        for cell in &mut row.cells {
            // At most MOST, so it fits.
            cell.row_span = usize::from(cell.row_span).min(ends - i) as u16;
        }
    }
    let mut change = vec![0isize; rows.len() + 1];
    for (i, (row, _)) in rows.iter().enumerate() {
        for cell in row.cells.iter().filter(|c| c.row_span > 1) {
            change[i + 1] += isize::from(cell.col_span as i16);
            change[i + usize::from(cell.row_span)] -= isize::from(cell.col_span as i16);
        }
    }
    let mut from_above = 0;
    let widths: Vec<usize> = rows
        .iter()
        .zip(&change)
        .map(|((row, _), change)| {
            from_above += change;
            let own: usize = row.cells.iter().map(|c| usize::from(c.col_span)).sum();
            own + usize::try_from(from_above).unwrap_or(0)
        })
        .collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    if widest <= usize::from(MOST) {
        for ((row, _), width) in rows.iter_mut().zip(widths).filter(|(_, width)| *width < widest) {
            let at = row.cells.last().map_or(row.span.start, |c| c.span.end) as usize;
            let mut empty = Cell::new(Vec::new(), Span::new(at, at));
            empty.col_span = (widest - width) as u16;
            row.cells.push(empty);
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
