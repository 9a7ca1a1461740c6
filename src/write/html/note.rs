//! Notes: their calls in the text, and the notes themselves at the end of the page that calls them first.

use super::links::Hole;
use super::names::Place;
use super::writer::ContentWriter;
use crate::model::{Article, BlockKind, Note, NoteId};

impl ContentWriter<'_, '_> {
    pub(super) fn note_call(&mut self, note: NoteId) {
        let note = note.0 as usize;
        let document = self.document;
        let Some(all) = document.articles.get(self.article).map(|a| &a.notes) else { return };
        if note >= all.len() {
            return;
        }
        if self.in_link {
            return self.notes.pending.push(note);
        }
        self.number(note);
        let (article, page) = (self.article, self.page_index());
        let state = &self.notes.articles[article][note];
        let label = state.label.clone();
        let wish = match state.calls.len() {
            0 => format!("ref-{}", label.replace(' ', "-")),
            n => format!("ref-{}-{}", label.replace(' ', "-"), n + 1),
        };
        let id = self.names.fresh(&wish);
        let kind = if self.is_epub() { "epub:type=\"noteref\" " } else { "" };
        // Marks beside each other would be read as one number.
        if self.notes.after_mark == (page, self.out.len()) {
            self.out.push_str("<sup>,</sup>");
        }
        self.out.push_str(&format!("<a {kind}role=\"doc-noteref\" id=\"{id}\" href=\""));
        self.hole(Hole::Note { article, note });
        // A mark that is raised within its link is to other programs nothing but the link.
        self.out.push_str("\"><sup>");
        super::escape::push_text(&mut self.out, &label);
        self.out.push_str("</sup></a>");
        self.notes.after_mark = (page, self.out.len());
        self.notes.articles[article][note].calls.push(Place { page, id });
    }

    /// Gives a note its number, and its place in the queue, when it has none yet.
    fn number(&mut self, note: usize) {
        if !self.notes.articles[self.article][note].label.is_empty() {
            return;
        }
        let group = self.document.articles[self.article].notes[note].group.clone();
        let number = self.notes.numbers.entry(group.clone()).or_insert(0);
        *number += 1;
        self.notes.articles[self.article][note].label = Note::label(group.as_deref(), *number);
        if !self.notes.listed[note] {
            self.notes.queue.push(note);
        }
    }

    /// Writes the calls that stood inside the link that has just ended.
    pub(super) fn pending_note_calls(&mut self) {
        for note in std::mem::take(&mut self.notes.pending) {
            self.note_call(NoteId(note as u32));
        }
    }

    /// The notes called on this page.
    pub(super) fn page_notes(&mut self) {
        if self.notes.queue.is_empty() {
            return;
        }
        let kind = if self.is_epub() { "epub:type=\"footnotes\" " } else { "" };
        let label = self.distinct(self.terms.notes.to_owned());
        let label = super::escape::text(&label);
        self.out.push_str(&format!(
            "<section {kind}class=\"notes\" role=\"doc-endnotes\" aria-label=\"{label}\">\n"
        ));
        self.notes.writing = true;
        // A note may call others; they join the queue.
        let mut next = 0;
        while let Some(&note) = self.notes.queue.get(next) {
            self.note(note);
            next += 1;
        }
        self.notes.queue.clear();
        self.notes.writing = false;
        self.out.push_str("</section>\n");
    }

    /// Notes where the source has their list.
    pub(super) fn listed_notes(&mut self, notes: &[NoteId]) {
        let known = self.notes.articles[self.article].len();
        let left = |w: &Self, note: usize| note < known && w.notes.articles[w.article][note].place.is_none();
        if !notes.iter().any(|id| left(self, id.0 as usize)) {
            return;
        }
        let label = self.distinct(self.terms.notes.to_owned());
        let label = super::escape::text(&label);
        let kind = if self.is_epub() { "epub:type=\"footnotes\" " } else { "" };
        self.out.push_str(&format!(
            "<section {kind}class=\"notes listed\" role=\"doc-endnotes\" aria-label=\"{label}\">\n"
        ));
        for id in notes {
            let note = id.0 as usize;
            if left(self, note) {
                self.number(note);
                self.note(note);
            }
        }
        self.out.push_str("</section>\n");
    }

    /// The notes of the article's last page, with those that nothing calls.
    pub(super) fn rest_of_notes(&mut self, article: &Article) {
        for note in 0..article.notes.len() {
            self.number(note);
        }
        self.page_notes();
    }

    fn note(&mut self, note: usize) {
        let (article, page) = (self.article, self.page_index());
        let state = &self.notes.articles[article][note];
        let (label, called) = (state.label.clone(), !state.calls.is_empty());
        let id = self.names.fresh(&format!("note-{}", label.replace(' ', "-")));
        let kind = if self.is_epub() { "epub:type=\"footnote\" " } else { "" };
        self.out.push_str(&format!("<aside {kind}role=\"doc-footnote\" id=\"{id}\">"));
        self.notes.articles[article][note].place = Some(Place { page, id });
        let document = self.document;
        let blocks = &document.articles[article].notes[note].blocks;
        let (first, rest) = match blocks.split_first() {
            Some((block, rest)) => match &block.kind {
                BlockKind::Paragraph { content } => (content.as_slice(), rest),
                _ => (&[][..], blocks.as_slice()),
            },
            None => (&[][..], &[][..]),
        };
        self.out.push_str("<p>");
        if called {
            self.out.push_str("<a role=\"doc-backlink\" href=\"");
            self.hole(Hole::Call { article, note });
            self.out.push_str("\">");
        }
        super::escape::push_text(&mut self.out, &label);
        self.out.push_str(if called { ".</a> " } else { ". " });
        self.phrase(first);
        self.hole(Hole::FurtherCalls { article, note });
        self.out.push_str("</p>\n");
        self.blocks(rest);
        self.out.push_str("</aside>\n");
    }
}
