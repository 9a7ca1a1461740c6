//! Tables: headers are bound to their cells, and the grid is one that HTML can have.

use super::fit;
use super::names::Place;
use super::page::Entry;
use super::writer::ContentWriter;
use crate::model::{
    Align, Block, BlockKind, Grid, Inline, InlineKind, Part, Place as CellPlace, Scope, Table,
};

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
        let fit = if self.is_epub() { fit::class(&grid) } else { None };
        let scrolls = !self.is_epub() || fit.is_some_and(|fit| fit.starts_with("scroll"));
        let focus = if scrolls { " tabindex=\"0\"" } else { "" };
        self.out.push_str(&format!("<table id=\"{id}\"{focus}"));
        let class = fit.map_or_else(String::new, |class| format!(" class=\"{class}\""));
        self.attributes_but_id(block.attr.as_deref(), &class);
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
        let head = grid.part(Part::Head);
        let mut headers = (head.len() > 1 || grid.has_spanning_headers()).then(|| Headers {
            table: &id,
            given: 0,
            named: grid.headers(),
            ids: vec![None; grid.places.len()],
        });
        for (element, part) in [("thead", Part::Head), ("tbody", Part::Body), ("tfoot", Part::Foot)] {
            let rows = grid.part(part);
            if rows.is_empty() {
                continue;
            }
            self.out.push_str(&format!("<{element}>\n"));
            for row in rows {
                self.out.push_str("<tr>");
                for number in grid.rows[row].places.clone() {
                    self.cell(&grid, number, headers.as_mut());
                }
                self.out.push_str("</tr>\n");
            }
            self.out.push_str(&format!("</{element}>\n"));
        }
        self.out.push_str("</table>\n");
    }

    fn cell(&mut self, grid: &Grid<'_>, number: usize, headers: Option<&mut Headers<'_>>) {
        let place = &grid.places[number];
        let CellPlace { cell, rows, columns, .. } = *place;
        // The corner of a table heads nothing: a header without words is none.
        let scope = place.heads.filter(|_| !is_blank(&cell.blocks));
        let element = if scope.is_some() { "th" } else { "td" };
        let mut extra = match grid.align(place) {
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
        if columns > 1 {
            extra.push_str(&format!(" colspan=\"{columns}\""));
        }
        if rows > 1 {
            extra.push_str(&format!(" rowspan=\"{rows}\""));
        }
        self.out.push('<');
        self.out.push_str(element);
        let own_id = cell.attr.as_deref().and_then(|a| a.id.as_deref());
        let mut id = own_id.map(|anchor| {
            let page = self.page_index();
            self.names.anchor(anchor, page)
        });
        if let Some(headers) = headers {
            let named: Vec<&str> =
                headers.named[number].iter().filter_map(|&header| headers.ids[header].as_deref()).collect();
            if !named.is_empty() {
                extra.push_str(&format!(" headers=\"{}\"", named.join(" ")));
            }
            if scope.is_some() {
                let own = id.take().unwrap_or_else(|| {
                    headers.given += 1;
                    self.names.fresh(&format!("{}-h{}", headers.table, headers.given))
                });
                headers.ids[number] = Some(own.clone());
                id = Some(own);
            }
        }
        if let Some(id) = id {
            self.out.push_str(&format!(" id=\"{id}\""));
        }
        self.attributes_but_id(cell.attr.as_deref(), &extra);
        self.out.push('>');
        self.tight_blocks(&cell.blocks, cell.blocks.len() == 1);
        self.out.push_str(&format!("</{element}>"));
    }
}

/// The names of header cells, where `scope` alone would not tell which they head.
struct Headers<'i> {
    /// The table's own name, and how many names were made of it.
    table: &'i str,
    given: usize,
    /// The headers of each cell.
    named: Vec<Vec<usize>>,
    /// The names of those met so far.
    ids: Vec<Option<String>>,
}

fn is_blank(blocks: &[Block]) -> bool {
    let blank = |inline: &Inline| matches!(&inline.kind, InlineKind::Text { text } if text.trim().is_empty());
    blocks.iter().all(|b| matches!(&b.kind, BlockKind::Paragraph { content } if content.iter().all(blank)))
}
