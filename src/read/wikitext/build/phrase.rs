//! Running text: from elements to words with their styles, links and pictures.

use super::builder::{Builder, Parsed};
use super::media::Picture;
use super::running::{Running, finish, push_text, trim_end};
use crate::diagnostic::code;
use crate::markup::entity;
use crate::model::*;
use crate::read::wikitext::expand::flat::Flat;
use crate::read::wikitext::parse::html::{self, Tag};
use crate::read::wikitext::parse::link::Target as Leads;
use crate::read::wikitext::parse::link::Wikilink;
use crate::read::wikitext::parse::tree::ElementId;
use std::ops::Range;

impl Builder<'_, '_, '_> {
    pub fn figure(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Vec<Block>) {
        let e = p.tree.get(id);
        let span = self.span(p, e);
        let picture = &p.pictures[e.detail.start as usize];
        if let Some(caption) = &picture.caption
            && p.flat.text[caption.clone()].contains("\n{|")
            && !self.too_deep()
        {
            return out.push(self.figure_with_table(p.flat, picture, caption.clone(), span));
        }
        let mut running = Running::new();
        self.children_inline(p, id, &mut running);
        let caption = finish(running.inlines);
        out.push(figure_block(picture, caption, span));
        out.extend(running.figures);
    }

    /// A picture in whose caption there is a table, which stands under it.
    fn figure_with_table(
        &mut self,
        flat: &Flat,
        picture: &Picture,
        words: Range<usize>,
        span: Span,
    ) -> Block {
        let mut part = Flat::default();
        part.push_slice(flat, words);
        self.depth += 1;
        let blocks = self.blocks_of(&part);
        self.depth -= 1;
        let (mut caption, mut under) = (Vec::new(), Vec::new());
        for block in blocks {
            match block.kind {
                BlockKind::Paragraph { content } => {
                    if !caption.is_empty() {
                        caption.push(Node::new(
                            InlineKind::SoftBreak,
                            Span { end: block.span.start, ..block.span },
                        ));
                    }
                    caption.extend(content);
                }
                _ => under.push(block),
            }
        }
        let mut figure = figure_block(picture, caption, span);
        if let BlockKind::Figure { body, .. } = &mut figure.kind {
            body.append(&mut under);
        }
        figure
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

    pub fn inline(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut Running) {
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
                let text = "\u{200B}".to_owned();
                out.inlines.push(Node::new(InlineKind::Text { text }, span));
                out.after_space = false;
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
            Tag::Dfn => Style::Definition,
            Tag::Abbr => Style::Abbreviation,
            Tag::Q => Style::Quotation,
            Tag::Mark => Style::Mark,
            // What MediaWiki's style sheet sets upright: of a citation the titles alone are italic.
            Tag::Cite => Style::Span,
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
        // An address in the words of a link is no link of its own; a link to a page ends the one around it.
        let mut content = unlinked(content, false);
        let mut after = after_link(&mut content);
        if content.is_empty() && !after.is_empty() {
            // With none before, the words after it lead there, or its own when there are none.
            let rest = unlinked(after.split_off(1), true);
            content = if plain_text(&rest).trim().is_empty() {
                unlinked(std::mem::take(&mut after), true)
            } else {
                rest
            };
            out.inlines.append(&mut after);
            out.inlines.extend(space_at(&mut content, true));
        }
        if !after.is_empty() {
            let space = space_at(&mut content, false);
            after.splice(0..0, space);
        }
        if let (Some(first), Some(last)) = (content.first(), content.last()) {
            let span = if after.is_empty() { span } else { first.span.to(last.span) };
            out.inlines.push(Node::new(InlineKind::Link(Box::new(Link { target, content })), span));
        }
        out.inlines.extend(after);
    }

    /// The characters below an element, white space and all.
    pub fn plain(&mut self, p: &Parsed<'_>, id: ElementId, out: &mut String) {
        for child in p.tree.children(id) {
            let e = p.tree.get(child);
            match e.tag {
                Tag::Text => out.push_str(&entity::decode(&p.flat.text[e.start as usize..e.end as usize])),
                Tag::Br => out.push('\n'),
                Tag::Item => {
                    let mut running = Running::new();
                    running.after_space = false;
                    self.inline_item(e.detail.start as usize, self.span(p, e), &mut running);
                    running.inlines.push_words(out);
                }
                _ => self.plain(p, child, out),
            }
        }
    }
}

pub fn image_of(picture: &Picture) -> Image {
    Image {
        source: picture.name.clone(),
        alt: picture.alt.clone(),
        width: picture.width,
        height: picture.height,
    }
}

/// A figure of one picture.
pub fn figure_block(picture: &Picture, caption: Vec<Inline>, span: Span) -> Block {
    let image = Node::new(InlineKind::Image(Box::new(image_of(picture))), span);
    let body = vec![Node::new(BlockKind::Paragraph { content: vec![image] }, span)];
    Node::new(BlockKind::Figure { body, caption }, span)
}

/// Words without the links to the web among them, or without any.
fn unlinked(content: Vec<Inline>, any: bool) -> Vec<Inline> {
    if content.iter().all(|inline| !matches!(inline.kind, InlineKind::Link(_) | InlineKind::Styled { .. })) {
        return content;
    }
    let mut out = Vec::with_capacity(content.len());
    for mut inline in content {
        match inline.kind {
            InlineKind::Link(link) if any || matches!(link.target, Target::Url(_)) => {
                out.extend(unlinked(link.content, any));
                continue;
            }
            InlineKind::Styled { style, content } => {
                inline.kind = InlineKind::Styled { style, content: unlinked(content, any) };
            }
            _ => {}
        }
        out.push(inline);
    }
    out
}

/// Takes the space at the start or the end of words out of them.
fn space_at(content: &mut Vec<Inline>, start: bool) -> Option<Inline> {
    let index = if start { 0 } else { content.len().checked_sub(1)? };
    let Node { kind: InlineKind::Text { text }, span, .. } = content.get_mut(index)? else { return None };
    let trimmed = if start { text.trim_start_matches(' ') } else { text.trim_end_matches(' ') };
    if trimmed.len() == text.len() {
        return None;
    }
    *text = trimmed.to_owned();
    let at = if start { span.start } else { span.end };
    let space = InlineKind::Text { text: " ".to_owned() };
    let space = Node::new(space, Span { start: at, end: at, ..*span });
    if text.is_empty() {
        content.remove(index);
    }
    Some(space)
}

/// Takes what begins with the first link among words out of them.
fn after_link(content: &mut Vec<Inline>) -> Vec<Inline> {
    for (at, inline) in content.iter_mut().enumerate() {
        match &mut inline.kind {
            InlineKind::Link(_) => return content.split_off(at),
            InlineKind::Styled { style, content: words } => {
                let rest = after_link(words);
                let (Some(first), Some(last)) = (rest.first(), rest.last()) else { continue };
                let (span, style) = (first.span.to(last.span), *style);
                let none_before = words.is_empty();
                let mut after = content.split_off(at + 1);
                after.insert(0, Node::new(InlineKind::Styled { style, content: rest }, span));
                if none_before {
                    content.pop();
                }
                return after;
            }
            _ => {}
        }
    }
    Vec::new()
}
