//! Documents after each other in one: what is numbered or named within a document is numbered and
//! named anew.

use crate::diagnostic::Remedy;
use crate::format::Error;
use crate::model::visit::{VisitMut, walk_article_mut, walk_block_mut, walk_inline_mut};
use crate::model::{
    Article, Asset, Attr, Block, BlockKind, Document, Image, Inline, InlineKind, Meta, SourceId, Span, Style,
    Target,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where an article of the book comes from.
pub(super) struct Origin {
    /// The file it was read from, as its source is named.
    pub file: String,
    /// What its identifiers are called in the book.
    pub names: HashMap<String, String>,
}

pub(super) fn join(documents: Vec<Document>, meta: Meta) -> Result<(Document, Vec<Origin>), Error> {
    let mut origins = Vec::new();
    let mut book = Document { meta, ..Document::default() };
    let mut taken = HashSet::new();
    for document in documents {
        let shift = u16::try_from(book.sources.len()).ok();
        let fits = shift.and_then(|s| s.checked_add(u16::try_from(document.sources.len()).ok()?));
        let (Some(shift), Some(_)) = (shift, fits) else {
            let (most, remedy) = (usize::from(u16::MAX), Remedy::SeveralBooks);
            return Err(Error::limit("the number of sources of the book", most, remedy, None));
        };
        let mut ids = Ids { taken: &mut taken, names: HashMap::new() };
        let mut articles = document.articles;
        for article in &mut articles {
            called_by_heading(article);
            walk_article_mut(&mut ids, article);
        }
        let names = ids.names;
        let assets = assets(document.assets, &mut book.assets);
        let file = document.sources.first().map(|source| source.name.clone()).unwrap_or_default();
        let several = articles.len() > 1;
        let mut moved = Moved { shift, names, assets };
        for mut article in articles {
            // What only the document says is said of its articles.
            article.meta = super::super::attribution::known(&article.meta, &document.meta);
            super::super::attribution::remove(&mut article);
            moved.article(&mut article);
            // A file of many articles leads to the first of them.
            let first = !several || origins.last().is_none_or(|before: &Origin| before.file != file);
            let names = if first { moved.names.clone() } else { HashMap::new() };
            origins.push(Origin { file: file.clone(), names });
            book.articles.push(article);
        }
        book.sources.extend(document.sources);
        book.newer_minor = book.newer_minor.max(document.newer_minor);
    }
    if book.meta.language.is_none() {
        book.meta.language = book.articles.iter().find_map(|a| a.meta.language.clone());
    }
    Ok((book, origins))
}

/// A chapter without a title that begins with a heading is called by it.
fn called_by_heading(article: &mut Article) {
    if article.meta.title.is_empty()
        && let Some(Block { kind: BlockKind::Heading { content, .. }, attr, span }) =
            article.blocks.first_mut()
    {
        let content = std::mem::take(content);
        let kind = InlineKind::Styled { style: Style::Span, content };
        article.meta.title = vec![Inline { kind, attr: attr.take(), span: *span }];
        article.blocks.remove(0);
    }
}

/// Adds images to the book's; where another one has the name already, under a new one. The new
/// names.
fn assets(from: BTreeMap<String, Asset>, to: &mut BTreeMap<String, Asset>) -> HashMap<String, String> {
    let mut renamed = HashMap::new();
    for (name, asset) in from {
        let mut new = name.clone();
        let mut number = 1;
        while to.get(&new).is_some_and(|there| *there != asset) {
            number += 1;
            new = format!("{number}/{name}");
        }
        to.insert(new.clone(), asset);
        if new != name {
            renamed.insert(name, new);
        }
    }
    renamed
}

/// Makes identifiers unique in the book. A link to an identifier is a link within its document.
struct Ids<'b> {
    taken: &'b mut HashSet<String>,
    names: HashMap<String, String>,
}

impl Ids<'_> {
    fn rename(&mut self, attr: &mut Option<Box<Attr>>) {
        let Some(id) = attr.as_mut().and_then(|attr| attr.id.as_mut()) else { return };
        let mut new = id.clone();
        let mut number = 1;
        while !self.taken.insert(new.clone()) {
            number += 1;
            new = format!("{id}-{number}");
        }
        self.names.insert(std::mem::replace(id, new.clone()), new);
    }
}

impl VisitMut<'_> for Ids<'_> {
    fn block(&mut self, block: &mut Block) {
        self.rename(&mut block.attr);
        if let BlockKind::Table(table) = &mut block.kind {
            for row in [&mut table.head, &mut table.body, &mut table.foot].into_iter().flatten() {
                row.cells.iter_mut().for_each(|cell| self.rename(&mut cell.attr));
            }
        }
        walk_block_mut(self, block);
    }
    fn inline(&mut self, inline: &mut Inline) {
        self.rename(&mut inline.attr);
        walk_inline_mut(self, inline);
    }
}

