//! Lists: from elements to items, and to terms with their definitions.

use super::builder::{Builder, Parsed};
use super::running::{Running, finish};
use crate::model::*;
use crate::read::wikitext::parse::html::{self, Tag};
use crate::read::wikitext::parse::tree::ElementId;

impl Builder<'_, '_, '_> {
    pub fn list(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let e = p.tree.get(id);
        let span = self.span(p, e);
        let mut items: Vec<ListItem> = Vec::new();
        for child in p.tree.children(id) {
            let item = p.tree.get(child);
            let mut blocks = Vec::new();
            match item.tag {
                Tag::Li => self.blocks(p, child, &mut blocks),
                tag if tag.is_block() || tag == Tag::Item => self.block(p, child, &mut blocks),
                _ => {
                    let mut running = Running::new();
                    self.inline(p, child, &mut running);
                    let content = finish(running.inlines);
                    if !content.is_empty() {
                        blocks.push(Node::paragraph(content, self.span(p, item)));
                    }
                    if blocks.is_empty() {
                        continue;
                    }
                }
            }
            let span = self.span(p, item);
            match items.last_mut() {
                // What stands between the items belongs to the one before.
                Some(last) if item.tag != Tag::Li => last.blocks.extend(blocks),
                _ => items.push(ListItem::new(blocks, span)),
            }
        }
        let marker = if e.tag == Tag::Ul {
            Marker::Bullet
        } else {
            let attributes = self.attributes(p, e);
            let start = html::attribute(attributes, "start").and_then(|n| n.parse().ok()).unwrap_or(1);
            let style = match html::attribute(attributes, "type") {
                Some("a") => NumberStyle::LowerAlpha,
                Some("A") => NumberStyle::UpperAlpha,
                Some("i") => NumberStyle::LowerRoman,
                Some("I") => NumberStyle::UpperRoman,
                _ => NumberStyle::Decimal,
            };
            Marker::Ordered { start, style }
        };
        if !items.is_empty() {
            let attr = self.attr(p, e);
            out.push(Node { kind: BlockKind::List { marker, tight: true, items }, attr, span });
        }
    }

    pub fn definitions(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let span = self.span(p, p.tree.get(id));
        let mut items: Vec<Definition> = Vec::new();
        for child in p.tree.children(id) {
            let e = p.tree.get(child);
            let item_span = self.span(p, e);
            let mut blocks = Vec::new();
            match e.tag {
                Tag::Dt | Tag::Dd => self.blocks(p, child, &mut blocks),
                tag if tag.is_block() || tag == Tag::Item => self.block(p, child, &mut blocks),
                _ => continue,
            }
            let open = items.last_mut().filter(|d| e.tag != Tag::Dt || d.details.is_empty());
            let definition = match open {
                Some(open) => open,
                None => {
                    items.push(Definition { terms: Vec::new(), details: Vec::new(), span: item_span });
                    let last = items.len() - 1;
                    &mut items[last]
                }
            };
            definition.span = definition.span.to(item_span);
            if e.tag == Tag::Dt {
                let mut blocks = blocks.into_iter();
                match blocks.next() {
                    Some(Node { kind: BlockKind::Paragraph { content }, .. }) => {
                        definition.terms.push(content)
                    }
                    Some(other) => definition.details.push(vec![other]),
                    None => definition.terms.push(Vec::new()),
                }
                let rest: Vec<Block> = blocks.collect();
                if !rest.is_empty() {
                    definition.details.push(rest);
                }
            } else {
                definition.details.push(blocks);
            }
        }
        if !items.is_empty() {
            out.push(Node::new(BlockKind::Definitions { items }, span));
        }
    }
}
