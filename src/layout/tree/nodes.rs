//! The structure, and which element each part of the document has.

use crate::layout::structure::{Role, StructId, Structure};
use crate::model::{Block, NoteId};
use std::collections::{HashMap, HashSet};

/// The structure, and which element each part of the document has.
pub(in crate::layout) struct Tree {
    pub structure: Structure,
    /// The first child and next sibling of each element; 0 is none, for the root is no child.
    pub(super) first: Vec<u32>,
    pub(super) next: Vec<u32>,
    /// By the block's place in memory: no two blocks of a document share one.
    pub(super) blocks: HashMap<*const Block, BlockNode>,
    pub(super) articles: Vec<ArticleNodes>,
    /// The image of the page before all.
    pub picture: Option<StructId>,
    /// The paragraphs of the cover.
    pub cover: Vec<StructId>,
    pub contents: Option<Contents>,
    /// Headings that are not set, by their place in memory.
    pub(super) left_out: HashSet<*const Block>,
}

/// The element of a block.
#[derive(Clone, Copy)]
pub(in crate::layout) struct BlockNode {
    pub node: StructId,
    /// It is nested too deep: its words are one paragraph.
    pub flat: bool,
}

/// The elements of an article that no block has.
pub(in crate::layout) struct ArticleNodes {
    pub title: StructId,
    pub subtitle: StructId,
    /// The paragraphs under it, as many as [`Title::under`](crate::style::Title) has.
    pub byline: Vec<StructId>,
    pub notes: Vec<NoteNodes>,
    /// What its notes are called by.
    pub note_labels: Vec<String>,
    /// Those that stand under the article: nothing calls them, or they are wanted there.
    pub under: Vec<NoteId>,
}

#[derive(Clone, Copy, Default)]
pub(in crate::layout) struct NoteNodes {
    pub(super) node: Option<StructId>,
    /// The reference that calls it first: where that is set, it stands at the foot of the page.
    pub(super) call: Option<StructId>,
    /// It stands in a list: the source's own, or one under the article.
    pub(super) listed: bool,
    /// Something called it before the list.
    pub(super) called: bool,
}

impl ArticleNodes {
    /// The element of a note, and whether anything calls it.
    pub fn note(&self, note: usize) -> Option<(StructId, bool)> {
        let note = self.notes.get(note)?;
        Some((note.node?, note.call.is_some() || note.called))
    }

    /// Whether a reference is the first to call its note.
    pub fn calls_first(&self, note: NoteId, reference: StructId) -> bool {
        self.notes.get(note.0 as usize).is_some_and(|nodes| nodes.call == Some(reference))
    }
}

/// The table of contents.
pub(in crate::layout) struct Contents {
    pub node: StructId,
    /// Its entries, one for each heading that is [listed](super::listed).
    pub items: Vec<StructId>,
}

impl Tree {
    /// The element of a block; `None` of what is not set.
    pub fn block(&self, block: &Block) -> Option<BlockNode> {
        self.blocks.get(&std::ptr::from_ref(block)).copied()
    }

    /// Whether a heading is not set, for what stands under it stands elsewhere.
    pub fn is_left_out(&self, block: &Block) -> bool {
        self.left_out.contains(&std::ptr::from_ref(block))
    }

    /// The elements of an article.
    pub fn article(&self, article: usize) -> Option<&ArticleNodes> {
        self.articles.get(article)
    }

    /// The children of an element, in order.
    pub fn children(&self, of: StructId) -> impl Iterator<Item = StructId> {
        let some = |n: u32| (n != 0).then_some(n);
        let first = self.first.get(of.0 as usize).copied().and_then(some);
        std::iter::successors(first, move |&n| some(self.next[n as usize])).map(StructId)
    }

    /// The children of an element that have a role.
    pub fn children_of_role(
        &self,
        of: StructId,
        is: impl Fn(&Role) -> bool,
    ) -> impl Iterator<Item = StructId> {
        self.children(of).filter(move |&child| is(&self.structure.node(child).role))
    }

    /// The first child of an element that has a role; the element itself where there is none.
    pub fn child(&self, of: StructId, role: &Role) -> StructId {
        self.children_of_role(of, |r| r == role).next().unwrap_or(of)
    }
}
