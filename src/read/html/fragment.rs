//! HTML in pieces, with what is no HTML between them: what Markdown has between its tags.
//!
//! The pieces and what stands between them go through one tree builder, so that a tag of one piece
//! holds what comes before its end tag in another.

use super::block::Flow;
use super::build::Builder;
use super::parse::weave;
use super::report_marks;
use super::tree::NodeId;
use crate::format::{Error, ReadContext};
use crate::markup::elements::is_known;
use crate::model::visit::{Visit, walk_block, walk_inline};
use crate::model::{Asset, Block, BlockKind, Inline, Span, push_plain_text};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Pieces of HTML, and what stands between them.
#[derive(Default)]
pub(crate) struct Fragment {
    /// The pieces of HTML, one after another.
    pub(super) text: String,
    /// Where their lines stand: offset in the text, offset in the source.
    lines: Vec<(usize, usize)>,
    pub(super) parts: Vec<Part>,
}

/// A part of a fragment.
pub(super) enum Part {
    /// HTML, by its place in the text.
    Html(Range<usize>),
    /// What is no HTML and was read before.
    Hole(Hole),
}

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

impl Fragment {
    /// Adds a line of HTML that stands there in the source; it belongs to the piece at hand.
    pub fn html(&mut self, line: &str, at: u32) {
        self.lines.push((self.text.len(), at as usize));
        let start = self.text.len();
        self.text.push_str(line);
        match self.parts.last_mut() {
            Some(Part::Html(range)) => range.end = self.text.len(),
            _ => self.parts.push(Part::Html(start..self.text.len())),
        }
    }

    /// Adds blocks that the HTML may hold.
    pub fn blocks(&mut self, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.parts.push(Part::Hole(Hole::Blocks(blocks)));
        }
    }

    /// Adds running text that the HTML may hold.
    pub fn inlines(&mut self, inlines: Vec<Inline>) {
        if !inlines.is_empty() {
            self.parts.push(Part::Hole(Hole::Inlines(inlines)));
        }
    }

    /// Where a part of the text stands in the source.
    pub(super) fn place(&self, span: Span) -> Span {
        let place = |offset: usize| {
            let after = self.lines.partition_point(|&(start, _)| start <= offset);
            let (start, at) = after.checked_sub(1).map(|i| self.lines[i]).unwrap_or_default();
            at + offset - start
        };
        let (from, to) = (span.start as usize, span.end as usize);
        // The end is the place after the last byte, which may stand on another line than `to`.
        let start = place(from);
        Span::new(start, if to > from { place(to - 1) + 1 } else { start })
    }

    /// Its blocks. `source` is what it is a part of, `depth` how many nodes are around it; images
    /// that its addresses hold are added to `assets`.
    ///
    /// # Errors
    /// When there are more elements than the limit allows.
    pub fn into_blocks(
        self,
        source: &str,
        depth: usize,
        assets: &mut BTreeMap<String, Asset>,
        cx: &mut ReadContext<'_>,
    ) -> Result<Vec<Block>, Error> {
        self.build(source, depth, assets, cx, |builder, root| {
            let mut flow = Flow::default();
            builder.flow(root, &mut flow);
            flow.end_paragraph();
            flow.blocks
        })
    }

    /// Its running text; the rest as of [`Fragment::into_blocks`].
    ///
    /// # Errors
    /// When there are more elements than the limit allows.
    pub fn into_inlines(
        self,
        source: &str,
        depth: usize,
        assets: &mut BTreeMap<String, Asset>,
        cx: &mut ReadContext<'_>,
    ) -> Result<Vec<Inline>, Error> {
        self.build(source, depth, assets, cx, |builder, root| builder.inlines(root))
    }

    fn build<T>(
        self,
        source: &str,
        depth: usize,
        assets: &mut BTreeMap<String, Asset>,
        cx: &mut ReadContext<'_>,
        build: impl FnOnce(&mut Builder<'_, '_, '_>, NodeId) -> Vec<T>,
    ) -> Result<Vec<T>, Error> {
        let tree = weave(self, cx.limits())?;
        // Who writes `<file>` in a README means words.
        let foreign: BTreeSet<String> = tree.foreign_names().map(str::to_ascii_lowercase).collect();
        report_marks(&tree, cx, |span| {
            let tag = source.get(span.range()).unwrap_or_default().trim_start();
            let name = tag.trim_start_matches(['<', '/']);
            let name =
                name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default();
            let name = name.to_ascii_lowercase();
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && !is_known(&name)
                && !foreign.contains(&name)
        });
        let Some(&root) = tree.nodes[0].children.first() else { return Ok(Vec::new()) };
        let mut builder = Builder::of_fragment(source, &tree, depth, std::mem::take(assets), cx);
        let content = build(&mut builder, root);
        *assets = builder.finish();
        Ok(content)
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
            Hole::Inlines(inlines) => push_plain_text(inlines, out),
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

impl Visit for Words<'_> {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Code { text, .. } = &block.kind {
            self.0.push_str(text);
        }
        walk_block(self, block);
        self.0.push(' ');
    }

    fn inline(&mut self, inline: &Inline) {
        push_plain_text(std::slice::from_ref(inline), self.0);
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

impl Visit for Height {
    fn block(&mut self, block: &Block) {
        self.inside(|height| walk_block(height, block));
    }

    fn inline(&mut self, inline: &Inline) {
        self.inside(|height| walk_inline(height, inline));
    }
}
