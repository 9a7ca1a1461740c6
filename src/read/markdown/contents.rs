//! Lists of contents, where the source asks for one.

use crate::model::visit::{Visit, VisitMut, walk_block, walk_block_mut};
use crate::model::{Block, BlockKind, Inline, InlineKind, Link, ListItem, Marker, Span, Target, plain_text};

/// The class of a list of contents that is to be filled once the headings have their anchors.
const CONTENTS: &str = "contents";

/// A list of contents that is asked for at a place.
pub(super) fn asked(span: Span) -> Block {
    let kind = BlockKind::List { marker: Marker::Bullet, tight: true, items: Vec::new() };
    let mut block = Block::new(kind, span);
    block.attr_mut().classes.push(CONTENTS.to_owned());
    block
}

/// Fills the lists of contents with links to the headings, which have their anchors, down to a level.
pub(super) fn contents(blocks: &mut Vec<Block>, depth: Option<u8>) {
    let mut asked = Asked(false);
    blocks.iter().for_each(|block| asked.block(block));
    if !asked.0 {
        return;
    }
    let mut headings = Headings(Vec::new());
    blocks.iter().for_each(|block| headings.block(block));
    headings.0.retain(|(level, ..)| depth.is_none_or(|depth| *level <= depth));
    let mut filled = Filled(headings.0);
    blocks.iter_mut().for_each(|block| filled.block(block));
    blocks.retain(|block| !is_contents(block));
}

fn is_contents(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List { items, .. } if items.is_empty())
        && block.attr.as_ref().is_some_and(|attr| attr.classes == [CONTENTS])
}

struct Asked(bool);

impl Visit<'_> for Asked {
    fn block(&mut self, block: &Block) {
        self.0 |= is_contents(block);
        walk_block(self, block);
    }
}

/// Level, words and anchor of each heading.
struct Headings(Vec<(u8, String, String)>);

impl Visit<'_> for Headings {
    fn block(&mut self, block: &Block) {
        if let (BlockKind::Heading { level, content }, Some(id)) = (&block.kind, block.id()) {
            self.0.push((level.get(), plain_text(content), id.to_owned()));
        }
        walk_block(self, block);
    }
}

struct Filled(Vec<(u8, String, String)>);

impl VisitMut<'_> for Filled {
    fn block(&mut self, block: &mut Block) {
        if is_contents(block) {
            let items = items(&mut self.0.iter().peekable(), 0, block.span);
            block.kind = BlockKind::List { marker: Marker::Bullet, tight: true, items };
        }
        walk_block_mut(self, block);
    }
}

/// The headings below a level that come next, each with those below it.
fn items(
    headings: &mut std::iter::Peekable<std::slice::Iter<'_, (u8, String, String)>>,
    above: u8,
    span: Span,
) -> Vec<ListItem> {
    let mut out = Vec::new();
    while let Some((level, words, anchor)) = headings.next_if(|(level, ..)| *level > above) {
        let content = vec![Inline::new(InlineKind::Text { text: words.clone() }, span)];
        let link = Link { target: Target::Anchor(anchor.clone()), content };
        let content = vec![Inline::new(InlineKind::Link(Box::new(link)), span)];
        let mut blocks = vec![Block::new(BlockKind::Paragraph { content }, span)];
        let inner = items(headings, *level, span);
        if !inner.is_empty() {
            blocks.push(Block::new(
                BlockKind::List { marker: Marker::Bullet, tight: true, items: inner },
                span,
            ));
        }
        out.push(ListItem { blocks, checked: None, span });
    }
    out
}
