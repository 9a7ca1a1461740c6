//! From inlines to shaped paragraphs.

use super::article::ArticleCx;
use super::missing::Missing;
use super::shape::Shaper;
use super::shaped::Paragraph;
use super::style::TextStyle;
use super::{collect, itemise};
use crate::font::FontLibrary;
use crate::format::WriteContext;
use crate::layout::structure::{StructId, Structure};
use crate::model::Inline;

/// Sets paragraphs of one document: keeps shape plans, shaped words and what was reported.
pub struct Typesetter<'a> {
    pub(super) shaper: Shaper<'a>,
    quotes: bool,
    /// Characters that no face has.
    missing: Missing,
}

impl<'a> Typesetter<'a> {
    /// A typesetter with nothing shaped yet. `quotes`: quotation marks are set as the language has
    /// them; otherwise they stay as they stand in the source.
    pub fn new(fonts: &'a FontLibrary, quotes: bool) -> Self {
        Typesetter { shaper: Shaper::new(fonts), quotes, missing: Missing::default() }
    }

    /// Collects, itemises and shapes a paragraph. Nodes for links, references, code and so on, and
    /// the leaves they contain, are added under `parent` in reading order.
    pub fn paragraph(
        &mut self,
        content: &[Inline],
        style: &TextStyle,
        parent: StructId,
        structure: &mut Structure,
        article: ArticleCx<'_>,
        cx: &mut WriteContext<'_>,
    ) -> Paragraph {
        let collected = collect::collect(content, style, parent, structure, article, self.quotes, cx);
        itemise::itemise(collected, style, &mut self.shaper, &mut self.missing)
    }

    /// Reports the characters that no face has, once for each script; then forgets them.
    pub fn report_missing(&mut self, cx: &mut WriteContext<'_>) {
        std::mem::take(&mut self.missing).report(cx);
    }
}
