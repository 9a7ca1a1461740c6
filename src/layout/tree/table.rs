//! The elements of tables and of the rows of an infobox.

use super::maker::Maker;
use crate::layout::structure::{Role, StructId};
use crate::model::{Grid, InfoboxRow, Part, Scope, Table};

impl<'a> Maker<'a, '_, '_> {
    pub(super) fn table(&mut self, table: &'a Table, parent: StructId, depth: usize) -> StructId {
        let node = self.add(parent, Role::Table);
        if !table.caption.is_empty() {
            self.caption(&table.caption, node, depth + 1);
        }
        let grid = Grid::of(table);
        if grid.columns.is_empty() {
            return node;
        }
        let mut rows = Vec::with_capacity(grid.rows.len());
        for part in [Part::Head, Part::Body, Part::Foot] {
            let role = match part {
                Part::Head => Role::TableHead,
                Part::Body => Role::TableBody,
                Part::Foot => Role::TableFoot,
            };
            let of_part = grid.part(part);
            if of_part.is_empty() {
                continue;
            }
            let part = self.add(node, role);
            rows.extend(of_part.map(|_| self.add(part, Role::TableRow)));
        }
        let mut cells = Vec::with_capacity(grid.places.len());
        for place in &grid.places {
            let (col_span, row_span) = (clamp(place.columns), clamp(place.rows));
            let role = match place.heads {
                Some(scope) => Role::TableHeader { scope, col_span, row_span },
                None => Role::TableData { col_span, row_span },
            };
            let cell = self.add(rows[place.row], role);
            cells.push(cell);
            self.blocks(&place.cell.blocks, cell, depth + 2);
        }
        self.name_headers(&grid, &cells);
        node
    }

    /// Says which cells head a cell where it does not follow from scopes: in a table whose header
    /// cells span (PDF 32000-1, table 349).
    fn name_headers(&mut self, grid: &Grid<'_>, cells: &[StructId]) {
        if !grid.has_spanning_headers() {
            return;
        }
        for (cell, named) in cells.iter().zip(grid.headers()) {
            if let Role::TableData { .. } = self.tree.structure.node(*cell).role {
                let mut headers: Vec<_> = named.into_iter().map(|number| cells[number]).collect();
                headers.sort_unstable();
                self.tree.structure.set_headers(*cell, headers);
            }
        }
    }

    pub(super) fn infobox_rows(&mut self, rows: &'a [InfoboxRow], node: StructId, depth: usize) {
        let table = self.add(node, Role::Table);
        let body = self.add(table, Role::TableBody);
        for row in rows.iter().filter(|row| !self.pictures.is_bare_row(row)) {
            let node = self.add(body, Role::TableRow);
            let data = |col_span| Role::TableData { col_span, row_span: 1 };
            if row.value.is_empty() {
                let role = Role::TableHeader { scope: Scope::Column, col_span: 2, row_span: 1 };
                let cell = self.add(node, role);
                self.paragraph(&row.label, cell, depth);
            } else if row.label.is_empty() {
                let cell = self.add(node, data(2));
                self.blocks(&row.value, cell, depth + 1);
            } else {
                let head = Role::TableHeader { scope: Scope::Row, col_span: 1, row_span: 1 };
                let head = self.add(node, head);
                let label = self.add(head, Role::Paragraph);
                self.text(&row.label, label, label, depth);
                let cell = self.add(node, data(1));
                self.tree.structure.set_headers(cell, vec![head]);
                self.blocks(&row.value, cell, depth + 1);
            }
        }
    }
}

fn clamp(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
