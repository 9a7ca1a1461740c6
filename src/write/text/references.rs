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
    /// Which notes stand in a list of the source's own.
    written: Vec<bool>,
}

impl<'d> References<'d> {
    pub fn new(article: &'d Article) -> Self {
        References {
            list: Vec::new(),
            notes: vec![None; article.notes.len()],
            urls: BTreeMap::new(),
            written: vec![false; article.notes.len()],
        }
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

    /// The number of a note that is written now; `None` when it stands somewhere, or there is none.
    pub fn write(&mut self, note: NoteId) -> Option<usize> {
        let number = self.note(note)?;
        let written = self.written.get_mut(note.0 as usize)?;
        (!std::mem::replace(written, true)).then_some(number)
    }

    /// Whether a note stands in a list already.
    pub fn is_written(&self, note: NoteId) -> bool {
        self.written.get(note.0 as usize) == Some(&true)
    }

    /// Whether anything has still to be written.
    pub fn any_left(&self) -> bool {
        self.list.iter().any(|r| !matches!(r, Reference::Note(note) if self.is_written(*note)))
    }
}
