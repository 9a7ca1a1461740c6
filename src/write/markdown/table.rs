//! Tables: with bars where a cell is a line, else as HTML with Markdown in its cells.

use super::Page;
use super::block::prefixed;
use super::inline::braces;
use crate::model::{Align, Attr, Block, BlockKind, Cell, Grid, Row, Table};

impl Page<'_, '_, '_> {
    pub(super) fn table(&mut self, table: &Table, attr: Option<&Attr>) -> String {
        let rows = || table.head.iter().chain(&table.body).chain(&table.foot);
        let simple = self.flavour.has_tables()
            && table.head.len() <= 1
            && rows()
                .flat_map(|row| &row.cells)
                .all(|cell| cell.col_span == 1 && cell.row_span == 1 && is_line(&cell.blocks));
        let id = attr.and_then(|attr| attr.id.clone()).filter(|id| self.linked.contains(id));
        let attr = id.map(|id| Attr { id: Some(id), ..Attr::default() });
        let text = if simple { self.bars(table) } else { self.html(table) };
        let caption = self.line(&table.caption);
        let braces = braces(attr.as_ref().filter(|_| self.flavour.has_attributes()), "");
        match (caption.is_empty(), braces.is_empty(), self.flavour.has_attributes()) {
            _ if !simple => text,
            (true, true, _) => text,
            (true, false, _) => format!("::: {braces}\n{text}\n:::"),
            (false, _, true) => format!("{text}\n\nTable: {caption} {braces}").trim_end().to_owned(),
            (false, _, false) => format!("{caption}\n\n{text}"),
        }
    }

    fn bars(&mut self, table: &Table) -> String {
        let columns = table.columns.len().max(Grid::of(table).columns.len()).max(1);
        let mut out = String::new();
        let line = |cells: Vec<String>, out: &mut String| {
            out.push('|');
            for column in 0..columns {
                let cell = cells.get(column).map_or("", String::as_str);
                out.push_str(&format!(" {cell} |"));
            }
        };
        let head = table.head.first().map(|row| self.cells(row)).unwrap_or_default();
        line(head, &mut out);
        out.push_str("\n|");
        for column in 0..columns {
            out.push_str(match table.columns.get(column).and_then(|column| column.align) {
                Some(Align::Start) => " :--- |",
                Some(Align::Center) => " :---: |",
                Some(Align::End) => " ---: |",
                _ => " --- |",
            });
        }
        for row in table.body.iter().chain(&table.foot) {
            out.push('\n');
            let cells = self.cells(row);
            line(cells, &mut out);
        }
        out
    }

    fn cells(&mut self, row: &Row) -> Vec<String> {
        row.cells.iter().map(|cell| self.cell(&cell.blocks)).collect()
    }

    /// Blocks on one line.
    pub(super) fn cell(&mut self, blocks: &[Block]) -> String {
        let before = std::mem::replace(&mut self.in_cell, true);
        let mut parts = Vec::new();
        self.lines_of(blocks, &mut parts);
        self.in_cell = before;
        parts.join("<br>")
    }

    fn lines_of(&mut self, blocks: &[Block], parts: &mut Vec<String>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph { content } | BlockKind::Heading { content, .. } => {
                    parts.push(self.inlines(content))
                }
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.lines_of(&item.blocks, parts);
                    }
                }
                BlockKind::Quote { body } | BlockKind::Aside { body, .. } => self.lines_of(body, parts),
                BlockKind::Figure { body, caption } => {
                    self.lines_of(body, parts);
                    parts.push(self.inlines(caption));
                }
                _ => {
                    let mut words = String::new();
                    super::escape::push_text(
                        &mut words,
                        &crate::model::plain_text(block),
                        self.flavour,
                        true,
                        true,
                    );
                    parts.push(words);
                }
            }
        }
        parts.retain(|part| !part.is_empty());
    }

    fn html(&mut self, table: &Table) -> String {
        let mut out = String::from("<table>\n");
        if !table.caption.is_empty() {
            let caption = self.inlines(&table.caption);
            out.push_str(&format!("<caption>\n\n{caption}\n\n</caption>\n"));
        }
        for (name, rows) in [("thead", &table.head), ("tbody", &table.body), ("tfoot", &table.foot)] {
            if rows.is_empty() {
                continue;
            }
            out.push_str(&format!("<{name}>\n"));
            for row in rows {
                out.push_str("<tr>\n");
                for cell in &row.cells {
                    self.html_cell(cell, &mut out);
                }
                out.push_str("</tr>\n");
            }
            out.push_str(&format!("</{name}>\n"));
        }
        out + "</table>"
    }

    fn html_cell(&mut self, cell: &Cell, out: &mut String) {
        let name = if cell.scope.is_some() { "th" } else { "td" };
        out.push_str(&format!("<{name}"));
        for (attribute, span) in [("colspan", cell.col_span), ("rowspan", cell.row_span)] {
            if span != 1 {
                out.push_str(&format!(" {attribute}=\"{span}\""));
            }
        }
        if let Some(align) = cell.align {
            let align = match align {
                Align::Center => "center",
                Align::End => "right",
                _ => "left",
            };
            out.push_str(&format!(" align=\"{align}\""));
        }
        out.push_str(">\n");
        let body = self.blocks(&cell.blocks);
        if !body.is_empty() {
            out.push_str(&format!("\n{}\n\n", prefixed(&body, "", "")));
        }
        out.push_str(&format!("</{name}>\n"));
    }
}

/// Whether a cell's content can stand on one line.
fn is_line(blocks: &[Block]) -> bool {
    match blocks {
        [] => true,
        [Block { kind: BlockKind::Paragraph { .. }, attr, .. }] => attr.is_none(),
        _ => false,
    }
}
