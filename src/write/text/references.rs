//! Notes and addresses, numbered in the order of their first call.

use crate::model::{Article, NoteId};
use std::collections::BTreeMap;

/// What a number in brackets stands for.
#[derive(Clone, Copy)]
pub(super) enum Reference<'d> {
    Note(NoteId),
    Url(&'d str),
}

/// An article's references.
pub(super) struct References<'d> {
    list: Vec<Reference<'d>>,
    notes: Vec<Option<usize>>,
    urls: BTreeMap<&'d str, usize>,
}

impl<'d> References<'d> {
    pub fn new(article: &'d Article) -> Self {
        References { list: Vec::new(), notes: vec![None; article.notes.len()], urls: BTreeMap::new() }
    }

    /// The number of a note; `None` for one that the article doesn't have.
    pub fn note(&mut self, note: NoteId) -> Option<usize> {
        let number = self.notes.get_mut(note.0 as usize)?;
        Some(*number.get_or_insert_with(|| {
            self.list.push(Reference::Note(note));
            self.list.len()
        }))
    }

    /// The number of an address.
    pub fn url(&mut self, url: &'d str) -> usize {
        *self.urls.entry(url).or_insert_with(|| {
            self.list.push(Reference::Url(url));
            self.list.len()
        })
    }

    /// The reference at an index, one less than its number.
    pub fn get(&self, index: usize) -> Option<Reference<'d>> {
        self.list.get(index).copied()
    }

    /// Numbers the notes that nothing calls, so that their words are not lost.
    pub fn add_uncalled(&mut self) {
        for index in 0..self.notes.len() {
            self.note(NoteId(index as u32));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
