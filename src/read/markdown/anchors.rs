//! The anchors of headings, as GitHub makes them.

use crate::model::visit::{Visit, VisitMut, walk_block, walk_block_mut, walk_inline};
use crate::model::{Block, BlockKind, Inline, InlineKind, Meta, Span, Style, Target, plain_text};
use crate::text::slug::Slugs;

/// Gives each heading without an anchor the one that GitHub gives it. Where the first heading became
/// the title, a link to it leads to the title.
pub(super) fn anchors(meta: &mut Meta, title_is_heading: bool, blocks: &mut [Block]) {
    let mut namer = Namer(Slugs::default());
    if title_is_heading {
        let anchor = namer.0.name(&words(&meta.title));
        let mut linked = Linked { anchor: &anchor, found: false };
        blocks.iter().for_each(|block| linked.block(block));
        if linked.found {
            let content = std::mem::take(&mut meta.title);
            let span = content.iter().map(|inline| inline.span).reduce(Span::to).unwrap_or_default();
            let mut title = Inline::new(InlineKind::Styled { style: Style::Span, content }, span);
            title.attr_mut().id = Some(anchor);
            meta.title.push(title);
        }
    }
    blocks.iter_mut().for_each(|block| namer.block(block));
}

/// Whether a link leads to an anchor.
struct Linked<'a> {
    anchor: &'a str,
    found: bool,
}

impl Visit<'_> for Linked<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Link(link) = &inline.kind {
            self.found |= matches!(&link.target, Target::Anchor(anchor) if anchor == self.anchor);
        }
        walk_inline(self, inline);
    }

    fn block(&mut self, block: &Block) {
        if !self.found {
            walk_block(self, block);
        }
    }
}

struct Namer(Slugs);

impl VisitMut<'_> for Namer {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Heading { content, .. } = &block.kind {
            let name = self.0.name(&words(content));
            // Of a heading without letters the anchors pass makes one.
            if block.id().is_none() && !name.is_empty() {
                block.attr_mut().id = Some(name);
            }
        }
        walk_block_mut(self, block);
    }
}

/// What GitHub makes an anchor of: pictures, such as badges, count for nothing.
fn words(content: &[Inline]) -> String {
    let words_of = |inline: &Inline| match &inline.kind {
        InlineKind::Image(_) => String::new(),
        InlineKind::Styled { content, .. } => words(content),
        InlineKind::Link(link) => words(&link.content),
        _ => plain_text(inline),
    };
    content.iter().map(words_of).collect()
}
