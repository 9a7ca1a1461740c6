//! Blocks that the parser takes for paragraphs and quotations: callouts, lines of verse, captions,
//! lists of contents; and divisions.

use super::attributes::{self, Attributes, is_html};
use super::frame::{paragraph, trimmed};
use super::place::Place;
use super::reader::Reader;
use super::region::Division;
use super::{Dialect, contents, fence};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::model::{Aside, Attr, Block, BlockKind, Inline, InlineKind, Row, Span, Style, plain_text};
use crate::read::html::fragment::Fragment;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

impl Reader<'_, '_, '_> {
    /// The block that running text is; `None` where nothing is left of it.
    pub fn block_of(&mut self, inlines: Vec<Inline>) -> Option<Block> {
        let mut content = trimmed(inlines);
        self.end_backslash(&mut content);
        let span = content.first()?.span.to(content.last()?.span);
        if self.dialect == Dialect::CommonMark {
            return Some(paragraph(content));
        }
        if is_contents(self.text.get(span.range()).unwrap_or_default()) && self.dialect != Dialect::GitHub {
            self.cx.claim(span, Fate::Syntax);
            return Some(contents::asked(span));
        }
        let mut attr = None;
        self.line_of_attributes(&mut content, &mut attr);
        self.block_id(&mut content, &mut attr);
        if content.is_empty() {
            if let (Some(attr), Some(before)) = (attr, self.top().blocks.last_mut()) {
                merge(before, *attr);
            }
            return None;
        }
        if self.dialect.pandoc() {
            self.last_attributes(&mut content, &mut attr);
        }
        if self.dialect == Dialect::Any && is_import(self.text.get(span.range()).unwrap_or_default()) {
            self.raw_dropped("MDX", span);
            return None;
        }
        let content = self.with_links(content);
        let mut block = paragraph(self.lines_of_verse(content));
        if attr.is_some() {
            block.attr = attr;
        }
        if self.dialect == Dialect::Pandoc {
            block = figure(block);
        }
        Some(block)
    }

    /// A backslash at the end of a block is a break before nothing for pandoc.
    pub fn end_backslash(&self, content: &mut Vec<Inline>) {
        let Some(Inline { kind: InlineKind::Text { text }, span, .. }) = content.last_mut() else { return };
        let before = &self.text[..span.end as usize];
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if self.dialect == Dialect::Pandoc && text.ends_with('\\') && backslashes % 2 == 1 {
            text.pop();
            if text.is_empty() {
                content.pop();
            }
        }
    }

    /// A last line `{: .class}`, which kramdown gives to the block above it.
    fn line_of_attributes(&mut self, content: &mut Vec<Inline>, attr: &mut Option<Box<Attr>>) {
        let Some(Inline { kind: InlineKind::Text { text }, span, .. }) = content.last() else { return };
        let (text, span) = (text.clone(), *span);
        let alone = content.len() < 2 || matches!(content[content.len() - 2].kind, InlineKind::SoftBreak);
        if self.dialect != Dialect::Any || !alone || !text.starts_with("{:") {
            return;
        }
        let Some(found) = attributes::parse(&text).filter(|found| found.length == text.trim_end().len())
        else {
            return;
        };
        content.pop();
        *content = trimmed(std::mem::take(content));
        self.give(attr, None, found, span);
    }

    /// Attributes after a formula that is a block of its own, or an identifier after the words of a paragraph.
    fn last_attributes(&mut self, content: &mut Vec<Inline>, attr: &mut Option<Box<Attr>>) {
        let Some(Inline { kind: InlineKind::Text { text }, .. }) = content.last() else { return };
        let Some((open, found)) = attributes::at_end(text) else { return };
        let labels = |before: &Inline| matches!(before.kind, InlineKind::Math(_));
        let formula = content.len() == 2 && text[..open].trim().is_empty() && labels(&content[0]);
        // Elsewhere braces may be those of a template.
        let named = found.id.as_deref().is_some_and(|id| id.contains('-')) && text[..open].ends_with(' ');
        if formula || (named && self.dialect == Dialect::Any) {
            self.ending_attributes(content, attr);
            *content = trimmed(std::mem::take(content));
        }
    }

    /// The name of a block after its words, ` ^name`, which links lead to.
    fn block_id(&mut self, content: &mut Vec<Inline>, attr: &mut Option<Box<Attr>>) {
        let Some(Inline { kind: InlineKind::Text { text }, span, .. }) = content.last_mut() else { return };
        if !self.dialect.obsidian() {
            return;
        }
        let Some(at) = text.rfind('^') else { return };
        let name = &text[at + 1..];
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let apart = at == 0 || text[..at].ends_with(' ');
        // Elsewhere than in Obsidian, a short one may be an exponent.
        let sure = self.dialect == Dialect::Obsidian
            || (name.len() >= 4 && name.contains(|c: char| c.is_ascii_alphabetic()));
        let end = span.end as usize;
        let escaped = || self.text[..end - name.len() - 1].ends_with('\\');
        if !is_name || !apart || !sure || escaped() {
            return;
        }
        self.cx.claim(Span::new(end - name.len() - 1, end), Fate::Rendered);
        attr.get_or_insert_default().id = Some(name.to_owned());
        text.truncate(text[..at].trim_end().len());
        span.end = span.start + text.len() as u32;
        if text.is_empty() {
            content.pop();
        }
        *content = trimmed(std::mem::take(content));
    }

    /// Lines that each begin with a bar are kept as lines.
    fn lines_of_verse(&self, mut content: Vec<Inline>) -> Vec<Inline> {
        if !self.dialect.pandoc() {
            return content;
        }
        let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
        let lines: Vec<&[Inline]> = content.split(is_break).collect();
        let own = |inline: &Inline| {
            self.text[inline.span.range()].starts_with('|')
                && !self.text[..inline.span.start as usize].ends_with('\\')
        };
        let barred = |line: &&[Inline]| {
            line.first().is_some_and(|first| {
                matches!(&first.kind, InlineKind::Text { text } if text == "|" || text.starts_with("| "))
                    && own(first)
            })
        };
        // A row that lacks its table ends with a bar, too.
        let closed = |line: &&[Inline]| matches!(line.last().map(|i| &i.kind), Some(InlineKind::Text { text }) if text.len() > 1 && text.ends_with('|'));
        // What begins with white is the rest of the line above.
        let goes_on = |line: &&[Inline]| {
            line.first().is_some_and(|first| self.text[..first.span.start as usize].ends_with([' ', '\t']))
        };
        let verse = lines.first().is_some_and(barred)
            && (lines.len() > 1 || self.dialect == Dialect::Pandoc)
            && lines.iter().all(|line| barred(line) || goes_on(line))
            && !lines.iter().all(closed);
        if !verse {
            return content;
        }
        let mut begins = true;
        for i in 0..content.len() {
            if is_break(&content[i]) {
                let next = content.get(i + 1).map(std::slice::from_ref);
                begins = next.is_some_and(|next| barred(&next));
                if begins {
                    content[i].kind = InlineKind::HardBreak;
                }
            } else if let InlineKind::Text { text } = &mut content[i].kind
                && begins
            {
                let rest = text[1..].strip_prefix(' ').unwrap_or(&text[1..]);
                let words = rest.trim_start_matches(' ');
                *text = "\u{a0}".repeat(rest.len() - words.len()) + words;
                begins = false;
            }
        }
        content.retain(|inline| !matches!(&inline.kind, InlineKind::Text { text } if text.is_empty()));
        content
    }

    /// A quotation that begins with `[!name]` is a callout, with a title perhaps and a sign for folding.
    pub fn callout(&mut self, body: &mut Vec<Block>) -> Option<Aside> {
        if matches!(self.dialect, Dialect::CommonMark | Dialect::Pandoc) {
            return None;
        }
        let Some(Block { kind: BlockKind::Paragraph { content }, .. }) = body.first_mut() else {
            return None;
        };
        let Some(Inline { kind: InlineKind::Text { text }, span, .. }) = content.first_mut() else {
            return None;
        };
        let (inside, after) = text.strip_prefix("[!")?.split_once(']')?;
        let name = inside.split('|').next().unwrap_or(inside).trim().to_owned();
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c)) {
            return None;
        }
        if !self.dialect.obsidian() {
            let span = *span;
            self.is_off(span, "a callout with a title", Dialect::Obsidian);
            return None;
        }
        let rest = after.strip_prefix(['+', '-']).unwrap_or(after).trim_start().to_owned();
        let sign = Span::new(span.start as usize, span.end as usize - rest.len());
        span.start = sign.end;
        *text = rest;
        let end =
            content.iter().position(|i| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak));
        let words = content.split_off(end.unwrap_or(content.len()));
        let mut title = trimmed(std::mem::replace(content, trimmed(words)));
        self.cx.claim(sign, Fate::Syntax);
        let (role, named) = fence::role(&name).unwrap_or_else(|| {
            let mut word = name.replace('-', " ");
            if let Some(first) = word.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            (Aside::Box, Some(word))
        });
        if content.is_empty() {
            body.remove(0);
        }
        if title.is_empty() {
            title.extend(named.map(|named| Inline::new(InlineKind::Text { text: named }, sign)));
            self.cx.claim(sign, Fate::Rendered);
        }
        titled(role, title, body);
        Some(role)
    }

    /// The blocks that a division is: an aside, or its own with what it says of them.
    pub fn division(&mut self, division: Division, mut body: Vec<Block>, span: Span) -> Vec<Block> {
        let title = match division.title {
            Some(title) => self.inlines_of(title),
            None => {
                let named = division.named.map(|text| Inline::new(InlineKind::Text { text }, span));
                named.into_iter().collect()
            }
        };
        let attributes = Attributes { length: 0, ..division.attributes };
        let mut attr = None;
        self.give(&mut attr, None, attributes, span);
        let attr = attr.filter(|attr| !attr.is_empty());
        if let Some(role) = division.role {
            titled(role, title, &mut body);
            return vec![Block { kind: BlockKind::Aside { role, body }, attr, span }];
        }
        if !title.is_empty() {
            titled(Aside::Box, title, &mut body);
        }
        let Some(attr) = attr else { return body };
        if body.is_empty() && attr.id.is_some() {
            body.push(Block::new(BlockKind::Paragraph { content: Vec::new() }, span));
        }
        for (i, block) in body.iter_mut().enumerate() {
            merge(block, Attr { id: attr.id.clone().filter(|_| i == 0), ..(*attr).clone() });
        }
        body
    }

    /// Running text at a span of the source that the parser has not been given.
    fn inlines_of(&mut self, span: Span) -> Vec<Inline> {
        let before = std::mem::replace(&mut self.place, Place::new(span.start as usize));
        let text = &self.text[span.range()];
        let mut parts = Vec::new();
        if text.contains(['`', '*', '_', '[', '~', '$', '\\', '&', '<']) {
            parts = Parser::new_ext(text, self.dialect.options()).into_offset_iter().collect();
        }
        let is_paragraph = matches!(parts.first(), Some((Event::Start(Tag::Paragraph), _)));
        let at = self.stack.len();
        self.open(super::frame::FrameKind::Flat, span);
        if is_paragraph
            && parts.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Paragraph))).count() == 1
        {
            for (event, range) in parts {
                if !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)) {
                    self.event(event, range);
                }
            }
        } else {
            self.push_text(text, span);
        }
        self.place = before;
        let Some(mut frame) = self.stack.drain(at..).next() else { return Vec::new() };
        self.running(&mut frame)
    }

    /// The caption of a table that stands right under it, where the parser takes it for a row.
    pub fn caption_row(&mut self, body: &mut Vec<Row>) -> Option<Block> {
        let row = body.last().filter(|_| self.dialect.pandoc() && body.len() > 1)?;
        let words = self.text[row.span.range()].trim_start();
        let single = row.cells.iter().skip(1).all(|cell| cell.blocks.is_empty());
        if !single || !["Table:", "table:", ": "].iter().any(|sign| words.starts_with(sign)) {
            return None;
        }
        body.pop()?.cells.into_iter().next()?.blocks.into_iter().next()
    }

    /// Gives tables the captions that stand beside them: `Table: words`, `: words`.
    pub fn captions(&mut self, blocks: &mut Vec<Block>) {
        let is_table =
            |block: &Block| matches!(&block.kind, BlockKind::Table(table) if table.caption.is_empty());
        if !self.dialect.pandoc() || !blocks.iter().any(is_table) {
            return;
        }
        let mut at = 0;
        while at < blocks.len() {
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            let table = beside.into_iter().find(|i| blocks.get(*i).is_some_and(is_table));
            let (Some(table), Some(sign)) = (table, caption_sign(&blocks[at])) else {
                at += 1;
                continue;
            };
            let caption = blocks.remove(at);
            let table = table - usize::from(table > at);
            let (caption_span, mut attr) = (caption.span, None);
            let BlockKind::Paragraph { mut content } = caption.kind else { continue };
            if let Some(Inline { kind: InlineKind::Text { text }, span, .. }) = content.first_mut() {
                let kept = text[sign..].trim_start().to_owned();
                self.cx.claim(Span::new(span.start as usize, span.end as usize - kept.len()), Fate::Syntax);
                span.start = span.end - kept.len() as u32;
                *text = kept;
            }
            self.ending_attributes(&mut content, &mut attr);
            if let BlockKind::Table(table) = &mut blocks[table].kind {
                table.caption = trimmed(content);
            }
            if let Some(attr) = attr {
                merge(&mut blocks[table], *attr);
            }
            blocks[table].span = blocks[table].span.to(caption_span);
        }
    }

    /// Takes attributes at the end of running text.
    pub fn ending_attributes(&mut self, content: &mut Vec<Inline>, attr: &mut Option<Box<Attr>>) {
        let Some(Inline { kind: InlineKind::Text { text }, span, .. }) = content.last_mut() else { return };
        let Some((open, found)) = attributes::at_end(text) else { return };
        let end = span.end as usize - (text.len() - text.trim_end().len());
        let braces = Span::new(end - found.length, end);
        if !self.dialect.pandoc() {
            return self.is_off(braces, "attributes in braces", Dialect::Pandoc);
        }
        let kept = text[..open].trim_end();
        // Marks that close a heading stand before its attributes.
        let unmarked = kept.trim_end_matches('#');
        let kept = if unmarked.ends_with(' ') { unmarked.trim_end().len() } else { kept.len() };
        text.truncate(kept);
        span.end = span.start + kept as u32;
        if kept == 0 {
            content.pop();
        }
        self.give(attr, None, found, braces);
        *attr = attr.take().filter(|attr| !attr.is_empty());
    }

    /// Raw mark-up in running text, for the format that the braces after it name.
    pub fn raw_inline(&mut self, format: &str, raw: &str, span: Span) -> Vec<Inline> {
        if !is_html(format) {
            self.raw_dropped(format, span);
            return Vec::new();
        }
        let at = self.text[span.range()].find(raw).unwrap_or_default();
        let mut html = Fragment::default();
        html.html(raw, span.start + at as u32);
        let built = html.into_inlines(self.text, self.depth, &mut self.gathered, self.cx);
        self.built(built)
    }

    pub fn raw_dropped(&mut self, format: &str, span: Span) {
        let message = format!("raw {format} was left out");
        self.cx.report(Diagnostic::new(&code::RAW_DROPPED, span, message));
    }
}

