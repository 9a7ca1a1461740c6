//! The translation of one article's nodes: what all of it shares.

use super::ast::{Attr, Block, Inline};
use crate::format::WriteContext;
use crate::model::{Article, Document, Note, NoteId, Unresolved};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Translates one article's nodes.
pub(super) struct Translator<'d, 'c, 'x> {
    pub document: &'d Document,
    pub notes: &'d [Note],
    pub cx: &'c mut WriteContext<'x>,
    /// The note being translated, and after it those that are called inside it.
    pub open: Option<Vec<NoteId>>,
    /// The notes that something called.
    pub called: BTreeSet<NoteId>,
}

impl<'d, 'c, 'x> Translator<'d, 'c, 'x> {
    pub fn new(document: &'d Document, notes: &'d [Note], cx: &'c mut WriteContext<'x>) -> Self {
        Translator { document, notes, cx, open: None, called: BTreeSet::new() }
    }

    /// The blocks of an article, and after them the notes that nothing calls.
    pub fn body(&mut self, article: &'d Article) -> Vec<Block<'d>> {
        let mut blocks = self.blocks(&article.blocks);
        for (number, note) in (0..).zip(self.notes) {
            if !self.called.contains(&NoteId(number)) {
                let note = self.blocks(&note.blocks);
                blocks.push(Block::Div(Attr::class("footnote"), note));
            }
        }
        blocks
    }
}

/// What a node carries, as pandoc has it.
pub(super) fn attr(attr: Option<&crate::model::Attr>) -> Attr<'_> {
    let mut out = Attr::default();
    let Some(attr) = attr else { return out };
    out.id = attr.id.as_deref().unwrap_or_default().into();
    out.classes = attr.classes.iter().map(|c| Cow::Borrowed(c.as_str())).collect();
    if let Some(lang) = &attr.lang {
        out.set("lang", lang.as_str());
    }
    if let Some(dir) = attr.dir {
        out.set(
            "dir",
            match dir {
                crate::model::Direction::Ltr => "ltr",
                crate::model::Direction::Rtl => "rtl",
            },
        );
    }
    if let Some(title) = &attr.title {
        out.set("title", title.as_str());
    }
    out
}

/// A template that no rule could expand, in attributes of what carries it.
pub(super) fn of_template<'d>(own: Attr<'d>, unresolved: &'d Unresolved) -> Attr<'d> {
    let mut own = own.with_class(crate::json::pandoc::class::UNRESOLVED);
    own.set("name", unresolved.name.as_str());
    own.set("source", unresolved.source.as_str());
    own
}

/// Inlines as the content of a block.
pub(super) fn plain(content: Vec<Inline<'_>>) -> Vec<Block<'_>> {
    if content.is_empty() { Vec::new() } else { vec![Block::Plain(content)] }
}
