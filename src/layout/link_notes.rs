//! Addresses as notes: on paper nobody can follow a link.

use crate::model::visit::{VisitMut, walk_block_mut, walk_inline_mut};
use crate::model::{
    Block, BlockKind, Document, Inline, InlineKind, Link, Note, NoteId, Span, Style, Target, plain_text,
};
use std::collections::HashMap;

/// The same document with a note after every link out of it that says where it leads, but for those in
/// headings and notes and those whose words say it; one note for each address.
pub(super) fn noted(document: &Document) -> Document {
    let mut document = document.clone();
    for article in &mut document.articles {
        let mut noting = Noting { notes: &mut article.notes, known: HashMap::new() };
        article.blocks.iter_mut().for_each(|block| noting.block(block));
    }
    document
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
    use crate::model::Article;

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
        let noted = noted(&document);
        assert_eq!(noted.articles[0].notes.len(), 1);
        let BlockKind::Paragraph { content } = &noted.articles[0].blocks[0].kind else { panic!() };
        let calls = content.iter().filter(|i| matches!(i.kind, InlineKind::Styled { .. })).count();
        assert_eq!(calls, 2);
    }
}
