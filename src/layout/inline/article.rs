//! What a paragraph has to know of the article around it: its notes and images.

use crate::layout::length::Length;
use crate::layout::structure::StructId;
use crate::model::{Image, Note, NoteId};
use std::collections::HashMap;

/// Says at what width and height an inline image is set.
pub type ImageSize<'a> = dyn Fn(&Image) -> Option<(Length, Length)> + 'a;

/// Says whether a reference, by its element, is the first that calls a note.
pub type FirstCall<'a> = dyn Fn(NoteId, StructId) -> bool + 'a;

/// What a paragraph has to know of the article around it.
#[derive(Clone, Copy, Default)]
pub struct ArticleCx<'a> {
    /// The number of the article in its document, for the names of anchors.
    pub index: usize,
    /// What each note of the article is called by.
    pub note_labels: &'a [String],
    /// At what size an inline image is set; its alternative text is set when there is no such
    /// function or it has no answer.
    pub image_size: Option<&'a ImageSize<'a>>,
    /// Whether a reference is the first to call its note; all are when there is no such function.
    pub calls: Option<&'a FirstCall<'a>>,
}

/// What notes are called by: their numbers in their groups, after the group's name if it has one.
pub fn note_labels(notes: &[Note]) -> Vec<String> {
    let mut counts: HashMap<Option<&str>, usize> = HashMap::new();
    let mut labels = Vec::with_capacity(notes.len());
    for note in notes {
        let count = counts.entry(note.group.as_deref()).or_default();
        *count += 1;
        labels.push(Note::label(note.group.as_deref(), *count));
    }
    labels
}

/// The anchor of a note's text.
pub fn note_anchor(article: usize, note: usize) -> String {
    format!("fanfold.note.{article}.{note}")
}

/// The anchor of the place that calls a note.
pub fn note_call_anchor(article: usize, note: usize) -> String {
    format!("fanfold.call.{article}.{note}")
}