/// Points spans, links and images to where they are in the book.
struct Moved {
    shift: u16,
    names: HashMap<String, String>,
    assets: HashMap<String, String>,
}

impl Moved {
    fn article(&mut self, article: &mut Article) {
        self.span(&mut article.span);
        article.meta.spans.iter_mut().for_each(|s| self.span(s));
        article.notes.iter_mut().for_each(|n| self.span(&mut n.span));
        article.citations.iter_mut().for_each(|c| self.span(&mut c.span));
        if let Some(own) = &mut article.own {
            self.span(&mut own.span);
        }
        walk_article_mut(self, article);
    }

    fn span(&self, span: &mut Span) {
        // The sum fits: the number of all sources does.
        span.source = SourceId(span.source.0.saturating_add(self.shift));
    }

    fn image(&self, image: &mut Image) {
        if let Some(new) = self.assets.get(&image.source) {
            image.source = new.clone();
        }
    }
}

impl VisitMut<'_> for Moved {
    fn block(&mut self, block: &mut Block) {
        self.span(&mut block.span);
        match &mut block.kind {
            BlockKind::List { items, .. } => items.iter_mut().for_each(|i| self.span(&mut i.span)),
            BlockKind::Definitions { items } => items.iter_mut().for_each(|i| self.span(&mut i.span)),
            BlockKind::Infobox(infobox) => {
                infobox.rows.iter_mut().for_each(|r| self.span(&mut r.span));
                if let Some(image) = &mut infobox.image {
                    self.image(&mut image.image);
                }
            }
            BlockKind::Table(table) => {
                for row in [&mut table.head, &mut table.body, &mut table.foot].into_iter().flatten() {
                    self.span(&mut row.span);
                    row.cells.iter_mut().for_each(|c| self.span(&mut c.span));
                }
            }
            _ => {}
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        self.span(&mut inline.span);
        match &mut inline.kind {
            InlineKind::Image(image) => self.image(image),
            InlineKind::Link(link) => {
                if let Target::Anchor(anchor) = &mut link.target
                    && let Some(new) = self.names.get(anchor)
                {
                    *anchor = new.clone();
                }
            }
            _ => {}
        }
        walk_inline_mut(self, inline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::Converter;
    use crate::diagnostic::Ignore;
    use crate::format::{Limits, ReadContext};

    #[test]
    fn what_two_documents_name_alike_is_told_apart() {
        let read = |name: &str| {
            let (limits, mut ignore) = (Limits::default(), Ignore);
            let source = "= T =\n\nWords.\n\n==Part==\nMore.\n";
            Converter::default()
                .read(source.as_bytes(), Some("article"), &mut ReadContext::new(name, &limits, &mut ignore))
                .unwrap()
        };
        let mut second = read("b");
        let link = |to: &str| {
            let link = crate::model::Link { target: Target::Anchor(to.into()), content: Vec::new() };
            Inline::new(InlineKind::Link(Box::new(link)), Span::default())
        };
        let image = |source: &str| {
            let image = Image { source: source.into(), ..Image::default() };
            Inline::new(InlineKind::Image(Box::new(image)), Span::default())
        };
        let content = vec![link("part"), image("a.png")];
        second.articles[0].blocks.push(Block::new(BlockKind::Paragraph { content }, Span::default()));
        let asset = |byte| Asset::new("image/png", vec![byte]);
        let mut first = read("a");
        first.assets.insert("a.png".into(), asset(1));
        second.assets.insert("a.png".into(), asset(2));
        let (book, _) = join(vec![first, second], Meta::default()).unwrap();
        assert_eq!(book.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        let blocks = &book.articles[1].blocks;
        let ids: Vec<_> = blocks.iter().filter_map(|b| b.id()).collect();
        assert_eq!(ids, ["part-2"]);
        assert!(blocks.iter().all(|b| b.span.source == SourceId(1)));
        let Some(BlockKind::Paragraph { content }) = blocks.last().map(|b| &b.kind) else { panic!() };
        assert!(
            matches!(&content[0].kind, InlineKind::Link(l) if l.target == Target::Anchor("part-2".into()))
        );
        assert!(matches!(&content[1].kind, InlineKind::Image(i) if i.source == "2/a.png"));
        assert_eq!(book.assets["2/a.png"], asset(2));
    }
}
