//! Tables.

use super::block::Flow;
use super::build::{Builder, paragraph};
use super::tree::NodeId;
use crate::model::{Align, Attr, Block, BlockKind, Cell, Inline, Row, Scope};
use crate::read::rows::{MOST, Section, alignment, table};

impl Builder<'_, '_, '_> {
    pub(super) fn table(&mut self, id: NodeId, flow: &mut Flow) {
        let span = self.span(id);
        let mut caption = Vec::new();
        let mut rows = Vec::new();
        for (row, section) in self.rows_of(id, &mut caption) {
            let cells = self.cells(row);
            if !cells.is_empty() {
                rows.push((Row { cells, span: self.span(row) }, section));
            }
        }
        let attr = self.attr(id);
        if !rows.is_empty() {
            let kind = BlockKind::Table(Box::new(table(rows, caption)));
            flow.blocks.push(Block { kind, attr, span });
        } else if !caption.is_empty() {
            flow.blocks.push(paragraph(caption, span));
        }
    }

    /// The rows of a table and their sections; its caption is built on the way.
    pub(super) fn rows_of(&mut self, id: NodeId, caption: &mut Vec<Inline>) -> Vec<(NodeId, Section)> {
        let mut rows = Vec::new();
        let mut parts: Vec<(NodeId, Section)> =
            self.tree.children(id).rev().map(|id| (id, Section::Body)).collect();
        while let Some((part, section)) = parts.pop() {
            let inner = match self.tree.name(part) {
                "tr" => {
                    for id in self.tree.children(part) {
                        self.leaves_out(id);
                    }
                    rows.push((part, section));
                    continue;
                }
                "caption" if caption.is_empty() => {
                    *caption = self.inlines(part);
                    continue;
                }
                "thead" => Section::Head,
                "tbody" => Section::Body,
                "tfoot" => Section::Foot,
                _ => {
                    self.leaves_out(part);
                    continue;
                }
            };
            parts.extend(self.tree.children(part).rev().map(|id| (id, inner)));
        }
        rows
    }

    fn cells(&mut self, row: NodeId) -> Vec<Cell> {
        let tree = self.tree;
        let mut cells = Vec::new();
        let mut reach: u16 = 0;
        for id in tree.children(row) {
            let Some(element) = tree.element(id).filter(|e| matches!(e.name(), "td" | "th")) else {
                continue;
            };
            let mut cell = Cell::new(self.blocks(id), self.span(id));
            let number = |name| {
                let value = element.attribute(name).and_then(|n| n.trim().parse::<u16>().ok());
                value.filter(|n| (1..=MOST).contains(n)).unwrap_or(1)
            };
            (cell.row_span, cell.col_span) = (number("rowspan"), number("colspan"));
            if cell.col_span > 1 && reach.saturating_add(cell.col_span) > MOST {
                cell.col_span = 1;
            }
            reach = reach.saturating_add(cell.col_span);
            // Writers say anew which headers a cell has.
            element.attribute("headers");
            let scope = element.attribute("scope");
            if element.name() == "th" {
                let head = tree.parent(row).is_some_and(|parent| tree.name(parent) == "thead");
                cell.scope = Some(match scope {
                    Some("col" | "colgroup") => Scope::Column,
                    None if head => Scope::Column,
                    _ => Scope::Row,
                });
            }
            let style = element.peek("style").unwrap_or_default();
            cell.align = alignment(style, || element.attribute("align"));
            cell.attr = self.attr(id);
            cell.align = cell.align.or_else(|| aligning_class(cell.attr.as_mut()?));
            cells.push(cell);
        }
        cells.shrink_to_fit();
        cells
    }
}

/// The alignment that a class of fanfold's own pages says, which then is no class any more.
fn aligning_class(attr: &mut Attr) -> Option<Align> {
    let known = [("start", Align::Start), ("center", Align::Center), ("end", Align::End)];
    let (name, align) = known.into_iter().find(|(name, _)| attr.classes.iter().any(|class| class == name))?;
    attr.classes.retain(|class| class != name);
    Some(align)
}
