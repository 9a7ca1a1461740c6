//! Links between articles of a book.

use crate::model::visit::{Visit, VisitMut, walk_article, walk_article_mut, walk_block, walk_inline_mut};
use crate::model::{Block, BlockKind, Document, Inline, InlineKind, Span, Style, Target, plain_text};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What leads to the chapters of a book.
#[derive(Default)]
pub(super) struct Chapters {
    /// The anchor of each chapter.
    pub anchors: Vec<String>,
    /// Further titles and the chapter each leads to, by title.
    pub aliases: BTreeMap<String, usize>,
    titles: HashMap<String, usize>,
    addresses: HashMap<String, usize>,
    /// For each chapter its sections' words and anchors.
    sections: Vec<HashMap<String, String>>,
}

impl Chapters {
    /// Where a link to an article leads in the book.
    fn find(&self, title: &str, section: Option<&str>) -> Option<String> {
        let chapter = *self.titles.get(&key(title))?;
        let section = section.and_then(|s| self.sections[chapter].get(&s.replace('_', " ")));
        Some(section.unwrap_or(&self.anchors[chapter]).clone())
    }

    fn at(&self, url: &str) -> Option<String> {
        let (address, section) = url.split_once('#').map_or((url, None), |(a, s)| (a, Some(s)));
        let chapter = *self.addresses.get(address)?;
        let section = section.and_then(|s| self.sections[chapter].get(&s.replace('_', " ")));
        Some(section.unwrap_or(&self.anchors[chapter]).clone())
    }
}

/// Titles that a wiki takes for the same.
fn key(title: &str) -> String {
    let title = title.replace('_', " ");
    let mut chars = title.trim().chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Gives every chapter an anchor and notes what leads to it. Of two chapters of one title the
/// first is found.
pub(super) fn chapters(book: &mut Document, redirects: &BTreeMap<String, String>) -> Chapters {
    let mut taken = Taken(HashSet::new());
    book.articles.iter().for_each(|article| walk_article(&mut taken, article));
    let mut chapters = Chapters::default();
    let mut number = 0;
    for (index, article) in book.articles.iter_mut().enumerate() {
        let title = plain_text(&article.meta.title);
        let anchor = loop {
            number += 1;
            let anchor = format!("chapter-{number}");
            if taken.0.insert(anchor.clone()) {
                break anchor;
            }
        };
        // A span of its own around the title, which may have an identifier already.
        let content = std::mem::take(&mut article.meta.title);
        let mut title_span = Inline::new(InlineKind::Styled { style: Style::Span, content }, Span::default());
        title_span.attr_mut().id = Some(anchor.clone());
        article.meta.title.push(title_span);
        chapters.titles.entry(key(&title)).or_insert(index);
        if let Some(url) = &article.meta.source_url {
            chapters.addresses.entry(url.clone()).or_insert(index);
        }
        let mut sections = Sections(HashMap::new());
        walk_article(&mut sections, article);
        chapters.sections.push(sections.0);
        chapters.anchors.push(anchor);
    }
    for (from, to) in redirects {
        if let Some(&chapter) = chapters.titles.get(&key(to))
            && !chapters.titles.contains_key(&key(from))
        {
            chapters.titles.insert(key(from), chapter);
            chapters.aliases.insert(from.clone(), chapter);
        }
    }
    chapters
}

/// Leads links to articles of the book into the book.
pub(super) fn inside(book: &mut Document, chapters: &Chapters) {
    let mut inside = Inside { chapters };
    book.articles.iter_mut().for_each(|article| walk_article_mut(&mut inside, article));
}

struct Taken(HashSet<String>);

impl Visit<'_> for Taken {
    fn block(&mut self, block: &Block) {
        self.0.extend(block.id().map(str::to_owned));
        walk_block(self, block);
    }
    fn inline(&mut self, inline: &Inline) {
        self.0.extend(inline.id().map(str::to_owned));
    }
}

struct Sections(HashMap<String, String>);

impl Visit<'_> for Sections {
    fn block(&mut self, block: &Block) {
        if let (BlockKind::Heading { content, .. }, Some(id)) = (&block.kind, block.id()) {
            self.0.entry(plain_text(content)).or_insert_with(|| id.to_owned());
        }
        walk_block(self, block);
    }
}

struct Inside<'c> {
    chapters: &'c Chapters,
}

impl VisitMut<'_> for Inside<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Link(link) = &mut inline.kind {
            let anchor = match &link.target {
                Target::Article { title, section } => self.chapters.find(title, section.as_deref()),
                Target::Url(url) => self.chapters.at(url),
                Target::Anchor(_) => None,
            };
            if let Some(anchor) = anchor {
                link.target = Target::Anchor(anchor);
            }
        }
        walk_inline_mut(self, inline);
    }
}
