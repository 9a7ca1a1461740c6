//! Addresses as notes: on paper nobody can follow a link.

use crate::model::visit::{Visit, VisitMut, walk_block_mut, walk_inline, walk_inline_mut};
use crate::model::{
    Article, Block, BlockKind, Document, Inline, InlineKind, Link, Note, NoteId, Span, Style, Target,
    plain_text,
};
use std::collections::HashMap;

/// The same document with a note after every link out of it that says where it leads, but for those in
/// headings and notes and those whose words say it; one note for each address.
pub(super) fn noted(document: &Document) -> Document {
    let mut document = document.clone();
    for article in &mut document.articles {
        let mut noting = Noting { notes: &mut article.notes, known: HashMap::new() };
        article.blocks.iter_mut().for_each(|block| noting.block(block));
        number(article);
    }
    document
}

/// Numbers the notes of an article as they are called: those of addresses stand among its own.
fn number(article: &mut Article) {
    let mut calls = Calls::default();
    article.meta.title.iter().chain(&article.meta.subtitle).for_each(|inline| calls.inline(inline));
    article.blocks.iter().for_each(|block| calls.block(block));
    let mut called = vec![false; article.notes.len()];
    let mut order: Vec<usize> = Vec::new();
    for note in calls.notes.into_iter().map(|note| note.0 as usize).chain(0..called.len()) {
        if called.get(note) == Some(&false) {
            called[note] = true;
            order.push(note);
        }
    }
    let mut renumbering = Renumbering { numbers: vec![NoteId(0); order.len()] };
    for (number, note) in order.iter().enumerate() {
        renumbering.numbers[*note] = NoteId(number as u32);
    }
    let mut notes: Vec<Option<Note>> = std::mem::take(&mut article.notes).into_iter().map(Some).collect();
    article.notes = order.into_iter().filter_map(|note| notes[note].take()).collect();
    let notes = article.notes.iter_mut().flat_map(|note| &mut note.blocks);
    article.blocks.iter_mut().chain(notes).for_each(|block| renumbering.block(block));
    let heads = article.meta.title.iter_mut().chain(&mut article.meta.subtitle);
    heads.for_each(|inline| renumbering.inline(inline));
}

/// The notes that are called, one after another.
#[derive(Default)]
struct Calls {
    notes: Vec<NoteId>,
}

impl Visit<'_> for Calls {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Note { note } = inline.kind {
            self.notes.push(note);
        }
        walk_inline(self, inline);
    }
}

/// What each note is called by now.
struct Renumbering {
    numbers: Vec<NoteId>,
}

impl Renumbering {
    fn renumber(&self, note: &mut NoteId) {
        if let Some(number) = self.numbers.get(note.0 as usize) {
            *note = *number;
        }
    }
}

impl VisitMut<'_> for Renumbering {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Notes { notes, .. } = &mut block.kind {
            notes.iter_mut().for_each(|note| self.renumber(note));
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Note { note } = &mut inline.kind {
            self.renumber(note);
        }
        walk_inline_mut(self, inline);
    }
}

struct Noting<'n> {
    notes: &'n mut Vec<Note>,
    known: HashMap<String, NoteId>,
}

impl Noting<'_> {
    fn note(&mut self, url: &str, span: Span) -> NoteId {
        if let Some(known) = self.known.get(url) {
            return *known;
        }
        let words = Inline::new(InlineKind::Text { text: url.to_owned() }, span);
        let link = Link { target: Target::Url(url.to_owned()), content: vec![words] };
        let content = vec![Inline::new(InlineKind::Link(Box::new(link)), span)];
        self.notes.push(Note::new(vec![Block::new(BlockKind::Paragraph { content }, span)], span));
        let id = NoteId(self.notes.len() as u32 - 1);
        self.known.insert(url.to_owned(), id);
        id
    }
}

impl VisitMut<'_> for Noting<'_> {
    fn block(&mut self, block: &mut Block) {
        if !matches!(block.kind, BlockKind::Heading { .. }) {
            walk_block_mut(self, block);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        let InlineKind::Link(link) = &inline.kind else { return walk_inline_mut(self, inline) };
        let Target::Url(url) = &link.target else { return };
        let words = plain_text(&link.content);
        if words.len() > 3 && url.contains(words.trim()) {
            return;
        }
        let (url, span) = (url.clone(), inline.span);
        let note = Inline::new(InlineKind::Note { note: self.note(&url, span) }, span);
        let link = std::mem::replace(inline, Inline::new(InlineKind::SoftBreak, span));
        inline.kind = InlineKind::Styled { style: Style::Span, content: vec![link, note] };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_one_note_that_every_link_to_it_calls() {
        let link = |url: &str, words: &str| {
            let content = vec![Inline::new(InlineKind::Text { text: words.into() }, Span::default())];
            let link = Link { target: Target::Url(url.into()), content };
            Inline::new(InlineKind::Link(Box::new(link)), Span::default())
        };
        let content = vec![
            link("https://a.example/", "one"),
            link("https://a.example/", "again"),
            link("https://b.example/", "b.example"),
        ];
        let paragraph = Block::new(BlockKind::Paragraph { content }, Span::default());
        let mut document = Document::default();
        document.articles.push(Article { blocks: vec![paragraph], ..Article::default() });
        // A note of its own comes after both links.
        document.articles[0].notes.push(Note::new(Vec::new(), Span::default()));
        let call = Inline::new(InlineKind::Note { note: NoteId(0) }, Span::default());
        let last = Block::new(BlockKind::Paragraph { content: vec![call] }, Span::default());
        document.articles[0].blocks.push(last);
        let noted = noted(&document);
        assert_eq!(noted.articles[0].notes.len(), 2);
        assert!(noted.articles[0].notes[1].blocks.is_empty());
        let BlockKind::Paragraph { content } = &noted.articles[0].blocks[1].kind else { panic!() };
        assert!(matches!(content[0].kind, InlineKind::Note { note: NoteId(1) }));
        let BlockKind::Paragraph { content } = &noted.articles[0].blocks[0].kind else { panic!() };
        let calls = content.iter().filter(|i| matches!(i.kind, InlineKind::Styled { .. })).count();
        assert_eq!(calls, 2);
    }
}
