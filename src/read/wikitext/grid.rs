//! Tables: from elements to rows and cells.

use super::build::{Builder, Parsed};
use super::html::{self, Tag};
use super::running::finish;
use super::tree::ElementId;
use crate::model::*;

/// A cell over more columns or rows than this is taken for a mistake.
const MOST: u16 = 1000;

struct Rows {
    rows: Vec<(Row, Section)>,
    caption: Vec<Inline>,
    /// What stands in the table but in no cell: goes before it, as in HTML.
    before: Vec<Block>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Head,
    Body,
    Foot,
}

impl Builder<'_, '_, '_> {
    /// Appends a table, unless it is empty.
    pub fn table(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let element = p.element(id);
        let span = p.span(id);
        let mut found = Rows { rows: Vec::new(), caption: Vec::new(), before: Vec::new() };
        self.rows(p, id, Section::Body, &mut found);
        out.append(&mut found.before);
        let Rows { mut rows, caption, .. } = found;
        if rows.is_empty() {
            if !caption.is_empty() {
                out.push(Node::new(BlockKind::Paragraph { content: caption }, span));
            }
            return;
        }
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
            cell.align = alignment(attributes);
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

fn alignment(attributes: &str) -> Option<Align> {
    let css = html::attribute(attributes, "style").unwrap_or("").to_ascii_lowercase();
    let value = match css.split_once("text-align") {
        Some((_, rest)) => rest.trim_start_matches([':', ' ']).split([';', ' ']).next().map(str::to_owned),
        None => html::attribute(attributes, "align").map(str::to_ascii_lowercase),
    };
    match value?.trim() {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        "left" | "start" => Some(Align::Start),
        _ => None,
    }
}
