//! Makes the structure: one function for each construct that is set.

use super::lists;
use super::nodes::{ArticleNodes, BlockNode, NoteNodes, Tree};
use crate::diagnostic::{Diagnostic, code};
use crate::format::WriteContext;
use crate::layout::inline::{note_anchor, note_labels};
use crate::layout::picture::{self, COVER, ImageSizes};
use crate::layout::structure::{ListNumbering, Numbering, Role, StructId, Structure};
use crate::layout::style::{Notes, PageStyle};
use crate::math::{self, elements::elements};
use crate::model::{
    Article, Aside, Block, BlockKind, Definition, Document, Image, Infobox, Inline, ListItem, Marker, Meta,
    NoteId, NumberStyle, is_gallery, plain_text,
};
use crate::style::Style;
use std::collections::{HashMap, HashSet};

impl Tree {
    /// The structure of a document as it is to be set in a style.
    pub fn of(
        document: &Document,
        pictures: &ImageSizes,
        pages: &PageStyle,
        cx: &mut WriteContext<'_>,
    ) -> Tree {
        let mut structure = Structure::default();
        let root = structure.add(None, Role::Document);
        let mut tree = Tree {
            structure,
            first: Vec::new(),
            next: Vec::new(),
            blocks: HashMap::new(),
            articles: Vec::new(),
            picture: None,
            cover: Vec::new(),
            contents: None,
            left_out: HashSet::new(),
        };
        let nothing = Article::default();
        for article in &document.articles {
            lists::leave_out(&article.blocks, pages.notes, &mut tree.left_out);
        }
        let (style, notes, sections) = (&pages.look, pages.notes, Vec::new());
        let mut maker = Maker { tree, pictures, style, notes, cx, article: &nothing, sections, root };
        if pages.cover.is_some() && pictures.size(COVER).is_some() {
            maker.picture(document);
        }
        if style.title.page {
            maker.cover(document);
        }
        if style.page.contents {
            maker.contents(document);
        }
        for article in &document.articles {
            maker.article(document, article);
        }
        let mut tree = maker.tree;
        (tree.first, tree.next) = tree.structure.links();
        tree
    }
}

pub(super) struct Maker<'a, 'c, 'x> {
    pub(super) tree: Tree,
    pub(super) pictures: &'a ImageSizes,
    pub(super) style: &'a Style,
    pub(super) notes: Notes,
    pub(super) cx: &'c mut WriteContext<'x>,
    pub(super) article: &'a Article,
    /// The sections that are open: level of the heading and element.
    pub(super) sections: Vec<(u8, StructId)>,
    /// The article's own element.
    pub(super) root: StructId,
}

impl<'a> Maker<'a, '_, '_> {
    pub(super) fn add(&mut self, parent: StructId, role: Role) -> StructId {
        self.tree.structure.add(Some(parent), role)
    }

    fn article(&mut self, document: &'a Document, article: &'a Article) {
        let root = StructId(0);
        let book = document.articles.len() > 1;
        self.root = if book { self.add(root, Role::Part) } else { root };
        self.article = article;
        self.sections.clear();
        self.tree.articles.push(ArticleNodes {
            title: self.root,
            subtitle: self.root,
            notes: lists::notes(article, self.notes),
            note_labels: note_labels(&article.notes),
            under: Vec::new(),
            byline: Vec::new(),
        });
        let language = article.meta.language.as_ref().map(|l| &l.tag);
        if book
            && language != document.language().map(|l| &l.tag)
            && let Some(language) = language
        {
            self.tree.structure.set_language(self.root, language.clone());
        }
        if !article.meta.title.is_empty() {
            self.title(&article.meta);
            for under in self.style.title.under(document, article, self.style.title.page) {
                let node = self.add(self.root, Role::Paragraph);
                self.words(under.words(), node);
                self.nodes().byline.push(node);
            }
        }
        for block in &article.blocks {
            let parent = self.section();
            self.block(block, parent, 0, true);
        }
        let parent = self.section();
        for note in 0..article.notes.len() {
            let NoteNodes { node, called, .. } = self.nodes().notes[note];
            if node.is_none() {
                self.note(note, called, parent, 0);
                self.nodes().under.push(NoteId(note as u32));
            }
        }
    }

