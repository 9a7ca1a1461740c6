//! Markdown in Markdown: files that paragraphs and words name to stand in their place.

use super::included::{Includes, named};
use crate::asset::LoadError;
use crate::diagnostic::{Diagnostic, code};
use crate::format::Reader;
use crate::model::visit::{self, VisitMut};
use crate::model::{Article, Block, BlockKind, Inline, InlineKind, Level, Note, NoteId, Span};

/// Files in files are followed as deep as this.
const DEPTH: usize = 8;

/// Puts files in the place of what names them.
pub(super) struct Parts<'p, 'a, 'c> {
    pub includes: &'p mut Includes<'a, 'c>,
    pub reader: &'p dyn Reader,
    /// The files that are being read, by their paths from the document's folder on.
    pub open: Vec<String>,
    pub said: Vec<Diagnostic>,
}

impl Parts<'_, '_, '_> {
    pub fn article(&mut self, article: &mut Article) {
        let mut notes = std::mem::take(&mut article.notes);
        self.blocks(&mut article.blocks, &mut notes);
        article.notes = notes;
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>, notes: &mut Vec<Note>) {
        let mut out = Vec::with_capacity(blocks.len());
        for mut block in std::mem::take(blocks) {
            match &mut block.kind {
                BlockKind::Paragraph { content } => {
                    let alone = match content.as_slice() {
                        [Inline { kind: InlineKind::Text { text }, .. }] => call(text),
                        _ => None,
                    };
                    if let Some((whole, ..)) = alone
                        && whole.len() == text_of(content).trim().len()
                    {
                        let whole = whole.to_owned();
                        match self.file(&whole, block.span, notes) {
                            Some(included) => out.extend(included),
                            None => out.push(block),
                        }
                        continue;
                    }
                    self.running(content, notes);
                }
                BlockKind::Heading { content, .. } => self.running(content, notes),
                BlockKind::Quote { body } | BlockKind::Aside { body, .. } => self.blocks(body, notes),
                BlockKind::List { items, .. } => {
                    items.iter_mut().for_each(|item| self.blocks(&mut item.blocks, notes));
                }
                _ => {}
            }
            out.push(block);
        }
        *blocks = out;
    }

    fn running(&mut self, content: &mut Vec<Inline>, notes: &mut Vec<Note>) {
        let names = |node: &Inline| matches!(&node.kind, InlineKind::Text { text } if call(text).is_some());
        if !content.iter().any(names) {
            return;
        }
        let mut out = Vec::with_capacity(content.len());
        for node in std::mem::take(content) {
            let InlineKind::Text { text } = &node.kind else {
                out.push(node);
                continue;
            };
            let mut rest = &**text;
            let mut kept = String::new();
            while let Some((whole, before, after)) = call(rest) {
                kept.push_str(before);
                match self.file(whole, node.span, notes).map(|blocks| (words_of(&blocks), blocks)) {
                    Some((Some(words), _)) => {
                        out.push(Inline::text(std::mem::take(&mut kept), node.span));
                        out.extend(words);
                    }
                    Some((None, _)) => {
                        self.say(
                            node.span,
                            format!("'{whole}': among words there is room for one paragraph alone"),
                        );
                        kept.push_str(whole);
                    }
                    None => kept.push_str(whole),
                }
                rest = after;
            }
            kept.push_str(rest);
            out.push(Inline::text(kept, node.span));
        }
        out.retain(|node| !matches!(&node.kind, InlineKind::Text { text } if text.is_empty()));
        *content = out;
    }

    /// The blocks of the file that a call names, its notes added to those there are. What can't be had is told.
    fn file(&mut self, call: &str, span: Span, notes: &mut Vec<Note>) -> Option<Vec<Block>> {
        let (path, part) = named(call)?;
        let folder = self.open.last().and_then(|file| file.rsplit_once('/')).map_or("", |(folder, _)| folder);
        let path = joined(folder, path);
        let text = if self.open.contains(&path) {
            Err(LoadError::from("it includes itself"))
        } else if self.open.len() > DEPTH {
            Err(LoadError::from("files include each other too deep"))
        } else {
            self.includes.part(&path, part)
        };
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                let message = format!("what is to be put in here is not: '{call}': {why}");
                self.said.push(Diagnostic::new(&code::MARKUP_AS_TEXT, span, message).remedy(why.remedy()));
                return None;
            }
        };
        let mut said: Vec<Diagnostic> = Vec::new();
        let read = self.reader.read(text.as_bytes(), &mut self.includes.cx.for_part(&path, &mut said));
        for mut diagnostic in said.into_iter().filter(|said| said.code.name != code::NO_TITLE.name) {
            let before =
                diagnostic.span.and_then(|place| text.get(..place.start as usize)).unwrap_or_default();
            let line = 1 + before.matches('\n').count();
            diagnostic.message = format!("{path}:{line}: {}", diagnostic.message);
            diagnostic.span = Some(span);
            self.said.push(diagnostic);
        }
        let mut document = match read {
            Ok(document) => document,
            Err(error) => {
                self.say(span, format!("'{call}': {error}"));
                return None;
            }
        };
        let mut article = document.articles.pop()?;
        if !article.meta.title.is_empty() && article.meta.spans.is_empty() {
            let content = std::mem::take(&mut article.meta.title);
            article.blocks.insert(0, Block::new(BlockKind::Heading { level: Level::ONE, content }, span));
        }
        self.open.push(path);
        let first = notes.len() as u32;
        visit::walk_article_mut(&mut Moved { first, span }, &mut article);
        notes.append(&mut article.notes);
        self.blocks(&mut article.blocks, notes);
        self.open.pop();
        Some(article.blocks)
    }

    fn say(&mut self, span: Span, message: String) {
        let message = format!("what is to be put in here is not: {message}");
        self.said.push(Diagnostic::new(&code::MARKUP_AS_TEXT, span, message));
    }
}

/// Has nodes of a file stand where it is named: they are of no text that the document's places point into.
struct Moved {
    /// The number of its first note.
    first: u32,
    span: Span,
}

impl VisitMut<'_> for Moved {
    fn block(&mut self, block: &mut Block) {
        block.span = self.span;
        if let BlockKind::Notes { notes, .. } = &mut block.kind {
            notes.iter_mut().for_each(|note| note.0 += self.first);
        }
        visit::walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        inline.span = self.span;
        if let InlineKind::Note { note: NoteId(note) } = &mut inline.kind {
            *note += self.first;
        }
        visit::walk_inline_mut(self, inline);
    }
}

/// The first call in a text, what stands before it, and what behind.
fn call(text: &str) -> Option<(&str, &str, &str)> {
    let calls = [("{{#include ", "}}"), ("{{< include ", ">}}")];
    let found = calls.into_iter().filter_map(|(open, close)| Some((text.find(open)?, close)));
    let (start, close) = found.min()?;
    let end = start + text[start..].find(close)? + close.len();
    Some((&text[start..end], &text[..start], &text[end..]))
}

fn text_of(content: &[Inline]) -> &str {
    match content {
        [Inline { kind: InlineKind::Text { text }, .. }] => text,
        _ => "",
    }
}

/// The words of a file that is one paragraph.
fn words_of(blocks: &[Block]) -> Option<Vec<Inline>> {
    match blocks {
        [Block { kind: BlockKind::Paragraph { content }, .. }] => Some(content.clone()),
        _ => None,
    }
}

/// A path from a folder on, without the steps back that can be taken.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            ".." if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}{}", if path.starts_with('/') { "/" } else { "" }, parts.join("/"))
}
