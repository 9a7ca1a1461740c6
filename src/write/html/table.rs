//! Tables: headers are bound to their cells, and the grid is one that HTML can have.

use super::content::{ContentWriter, Entry};
use super::names::Place;
use crate::model::{Align, Block, BlockKind, Cell, Column, Inline, InlineKind, Row, Scope, Table};

impl ContentWriter<'_, '_> {
    pub(super) fn table(&mut self, table: &Table, block: &Block) {
        if [&table.head, &table.body, &table.foot].iter().all(|rows| rows.iter().all(|r| r.cells.is_empty()))
        {
            if !table.caption.is_empty() {
                self.open("p", block.attr.as_deref(), "");
                self.phrase(&table.caption);
                self.out.push_str("</p>\n");
            }
            return;
        }
        let page = self.page_index();
        let id = match block.id() {
            Some(anchor) => self.names.anchor(anchor, page),
            None => self.names.fresh("table"),
        };
        let rows = || table.head.iter().chain(&table.body).chain(&table.foot);
        if !rows().any(|r| r.cells.iter().any(|c| c.scope.is_some())) && table.head.is_empty() {
            self.content.facts.headless_tables += 1;
        }
        let grid = Grid::of(table);
        // A page's table scrolls where it is too wide, and the keyboard must reach what scrolls.
        let focus = if self.is_epub() { "" } else { " tabindex=\"0\"" };
        self.out.push_str(&format!("<table id=\"{id}\"{focus}"));
        self.attributes_but_id(block.attr.as_deref(), "");
        self.out.push_str(">\n");
        if !table.caption.is_empty() {
            self.out.push_str("<caption>");
            self.phrase(&table.caption);
            self.out.push_str("</caption>\n");
            let label = self.label(&table.caption);
            if !label.trim().is_empty() {
                let place = Place { page, id: id.clone() };
                self.content.tables.push(Entry { label, depth: 1, place, top: false, language: None });
            }
        }
        let mut headers = grid.is_irregular().then(|| Headers::new(&id, grid.columns));
        for (element, rows, slots) in [
            ("thead", &table.head, &grid.head),
            ("tbody", &table.body, &grid.body),
            ("tfoot", &table.foot, &grid.foot),
        ] {
            if rows.iter().all(|r| r.cells.is_empty()) {
                continue;
            }
            self.out.push_str(&format!("<{element}>\n"));
            for (row, slots) in rows.iter().zip(slots) {
                self.row(row, slots, element == "thead", &table.columns, headers.as_mut());
            }
            self.out.push_str(&format!("</{element}>\n"));
        }
        self.out.push_str("</table>\n");
    }

