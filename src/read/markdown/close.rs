//! What a frame becomes when it ends.

use super::Dialect;
use super::bare_address::with_links;
use super::frame::{Frame, FrameKind};
use super::marks::kept_spaces;
use super::reader::{Reader, is_node};
use super::wiki::sized;
use crate::diagnostic::{Diagnostic, code};
use crate::format::Error;
use crate::model::{
    Attr, Block, BlockKind, Cell, Definition, Formula, Image, Inline, InlineKind, Link, ListItem, Note,
    NoteId, Row, Scope, Span, Style, Table, plain_text,
};
use crate::read::html::fragment::Fragment;

impl Reader<'_, '_, '_> {
    /// Ends the innermost frame and hands its content to the one around it.
    pub fn close(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(mut frame) = self.stack.pop() else { return };
        self.depth -= usize::from(is_node(&frame.kind));
        let (span, attr) = (frame.span, frame.attr.take());
        let kind = std::mem::replace(&mut frame.kind, FrameKind::Flat);
        let block = |kind| Block { kind, attr: None, span };
        match kind {
            FrameKind::Flat if frame.blocks.is_empty() && frame.html.is_none() => {
                let mut inlines = self.running(&mut frame);
                self.top().inlines.append(&mut inlines);
            }
            FrameKind::Flat => {
                self.end_paragraph();
                let blocks = self.blocks_of(frame);
                self.top().blocks.extend(blocks);
            }
            FrameKind::Paragraph => {
                self.end_paragraph();
                let plain = frame.running_html.is_none();
                let mut blocks = self.blocks_of(frame);
                if let [only] = &mut *blocks
                    && (plain || matches!(only.kind, BlockKind::Paragraph { .. }))
                {
                    only.span = span;
                }
                self.top().blocks.extend(blocks);
            }
            FrameKind::Heading(level) => {
                let mut content = self.running(&mut frame);
                self.end_backslash(&mut content);
                let mut attr = attr;
                self.ending_attributes(&mut content, &mut attr);
                let content = self.with_links(content);
                self.push_block(Block { attr, ..block(BlockKind::Heading { level, content }) });
            }
            FrameKind::Quote => {
                let mut body = self.blocks_of(frame);
                let kind = match self.callout(&mut body) {
                    Some(role) => BlockKind::Aside { role, body },
                    None => BlockKind::Quote { body },
                };
                self.push_block(block(kind));
            }
            FrameKind::Aside(role) => {
                let body = self.blocks_of(frame);
                self.push_block(block(BlockKind::Aside { role, body }));
            }
            FrameKind::Division(division) => {
                let body = self.blocks_of(frame);
                let blocks = self.division(*division, body, span);
                self.end_paragraph();
                self.top().blocks.extend(blocks);
            }
            FrameKind::Code { language, mut text, numbers, title } => {
                if text.ends_with('\n') {
                    text.pop();
                }
                let kind = match language.as_deref() {
                    Some("math") => BlockKind::Math(Formula::tex(text)),
                    _ => BlockKind::Code { language, text, numbers },
                };
                let code = Block { attr, ..block(kind) };
                match title {
                    Some(title) if self.depth + 2 < self.cx.limits().depth() => {
                        let caption = vec![title];
                        self.push_block(block(BlockKind::Figure { body: vec![code], caption }));
                    }
                    title => {
                        title
                            .into_iter()
                            .for_each(|title| self.push_block(Block::paragraph(vec![title], span)));
                        self.push_block(code);
                    }
                }
            }
            FrameKind::List { marker, loose, items } => {
                self.push_block(block(BlockKind::List { marker, tight: !loose, items }));
            }
            FrameKind::Item { checked } => {
                let blocks = self.blocks_of(frame);
                match &mut self.top().kind {
                    FrameKind::List { items, .. } => {
                        items.push(ListItem { checked, ..ListItem::new(blocks, span) })
                    }
                    // Its list was too deep to keep.
                    _ => self.top().blocks.extend(blocks),
                }
            }
            FrameKind::Note { name } => {
                let blocks = self.blocks_of(frame);
                let NoteId(id) = self.note_id(&name);
                let note = Note { name: Some(name), ..Note::new(blocks, span) };
                match self.notes.get_mut(id as usize) {
                    Some(slot @ None) => *slot = Some(note),
                    _ => {
                        let name = note.name.as_deref().unwrap_or_default();
                        let message = format!("the note '{name}' is defined twice; nothing calls the second");
                        self.cx.report(Diagnostic::new(&code::NOTE_REPEATED, span, message));
                        self.notes.push(Some(note));
                    }
                }
            }
            FrameKind::Definitions(items) => self.push_block(block(BlockKind::Definitions { items })),
            FrameKind::Term => {
                let content = self.running(&mut frame);
                let content = self.with_links(content);
                if let FrameKind::Definitions(items) = &mut self.top().kind {
                    match items.last_mut() {
                        Some(item) if item.details.is_empty() => item.terms.push(content),
                        _ => items.push(Definition { terms: vec![content], details: Vec::new(), span }),
                    }
                } else {
                    self.top().inlines.extend(content);
                    self.end_paragraph();
                }
            }
            FrameKind::Detail => {
                let blocks = self.blocks_of(frame);
                match &mut self.top().kind {
                    FrameKind::Definitions(items) => match items.last_mut() {
                        Some(item) => {
                            item.details.push(blocks);
                            item.span = item.span.to(span);
                        }
                        None => items.push(Definition { terms: Vec::new(), details: vec![blocks], span }),
                    },
                    _ => self.top().blocks.extend(blocks),
                }
            }
            FrameKind::Table { columns, mut head, mut body } => {
                let caption = self.caption_row(&mut body);
                // Where nothing is in its head, it has none.
                if head.iter().flat_map(|row| &row.cells).all(|cell| cell.blocks.is_empty())
                    && !body.is_empty()
                {
                    head.clear();
                }
                let table = Table { columns, head, body, ..Table::default() };
                self.push_block(block(BlockKind::Table(Box::new(table))));
                self.top().blocks.extend(caption);
            }
            FrameKind::Row { head, cells } => {
                let end = cells.last().map_or(span.start, |cell| cell.span.end);
                let rest = Span { start: end.min(span.end), ..span };
                if self.text[rest.range()].contains(char::is_alphanumeric) {
                    let message = "cells beyond the table's last column were left out";
                    self.cx.report(Diagnostic::new(&code::CELLS_DROPPED, rest, message));
                }
                match &mut self.top().kind {
                    FrameKind::Table { head: rows, .. } if head => rows.push(Row { cells, span }),
                    FrameKind::Table { body: rows, .. } => rows.push(Row { cells, span }),
                    _ => self.top().blocks.extend(cells.into_iter().flat_map(|cell| cell.blocks)),
                }
            }
            FrameKind::Cell => {
                let blocks = self.blocks_of(frame);
                match &mut self.top().kind {
                    FrameKind::Row { head, cells } => {
                        let scope = head.then_some(Scope::Column);
                        cells.push(Cell { scope, ..Cell::new(blocks, span) });
                    }
                    _ => self.top().blocks.extend(blocks),
                }
            }
            FrameKind::Styled(style) => {
                let content = self.running(&mut frame);
                self.styled(style, content, attr, span);
            }
            FrameKind::Link(target) => {
                let kind = InlineKind::Link(Box::new(Link { target, content: self.running(&mut frame) }));
                self.top().inlines.push(Inline { kind, attr, span });
            }
            FrameKind::Image { source } => {
                let words = self.running(&mut frame);
                let alt = Some(self.words_of(&words));
                let mut image = Image { source, alt, ..Image::default() };
                if self.dialect.obsidian()
                    && let Some(alt) = image.alt.as_deref().filter(|alt| alt.contains('|'))
                    && let (rest, Some((width, height))) = sized(alt)
                {
                    (image.width, image.height) = (Some(width), height);
                    image.alt = Some(rest.to_owned());
                }
                self.top().inlines.push(Inline { kind: InlineKind::Image(Box::new(image)), attr, span });
            }
        }
    }

    /// Bare addresses in the running text of a block made links, where the limit has room for them in
    /// the block, in what is around it, and in its container that was just closed.
    pub fn with_links(&self, inlines: Vec<Inline>) -> Vec<Inline> {
        if matches!(self.dialect, Dialect::CommonMark | Dialect::Pandoc) {
            return inlines;
        }
        with_links(self.text, inlines, self.cx.limits().depth().saturating_sub(self.depth + 2))
    }

    /// A frame's blocks, with what its HTML makes of them.
    pub fn blocks_of(&mut self, mut frame: Frame) -> Vec<Block> {
        let last = self.paragraphs(std::mem::take(&mut frame.inlines), frame.running_html.take());
        frame.blocks.extend(last);
        self.captions(&mut frame.blocks);
        let Some(mut html) = frame.html else { return frame.blocks };
        html.blocks(frame.blocks);
        let built = html.into_blocks(self.text, self.depth, &mut self.gathered, self.cx);
        self.built(built)
    }

    /// The running text of a frame, with what its HTML makes of it.
    pub fn running(&mut self, frame: &mut Frame) -> Vec<Inline> {
        let inlines = self.marked(std::mem::take(&mut frame.inlines));
        let Some(mut html) = frame.running_html.take() else { return inlines };
        html.inlines(inlines);
        let built = html.into_inlines(self.text, self.depth, &mut self.gathered, self.cx);
        self.built(built)
    }

    /// Text in a style. Between single tildes, what stands in a word is lowered; pandoc lowers all.
    fn styled(&mut self, mut style: Style, mut content: Vec<Inline>, attr: Option<Box<Attr>>, span: Span) {
        let text = self.text;
        let one = style == Style::Strikeout && !text[span.range()].starts_with("~~");
        if one && self.dialect.pandoc() {
            let solid = !plain_text(&content).replace("\\ ", "").contains(char::is_whitespace);
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let (from, to) = (span.start as usize, span.end as usize);
            let inside = letter(text[..from].chars().next_back()) || letter(text[to..].chars().next());
            if solid && (inside || self.dialect == Dialect::Pandoc) {
                style = Style::Subscript;
                content.iter_mut().for_each(kept_spaces);
            } else if self.dialect == Dialect::Pandoc {
                self.push_text("~", Span::new(from, from + 1));
                self.top().inlines.extend(content);
                self.push_text("~", Span::new(to - 1, to));
                return;
            }
        }
        self.top().inlines.push(Inline { kind: InlineKind::Styled { style, content }, attr, span });
    }

    /// Running text as a paragraph. HTML in it may make several blocks of it, or none.
    pub fn paragraphs(&mut self, inlines: Vec<Inline>, html: Option<Box<Fragment>>) -> Vec<Block> {
        let inlines = self.marked(inlines);
        let Some(mut html) = html else { return self.block_of(inlines).into_iter().collect() };
        html.inlines(inlines);
        let built = html.into_blocks(self.text, self.depth, &mut self.gathered, self.cx);
        let mut blocks = self.built(built);
        for block in &mut blocks {
            if let BlockKind::Paragraph { content } = &mut block.kind {
                *content = self.with_links(std::mem::take(content));
            }
        }
        blocks
    }

    pub fn built<T>(&mut self, built: Result<Vec<T>, Error>) -> Vec<T> {
        built.unwrap_or_else(|fault| {
            self.fault.get_or_insert(fault);
            Vec::new()
        })
    }

    /// Running text as mere words, for a place that holds no more than that.
    fn words_of(&mut self, inlines: &[Inline]) -> String {
        self.report_addresses(inlines);
        plain_text(inlines)
    }

    fn report_addresses(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Link(link) => self.report_addresses(&link.content),
                InlineKind::Styled { content, .. } => {
                    self.report_addresses(content);
                    continue;
                }
                InlineKind::Image(_) => {}
                _ => continue,
            }
            let message = "the address of a link or image inside a description is not kept; the words stay";
            self.cx.report(Diagnostic::new(&code::ATTRIBUTE_DROPPED, inline.span, message));
        }
    }
}
