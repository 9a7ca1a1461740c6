//! The notes of all articles so far: their numbers, places and calls.

use super::names::Place;
use crate::model::visit::{Visit, walk_article, walk_block};
use crate::model::{Article, Block, BlockKind};
use std::collections::BTreeMap;

/// The notes of all articles so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) articles: Vec<Vec<State>>,
    /// Last number given out, by group.
    pub(super) numbers: BTreeMap<Option<String>, usize>,
    /// Notes of this article that were called on this page and are not yet written, in order.
    pub(super) queue: Vec<usize>,
    /// Calls inside a link, to be written after it.
    pub(super) pending: Vec<usize>,
    /// Notes themselves are being written, no text that calls them.
    pub(super) writing: bool,
    /// Which of this article's notes stand in a list of the source's own.
    pub(super) listed: Vec<bool>,
    /// The page, and the place on it, where the last mark ended.
    pub(super) after_mark: (usize, usize),
}

#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) label: String,
    pub(super) place: Option<Place>,
    pub(super) calls: Vec<Place>,
}

impl Notes {
    /// Starts the numbering anew, for an article with that many notes.
    pub(super) fn start_article(&mut self, article: &Article) {
        self.articles.push(vec![State::default(); article.notes.len()]);
        let mut lists = Lists(vec![false; article.notes.len()]);
        walk_article(&mut lists, article);
        self.listed = lists.0;
        self.numbers.clear();
        self.queue.clear();
    }

    /// Whether notes themselves are being written.
    pub(super) fn being_written(&self) -> bool {
        self.writing
    }

    /// Where a note stands.
    pub(super) fn place(&self, article: usize, note: usize) -> Option<&Place> {
        self.articles.get(article)?.get(note)?.place.as_ref()
    }

    /// Where a note is called.
    pub(super) fn calls(&self, article: usize, note: usize) -> &[Place] {
        self.articles.get(article).and_then(|a| a.get(note)).map_or(&[], |s| &s.calls)
    }
}

/// Which notes stand in lists.
struct Lists(Vec<bool>);

impl Visit<'_> for Lists {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Notes { notes, .. } = &block.kind {
            for id in notes {
                if let Some(listed) = self.0.get_mut(id.0 as usize) {
                    *listed = true;
                }
            }
        }
        walk_block(self, block);
    }
}