    fn row(
        &mut self,
        row: &Row,
        slots: &[Slot],
        in_head: bool,
        columns: &[Column],
        mut headers: Option<&mut Headers>,
    ) {
        if row.cells.is_empty() {
            return;
        }
        self.out.push_str("<tr>");
        let mut row_headers = Vec::new();
        for (cell, slot) in row.cells.iter().zip(slots) {
            let heads = cell.scope.or(in_head.then_some(Scope::Column));
            // The corner of a table heads nothing: a header without words is none.
            let scope = heads.filter(|_| !is_blank(&cell.blocks));
            let element = if scope.is_some() { "th" } else { "td" };
            let align = cell.align.or_else(|| columns.get(slot.column).and_then(|c| c.align));
            let mut extra = match align {
                Some(Align::Start) => " class=\"start\"",
                Some(Align::Center) => " class=\"center\"",
                Some(Align::End) => " class=\"end\"",
                None => "",
            }
            .to_owned();
            match scope {
                Some(Scope::Row) => extra.push_str(" scope=\"row\""),
                Some(Scope::Column) => extra.push_str(" scope=\"col\""),
                None => {}
            }
            if slot.columns > 1 {
                extra.push_str(&format!(" colspan=\"{}\"", slot.columns));
            }
            if slot.rows > 1 {
                extra.push_str(&format!(" rowspan=\"{}\"", slot.rows));
            }
            self.out.push('<');
            self.out.push_str(element);
            let own_id = cell.attr.as_deref().and_then(|a| a.id.as_deref());
            let id = own_id.map(|anchor| {
                let page = self.page_index();
                self.names.anchor(anchor, page)
            });
            if let Some(headers) = headers.as_deref_mut() {
                let named = headers.of(slot, &row_headers);
                if !named.is_empty() {
                    extra.push_str(&format!(" headers=\"{named}\""));
                }
                if let Some(scope) = scope {
                    let id = id.clone().unwrap_or_else(|| self.names.fresh(&headers.next_name()));
                    self.out.push_str(&format!(" id=\"{id}\""));
                    match scope {
                        Scope::Column => headers.heads(slot, id),
                        Scope::Row => row_headers.push(id),
                    }
                } else if let Some(id) = id {
                    self.out.push_str(&format!(" id=\"{id}\""));
                }
            } else if let Some(id) = id {
                self.out.push_str(&format!(" id=\"{id}\""));
            }
            self.attributes_but_id(cell.attr.as_deref(), &extra);
            self.out.push('>');
            self.tight_blocks(&cell.blocks, cell.blocks.len() == 1);
            self.out.push_str(&format!("</{element}>"));
        }
        self.out.push_str("</tr>\n");
    }
}

fn is_blank(blocks: &[Block]) -> bool {
    let blank = |inline: &Inline| matches!(&inline.kind, InlineKind::Text { text } if text.trim().is_empty());
    blocks.iter().all(|b| matches!(&b.kind, BlockKind::Paragraph { content } if content.iter().all(blank)))
}

/// Which header cells head which columns, where `scope` alone would not tell.
struct Headers {
    prefix: String,
    given: usize,
    columns: Vec<Vec<String>>,
}

impl Headers {
    /// More header cells above one another than this are no help to a listener.
    const MOST: usize = 6;

    fn new(table: &str, columns: usize) -> Self {
        Headers { prefix: table.to_owned(), given: 0, columns: vec![Vec::new(); columns] }
    }

    fn next_name(&mut self) -> String {
        self.given += 1;
        format!("{}-h{}", self.prefix, self.given)
    }

    /// The names of a cell's headers, separated by spaces.
    fn of(&self, slot: &Slot, row: &[String]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for column in self.columns.iter().skip(slot.column).take(slot.columns.min(Self::MOST)) {
            for name in column {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
        names.extend(row.iter().take(Self::MOST).map(String::as_str));
        names.join(" ")
    }

    fn heads(&mut self, slot: &Slot, id: String) {
        for column in self.columns.iter_mut().skip(slot.column).take(slot.columns) {
            if column.len() < Self::MOST {
                column.push(id.clone());
            }
        }
    }
}

/// The place of a cell in the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    column: usize,
    columns: usize,
    rows: usize,
}

/// A table's grid by the HTML standard's rules, with the spans cut that it does not allow: past
/// the last row of their group, or over columns in which no cell starts.
struct Grid {
    head: Vec<Vec<Slot>>,
    body: Vec<Vec<Slot>>,
    foot: Vec<Vec<Slot>>,
    columns: usize,
}

/// HTML's own limit on `colspan`, and so on what one cell can add to a table's width.
const MOST_COLUMNS: usize = 1000;

impl Grid {
    fn of(table: &Table) -> Grid {
        let mut starts = Vec::new();
        let mut group = |rows: &[Row]| place(rows, &mut starts);
        let (mut head, mut body, mut foot) = (group(&table.head), group(&table.body), group(&table.foot));
        // Numbers the columns anew, without those in which no cell starts.
        let mut kept = Vec::with_capacity(starts.len() + 1);
        let mut columns = 0;
        for &start in &starts {
            kept.push(columns);
            columns += usize::from(start);
        }
        kept.push(columns);
        for slot in [&mut head, &mut body, &mut foot].into_iter().flatten().flatten() {
            let end = kept[(slot.column + slot.columns).min(starts.len())];
            slot.column = kept[slot.column.min(starts.len())];
            slot.columns = end.saturating_sub(slot.column).max(1);
        }
        Grid { head, body, foot, columns }
    }

