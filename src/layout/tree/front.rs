//! What stands before the text: the cover and the table of contents.

use super::maker::Maker;
use super::nodes::{Contents, Tree};
use crate::layout::structure::Role;
use crate::model::{Article, Block, BlockKind, Creator, Document, Inline, Meta, plain_text};

/// Headings that are entries of the contents: the title and two levels of sections.
const DEEPEST: u8 = 3;

/// What the cover says: the document's own title, or the first article's.
pub(in crate::layout) fn cover_meta(document: &Document) -> &Meta {
    let first = document.articles.first().map(|article| &article.meta);
    first.filter(|_| document.meta.title.is_empty()).unwrap_or(&document.meta)
}

/// A heading that is an entry of the contents.
pub(in crate::layout) struct Listed<'a> {
    /// The number of its article.
    pub article: usize,
    /// 0 for the title of an article, else the heading's level.
    pub level: u8,
    /// The block; none for a title.
    pub block: Option<&'a Block>,
    pub words: &'a [Inline],
}

/// The headings that are entries of the contents, in order: those that are set and have words, and of a book
/// the titles of its articles.
pub(in crate::layout) fn listed<'a>(document: &'a Document, tree: &Tree) -> impl Iterator<Item = Listed<'a>> {
    let book = document.articles.len() > 1;
    let entries =
        document.articles.iter().enumerate().flat_map(move |(article, Article { meta, blocks, .. })| {
            let title = book.then_some(Listed { article, level: 0, block: None, words: &meta.title });
            let headings = blocks.iter().filter_map(move |block| match &block.kind {
                BlockKind::Heading { level, content } if level.get() <= DEEPEST => {
                    Some(Listed { article, level: level.get(), block: Some(block), words: content })
                }
                _ => None,
            });
            title.into_iter().chain(headings)
        });
    entries.filter(|listed| {
        listed.block.is_none_or(|block| !tree.is_left_out(block))
            && !plain_text(listed.words).trim().is_empty()
    })
}

impl Maker<'_, '_, '_> {
    /// The page that is a picture; it says what it is the cover of.
    pub(super) fn picture(&mut self, document: &Document) {
        let figure = self.add(self.root, Role::Figure);
        let title = plain_text(&cover_meta(document).title);
        self.tree.structure.set_alternative(figure, title.trim().to_owned());
        self.tree.picture = Some(self.add(figure, Role::Content));
    }

    pub(super) fn cover(&mut self, document: &Document) {
        let meta = cover_meta(document);
        let subtitle = (!meta.subtitle.is_empty()).then_some(&*meta.subtitle);
        for words in [&*meta.title].into_iter().chain(subtitle) {
            let node = self.add(self.root, Role::Paragraph);
            self.tree.cover.push(node);
            self.inlines(words, node);
        }
        let names = meta.creators.iter().map(Creator::shown);
        for words in names.chain(meta.shown_date().map(str::to_owned)) {
            let node = self.add(self.root, Role::Paragraph);
            self.tree.cover.push(node);
            self.words(&words, node);
        }
    }

    pub(super) fn contents(&mut self, document: &Document) {
        let node = self.add(self.root, Role::Toc);
        // A list of contents has items and a caption, and nothing else.
        let caption = self.add(node, Role::Caption);
        let title = self.add(caption, Role::Paragraph);
        self.words("Contents", title);
        let mut items = Vec::new();
        for _ in 0..listed(document, &self.tree).count() {
            let item = self.add(node, Role::TocItem);
            let link = self.add(item, Role::Link);
            self.words("title", link);
            self.words("folio", link);
            items.push(item);
        }
        self.tree.contents = Some(Contents { node, items });
    }
}