    fn title(&mut self, meta: &'a Meta) {
        let title = self.add(self.root, Role::Title);
        self.text(&meta.title, title, self.root, 0);
        self.nodes().title = title;
        if !meta.subtitle.is_empty() && self.style.title.subtitle {
            let subtitle = self.add(self.root, Role::Paragraph);
            self.text(&meta.subtitle, subtitle, self.root, 0);
            self.nodes().subtitle = subtitle;
        }
    }

    /// The elements of the article at hand.
    pub(super) fn nodes(&mut self) -> &mut ArticleNodes {
        self.tree.articles.last_mut().expect("an article is at hand")
    }

    /// What blocks of the body belong to: the innermost open section.
    fn section(&self) -> StructId {
        self.sections.last().map_or(self.root, |&(_, node)| node)
    }

    pub(super) fn blocks(&mut self, blocks: &'a [Block], parent: StructId, depth: usize) {
        for block in blocks {
            self.block(block, parent, depth, false);
        }
    }

    pub(super) fn block(&mut self, block: &'a Block, parent: StructId, depth: usize, top_level: bool) {
        let first = self.tree.structure.nodes().len();
        let node = if depth > self.cx.limits().depth() {
            Some(self.flattened(block, parent))
        } else {
            self.of_kind(block, parent, depth, top_level)
        };
        if let Some(node) = node {
            if let Some(id) = block.id() {
                self.tree.structure.name(id.to_owned(), node);
            }
            let flat = depth > self.cx.limits().depth();
            self.tree.blocks.insert(block, BlockNode { node, flat });
        }
        if let Some(lang) = block.attr.as_ref().and_then(|attr| attr.lang.as_ref()) {
            self.tree.structure.speak(first, lang);
        }
    }

    fn of_kind(
        &mut self,
        block: &'a Block,
        parent: StructId,
        depth: usize,
        top_level: bool,
    ) -> Option<StructId> {
        let node = match &block.kind {
            BlockKind::Paragraph { content } => match picture::only(content) {
                Some((_, image)) => {
                    let figure = self.add(parent, Role::Figure);
                    self.image(image, figure)
                }
                None => self.paragraph(content, parent, depth),
            },
            BlockKind::Unknown(unknown) => self.paragraph(&unknown.content, parent, depth),
            BlockKind::Heading { .. } if self.tree.is_left_out(block) => return None,
            BlockKind::Heading { level, content } => {
                self.heading(level.get(), content, parent, depth, top_level)
            }
            BlockKind::Quote { body } => {
                let node = self.add(parent, Role::BlockQuote);
                self.blocks(body, node, depth + 1);
                node
            }
            BlockKind::List { marker, items, .. } => self.list(*marker, items, parent, depth),
            BlockKind::Definitions { items } => self.definitions(items, parent, depth),
            BlockKind::Code { text, .. } => {
                let node = self.add(parent, Role::Code);
                self.code(text, node)
            }
            BlockKind::Math(formula) => {
                let node = self.add(parent, Role::Formula);
                self.tree.structure.set_alternative(node, formula.tex.clone());
                match math::tree(formula, true) {
                    Ok(tree) => {
                        self.mathml(formula, true, node);
                        self.tree.structure.set_math(node, elements(&tree, true));
                        self.add(node, Role::Content);
                        node
                    }
                    Err(unread) => {
                        self.cx.report(math::as_source(formula, &unread, block.span));
                        self.code(&formula.tex, node)
                    }
                }
            }
            BlockKind::Table(table) => self.table(table, parent, depth),
            BlockKind::Infobox(infobox) => self.infobox(infobox, parent, depth),
            BlockKind::Figure { body, caption } => self.figure(body, caption, parent, depth),
            BlockKind::Aside { role, body } => self.aside(*role, body, parent, depth),
            BlockKind::Notes { notes, foot } if lists::is_set(self.notes, *foot) => {
                for id in notes {
                    let index = id.0 as usize;
                    if let Some(note) = self.nodes().notes.get(index).copied()
                        && note.node.is_none()
                    {
                        self.note(index, note.called, parent, depth);
                    }
                }
                parent
            }
            // They stand where they are called.
            BlockKind::Notes { .. } => return None,
            BlockKind::Rule | BlockKind::Unresolved(_) => return None,
        };
        Some(node)
    }