    /// Whether a cell's headers can't be told by going up its column and along its row.
    fn is_irregular(&self) -> bool {
        self.head.len() > 1 || self.head.iter().flatten().any(|s| s.columns > 1 || s.rows > 1)
    }
}

fn place(rows: &[Row], starts: &mut Vec<bool>) -> Vec<Vec<Slot>> {
    // For each column, the first row that is free again.
    let mut free_from: Vec<usize> = Vec::new();
    let mut placed = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let mut column = 0;
        let mut slots = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            while free_from.get(column).is_some_and(|&free| free > index) {
                column += 1;
            }
            let slot = fit(cell, column, index, rows.len(), &free_from);
            let end = column + slot.columns;
            if free_from.len() < end {
                free_from.resize(end, 0);
            }
            free_from[column..end].fill(index + slot.rows);
            if starts.len() <= column {
                starts.resize(column + 1, false);
            }
            starts[column] = true;
            slots.push(slot);
            column = end;
        }
        placed.push(slots);
    }
    placed
}

fn fit(cell: &Cell, column: usize, row: usize, rows: usize, free_from: &[usize]) -> Slot {
    let wanted = usize::from(cell.col_span).min(MOST_COLUMNS.saturating_sub(column)).max(1);
    // A cell doesn't run into one that hangs down from a row above.
    let columns =
        (1..wanted).find(|&n| free_from.get(column + n).is_some_and(|&free| free > row)).unwrap_or(wanted);
    // Nor does it hang down where the table is too wide already: each row looks past all that do.
    let rows = if column < MOST_COLUMNS { usize::from(cell.row_span).clamp(1, rows - row) } else { 1 };
    Slot { column, columns, rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn rows(spans: &[&[(u16, u16)]]) -> Vec<Row> {
        let span = Span::default();
        let cell =
            |&(col_span, row_span): &(u16, u16)| Cell { col_span, row_span, ..Cell::new(vec![], span) };
        spans.iter().map(|row| Row { cells: row.iter().map(cell).collect(), span }).collect()
    }

    fn slots(spans: &[&[(u16, u16)]]) -> Vec<Vec<(usize, usize, usize)>> {
        let table = Table { body: rows(spans), ..Table::default() };
        Grid::of(&table)
            .body
            .iter()
            .map(|r| r.iter().map(|s| (s.column, s.columns, s.rows)).collect())
            .collect()
    }

    #[test]
    fn spans_end_with_the_table() {
        assert_eq!(slots(&[&[(1, 9), (1, 1)], &[(1, 1)]]), [vec![(0, 1, 2), (1, 1, 1)], vec![(1, 1, 1)]]);
    }

    #[test]
    fn columns_in_which_no_cell_starts_are_cut() {
        assert_eq!(slots(&[&[(9, 1)], &[(1, 1), (2, 1)]]), [vec![(0, 2, 1)], vec![(0, 1, 1), (1, 1, 1)]]);
    }

    #[test]
    fn a_cell_stops_at_one_that_hangs_down() {
        assert_eq!(slots(&[&[(1, 1), (1, 2)], &[(2, 1)], &[(1, 1), (1, 1)]])[1], [(0, 1, 1)]);
    }

    #[test]
    fn enormous_spans_cost_little() {
        let row: &[(u16, u16)] = &[(u16::MAX, u16::MAX); 4];
        let placed = slots(&[row; 2000]);
        let widest = placed.iter().flatten().map(|&(column, columns, _)| column + columns).max();
        assert!(widest <= Some(MOST_COLUMNS + 4), "{widest:?}");
    }
}
