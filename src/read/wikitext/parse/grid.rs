//! Tables: from elements to rows and cells.

use super::html::{self, Tag};
use super::tree::ElementId;
use crate::model::*;
use crate::read::rows::{MOST, Section, alignment, table};
use crate::read::wikitext::build::builder::{Builder, Parsed};
use crate::read::wikitext::build::running::finish;

struct Rows {
    rows: Vec<(Row, Section)>,
    caption: Vec<Inline>,
    /// What stands in the table but in no cell: goes before it, as in HTML.
    before: Vec<Block>,
}

impl Builder<'_, '_, '_> {
    /// Appends a table, unless it is empty.
    pub fn table(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let element = p.element(id);
        let span = p.span(id);
        let mut found = Rows { rows: Vec::new(), caption: Vec::new(), before: Vec::new() };
        self.rows(p, id, Section::Body, &mut found);
        out.append(&mut found.before);
        let Rows { rows, caption, .. } = found;
        if rows.is_empty() {
            if !caption.is_empty() {
                out.push(Node::new(BlockKind::Paragraph { content: caption }, span));
            }
            return;
        }
        let table = table(rows, caption);
        let attr = self.attr(p, element);
        out.push(Node { kind: BlockKind::Table(Box::new(table)), attr, span });
    }

    fn rows(&mut self, p: &Parsed<'_>, id: ElementId, section: Section, found: &mut Rows) {
        for child in p.children(id) {
            match p.element(child).tag {
                Tag::Tr => self.row(p, child, section, found),
                Tag::Thead => self.rows(p, child, Section::Head, found),
                Tag::Tfoot => self.rows(p, child, Section::Foot, found),
                Tag::Tbody => self.rows(p, child, Section::Body, found),
                Tag::Caption => {
                    let content = self.all_inlines(p, child);
                    if !found.caption.is_empty() && !content.is_empty() {
                        found.caption.push(Node::new(InlineKind::HardBreak, p.span(child)));
                    }
                    found.caption.extend(content);
                }
                _ => self.astray(p, child, &mut found.before),
            }
        }
    }

    fn row(&mut self, p: &Parsed<'_>, id: ElementId, section: Section, found: &mut Rows) {
        let mut cells = Vec::new();
        let mut reach = 0u16;
        for child in p.children(id) {
            let element = p.element(child);
            if !matches!(element.tag, Tag::Td | Tag::Th) {
                self.astray(p, child, &mut found.before);
                continue;
            }
            let mut blocks = Vec::new();
            self.blocks(p, child, &mut blocks);
            let attributes = self.attributes(p, element);
            let mut cell = Cell::new(blocks, p.span(child));
            let number = |name| {
                html::attribute(attributes, name)
                    .and_then(|n| n.parse::<u16>().ok())
                    .filter(|n| (1..=MOST).contains(n))
                    .unwrap_or(1)
            };
            cell.row_span = number("rowspan");
            cell.col_span = number("colspan");
            if cell.col_span > 1 && reach.saturating_add(cell.col_span) > MOST {
                cell.col_span = 1;
            }
            reach = reach.saturating_add(cell.col_span);
            if element.tag == Tag::Th {
                let scope = match html::attribute(attributes, "scope") {
                    Some("col" | "colgroup") => Scope::Column,
                    _ => Scope::Row,
                };
                cell.scope = Some(scope);
            }
            let style = html::attribute(attributes, "style").unwrap_or_default();
            cell.align = alignment(style, || html::attribute(attributes, "align"));
            cell.attr = self.attr(p, element);
            cells.push(cell);
        }
        if !cells.is_empty() {
            found.rows.push((Row { cells, span: p.span(id) }, section));
        }
    }

    fn astray(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        if p.element(id).tag.is_block() || p.element(id).tag == Tag::Item {
            self.block(p, id, out);
        } else {
            let mut running = self.running_of(p, id);
            out.append(&mut running.figures);
            let content = finish(running.inlines);
            if !content.is_empty() {
                out.push(Node::new(BlockKind::Paragraph { content }, p.span(id)));
            }
        }
    }
}