    fn flattened(&mut self, block: &Block, parent: StructId) -> StructId {
        let message = "blocks are nested too deep; the words of the deeper ones are set as one paragraph";
        self.cx.report(Diagnostic::new(&code::NESTING_FLATTENED, block.span, message));
        let node = self.add(parent, Role::Paragraph);
        self.words(&plain_text(block).replace('\n', " "), node);
        node
    }

    /// A paragraph with the notes it calls first, which come after it.
    pub(super) fn paragraph(&mut self, content: &'a [Inline], parent: StructId, depth: usize) -> StructId {
        let node = self.add(parent, Role::Paragraph);
        self.text(content, node, parent, depth);
        node
    }

    fn heading(
        &mut self,
        level: u8,
        content: &'a [Inline],
        parent: StructId,
        depth: usize,
        top_level: bool,
    ) -> StructId {
        let section = if top_level { self.open_section(level) } else { parent };
        let node = self.add(section, Role::Heading(level));
        let mut numbering = Numbering::under(node);
        if top_level && self.style.headings.numbered {
            self.leaf(node, &mut numbering);
        }
        let calls = self.inlines_from(content, node, &mut numbering);
        self.notes(calls, parent, depth);
        node
    }

    /// Closes the sections that a heading of this level ends, and opens its own.
    fn open_section(&mut self, level: u8) -> StructId {
        while self.sections.last().is_some_and(|&(open, _)| open >= level) {
            self.sections.pop();
        }
        let node = self.add(self.section(), Role::Section);
        self.sections.push((level, node));
        node
    }

    fn list(&mut self, marker: Marker, items: &'a [ListItem], parent: StructId, depth: usize) -> StructId {
        let node = self.add(parent, Role::List(numbering(marker)));
        for item in items {
            let item_node = self.add(node, Role::ListItem);
            let label = self.add(item_node, Role::Label);
            self.words("label", label);
            let body = self.add(item_node, Role::ListBody);
            self.blocks(&item.blocks, body, depth + 1);
        }
        node
    }

    fn definitions(&mut self, items: &'a [Definition], parent: StructId, depth: usize) -> StructId {
        let node = self.add(parent, Role::List(ListNumbering::None));
        for item in items {
            let item_node = self.add(node, Role::ListItem);
            for term in &item.terms {
                let label = self.add(item_node, Role::Label);
                self.text(term, label, parent, depth);
            }
            for detail in &item.details {
                let body = self.add(item_node, Role::ListBody);
                self.blocks(detail, body, depth + 1);
            }
        }
        node
    }

    /// A leaf a line, so that lines stay lines for who hears them.
    fn code(&mut self, text: &str, node: StructId) -> StructId {
        for _ in code_text(text).split('\n') {
            self.words("line", node);
        }
        node
    }

    fn figure(
        &mut self,
        body: &'a [Block],
        caption: &'a [Inline],
        parent: StructId,
        depth: usize,
    ) -> StructId {
        let gallery = is_gallery(body);
        // A figure's alternative text hides what is in it, so one of several is no figure itself.
        let node = self.add(parent, if gallery { Role::Section } else { Role::Figure });
        for block in body {
            match &block.kind {
                BlockKind::Figure { .. } if gallery && self.pictures.is_bare(block) => {}
                BlockKind::Figure { body, caption } if gallery => {
                    let figure = self.figure(body, caption, node, depth + 1);
                    self.tree.blocks.insert(block, BlockNode { node: figure, flat: false });
                }
                // Of an image that isn't there the caption says enough.
                BlockKind::Paragraph { content }
                    if !caption.is_empty()
                        && picture::only(content)
                            .is_some_and(|(_, image)| !self.pictures.says_something(image)) =>
                {
                    self.tree.structure.set_alternative(node, plain_text(caption));
                }
                BlockKind::Paragraph { content } if let Some((_, image)) = picture::only(content) => {
                    let leaf = self.image(image, node);
                    self.tree.blocks.insert(block, BlockNode { node: leaf, flat: false });
                }
                _ => self.block(block, node, depth + 1, false),
            }
        }
        if !caption.is_empty() {
            self.caption(caption, node, depth + 1);
        }
        node
    }

