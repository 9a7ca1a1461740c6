//! The words of a block, lines where the block has lines.

use crate::model::{Block, BlockKind, Inline, Row, plain_text};

/// The words of one block.
pub(in crate::write) fn of(block: &Block) -> String {
    let mut out = String::new();
    push(block, &mut out);
    out
}

/// The words of blocks, each on lines of its own.
pub(in crate::write) fn of_all(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_all(blocks, &mut out);
    out
}

fn push_all(blocks: &[Block], out: &mut String) {
    for block in blocks {
        push(block, out);
    }
}

/// Adds a line.
fn line(text: &str, out: &mut String) {
    if !text.trim().is_empty() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(text.trim_end());
    }
}

fn inlines(content: &[Inline], out: &mut String) {
    line(&plain_text(content), out);
}

fn push(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content } => inlines(content, out),
        BlockKind::Quote { body } | BlockKind::Aside { body, .. } => push_all(body, out),
        BlockKind::List { items, .. } => items.iter().for_each(|item| push_all(&item.blocks, out)),
        BlockKind::Definitions { items } => {
            for item in items {
                item.terms.iter().for_each(|term| inlines(term, out));
                item.details.iter().for_each(|detail| push_all(detail, out));
            }
        }
        BlockKind::Code { text, .. } | BlockKind::Math { tex: text } => line(text, out),
        BlockKind::Table(table) => {
            inlines(&table.caption, out);
            table.head.iter().chain(&table.body).chain(&table.foot).for_each(|r| row(r, out));
        }
        BlockKind::Infobox(infobox) => {
            inlines(&infobox.title, out);
            if let Some(image) = &infobox.image {
                inlines(&image.caption, out);
            }
            for row in &infobox.rows {
                let (label, value) = (plain_text(&row.label), of_all(&row.value));
                match (label.is_empty(), value.is_empty()) {
                    (false, false) => line(&format!("{label}: {value}"), out),
                    _ => line(&format!("{label}{value}"), out),
                }
            }
        }
        BlockKind::Figure { body, caption } => {
            push_all(body, out);
            inlines(caption, out);
        }
        BlockKind::Rule | BlockKind::Unresolved(_) => {}
    }
}

fn row(row: &Row, out: &mut String) {
    let cells: Vec<String> = row.cells.iter().map(|cell| of_all(&cell.blocks).replace('\n', " ")).collect();
    line(&cells.join("\t"), out);
}
