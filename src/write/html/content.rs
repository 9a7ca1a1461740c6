//! The body of a document as pages of markup: one page in HTML, one a content file in EPUB.
//!
//! One pass writes the pages. What can't be known yet (on which page a later anchor will stand)
//! is left as a hole, filled when all pages are there.

use super::escape::push_text;
use super::links::Links;
use super::names::{Names, Place};
use super::notes::Notes;
use super::page::{Content, ContentFile, Entry, Facts};
use super::terms::Terms;
use super::writer::{ContentWriter, Listed, Settings, Syntax};
use crate::diagnostic::{Diagnostic, code};
use crate::format::WriteContext;
use crate::model::{Article, Block, BlockKind, Document, Inline, LanguageTag, Level, Span, plain_text};
use crate::style::UnderTitle;
use crate::text::quotes::Quotes;
use std::collections::HashMap;

/// Writes the pages. `href` names a page for links from other pages.
pub(crate) fn render(
    document: &Document,
    settings: Settings<'_>,
    href: &dyn Fn(usize) -> String,
    cx: &mut WriteContext<'_>,
) -> Content {
    let mut w = ContentWriter {
        cx,
        document,
        settings,
        language: document.language().map(|l| l.tag.clone()),
        terms: Terms::of(document.language().map(|l| &l.tag)),
        out: String::new(),
        holes: Vec::new(),
        drafts: Vec::new(),
        page: ContentFile::default(),
        quotes: Quotes::kept(),
        names: Names::default(),
        links: Links::default(),
        notes: Notes::default(),
        shown: HashMap::new(),
        landmarks: HashMap::new(),
        article: 0,
        sections: Vec::new(),
        shift: 0,
        in_link: false,
        page_start: 0,
        next_break: 0,
        content: Content::default(),
    };
    let many = document.articles.len() > 1;
    if !settings.has_files() && many && !document.meta.title.is_empty() {
        w.document_title();
    }
    for (index, article) in document.articles.iter().enumerate() {
        w.article(index, article);
    }
    w.finish(href)
}

impl ContentWriter<'_, '_> {
    pub(super) fn is_epub(&self) -> bool {
        self.settings.syntax == Syntax::Epub
    }

    /// Index of the page being written.
    pub(super) fn page_index(&self) -> usize {
        self.drafts.len()
    }

    /// The quotes that text of a language is set with.
    pub(super) fn quotes_of(&self, language: Option<&LanguageTag>) -> Quotes {
        match language {
            Some(language) if self.settings.typographic_quotes => Quotes::new(language),
            _ => Quotes::kept(),
        }
    }

    /// The plain words of a title, with the quotes it is set with.
    pub(super) fn label(&self, inlines: &[Inline]) -> String {
        let mut quotes = self.quotes.clone();
        quotes.start();
        quotes.set(&plain_text(inlines)).into_owned()
    }

    /// Appends running text.
    pub(super) fn prose(&mut self, text: &str, span: Span) {
        let text = self.quotes.set(text);
        let removed = push_text(&mut self.out, &text);
        self.count_removed(removed, span);
    }

    /// Appends text as it stands.
    pub(super) fn text(&mut self, text: &str, span: Span) {
        let removed = push_text(&mut self.out, text);
        self.count_removed(removed, span);
    }

    pub(super) fn count_removed(&mut self, removed: usize, span: Span) {
        if removed > 0 {
            self.content.facts.removed += removed;
            self.content.facts.first_removed.get_or_insert(span);
        }
    }

    fn document_title(&mut self) {
        let document = self.document;
        let title = &document.meta.title;
        self.quotes = self.quotes_of(self.language.clone().as_ref());
        self.out.push_str("<header><h1>");
        self.phrase(title);
        self.out.push_str("</h1>");
        let subtitle = &document.meta.subtitle;
        if !subtitle.is_empty() {
            self.out.push_str("<p class=\"subtitle\">");
            self.phrase(subtitle);
            self.out.push_str("</p>");
        }
        self.out.push_str("</header>\n");
        self.shift = 1;
    }

