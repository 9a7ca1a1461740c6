//! Which notes stand in lists, and which headings have nothing else under them.

use super::nodes::NoteNodes;
use crate::layout::style::Notes;
use crate::model::visit::{Visit, walk_article, walk_block};
use crate::model::{Article, Block, BlockKind};
use std::collections::HashSet;

/// Whether the notes of a list of the source stand in it; `foot` is what the source says of it.
pub(super) fn is_set(notes: Notes, foot: bool) -> bool {
    match notes {
        Notes::Auto => !foot,
        Notes::Foot => false,
        Notes::End => true,
    }
}

/// The notes of an article, each with whether it stands in a list.
pub(super) fn notes(article: &Article, style: Notes) -> Vec<NoteNodes> {
    let other = NoteNodes { listed: style == Notes::End, ..NoteNodes::default() };
    let mut lists = Lists { style, notes: vec![other; article.notes.len()] };
    walk_article(&mut lists, article);
    lists.notes
}

struct Lists {
    style: Notes,
    notes: Vec<NoteNodes>,
}

impl Visit<'_> for Lists {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Notes { notes, foot } = &block.kind
            && is_set(self.style, *foot)
        {
            for id in notes {
                if let Some(note) = self.notes.get_mut(id.0 as usize) {
                    note.listed = true;
                }
            }
        }
        walk_block(self, block);
    }
}

/// Adds the headings of an article that have nothing under them but lists whose notes stand elsewhere.
pub(super) fn leave_out(blocks: &[Block], style: Notes, out: &mut HashSet<*const Block>) {
    // Going back: whether nothing but such lists follows, and the level of the heading after them.
    let (mut only_lists, mut next) = (false, Some(0));
    for block in blocks.iter().rev() {
        match &block.kind {
            BlockKind::Notes { foot, .. } if !is_set(style, *foot) => only_lists = true,
            BlockKind::Heading { level, .. } => {
                if only_lists && next.is_some_and(|next| next <= level.get()) {
                    out.insert(std::ptr::from_ref(block));
                } else {
                    (only_lists, next) = (false, Some(level.get()));
                }
            }
            _ => (only_lists, next) = (false, None),
        }
    }
}
