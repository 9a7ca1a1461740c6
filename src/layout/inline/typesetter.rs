//! From inlines to shaped paragraphs.

use super::article::ArticleCx;
use super::collect::Collected;
use super::missing::Missing;
use super::shape::Shaper;
use super::shaped::Paragraph;
use super::style::{Family, TextStyle};
use super::{collect, itemise};
use crate::diagnostic::{Diagnostic, code};
use crate::font::FontLibrary;
use crate::format::WriteContext;
use crate::layout::math::Formulas;
use crate::layout::structure::{Numbering, StructId};
use crate::model::Inline;

/// Sets paragraphs of one document: keeps shape plans, shaped words and what was reported.
pub struct Typesetter<'a> {
    pub(super) shaper: Shaper<'a>,
    quotes: bool,
    /// Characters that no face has.
    missing: Missing,
    formulas: Formulas<'a>,
}

impl<'a> Typesetter<'a> {
    /// A typesetter with nothing shaped yet. `quotes`: quotation marks are set as the language has
    /// them; otherwise they stay as they stand in the source.
    pub fn new(fonts: &'a FontLibrary, quotes: bool) -> Self {
        Typesetter {
            shaper: Shaper::new(fonts),
            quotes,
            missing: Missing::default(),
            formulas: Formulas::new(fonts),
        }
    }

    /// Collects, itemises and shapes the text of an element, whose elements and leaves have the
    /// numbers after its own.
    pub fn paragraph(
        &mut self,
        content: &[Inline],
        style: &TextStyle,
        parent: StructId,
        article: ArticleCx<'_>,
    ) -> Paragraph {
        self.numbered(content, style, parent, Numbering::under(parent), article)
    }

    /// The same of a part of an element's text, with its own numbers.
    pub(in crate::layout) fn numbered(
        &mut self,
        content: &[Inline],
        style: &TextStyle,
        parent: StructId,
        numbering: Numbering,
        article: ArticleCx<'_>,
    ) -> Paragraph {
        let collected =
            collect::collect(content, style, parent, numbering, article, self.quotes, &self.formulas);
        itemise::itemise(collected, style, &mut self.shaper, &mut self.missing)
    }

    /// The same of text whose styles are then changed.
    pub(super) fn altered(
        &mut self,
        content: &[Inline],
        style: &TextStyle,
        parent: StructId,
        numbering: Numbering,
        change: impl FnOnce(&mut Collected),
    ) -> Paragraph {
        let article = ArticleCx::default();
        let mut collected =
            collect::collect(content, style, parent, numbering, article, self.quotes, &self.formulas);
        change(&mut collected);
        itemise::itemise(collected, style, &mut self.shaper, &mut self.missing)
    }

    /// The family of titles and headings: that of the text unless they have a face of their own.
    pub(in crate::layout) fn heading_family(&self) -> Family {
        let fonts = self.shaper.fonts;
        if fonts.heading() == fonts.serif() { Family::Serif } else { Family::Heading }
    }

    /// What sets formulas.
    pub(in crate::layout) fn formulas(&self) -> &Formulas<'a> {
        &self.formulas
    }

    /// Reports the characters that no face has, once for each script; then forgets them.
    pub fn report_missing(&mut self, cx: &mut WriteContext<'_>) {
        std::mem::take(&mut self.missing).report(cx);
        for c in self.formulas.missing() {
            let message = format!("no font has {c:?}, which a formula shows");
            cx.report(Diagnostic::new(&code::MISSING_GLYPH, None, message));
        }
    }
}
