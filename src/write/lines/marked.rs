//! Blocks as Markdown.

use super::page::Writing;
use crate::model::{Block, BlockKind, Span};
use crate::write::markdown;

impl Writing<'_, '_, '_> {
    pub fn marked(&mut self, blocks: &[Block]) {
        if let [Block { kind: BlockKind::Table(table), .. }] = blocks {
            return self.table(table);
        }
        let text = markdown::blocks(blocks, self.cx);
        let start = self.page.text.len();
        if let Some(span) = blocks.iter().map(|block| block.span).reduce(Span::to) {
            self.push_whole(&text, span);
        }
        let Some(piece) = self.page.pieces.last_mut() else { return };
        let fenced = text.starts_with("```");
        let mut before = "";
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let bar = line.starts_with('|');
            let begins = match piece.kind {
                "list" | "definitions" => !line.starts_with([' ', '\n']),
                "infobox" => bar || before.trim().is_empty(),
                _ => before.trim_start_matches('>').trim().is_empty(),
            };
            if begins && at > 0 {
                piece.lines.push(start + at);
            }
            // The header of a box of facts, or the fence of code.
            if bar && piece.head.is_none() && before.starts_with("| ") || fenced && at == 0 {
                piece.head = Some(start + at + line.trim_end().len());
            }
            before = line;
            at += line.len();
        }
    }
}