/// Puts a title before what an aside says, where its role does not say the same.
fn titled(role: Aside, title: Vec<Inline>, body: &mut Vec<Block>) {
    let same = role.word().is_some_and(|word| plain_text(&title).trim().eq_ignore_ascii_case(word));
    if title.is_empty() || same {
        return;
    }
    let span = title.iter().map(|inline| inline.span).reduce(Span::to).unwrap_or_default();
    let strong = Inline::new(InlineKind::Styled { style: Style::Strong, content: title }, span);
    body.insert(0, Block::new(BlockKind::Paragraph { content: vec![strong] }, span));
}

/// Adds to what a block carries; its own goes before.
fn merge(block: &mut Block, more: Attr) {
    let attr = block.attr_mut();
    attr.id = attr.id.take().or(more.id);
    for class in more.classes {
        if !attr.classes.contains(&class) {
            attr.classes.push(class);
        }
    }
    attr.lang = attr.lang.take().or(more.lang);
    attr.dir = attr.dir.or(more.dir);
    attr.title = attr.title.take().or(more.title);
}

/// The length of the sign that makes a caption of a paragraph.
fn caption_sign(block: &Block) -> Option<usize> {
    let BlockKind::Paragraph { content } = &block.kind else { return None };
    let Some(Inline { kind: InlineKind::Text { text }, .. }) = content.first() else { return None };
    ["Table:", "table:", ": "].into_iter().find(|sign| text.starts_with(sign)).map(str::len)
}

