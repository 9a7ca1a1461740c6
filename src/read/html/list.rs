//! Lists and definitions.

use super::block::Flow;
use super::build::Builder;
use super::tree::{Element, NodeId, NodeKind};
use crate::account::Fate;
use crate::model::{Block, BlockKind, Definition, ListItem, Marker, NumberStyle, Span};
use crate::read::task::task;

impl Builder<'_, '_, '_> {
    pub(super) fn list(&mut self, id: NodeId, element: &Element) -> Vec<Block> {
        let mut items: Vec<ListItem> = Vec::new();
        let mut tight = true;
        let mut notes = Vec::new();
        let mut values: Vec<Option<u32>> = Vec::new();
        for child in self.tree.children(id) {
            if self.tree.name(child) == "li" {
                if let Some(note) = self.notes.number(child) {
                    notes.push(note);
                    continue;
                }
                if self.leaves_out(child) {
                    continue;
                }
                tight &= !self.tree.children(child).any(|id| self.tree.name(id) == "p");
                let checked = self.checked(child);
                let value = self.tree.element(child).and_then(|e| e.attribute("value")?.trim().parse().ok());
                values.push(value);
                let mut blocks = self.blocks(child);
                // Pages of fanfold's own have a sign, for a form's box is none that a reader can tick.
                let checked = checked.or_else(|| self.task(&mut blocks));
                items.push(ListItem { checked, ..ListItem::new(blocks, self.span(child)) });
                continue;
            }
            // What stands between the items belongs to the one before.
            let mut flow = Flow::default();
            self.within(|builder| builder.child(child, &mut flow));
            flow.end_paragraph();
            if flow.blocks.is_empty() {
                continue;
            }
            match items.last_mut() {
                Some(item) => item.blocks.append(&mut flow.blocks),
                None => {
                    values.push(None);
                    items.push(ListItem::new(flow.blocks, self.span(child)));
                }
            }
        }
        // A wiki's list of references stands where the article has it.
        if items.is_empty() && !notes.is_empty() && element.has_class("references") {
            element.use_names(&["class"]);
            let foot = element.attribute("data-mw-group").is_some_and(|group| !group.is_empty());
            return vec![Block::new(BlockKind::Notes { notes, foot }, self.span(id))];
        }
        if items.is_empty() {
            return Vec::new();
        }
        let mut attr = self.attr(id);
        let mut list = |marker, items, span| Block {
            kind: BlockKind::List { marker, tight, items },
            attr: attr.take(),
            span,
        };
        if element.name() != "ol" {
            return vec![list(Marker::Bullet, items, self.span(id))];
        }
        let style = self.number_style(element);
        // The model counts up from a start: where the numbers go on otherwise, another list begins.
        let mut lists = Vec::new();
        for (start, items) in numbered(element, items, values) {
            let span = items.iter().map(|item| item.span).reduce(Span::to).unwrap_or_default();
            lists.push(list(Marker::Ordered { start, style }, items, span));
        }
        if let [only] = lists.as_mut_slice() {
            only.span = self.span(id);
        }
        lists
    }

    /// How the items of a list are numbered.
    fn number_style(&self, element: &Element) -> NumberStyle {
        let style = element.peek("style").unwrap_or_default().to_ascii_lowercase();
        let named = style.split(';').find_map(|rule| {
            let (property, value) = rule.split_once(':')?;
            let names = value.split_ascii_whitespace();
            property.trim().starts_with("list-style").then_some(names)?.find_map(|name| {
                Some(match name {
                    "lower-alpha" | "lower-latin" => NumberStyle::LowerAlpha,
                    "upper-alpha" | "upper-latin" => NumberStyle::UpperAlpha,
                    "lower-roman" => NumberStyle::LowerRoman,
                    "upper-roman" => NumberStyle::UpperRoman,
                    "decimal" => NumberStyle::Decimal,
                    _ => return None,
                })
            })
        });
        if named.is_some() && style.matches(':').count() == 1 {
            element.use_names(&["style"]);
        }
        let kind = element.attribute("type").map(number_style);
        named.or(kind).unwrap_or(NumberStyle::Decimal)
    }

    /// The state of a task, by the sign that its words start with.
    fn task(&mut self, blocks: &mut [Block]) -> Option<bool> {
        let BlockKind::Paragraph { content } = &blocks.first()?.kind else { return None };
        let words = content.first()?.span.range();
        let checked = task(blocks.first_mut()?)?;
        if let Some(sign) = self.text[words.clone()].find(['☐', '☑', '☒']).map(|at| words.start + at) {
            self.cx.claim(Span::new(sign, sign + '☐'.len_utf8()), Fate::Syntax);
        }
        Some(checked)
    }

    /// The state of a task, by the box that its item starts with.
    fn checked(&mut self, item: NodeId) -> Option<bool> {
        let tree = self.tree;
        let first = tree.descendants(item).skip(1).find(|id| match tree.kind(*id) {
            NodeKind::Text(text) => !text.trim().is_empty(),
            NodeKind::Element(element) => !matches!(element.name(), "p" | "label" | "span"),
            NodeKind::Hole(..) => true,
            NodeKind::Document => false,
        })?;
        let element =
            tree.element(first).filter(|e| e.name() == "input" && e.peek("type") == Some("checkbox"))?;
        self.pass_over(first);
        Some(element.peek("checked").is_some())
    }

    pub(super) fn definitions(&mut self, id: NodeId) -> Option<Block> {
        let mut items: Vec<Definition> = Vec::new();
        // Groups of terms and details may stand in a `div` each.
        let is_detail =
            |id: NodeId| self.tree.element(id).is_some_and(|e| e.name() == "dd" || e.has_class("detail"));
        let children = self.tree.children(id);
        let parts = children.flat_map(|child| match self.tree.name(child) {
            "div" if !is_detail(child) => self.tree.children(child).collect::<Vec<_>>(),
            _ => vec![child],
        });
        let parts: Vec<(NodeId, bool)> = parts.map(|id| (id, is_detail(id))).collect();
        // In a `div` terms are paragraphs.
        let term = if self.tree.name(id) == "div" { "p" } else { "dt" };
        for (part, is_detail) in parts {
            let span = self.span(part);
            if self.tree.name(part) == term {
                let content = self.inlines(part);
                match items.last_mut().filter(|item| item.details.is_empty()) {
                    Some(item) => {
                        item.terms.push(content);
                        item.span = item.span.to(span);
                    }
                    None => items.push(Definition { terms: vec![content], details: Vec::new(), span }),
                }
                continue;
            }
            let detail = if is_detail {
                if let Some(element) = self.tree.element(part).filter(|e| e.name() == "div") {
                    element.use_names(&["class"]);
                }
                self.blocks(part)
            } else {
                let mut flow = Flow::default();
                self.within(|builder| builder.child(part, &mut flow));
                flow.end_paragraph();
                flow.blocks
            };
            if detail.is_empty() && !is_detail {
                continue;
            }
            match items.last_mut() {
                Some(item) => {
                    item.details.push(detail);
                    item.span = item.span.to(span);
                }
                None => items.push(Definition { terms: Vec::new(), details: vec![detail], span }),
            }
        }
        let attr = self.attr(id);
        (!items.is_empty()).then(|| Block {
            kind: BlockKind::Definitions { items },
            attr,
            span: self.span(id),
        })
    }
}

/// The items of a list in runs that count up by one, each with the number it starts at.
fn numbered(list: &Element, items: Vec<ListItem>, values: Vec<Option<u32>>) -> Vec<(u32, Vec<ListItem>)> {
    let down = list.attribute("reversed").is_some();
    let first = list.attribute("start").and_then(|n| n.trim().parse().ok());
    let mut next = first.unwrap_or(if down { items.len() as u32 } else { 1 });
    let mut runs: Vec<(u32, Vec<ListItem>)> = Vec::new();
    for (item, value) in items.into_iter().zip(values) {
        let number = value.unwrap_or(next);
        next = if down { number.saturating_sub(1) } else { number.saturating_add(1) };
        match runs.last_mut().filter(|(start, run)| start.saturating_add(run.len() as u32) == number) {
            Some((_, run)) => run.push(item),
            None => runs.push((number, vec![item])),
        }
    }
    runs
}

fn number_style(kind: &str) -> NumberStyle {
    match kind {
        "a" => NumberStyle::LowerAlpha,
        "A" => NumberStyle::UpperAlpha,
        "i" => NumberStyle::LowerRoman,
        "I" => NumberStyle::UpperRoman,
        _ => NumberStyle::Decimal,
    }
}