    fn article(&mut self, index: usize, article: &Article) {
        self.article = index;
        if index > 0 && self.settings.split_level.is_some() {
            self.end_page();
        }
        self.notes.start_article(article);
        let language =
            article.meta.language.as_ref().map(|l| l.tag.clone()).or_else(|| self.language.clone());
        self.quotes = self.quotes_of(language.as_ref());
        let title = self.label(&article.meta.title);
        self.page.language = language.clone();
        self.page.title = title.clone();
        self.out.push_str(if self.is_epub() {
            "<section epub:type=\"chapter\" role=\"doc-chapter\""
        } else {
            "<article"
        });
        if !self.is_epub() && language != self.language {
            self.language_attributes(language.as_ref());
        }
        self.out.push_str(">\n");
        let top = self.content.outline.len();
        if !article.meta.title.is_empty() {
            self.title(index, article, title, language);
        }
        self.page_start = self.out.len();
        self.blocks_of_article(&article.blocks);
        self.close_sections(0);
        if index + 1 == self.document.articles.len() {
            self.rest_of_page_breaks();
        }
        self.rest_of_notes(article);
        self.out.push_str(if self.is_epub() { "</section>\n" } else { "</article>\n" });
        // A chapter without a heading still is a place to go to.
        if self.content.outline.len() == top && self.document.articles.len() > 1 {
            let id = String::new();
            self.content.outline.push(Entry {
                label: self.terms.untitled.to_owned(),
                depth: 1,
                place: Place { page: self.page_index(), id },
                top: true,
                language: None,
            });
        }
    }

    fn title(&mut self, index: usize, article: &Article, title: String, language: Option<LanguageTag>) {
        let several = self.document.articles.len() > 1;
        let rank = 1 + self.shift;
        let span = article.meta.title.first().map_or(article.span, |i| i.span);
        self.page_breaks_before(span);
        let id =
            self.names.fresh(&if several { format!("article-{}", index + 1) } else { "title".to_owned() });
        let place = Place { page: self.page_index(), id: id.clone() };
        // Links name the article as the source writes it.
        self.links.article(&plain_text(&article.meta.title), index, place.clone());
        let subtitle: &[Inline] =
            if self.settings.style.title.subtitle { &article.meta.subtitle } else { &[] };
        let under = self.settings.style.title.under(self.document, article, false);
        let header = !subtitle.is_empty() || !under.is_empty();
        if header {
            self.out.push_str("<header>");
        }
        self.out.push_str(&format!("<h{rank} id=\"{id}\">"));
        self.phrase(&article.meta.title);
        self.out.push_str(&format!("</h{rank}>\n"));
        if !subtitle.is_empty() {
            self.out.push_str("<p class=\"subtitle\">");
            self.phrase(subtitle);
            self.out.push_str("</p>\n");
        }
        for under in &under {
            self.out.push_str(match under {
                UnderTitle::Authors(_) => "<p class=\"byline\">",
                UnderTitle::Date(_) => "<p class=\"date\">",
                UnderTitle::Summary(_) => "<p class=\"abstract\">",
            });
            self.text(under.words(), span);
            self.out.push_str("</p>\n");
        }
        if header {
            self.out.push_str("</header>\n");
        }
        self.content.facts.headings += 1;
        let language = language.filter(|l| Some(l) != self.language.as_ref());
        self.content.outline.push(Entry { label: title, depth: 1, place, top: true, language });
    }

    fn blocks_of_article(&mut self, blocks: &[Block]) {
        for block in blocks {
            if self.starts_page(block) {
                self.continue_on_new_page();
            }
            if let BlockKind::Heading { level, content } = &block.kind {
                self.section_heading(*level, content, block);
            } else {
                self.block(block);
            }
        }
    }

    /// Whether a block of an article's top level starts a page.
    fn starts_page(&self, block: &Block) -> bool {
        /// More files than this help no reader and burden every one.
        const MOST_PAGES: usize = 5_000;
        let Some(split_level) = self.settings.split_level else { return false };
        if self.out.len() > self.settings.page_bytes.saturating_mul(2) {
            return true;
        }
        match &block.kind {
            BlockKind::Heading { level, .. } => {
                self.out.len() > self.settings.page_bytes
                    || (level.get() <= split_level
                        && self.drafts.len() < MOST_PAGES
                        && self.out.len() > self.page_start)
            }
            _ => false,
        }
    }

