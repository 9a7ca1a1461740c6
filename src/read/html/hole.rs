//! What stands in HTML and is none: what Markdown read before.

use crate::model::visit::{Visit, walk_block, walk_inline};
use crate::model::{Block, BlockKind, Inline, Span, Words as _};

/// What is no HTML.
pub(super) enum Hole {
    Blocks(Vec<Block>),
    Inlines(Vec<Inline>),
}

impl Default for Hole {
    fn default() -> Self {
        Hole::Inlines(Vec::new())
    }
}

impl Hole {
    /// Where it stands.
    pub fn span(&self) -> Span {
        let ends = match self {
            Hole::Blocks(blocks) => blocks.first().map(|b| b.span).zip(blocks.last().map(|b| b.span)),
            Hole::Inlines(inlines) => inlines.first().map(|i| i.span).zip(inlines.last().map(|i| i.span)),
        };
        ends.map_or(Span::default(), |(first, last)| first.to(last))
    }

    /// Adds its words to a text.
    pub fn push_text(&self, out: &mut String) {
        match self {
            Hole::Blocks(blocks) => {
                let mut words = Words(out);
                blocks.iter().for_each(|block| words.block(block));
            }
            Hole::Inlines(inlines) => inlines.push_words(out),
        }
    }

    /// How many nodes are inside each other in it.
    pub fn height(&self) -> usize {
        let mut height = Height { at: 0, most: 0 };
        match self {
            Hole::Blocks(blocks) => blocks.iter().for_each(|block| height.block(block)),
            Hole::Inlines(inlines) => inlines.iter().for_each(|inline| height.inline(inline)),
        }
        height.most
    }
}

struct Words<'o>(&'o mut String);

impl Visit<'_> for Words<'_> {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Code { text, .. } = &block.kind {
            self.0.push_str(text);
        }
        walk_block(self, block);
        self.0.push(' ');
    }

    fn inline(&mut self, inline: &Inline) {
        inline.push_words(self.0);
    }
}

struct Height {
    at: usize,
    most: usize,
}

impl Height {
    fn inside(&mut self, walk: impl FnOnce(&mut Self)) {
        self.at += 1;
        self.most = self.most.max(self.at);
        walk(self);
        self.at -= 1;
    }
}

impl Visit<'_> for Height {
    fn block(&mut self, block: &Block) {
        self.inside(|height| walk_block(height, block));
    }

    fn inline(&mut self, inline: &Inline) {
        self.inside(|height| walk_inline(height, inline));
    }
}
