//! From the tree to the model.

use super::media::Picture;
use super::running::{Running, finish, flush};
use crate::diagnostic::{Code, Diagnostic, Remedy, code};
use crate::format::ReadContext;
use crate::markup::entity;
use crate::model::*;
use crate::read::wikitext::data::namespace;
use crate::read::wikitext::expand::claims::Subject;
use crate::read::wikitext::expand::expander::Expander;
use crate::read::wikitext::expand::flat::Flat;
use crate::read::wikitext::parse::block::{Lines, Marks};
use crate::read::wikitext::parse::html::{self, Tag};
use crate::read::wikitext::parse::link::LinkData;
use crate::read::wikitext::parse::tree::{Element, ElementId, Tree};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// An article being made.
pub struct Builder<'a, 'c, 's> {
    pub x: Expander<'a>,
    pub cx: &'c mut ReadContext<'s>,
    pub notes: Vec<Note>,
    /// Notes by group and name.
    pub names: BTreeMap<(String, String), u32>,
    /// The words of those notes that have names.
    pub given: BTreeMap<u32, String>,
    /// Which notes stand in a list.
    pub listed: Vec<bool>,
    /// What goes on in notes that were not given yet.
    pub following: BTreeMap<u32, Vec<Block>>,
    pub subjects: Vec<String>,
    known_subjects: HashSet<String>,
    /// The language that the names of categories speak of.
    pub language: Option<&'static str>,
    pub meta_spans: Vec<Span>,
    numbered: usize,
    pub depth: usize,
    flattened: bool,
}

/// A text that has been read into a tree.
pub struct Parsed<'f> {
    pub flat: &'f Flat,
    pub tree: Tree,
    pub links: Vec<LinkData>,
    pub pictures: Vec<Picture>,
}

impl Parsed<'_> {
    pub fn element(&self, id: ElementId) -> &Element {
        self.tree.get(id)
    }

    pub fn children(&self, id: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        self.tree.children(id)
    }

    pub fn span(&self, id: ElementId) -> Span {
        let e = self.tree.get(id);
        self.flat.span(e.start as usize..e.end as usize)
    }
}

impl<'a, 'c, 's> Builder<'a, 'c, 's> {
    pub fn new(x: Expander<'a>, cx: &'c mut ReadContext<'s>) -> Self {
        Builder {
            x,
            cx,
            notes: Vec::new(),
            names: BTreeMap::new(),
            given: BTreeMap::new(),
            listed: Vec::new(),
            following: BTreeMap::new(),
            subjects: Vec::new(),
            known_subjects: HashSet::new(),
            language: None,
            meta_spans: Vec::new(),
            numbered: 0,
            depth: 0,
            flattened: false,
        }
    }

    pub fn report(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        self.cx.report(Diagnostic::new(code, span, message));
    }

    /// Reads expanded text as blocks.
    pub fn blocks_of(&mut self, flat: &Flat) -> Vec<Block> {
        let parsed = self.parse(flat);
        let mut out = Vec::new();
        self.blocks(&parsed, 0, &mut out);
        out
    }

    /// Reads expanded text as running text; blocks in it are joined by spaces.
    pub fn inlines_of(&mut self, flat: &Flat) -> Vec<Inline> {
        let parsed = self.parse(flat);
        let mut running = Running::new();
        self.flattened_inlines(&parsed, 0, &mut running);
        finish(running.inlines)
    }