    fn continue_on_new_page(&mut self) {
        let (language, title) = (self.page.language.clone(), self.page.title.clone());
        self.close_sections(0);
        self.page_notes();
        self.out.push_str("</section>\n");
        self.end_page();
        self.page.language = language;
        self.page.title = title;
        self.out.push_str("<section>\n");
        self.page_start = self.out.len();
    }

    fn section_heading(&mut self, level: Level, content: &[Inline], block: &Block) {
        let top = self.page_index() > 0 && self.out.len() == self.page_start;
        let open = self.sections.iter().position(|&l| l >= level).unwrap_or(self.sections.len());
        self.close_sections(open);
        self.sections.push(level);
        self.out.push_str("<section>\n");
        // What stands in the source is a rank in an outline; a jump from 2 to 4 would be a hole in it.
        let article_has_title = !self.document.articles[self.article].meta.title.is_empty();
        let depth = self.sections.len() + usize::from(article_has_title);
        self.heading(content, block, depth, Some(Listed { top }));
    }

    /// A heading at a depth of the outline, listed in the table of contents or not.
    pub(super) fn heading(
        &mut self,
        content: &[Inline],
        block: &Block,
        depth: usize,
        listed: Option<Listed>,
    ) {
        self.page_breaks_before(block.span);
        let label = self.label(content);
        let page = self.page_index();
        let id = match block.id() {
            Some(anchor) => self.names.anchor(anchor, page),
            None => self.names.fresh("section"),
        };
        let place = Place { page, id };
        self.links.section(self.article, &plain_text(content), place.clone());
        if label.trim().is_empty() {
            // A heading without words is an obstacle to who goes from heading to heading.
            self.out.push_str(&format!("<div id=\"{}\">", place.id));
            self.phrase(content);
            self.out.push_str("</div>\n");
            return;
        }
        let rank = (depth + self.shift).min(6);
        self.out.push_str(&format!("<h{rank} id=\"{}\"", place.id));
        self.attributes_but_id(block.attr.as_deref(), "");
        self.out.push('>');
        self.phrase(content);
        self.out.push_str(&format!("</h{rank}>\n"));
        self.content.facts.headings += 1;
        if let Some(Listed { top }) = listed {
            if self.page.title.is_empty() || top {
                self.page.title = label.clone();
            }
            let language = block.attr.as_ref().and_then(|a| a.lang.clone());
            self.content.outline.push(Entry { label, depth, place, top, language });
        }
    }

    /// The rank of a heading inside another block, which opens no section.
    pub(super) fn inner_depth(&self) -> usize {
        self.sections.len() + 2
    }

    fn close_sections(&mut self, open: usize) {
        for _ in open..self.sections.len() {
            self.out.push_str("</section>\n");
        }
        self.sections.truncate(open);
    }

    fn end_page(&mut self) {
        self.page.body = std::mem::take(&mut self.out);
        let page = std::mem::take(&mut self.page);
        self.drafts.push((page, std::mem::take(&mut self.holes)));
    }

    fn finish(mut self, href: &dyn Fn(usize) -> String) -> Content {
        self.end_page();
        let Facts { removed, first_removed, .. } = self.content.facts;
        if removed > 0 {
            let what = if removed == 1 { "character" } else { "characters" };
            self.cx.report(Diagnostic::new(
                &code::CONTROL_REMOVED,
                first_removed,
                format!("{removed} control {what} left out, the first here: no markup can hold them"),
            ));
        }
        self.links.resolve(&self.names);
        let mut content = self.content;
        for (index, (mut page, holes)) in self.drafts.into_iter().enumerate() {
            if !holes.is_empty() {
                let mut filled = String::with_capacity(page.body.len() + holes.len() * 24);
                let mut done = 0;
                for (at, hole) in &holes {
                    filled.push_str(&page.body[done..*at]);
                    done = *at;
                    let to = |place: &Place| match place {
                        Place { page, id } if *page == index => format!("#{id}"),
                        Place { page, id } if id.is_empty() => href(*page),
                        Place { page, id } => format!("{}#{id}", href(*page)),
                    };
                    self.links.fill(hole, &self.notes, &to, &mut filled);
                }
                filled.push_str(&page.body[done..]);
                page.body = filled;
            }
            content.pages.push(page);
        }
        content
    }
}
