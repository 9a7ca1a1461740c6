//! From the tree to the model.

use super::expand::Expander;
use super::flat::Flat;
use super::html::{self, Tag};
use super::inline::{LinkData, Target as Leads};
use super::link::Wikilink;
use super::media::Picture;
use super::running::{Running, finish, flush, push_text, trim_end};
use super::tree::{Element, ElementId, Tree};
use super::{entity, namespace};
use crate::diagnostic::{Code, Diagnostic, code};
use crate::format::Context;
use crate::model::*;
use std::collections::BTreeMap;

/// An article being made.
pub(super) struct Builder<'a, 'c, 's> {
    pub x: Expander<'a>,
    pub cx: &'c mut Context<'s>,
    pub notes: Vec<Note>,
    /// Notes by group and name.
    pub names: BTreeMap<(String, String), u32>,
    pub subjects: Vec<String>,
    /// The language that the names of categories speak of.
    pub language: Option<&'static str>,
    pub meta_spans: Vec<Span>,
    pub show: super::Show,
    numbered: usize,
    pub depth: usize,
    flattened: bool,
}

/// A text that has been read into a tree.
pub(super) struct Parsed<'f> {
    pub flat: &'f Flat,
    tree: Tree,
    links: Vec<LinkData>,
    pictures: Vec<Picture>,
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
    pub fn new(x: Expander<'a>, cx: &'c mut Context<'s>, show: super::Show) -> Self {
        Builder {
            x,
            cx,
            notes: Vec::new(),
            names: BTreeMap::new(),
            subjects: Vec::new(),
            language: None,
            meta_spans: Vec::new(),
            show,
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
        let mut lines = super::block::Lines::new(flat, &self.x.items, nesting, self.numbered);
        lines.run();
        self.numbered = lines.numbered;
        let (categories, meta) = (std::mem::take(&mut lines.categories), std::mem::take(&mut lines.meta));
        let parsed = Parsed { flat, tree: lines.tree, links: lines.links, pictures: lines.pictures };
        for (name, prefix, range) in categories {
            if !self.subjects.contains(&name) {
                self.subjects.push(name);
            }
            self.language = self.language.or_else(|| namespace::language_of_category(&prefix));
            self.meta_spans.push(flat.span(range));
        }
        self.meta_spans.extend(meta.into_iter().map(|range| flat.span(range)));
        if let Some(range) = parsed.tree.flattened.clone().filter(|_| !self.flattened) {
            self.flattened = true;
            let limit = self.x.nesting;
            let message = format!("what is nested deeper than {limit} levels was made flat");
            self.report(&code::NESTING_FLATTENED, flat.span(range), message);
        }
        parsed
    }

    fn span(&self, p: &Parsed<'_>, e: &Element) -> Span {
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
                    out.push(Node::new(BlockKind::Code { language: None, text }, span));
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

    fn list(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let e = p.tree.get(id);
        let span = self.span(p, e);
        let mut items: Vec<ListItem> = Vec::new();
        for child in p.tree.children(id) {
            let item = p.tree.get(child);
            let mut blocks = Vec::new();
            match item.tag {
                Tag::Li => self.blocks(p, child, &mut blocks),
                tag if tag.is_block() || tag == Tag::Item => self.block(p, child, &mut blocks),
                _ => {
                    let mut running = Running::new();
                    self.inline(p, child, &mut running);
                    let content = finish(running.inlines);
                    if !content.is_empty() {
                        blocks.push(Node::new(BlockKind::Paragraph { content }, self.span(p, item)));
                    }
                    if blocks.is_empty() {
                        continue;
                    }
                }
            }
            let span = self.span(p, item);
            match items.last_mut() {
                // What stands between the items belongs to the one before.
                Some(last) if item.tag != Tag::Li => last.blocks.extend(blocks),
                _ => items.push(ListItem { blocks, checked: None, span }),
            }
        }
        let marker = if e.tag == Tag::Ul {
            Marker::Bullet
        } else {
            let attributes = self.attributes(p, e);
            let start = html::attribute(attributes, "start").and_then(|n| n.parse().ok()).unwrap_or(1);
            let style = match html::attribute(attributes, "type") {
                Some("a") => NumberStyle::LowerAlpha,
                Some("A") => NumberStyle::UpperAlpha,
                Some("i") => NumberStyle::LowerRoman,
                Some("I") => NumberStyle::UpperRoman,
                _ => NumberStyle::Decimal,
            };
            Marker::Ordered { start, style }
        };
        if !items.is_empty() {
            let attr = self.attr(p, e);
            out.push(Node { kind: BlockKind::List { marker, tight: true, items }, attr, span });
        }
    }

    fn definitions(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let span = self.span(p, p.tree.get(id));
        let mut items: Vec<Definition> = Vec::new();
        for child in p.tree.children(id) {
            let e = p.tree.get(child);
            let item_span = self.span(p, e);
            let mut blocks = Vec::new();
            match e.tag {
                Tag::Dt | Tag::Dd => self.blocks(p, child, &mut blocks),
                tag if tag.is_block() || tag == Tag::Item => self.block(p, child, &mut blocks),
                _ => continue,
            }
            let open = items.last_mut().filter(|d| e.tag != Tag::Dt || d.details.is_empty());
            let definition = match open {
                Some(open) => open,
                None => {
                    items.push(Definition { terms: Vec::new(), details: Vec::new(), span: item_span });
                    let last = items.len() - 1;
                    &mut items[last]
                }
            };
            definition.span = definition.span.to(item_span);
            if e.tag == Tag::Dt {
                let mut blocks = blocks.into_iter();
                match blocks.next() {
                    Some(Node { kind: BlockKind::Paragraph { content }, .. }) => {
                        definition.terms.push(content)
                    }
                    Some(other) => definition.details.push(vec![other]),
                    None => definition.terms.push(Vec::new()),
                }
                let rest: Vec<Block> = blocks.collect();
                if !rest.is_empty() {
                    definition.details.push(rest);
                }
            } else {
                definition.details.push(blocks);
            }
        }
        if !items.is_empty() {
            out.push(Node::new(BlockKind::Definitions { items }, span));
        }
    }

    fn figure(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let e = p.tree.get(id);
        let span = self.span(p, e);
        let picture = &p.pictures[e.detail.start as usize];
        let mut running = Running::new();
        self.children_inline(p, id, &mut running);
        let caption = finish(running.inlines);
        out.push(figure_block(picture, caption, span));
        out.extend(running.figures);
    }

    /// An element that is running text itself.
    pub fn running_of(&mut self, p: &Parsed<'_>, id: ElementId) -> Running {
        let mut running = Running::new();
        self.inline(p, id, &mut running);
        running
    }

    /// All words inside of an element.
    pub fn all_inlines(&mut self, p: &Parsed<'_>, id: ElementId) -> Vec<Inline> {
        let mut running = Running::new();
        self.flattened_inlines(p, id, &mut running);
        finish(running.inlines)
    }

    /// The running text inside of an element.
    pub fn running(&mut self, p: &Parsed<'_>, id: ElementId) -> Running {
        let mut running = Running::new();
        self.children_inline(p, id, &mut running);
        running
    }

    fn children_inline(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Running) {
        self.depth += 1;
        for child in p.tree.children(id) {
            self.inline(p, child, out);
        }
        self.depth -= 1;
    }

    /// All text below an element as running text.
    pub fn flattened_inlines(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Running) {
        self.depth += 1;
        for child in p.tree.children(id) {
            let e = p.tree.get(child);
            if e.tag.is_block() {
                if !out.after_space {
                    let at = self.span(p, e);
                    out.inlines.push(Node::new(InlineKind::SoftBreak, Span { end: at.start, ..at }));
                    out.after_space = true;
                }
                self.flattened_inlines(p, child, out);
            } else {
                self.inline(p, child, out);
            }
        }
        self.depth -= 1;
    }

    fn inline(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Running) {
        let e = p.tree.get(id);
        let span = self.span(p, e);
        match e.tag {
            Tag::Text => push_text(p.flat, e.start as usize..e.end as usize, out),
            Tag::Br => {
                trim_end(&mut out.inlines, false);
                out.inlines.push(Node::new(InlineKind::HardBreak, span));
                out.after_space = true;
            }
            Tag::Wbr => {
                if !out.after_space {
                    out.inlines.push(Node::new(InlineKind::SoftBreak, span));
                    out.after_space = true;
                }
            }
            Tag::Item => self.inline_item(e.detail.start as usize, span, out),
            Tag::Link => self.link(p, id, out),
            Tag::Figure => {
                let picture = &p.pictures[e.detail.start as usize];
                if picture.block {
                    let mut figures = std::mem::take(&mut out.figures);
                    self.figure(p, id, &mut figures);
                    out.figures = figures;
                } else {
                    let mut caption = Running::new();
                    self.children_inline(p, id, &mut caption);
                    out.figures.extend(caption.figures);
                    let mut image = image_of(picture);
                    if image.alt.is_none() && !caption.inlines.is_empty() {
                        image.alt = Some(plain_text(&finish(caption.inlines)));
                    }
                    out.inlines.push(Node::new(InlineKind::Image(Box::new(image)), span));
                    out.after_space = false;
                }
            }
            tag if tag.is_block() => self.flattened_inlines(p, id, out),
            tag => self.styled(p, id, tag, span, out),
        }
    }

    fn styled(&mut self, p: &Parsed<'_>, id: ElementId, tag: Tag, span: Span, out: &mut Running) {
        let e = p.tree.get(id);
        let attributes = self.attributes(p, e);
        let css = html::attribute(attributes, "style").unwrap_or("").to_lowercase();
        if css.replace(' ', "").contains("display:none") {
            let message = "text that the page hides was left out";
            return self.report(&code::HIDDEN_TEXT, span, message);
        }
        let mut style = match tag {
            Tag::B | Tag::Strong => Style::Strong,
            Tag::I | Tag::Em => Style::Emphasis,
            Tag::U => Style::Underline,
            Tag::S | Tag::Strike | Tag::Del => Style::Strikeout,
            Tag::Ins => Style::Inserted,
            Tag::Small => Style::Small,
            Tag::Sub => Style::Subscript,
            Tag::Sup => Style::Superscript,
            Tag::Kbd => Style::Keyboard,
            Tag::Samp | Tag::Code | Tag::Tt => Style::Sample,
            Tag::Var => Style::Variable,
            Tag::Cite => Style::Cite,
            Tag::Dfn => Style::Definition,
            Tag::Abbr => Style::Abbreviation,
            Tag::Q => Style::Quotation,
            Tag::Mark => Style::Mark,
            _ => Style::Span,
        };
        if style == Style::Span && css.contains("small-caps") {
            style = Style::SmallCaps;
        }
        let attr = self.attr(p, e);
        if matches!(tag, Tag::Code | Tag::Tt) {
            let only_text = p.tree.children(id).all(|c| p.tree.get(c).tag == Tag::Text);
            let mut inner = Running::new();
            if only_text {
                self.children_inline(p, id, &mut inner);
                let text = plain_text(&finish(inner.inlines));
                if !text.is_empty() {
                    out.inlines.push(Node { kind: InlineKind::Code { text }, attr, span });
                    out.after_space = false;
                }
                return;
            }
        }
        match tag {
            Tag::Rp => return,
            Tag::Rt => {
                // Readings of ruby text stand in brackets after it.
                out.inlines.push(Node::new(InlineKind::Text { text: " (".into() }, span));
                self.children_inline(p, id, out);
                out.inlines.push(Node::new(InlineKind::Text { text: ")".into() }, span));
                return;
            }
            _ => {}
        }
        if style == Style::Span && attr.is_none() {
            return self.children_inline(p, id, out);
        }
        let outer = std::mem::take(&mut out.inlines);
        self.children_inline(p, id, out);
        let content = std::mem::replace(&mut out.inlines, outer);
        if !content.is_empty() || attr.as_ref().is_some_and(|a| a.id.is_some()) {
            out.inlines.push(Node { kind: InlineKind::Styled { style, content }, attr, span });
        }
    }

    fn link(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Running) {
        let e = p.tree.get(id);
        let span = self.span(p, e);
        let data = &p.links[e.detail.start as usize];
        let outer = std::mem::take(&mut out.inlines);
        match &data.words {
            Some(words) => {
                out.inlines.push(Node::new(InlineKind::Text { text: words.clone() }, span));
                out.after_space = false;
            }
            None => self.children_inline(p, id, out),
        }
        let content = std::mem::replace(&mut out.inlines, outer);
        let target = match &data.target {
            Leads::Url(url) => {
                Target::Url(if url.starts_with("//") { format!("https:{url}") } else { url.clone() })
            }
            Leads::Wiki(Wikilink::Elsewhere(url)) => Target::Url(url.clone()),
            Leads::Wiki(Wikilink::Article { title, section: Some(section) }) if title.is_empty() => {
                Target::Anchor(section.clone())
            }
            Leads::Wiki(Wikilink::Article { title, section }) => {
                Target::Article { title: title.clone(), section: section.clone() }
            }
            // The others never become links.
            Leads::Wiki(_) => return out.inlines.extend(content),
        };
        if !content.is_empty() {
            out.inlines.push(Node::new(InlineKind::Link(Box::new(Link { target, content })), span));
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

    /// The characters below an element, white space and all.
    fn plain(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut String) {
        for child in p.tree.children(id) {
            let e = p.tree.get(child);
            match e.tag {
                Tag::Text => out.push_str(&entity::decode(&p.flat.text[e.start as usize..e.end as usize])),
                Tag::Br => out.push('\n'),
                Tag::Item => {
                    let mut running = Running::new();
                    running.after_space = false;
                    self.inline_item(e.detail.start as usize, self.span(p, e), &mut running);
                    push_plain_text(&running.inlines, out);
                }
                _ => self.plain(p, child, out),
            }
        }
    }
}

pub(super) fn image_of(picture: &Picture) -> Image {
    Image {
        source: picture.name.replace('_', " "),
        alt: picture.alt.clone(),
        width: picture.width,
        height: picture.height,
    }
}

/// A figure of one picture.
pub(super) fn figure_block(picture: &Picture, caption: Vec<Inline>, span: Span) -> Block {
    let image = Node::new(InlineKind::Image(Box::new(image_of(picture))), span);
    let body = vec![Node::new(BlockKind::Paragraph { content: vec![image] }, span)];
    Node::new(BlockKind::Figure { body, caption }, span)
}