    fn parse<'f>(&mut self, flat: &'f Flat) -> Parsed<'f> {
        let nesting = self.x.nesting.saturating_sub(self.depth);
        let mut lines = Lines::new(flat, &self.x.items, nesting, self.numbered);
        lines.run();
        self.numbered = lines.numbered;
        let Lines { tree, links, pictures, categories, marks, .. } = lines;
        self.account(flat, &marks);
        for picture in &pictures {
            self.picture_account(flat, picture);
        }
        let parsed = Parsed { flat, tree, links, pictures };
        for (name, prefix, range) in categories {
            if self.known_subjects.insert(name.clone()) {
                self.subjects.push(name);
            }
            self.language = self.language.or_else(|| namespace::language_of_category(&prefix));
            self.meta_spans.push(flat.span(range));
        }
        if let Some(range) = parsed.tree.flattened.clone().filter(|_| !self.flattened) {
            self.flattened = true;
            let limit = self.x.nesting;
            let message = format!("what is nested deeper than {limit} levels was made flat");
            let said = Diagnostic::new(&code::NESTING_FLATTENED, flat.span(range), message);
            self.cx.report(said.remedy(Remedy::Nesting));
        }
        parsed
    }

    /// Tells of mark-up, and of what the model has no place for.
    fn account(&mut self, flat: &Flat, marks: &Marks) {
        for range in &marks.markup {
            self.x.findings.claims.syntax_of(flat, range.clone());
        }
        for range in &marks.attributes {
            self.attributes_account(flat, range.clone());
        }
        for range in &marks.languages {
            let name = flat.text[range.clone()].trim_start_matches('[').split(':').next().unwrap_or_default();
            self.x.findings.claims.lose_of(Subject::Languages, name, flat, range.clone());
        }
    }

    /// Options of a picture: mark-up, and what is lost of them.
    pub fn picture_account(&mut self, flat: &Flat, picture: &Picture) {
        for range in &picture.options {
            self.x.findings.claims.syntax_of(flat, range.clone());
        }
        for range in &picture.lost {
            let option = flat.text[range.clone()].trim();
            let name = option.split_once('=').map_or("an earlier caption", |(key, _)| key);
            self.x.findings.claims.lose_of(Subject::PictureOptions, name, flat, range.clone());
        }
    }

    /// Attributes: their names are mark-up; values that are not kept are lost.
    fn attributes_account(&mut self, flat: &Flat, range: Range<usize>) {
        let text = &flat.text[range.clone()];
        let claims = &mut self.x.findings.claims;
        // What is no attribute is passed over.
        claims.syntax_of(flat, range.clone());
        for (name, value) in html::attributes(text) {
            let place = |part: &str| {
                let start = range.start + (part.as_ptr() as usize - text.as_ptr() as usize);
                start..start + part.len()
            };
            let lower = name.to_ascii_lowercase();
            match lower.as_str() {
                _ if value.is_empty() => {}
                // Kept by the elements that have them, or read by them.
                "id" | "lang" | "xml:lang" | "dir" | "title" => {}
                "colspan" | "rowspan" | "scope" | "align" | "start" | "type" => {}
                _ => {
                    let subject = if is_style(&lower) { Subject::Style } else { Subject::Attributes };
                    claims.lose_of(subject, &lower, flat, place(value));
                }
            }
        }
    }

    pub fn span(&self, p: &Parsed<'_>, e: &Element) -> Span {
        p.flat.span(e.start as usize..e.end as usize)
    }

    /// Appends the blocks inside of an element.
    pub fn blocks(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        self.depth += 1;
        let mut loose = Running::new();
        let mut loose_span: Option<Span> = None;
        for child in p.tree.children(id) {
            let element = p.tree.get(child);
            let is_block = element.tag.is_block()
                || match element.tag {
                    Tag::Figure => p.pictures[element.detail.start as usize].block,
                    Tag::Item => self.is_block_item(element.detail.start),
                    _ => false,
                };
            if is_block {
                flush(&mut loose, &mut loose_span, out);
                self.block(p, child, out);
            } else {
                let span = self.span(p, element);
                loose_span = Some(loose_span.map_or(span, |s| s.to(span)));
                self.inline(p, child, &mut loose);
            }
        }
        flush(&mut loose, &mut loose_span, out);
        self.depth -= 1;
    }

    pub fn block(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        // The reader ends with the reason.
        if self.cx.go_on().is_err() {
            return;
        }
        let e = p.tree.get(id);
        let span = self.span(p, e);
        match e.tag {
            Tag::P => {
                let running = self.running(p, id);
                let attr = self.attr(p, e);
                out.extend(running.figures);
                let content = finish(running.inlines);
                if !content.is_empty() {
                    out.push(Node { kind: BlockKind::Paragraph { content }, attr, span });
                }
            }
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                let level = Level::clamped(e.tag as usize - Tag::H1 as usize + 1);
                let running = self.running(p, id);
                let attr = self.attr(p, e);
                let content = finish(running.inlines);
                if !content.is_empty() {
                    out.push(Node { kind: BlockKind::Heading { level, content }, attr, span });
                }
                out.extend(running.figures);
            }
            Tag::Preformatted => {
                let mut text = String::new();
                self.plain(p, id, &mut text);
                let text = text.trim_end_matches('\n').to_owned();
                if !text.is_empty() {
                    out.push(Node::new(BlockKind::Code { language: None, text, numbers: None }, span));
                }
            }
            Tag::Ul | Tag::Ol => self.list(p, id, out),
            Tag::Dl => self.definitions(p, id, out),
            Tag::Blockquote => {
                let mut body = Vec::new();
                self.blocks(p, id, &mut body);
                if !body.is_empty() {
                    let attr = self.attr(p, e);
                    out.push(Node { kind: BlockKind::Quote { body }, attr, span });
                }
            }
            Tag::Table => self.table(p, id, out),
            Tag::Hr => out.push(Node::new(BlockKind::Rule, span)),
            Tag::Figure => self.figure(p, id, out),
            Tag::Item => self.block_item(e.detail.start as usize, span, out),
            Tag::Div => self.division(p, id, out),
            _ => self.blocks(p, id, out),
        }
    }

    /// A `div`: its class may say what it is, otherwise only its content counts.
    fn division(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let e = p.tree.get(id);
        let span = self.span(p, e);
        let attributes = self.attributes(p, e);
        let classes = html::attribute(attributes, "class").unwrap_or("");
        let role = classes.split_whitespace().find_map(|class| match class {
            "hatnote" | "rellink" | "dablink" => Some(Aside::Hatnote),
            "fanfold-box" => Some(Aside::Box),
            _ => None,
        });
        let mut body = Vec::new();
        self.blocks(p, id, &mut body);
        let attr = self.attr(p, e);
        match role {
            _ if body.is_empty() => {}
            Some(role) => out.push(Node { kind: BlockKind::Aside { role, body }, attr, span }),
            None => {
                // A single child can carry what the division says about it.
                if let ([only], Some(attr)) = (body.as_mut_slice(), attr)
                    && only.attr.is_none()
                {
                    only.attr = Some(attr);
                }
                out.extend(body);
            }
        }
    }

    pub fn attributes<'f>(&self, p: &Parsed<'f>, e: &Element) -> &'f str {
        if matches!(e.tag, Tag::Link | Tag::Figure | Tag::Item) {
            return "";
        }
        &p.flat.text[e.detail.start as usize..e.detail.end as usize]
    }

    /// What an element's attributes say that the model keeps.
    pub fn attr(&mut self, p: &Parsed<'_>, e: &Element) -> Option<Box<Attr>> {
        let text = self.attributes(p, e);
        if text.trim().is_empty() {
            return None;
        }
        let mut attr = Attr::default();
        for (name, value) in html::attributes(text) {
            let value = entity::decode(value.trim());
            match name.to_ascii_lowercase().as_str() {
                "id" if !value.is_empty() && !value.contains('\0') => attr.id = Some(value.into_owned()),
                "lang" | "xml:lang" => attr.lang = LanguageTag::new(&value),
                "dir" if value.eq_ignore_ascii_case("rtl") => attr.dir = Some(Direction::Rtl),
                "dir" if value.eq_ignore_ascii_case("ltr") => attr.dir = Some(Direction::Ltr),
                "title" if !value.is_empty() && !value.contains('\0') => {
                    attr.title = Some(value.into_owned())
                }
                _ => {}
            }
        }
        (attr != Attr::default()).then(|| Box::new(attr))
    }
}

/// Whether an attribute only says how something looks.
fn is_style(name: &str) -> bool {
    matches!(
        name,
        "style"
            | "class"
            | "width"
            | "height"
            | "valign"
            | "bgcolor"
            | "border"
            | "bordercolor"
            | "cellpadding"
            | "cellspacing"
            | "clear"
            | "color"
            | "face"
            | "frame"
            | "hspace"
            | "noshade"
            | "nowrap"
            | "role"
            | "rules"
            | "size"
            | "vspace"
            | "compact"
            | "background"
    ) || name.starts_with("data-")
        || name.starts_with("aria-")
}