    pub(super) fn caption(&mut self, words: &'a [Inline], parent: StructId, depth: usize) {
        let node = self.add(parent, Role::Caption);
        self.paragraph(words, node, depth + 1);
    }

    /// What stands in a figure for an image: itself, or its words where it can't be shown.
    pub(super) fn image(&mut self, image: &Image, figure: StructId) -> StructId {
        if self.pictures.natural_size(image).is_some() {
            let alt = image.alt.clone().filter(|alt| !alt.trim().is_empty());
            self.tree.structure.set_alternative(figure, alt.unwrap_or_else(|| image.source.clone()));
            return self.add(figure, Role::Content);
        }
        let words = picture::words(image);
        self.tree.structure.set_alternative(figure, words.to_owned());
        let node = self.add(figure, Role::Paragraph);
        self.words(words, node);
        node
    }

    fn aside(&mut self, role: Aside, body: &'a [Block], parent: StructId, depth: usize) -> StructId {
        let node = self.add(parent, Role::Aside);
        if role.word().is_some() {
            let title = self.add(node, Role::Paragraph);
            self.words("title", title);
        }
        self.blocks(body, node, depth + 1);
        node
    }

    fn infobox(&mut self, infobox: &'a Infobox, parent: StructId, depth: usize) -> StructId {
        let node = self.add(parent, Role::Aside);
        let depth = depth + 1;
        if !infobox.title.is_empty() {
            self.paragraph(&infobox.title, node, depth);
        }
        if let Some(image) = &infobox.image {
            let figure = self.add(node, Role::Figure);
            if image.caption.is_empty() || self.pictures.says_something(&image.image) {
                self.image(&image.image, figure);
            } else {
                self.tree.structure.set_alternative(figure, plain_text(&image.caption));
            }
            if !image.caption.is_empty() {
                let caption = self.add(figure, Role::Caption);
                self.paragraph(&image.caption, caption, depth);
            }
        }
        if !infobox.rows.is_empty() {
            self.infobox_rows(&infobox.rows, node, depth);
        }
        node
    }

    /// Notes that are called first, in order.
    pub(super) fn notes(&mut self, calls: Vec<(NoteId, StructId)>, parent: StructId, depth: usize) {
        for (id, _) in calls {
            self.note(id.0 as usize, true, parent, depth);
        }
    }

    fn note(&mut self, index: usize, called: bool, parent: StructId, depth: usize) {
        let article = self.article;
        let node = self.add(parent, Role::Note);
        let note = &mut self.nodes().notes[index];
        note.node = Some(node);
        if note.listed {
            self.tree.structure.set_endnote(node);
        }
        let anchor = note_anchor(self.tree.articles.len() - 1, index);
        self.tree.structure.name(anchor, node);
        let label = self.add(node, Role::Label);
        // The label leads back to the call, if there is one.
        let owner = if called { self.add(label, Role::Link) } else { label };
        let label = std::mem::take(&mut self.nodes().note_labels[index]);
        self.words(&label, owner);
        self.nodes().note_labels[index] = label;
        self.blocks(&article.notes[index].blocks, node, depth + 2);
    }
}

/// Preformatted text without its last line's end.
pub(in crate::layout) fn code_text(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

fn numbering(marker: Marker) -> ListNumbering {
    match marker {
        Marker::Bullet => ListNumbering::Disc,
        Marker::Ordered { style, .. } => match style {
            NumberStyle::Decimal => ListNumbering::Decimal,
            NumberStyle::LowerAlpha => ListNumbering::LowerAlpha,
            NumberStyle::UpperAlpha => ListNumbering::UpperAlpha,
            NumberStyle::LowerRoman => ListNumbering::LowerRoman,
            NumberStyle::UpperRoman => ListNumbering::UpperRoman,
        },
    }
}
