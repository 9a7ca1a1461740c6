//! The elements of running text, in the order in which `inline::collect` meets them.

use super::maker::Maker;
use crate::layout::inline::note_call_anchor;
use crate::layout::structure::{Numbering, Role, StructId};
use crate::math::{self, elements::elements};
use crate::model::{Formula, Inline, InlineKind, NoteId, Style};

/// Notes that are called for the first time, each with the reference that does.
type Calls = Vec<(NoteId, StructId)>;

impl<'a> Maker<'a, '_, '_> {
    /// Running text under its own element, and the notes it calls first under another.
    pub(super) fn text(&mut self, content: &'a [Inline], node: StructId, notes: StructId, depth: usize) {
        let calls = self.inlines_from(content, node, &mut Numbering::under(node));
        self.notes(calls, notes, depth);
    }

    /// Running text that calls no notes.
    pub(super) fn inlines(&mut self, content: &[Inline], node: StructId) {
        self.inlines_from(content, node, &mut Numbering::under(node));
    }

    /// A text of one leaf.
    pub(super) fn words(&mut self, words: &str, node: StructId) {
        if !words.is_empty() {
            self.add(node, Role::Content);
        }
    }

    pub(super) fn inlines_from(
        &mut self,
        content: &[Inline],
        node: StructId,
        numbering: &mut Numbering,
    ) -> Calls {
        let mut calls = Vec::new();
        self.nested(content, node, numbering, &mut calls);
        calls
    }

    pub(super) fn leaf(&mut self, parent: StructId, numbering: &mut Numbering) {
        let (leaf, new) = numbering.leaf(parent);
        if new {
            let added = self.add(parent, Role::Content);
            debug_assert_eq!(added, leaf, "running text is numbered as it is met");
        }
    }

    fn element(&mut self, parent: StructId, role: Role, numbering: &mut Numbering) -> StructId {
        let (node, numbered) = (self.add(parent, role), numbering.element());
        debug_assert_eq!(node, numbered, "running text is numbered as it is met");
        node
    }

    fn nested(&mut self, content: &[Inline], parent: StructId, numbering: &mut Numbering, calls: &mut Calls) {
        for inline in content {
            self.inline(inline, parent, numbering, calls);
        }
    }

    fn inline(
        &mut self,
        inline: &Inline,
        mut parent: StructId,
        numbering: &mut Numbering,
        calls: &mut Calls,
    ) {
        if let Some(id) = inline.attr.as_ref().and_then(|attr| attr.id.as_ref()) {
            self.tree.structure.name(id.clone(), parent);
        }
        if let Some(lang) = inline.attr.as_ref().and_then(|attr| attr.lang.as_ref()) {
            parent = self.element(parent, Role::Span, numbering);
            self.tree.structure.set_language(parent, lang.clone());
        }
        match &inline.kind {
            InlineKind::Text { text } if text.is_empty() => {}
            InlineKind::Text { .. } | InlineKind::SoftBreak | InlineKind::HardBreak => {
                self.leaf(parent, numbering);
            }
            InlineKind::Styled { style: Style::Quotation, content } => {
                self.leaf(parent, numbering);
                self.nested(content, parent, numbering, calls);
                self.leaf(parent, numbering);
            }
            InlineKind::Styled { content, .. } => self.nested(content, parent, numbering, calls),
            InlineKind::Code { text } => {
                let node = self.element(parent, Role::Code, numbering);
                if !text.is_empty() {
                    self.leaf(node, numbering);
                }
            }
            InlineKind::Math(formula) => {
                let tex = &formula.tex;
                let node = self.element(parent, Role::Formula, numbering);
                match math::tree(formula, false) {
                    Ok(tree) => self.tree.structure.set_math(node, elements(&tree, false)),
                    Err(unread) => self.cx.report(math::as_source(formula, &unread, inline.span)),
                }
                self.tree.structure.set_alternative(node, tex.clone());
                self.mathml(formula, false, node);
                if !tex.is_empty() {
                    self.leaf(node, numbering);
                }
            }
            InlineKind::Link(link) => {
                let node = self.element(parent, Role::Link, numbering);
                self.nested(&link.content, node, numbering, calls);
            }
            InlineKind::Image(image) => {
                if self.pictures.natural_size(image).is_some() {
                    let node = self.element(parent, Role::Figure, numbering);
                    if let Some(alt) = &image.alt {
                        self.tree.structure.set_alternative(node, alt.clone());
                    }
                    self.leaf(node, numbering);
                } else if image.alt.as_ref().is_some_and(|alt| !alt.is_empty()) {
                    self.leaf(parent, numbering);
                }
            }
            InlineKind::Note { note } => {
                let node = self.element(parent, Role::Reference, numbering);
                if (note.0 as usize) < self.article.notes.len() {
                    self.leaf(node, numbering);
                }
                let article = self.tree.articles.len().saturating_sub(1);
                self.tree.structure.name(note_call_anchor(article, note.0 as usize), node);
                self.call(*note, node, calls);
            }
            InlineKind::Unknown(unknown) => self.nested(&unknown.content, parent, numbering, calls),
            InlineKind::Unresolved(_) => {}
        }
    }

    /// Keeps the MathML of a formula with its element.
    pub(super) fn mathml(&mut self, formula: &Formula, display: bool, node: StructId) {
        if let Some(mathml) = formula.mathml(display) {
            self.tree.structure.set_mathml(node, mathml);
        }
    }

    /// Notes that a reference calls a note, if it is the first to do so.
    fn call(&mut self, note: NoteId, reference: StructId, calls: &mut Calls) {
        let nodes = self.tree.articles.last_mut().and_then(|a| a.notes.get_mut(note.0 as usize));
        let Some(nodes) = nodes else { return };
        if nodes.listed {
            nodes.called |= nodes.node.is_none();
        } else if nodes.call.is_none() && nodes.node.is_none() {
            nodes.call = Some(reference);
            calls.push((note, reference));
        }
    }
}
