//! Blocks.

use super::escape::push_attribute;
use super::look::code_class;
use super::names::Place;
use super::page::Entry;
use super::writer::ContentWriter;
use crate::model::{
    Aside, Attr, Block, BlockKind, Definition, Direction, Inline, InlineKind, LanguageTag, ListItem, Marker,
    NumberStyle, Span, is_gallery, wordless_image,
};
use crate::text::code::runs;

impl ContentWriter<'_, '_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        // Who renders the document ends with the reason.
        if self.cx.go_on().is_err() {
            return;
        }
        let Some(language) = block.attr.as_ref().and_then(|a| a.lang.as_ref()) else {
            return self.block_of_language(block);
        };
        let inside = self.quotes_of(Some(language));
        let around = std::mem::replace(&mut self.quotes, inside);
        self.block_of_language(block);
        self.quotes = around;
    }

    /// Code, with what is told apart in it.
    fn code(&mut self, language: Option<&str>, text: &str, numbered: bool, span: Span) {
        // What has a number before it is an element of its own, with the end of its line.
        const LINE: &str = "<span class=\"line\">";
        if numbered {
            self.out.push_str(LINE);
        }
        for (kind, run) in runs(language.filter(|_| self.settings.style.code.highlight), text) {
            let parts: Vec<&str> = if numbered { run.split_inclusive('\n').collect() } else { vec![run] };
            for part in parts {
                match kind {
                    None => self.text(part, span),
                    Some(kind) => {
                        self.content.facts.highlighted = true;
                        self.out.push_str(&format!("<span class=\"{}\">", code_class(kind)));
                        self.text(part, span);
                        self.out.push_str("</span>");
                    }
                }
                if numbered && part.ends_with('\n') {
                    self.out.push_str("</span>");
                    self.out.push_str(LINE);
                }
            }
        }
        if numbered {
            self.out.push_str("</span>");
        }
    }

    fn block_of_language(&mut self, block: &Block) {
        if let BlockKind::Heading { content, .. } = &block.kind {
            let depth = self.inner_depth();
            return self.heading(content, block, depth, None);
        }
        self.page_breaks_before(block.span);
        let attr = block.attr.as_deref();
        match &block.kind {
            BlockKind::Heading { .. } => {}
            BlockKind::Paragraph { content } => self.phrasing("p", attr, content),
            BlockKind::Quote { body } => {
                self.open("blockquote", attr, "");
                self.out.push('\n');
                self.blocks(body);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::List { marker, tight, items } => self.list(*marker, *tight, items, attr),
            BlockKind::Definitions { items } => self.definitions(items, attr),
            BlockKind::Code { language, text, numbers } => {
                // Wide code scrolls; a region that scrolls must be reachable by keyboard.
                let numbers = numbers.or(self.settings.style.code.numbers.then_some(1));
                match numbers {
                    None => self.open("pre", attr, ""),
                    Some(first) => {
                        let start = match first {
                            1 => String::new(),
                            first => format!(" data-startfrom=\"{first}\""),
                        };
                        self.open("pre", attr, &format!(" class=\"numberLines\"{start}"));
                        self.content.facts.numbered = true;
                    }
                }
                self.out.push_str("<code");
                if let Some(language) = language.as_deref().and_then(|l| l.split_whitespace().next()) {
                    self.out.push_str(" class=\"language-");
                    push_attribute(&mut self.out, language);
                    self.out.push('"');
                }
                if let Some(first) = numbers.filter(|first| *first != 1) {
                    self.out.push_str(&format!(" style=\"counter-reset:line {}\"", i64::from(first) - 1));
                }
                self.out.push('>');
                // A newline right after the start tag is dropped by HTML parsers.
                if text.starts_with('\n') && numbers.is_none() {
                    self.out.push('\n');
                }
                self.code(language.as_deref(), text, numbers.is_some(), block.span);
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Math(formula) => {
                self.open("div", attr, " class=\"math\"");
                self.math(formula, block.span, true);
                self.out.push_str("</div>\n");
            }
            BlockKind::Table(table) => self.table(table, block),
            BlockKind::Infobox(infobox) => self.infobox(infobox, block),
            BlockKind::Figure { body, caption } => self.figure(body, caption, block),
            BlockKind::Aside { role, body } => self.aside(*role, body, attr),
            BlockKind::Notes { notes, .. } => self.listed_notes(notes),
            BlockKind::Rule => {
                self.open("hr", attr, "");
                self.end_void();
                self.out.push('\n');
            }
            BlockKind::Unknown(unknown) => self.phrasing("p", attr, &unknown.content),
            // What is to be shown of it, the reader put after it.
            BlockKind::Unresolved(_) => {}
        }
    }

    fn phrasing(&mut self, element: &str, attr: Option<&Attr>, content: &[Inline]) {
        self.open(element, attr, "");
        self.phrase(content);
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push_str(">\n");
    }

    fn list(&mut self, marker: Marker, tight: bool, items: &[ListItem], attr: Option<&Attr>) {
        if items.is_empty() {
            return;
        }
        let tasks = items.iter().any(|i| i.checked.is_some());
        let element = match marker {
            Marker::Bullet => {
                self.open("ul", attr, if tasks { " class=\"tasks\"" } else { "" });
                "ul"
            }
            Marker::Ordered { start, style } => {
                let mut extra = match style {
                    NumberStyle::Decimal => String::new(),
                    NumberStyle::LowerAlpha => " type=\"a\"".to_owned(),
                    NumberStyle::UpperAlpha => " type=\"A\"".to_owned(),
                    NumberStyle::LowerRoman => " type=\"i\"".to_owned(),
                    NumberStyle::UpperRoman => " type=\"I\"".to_owned(),
                };
                if start != 1 {
                    // HTML's numbers are signed.
                    extra.push_str(&format!(" start=\"{}\"", start.min(i32::MAX as u32)));
                }
                self.open("ol", attr, &extra);
                "ol"
            }
        };
        self.out.push('\n');
        for item in items {
            self.out.push_str("<li>");
            match item.checked {
                Some(true) => self.out.push_str("☒ "),
                Some(false) => self.out.push_str("☐ "),
                None => {}
            }
            self.tight_blocks(&item.blocks, tight);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(&format!("</{element}>\n"));
    }

    /// Blocks of an item or a cell: when tight, the first paragraph needs no element of its own.
    pub(super) fn tight_blocks(&mut self, blocks: &[Block], tight: bool) {
        let rest = match blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph { content }, attr: None, span }, rest)) if tight => {
                self.page_breaks_before(*span);
                self.phrase(content);
                rest
            }
            _ => blocks,
        };
        if !rest.is_empty() {
            self.out.push('\n');
            self.blocks(rest);
        }
    }

    fn definitions(&mut self, items: &[Definition], attr: Option<&Attr>) {
        if items.iter().all(|i| i.terms.is_empty() && i.details.is_empty()) {
            return;
        }
        // In HTML details follow terms; a list without one of them is made of other elements.
        let proper = items.iter().enumerate().all(|(at, item)| {
            let last = items.get(at + 1).is_none_or(|next| !next.terms.is_empty());
            (at > 0 || !item.terms.is_empty()) && (!item.details.is_empty() || !last)
        });
        let [list, term, detail] = if proper { ["dl", "dt", "dd"] } else { ["div", "p", "div"] };
        self.open(list, attr, if proper { "" } else { " class=\"definitions\"" });
        self.out.push('\n');
        for item in items {
            for words in &item.terms {
                self.phrasing(term, None, words);
            }
            for blocks in &item.details {
                self.open(detail, None, if proper { "" } else { " class=\"detail\"" });
                self.tight_blocks(blocks, proper && blocks.len() == 1);
                self.out.push_str(&format!("</{detail}>\n"));
            }
        }
        self.out.push_str(&format!("</{list}>\n"));
    }

    fn figure(&mut self, body: &[Block], caption: &[Inline], block: &Block) {
        let page = self.page_index();
        let id = match block.id() {
            Some(anchor) => self.names.anchor(anchor, page),
            None => self.names.fresh("figure"),
        };
        self.out.push_str(&format!("<figure id=\"{id}\""));
        let class = if is_gallery(body) { " class=\"gallery\"" } else { "" };
        self.attributes_but_id(block.attr.as_deref(), class);
        self.out.push_str(">\n");
        for block in body {
            match &block.kind {
                // Of an image that isn't there the caption says enough.
                BlockKind::Paragraph { content } if !caption.is_empty() && self.is_missing(content) => {}
                BlockKind::Paragraph { content } if block.attr.is_none() => {
                    self.phrase(content);
                    self.out.push('\n');
                }
                BlockKind::Figure { .. } if is_gallery(body) && self.is_bare(block) => {}
                _ => self.block(block),
            }
        }
        let label = self.label(caption);
        if !caption.is_empty() {
            self.out.push_str("<figcaption>");
            self.phrase(caption);
            self.out.push_str("</figcaption>\n");
        }
        self.out.push_str("</figure>\n");
        if !label.trim().is_empty() {
            let place = Place { page, id };
            self.content.figures.push(Entry { label, depth: 1, place, top: false, language: None });
        }
    }

    /// Whether a figure is an image that was not loaded, and nothing else.
    pub(super) fn is_bare(&self, block: &Block) -> bool {
        wordless_image(block).is_some_and(|image| !self.document.assets.contains_key(&image.source))
    }

    /// Whether a paragraph is an image that was not loaded and has no words.
    fn is_missing(&self, content: &[Inline]) -> bool {
        match content {
            [Inline { kind: InlineKind::Image(image), .. }] => {
                !image.has_words() && !self.document.assets.contains_key(&image.source)
            }
            _ => false,
        }
    }

    fn aside(&mut self, role: Aside, body: &[Block], attr: Option<&Attr>) {
        let (element, class) = match role {
            Aside::Hatnote => ("div", "hatnote"),
            Aside::Note => ("aside", "note"),
            Aside::Tip => ("aside", "tip"),
            Aside::Important => ("aside", "important"),
            Aside::Caution => ("aside", "caution"),
            Aside::Warning => ("aside", "warning"),
            Aside::Box => ("aside", "box"),
        };
        // A part of the text, which must not be listed among the landmarks of the page.
        match role.word() {
            Some(word) => {
                let name = format!(" class=\"{class}\" role=\"note\" aria-label=\"{word}\"");
                self.open(element, attr, &name);
                self.out.push_str(&format!("\n<p class=\"aside-word\"><strong>{word}</strong></p>\n"));
            }
            None => {
                self.open(element, attr, &format!(" class=\"{class}\" role=\"note\""));
                self.out.push('\n');
            }
        }
        self.blocks(body);
        self.out.push_str(&format!("</{element}>\n"));
    }

    /// A start tag with the node's attributes and `extra` ones, which may start with a class.
    pub(super) fn open(&mut self, element: &str, attr: Option<&Attr>, extra: &str) {
        self.out.push('<');
        self.out.push_str(element);
        self.attributes(attr, extra);
        self.out.push('>');
    }

    /// Turns the `>` just written into the end of an element that has no content.
    pub(super) fn end_void(&mut self) {
        if self.is_epub() {
            self.out.pop();
            self.out.push_str("/>");
        }
    }

    /// A node's attributes and `extra` ones, each with a space before it.
    pub(super) fn attributes(&mut self, attr: Option<&Attr>, extra: &str) {
        if let Some(anchor) = attr.and_then(|a| a.id.as_deref()) {
            let page = self.page_index();
            let id = self.names.anchor(anchor, page);
            self.out.push_str(&format!(" id=\"{id}\""));
        }
        self.attributes_but_id(attr, extra);
    }

    pub(super) fn attributes_but_id(&mut self, attr: Option<&Attr>, extra: &str) {
        let Some(attr) = attr else { return self.out.push_str(extra) };
        let classes = attr.classes.iter().flat_map(|c| c.split_whitespace()).collect::<Vec<_>>().join(" ");
        match extra.strip_prefix(" class=\"") {
            Some(rest) if !classes.is_empty() => {
                self.out.push_str(" class=\"");
                push_attribute(&mut self.out, &classes);
                self.out.push(' ');
                self.out.push_str(rest);
            }
            _ => {
                if !classes.is_empty() {
                    self.out.push_str(" class=\"");
                    push_attribute(&mut self.out, &classes);
                    self.out.push('"');
                }
                self.out.push_str(extra);
            }
        }
        if let Some(lang) = &attr.lang {
            self.language_attribute(lang);
        }
        // A change of language most often is a change of direction; the source has the last word.
        let dir = attr.dir.or_else(|| attr.lang.as_ref().map(LanguageTag::direction));
        if let Some(dir) = dir {
            self.direction_attribute(dir);
        }
        if let Some(title) = attr.title.as_deref().filter(|t| !t.is_empty()) {
            self.out.push_str(" title=\"");
            push_attribute(&mut self.out, title);
            self.out.push('"');
        }
    }

    /// Language and, where it needs one, direction.
    pub(super) fn language_attributes(&mut self, language: Option<&LanguageTag>) {
        if let Some(language) = language {
            self.language_attribute(language);
            self.direction_attribute(language.direction());
        }
    }

    fn language_attribute(&mut self, language: &LanguageTag) {
        self.out.push_str(&format!(" lang=\"{language}\""));
        if self.is_epub() {
            self.out.push_str(&format!(" xml:lang=\"{language}\""));
        }
    }

    fn direction_attribute(&mut self, direction: Direction) {
        self.out.push_str(match direction {
            Direction::Ltr => " dir=\"ltr\"",
            Direction::Rtl => " dir=\"rtl\"",
        });
    }
}