/// Whether all lines of a paragraph are imports of MDX, such as `import Tabs from '@theme/Tabs'`.
fn is_import(text: &str) -> bool {
    let quoted = |rest: &str| {
        let rest = rest.trim().trim_end_matches(';');
        let inside = rest.strip_prefix(['\'', '"']).and_then(|rest| rest.strip_suffix(['\'', '"']));
        inside.is_some_and(|inside| !inside.is_empty() && !inside.contains(char::is_whitespace))
    };
    let import = |line: &str| {
        let rest = line.strip_prefix("import ");
        rest.is_some_and(|rest| {
            quoted(rest) || rest.split_once(" from ").is_some_and(|(_, from)| quoted(from))
        })
    };
    text.starts_with("import ") && text.lines().all(import)
}

/// Whether a paragraph is the sign for a list of contents.
fn is_contents(text: &str) -> bool {
    ["[toc]", "[[toc]]", "[[_toc_]]", "{{toc}}", "{:toc}", "{{< toc >}}"]
        .iter()
        .any(|sign| text.trim().eq_ignore_ascii_case(sign))
}

/// An image that is a paragraph of its own is a figure, and its words are the caption.
fn figure(mut block: Block) -> Block {
    let BlockKind::Paragraph { content } = &mut block.kind else { return block };
    let [Inline { kind: InlineKind::Image(image), attr, span }] = content.as_mut_slice() else {
        return block;
    };
    let Some(alt) = image.alt.clone().filter(|alt| !alt.is_empty()) else { return block };
    let (span, mut own) = (*span, attr.take());
    let mut figure = Block::new(BlockKind::Rule, span);
    if let Some(own) = &mut own {
        figure.attr = own.id.take().map(|id| Box::new(Attr { id: Some(id), ..Attr::default() }));
    }
    *attr = own.filter(|own| !own.is_empty());
    let caption = vec![Inline::new(InlineKind::Text { text: alt }, span)];
    figure.kind = BlockKind::Figure { body: vec![block], caption };
    figure
}
