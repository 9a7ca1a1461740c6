//! What a book has beside its articles' text: numbers of chapters, the list of sources, the index.

use super::super::attribution::{known, sentence, text};
use super::super::words::Words;
use super::links::Chapters;
use crate::model::{
    Article, Block, BlockKind, Document, Inline, InlineKind, Link, ListItem, Marker, Meta, Span, Target,
    plain_text,
};

/// Puts its number before the title of each chapter.
pub(super) fn number(book: &mut Document) {
    for (number, article) in (1..).zip(&mut book.articles) {
        article.meta.title.insert(0, text(&format!("{number} ")));
    }
}

/// The list of sources, when any is known, and the index of titles.
pub(super) fn closing(book: &Document, chapters: &Chapters) -> Vec<Article> {
    let words = Words::of(book.meta.language.as_ref().map(|l| &l.tag));
    let sources = sources(book, chapters, words);
    let article = |title: &str, block: Block| Article {
        meta: Meta { title: vec![text(title)], language: book.meta.language.clone(), ..Meta::default() },
        blocks: vec![block],
        ..Article::default()
    };
    let sources = sources.map(|list| article(words.sources, list));
    sources.into_iter().chain([article(words.index, index(book, chapters))]).collect()
}

/// What each chapter is made from.
fn sources(book: &Document, chapters: &Chapters, words: &Words) -> Option<Block> {
    let mut items = Vec::new();
    for (article, anchor) in book.articles.iter().zip(&chapters.anchors) {
        let meta = known(&article.meta, &book.meta);
        if meta.source_url.is_none() && meta.rights.is_none() && meta.revision.is_none() {
            continue;
        }
        let mut content = vec![to(anchor, &plain_text(&article.meta.title)), text(". ")];
        content.extend(sentence(&meta, words));
        items.push(item(content));
    }
    (!items.is_empty()).then(|| list(items))
}

/// Every title and what else chapters are known by, in the order of the alphabet.
fn index(book: &Document, chapters: &Chapters) -> Block {
    let own = book.articles.iter().zip(&chapters.anchors).zip(1..).map(|((article, anchor), number)| {
        // Without the number, which stands first.
        (plain_text(&article.meta.title[1..]), anchor, number)
    });
    let others = chapters.aliases.iter().map(|(title, &at)| (title.clone(), &chapters.anchors[at], at + 1));
    let mut entries: Vec<_> = own.chain(others).collect();
    entries.sort_by_cached_key(|(title, _, number)| (title.to_lowercase(), *number));
    let line = |(title, anchor, number): (String, &String, usize)| {
        item(vec![to(anchor, &title), text(&format!(", {number}"))])
    };
    list(entries.into_iter().map(line).collect())
}

fn to(anchor: &str, words: &str) -> Inline {
    let link = Link { target: Target::Anchor(anchor.to_owned()), content: vec![text(words)] };
    Inline::new(InlineKind::Link(Box::new(link)), Span::default())
}

fn item(content: Vec<Inline>) -> ListItem {
    let paragraph = Block::new(BlockKind::Paragraph { content }, Span::default());
    ListItem { blocks: vec![paragraph], checked: None, span: Span::default() }
}

fn list(items: Vec<ListItem>) -> Block {
    Block::new(BlockKind::List { marker: Marker::Bullet, tight: true, items }, Span::default())
}
