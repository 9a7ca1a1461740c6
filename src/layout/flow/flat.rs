//! The words of a block, however deep, without recursion on the stack.

use crate::model::{Block, BlockKind, push_plain_text};

pub(in crate::layout) fn words(block: &Block) -> String {
    let mut out = String::new();
    let mut stack = vec![block];
    while let Some(block) = stack.pop() {
        match &block.kind {
            BlockKind::Paragraph { content } | BlockKind::Heading { content, .. } => {
                push_plain_text(content, &mut out);
                out.push(' ');
            }
            BlockKind::Code { text, .. } => {
                out.push_str(text);
                out.push(' ');
            }
            BlockKind::Math(formula) => {
                out.push_str(&formula.tex);
                out.push(' ');
            }
            BlockKind::Quote { body } | BlockKind::Aside { body, .. } => stack.extend(body.iter().rev()),
            BlockKind::Figure { body, caption } => {
                push_plain_text(caption, &mut out);
                out.push(' ');
                stack.extend(body.iter().rev());
            }
            BlockKind::List { items, .. } => {
                stack.extend(items.iter().rev().flat_map(|i| i.blocks.iter().rev()));
            }
            BlockKind::Definitions { items } => {
                for item in items.iter().rev() {
                    stack.extend(item.details.iter().rev().flat_map(|d| d.iter().rev()));
                    for term in &item.terms {
                        push_plain_text(term, &mut out);
                        out.push(' ');
                    }
                }
            }
            BlockKind::Table(table) => {
                let rows = table.head.iter().chain(&table.body).chain(&table.foot);
                let cells = rows.flat_map(|r| &r.cells).flat_map(|c| &c.blocks);
                let blocks: Vec<_> = cells.collect();
                stack.extend(blocks.into_iter().rev());
            }
            BlockKind::Infobox(infobox) => {
                for row in infobox.rows.iter().rev() {
                    push_plain_text(&row.label, &mut out);
                    out.push(' ');
                    stack.extend(row.value.iter().rev());
                }
            }
            BlockKind::Unknown(unknown) => push_plain_text(&unknown.content, &mut out),
            BlockKind::Notes { .. } | BlockKind::Rule | BlockKind::Unresolved(_) => {}
        }
    }
    out
}
