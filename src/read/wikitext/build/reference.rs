//! References: `<ref>` and `<references>`.

use super::builder::Builder;
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::markup::entity;
use crate::model::*;
use crate::read::wikitext::expand::flat::Flat;
use crate::read::wikitext::parse::html;
use crate::read::wikitext::parse::marker::{Body, Item, bare};
use crate::read::wikitext::parse::preprocess::{Kind, Mode, preprocess};

impl Builder<'_, '_, '_> {
    /// The note that a `<ref>` calls; `None` when it only adds to another one.
    pub fn reference(&mut self, attributes: &str, body: Option<Body>, span: Span) -> Option<NoteId> {
        let group = value(attributes, "group");
        let name = value(attributes, "name");
        if let Some(parent) = html::attribute(attributes, "follow") {
            let key = (group.clone(), normal(parent));
            if let Some(&index) = self.names.get(&key) {
                let more = self.note_blocks(body);
                let note = &mut self.notes[index as usize];
                join(&mut note.blocks, more, span);
                return None;
            }
            if !key.1.is_empty() {
                // What it follows is still to come.
                let index = self.notes.len() as u32;
                self.notes.push(Note {
                    name: Some(key.1.clone()),
                    group: (!group.is_empty()).then(|| group.clone()),
                    ..Note::new(Vec::new(), span)
                });
                self.names.insert(key, index);
                let more = self.note_blocks(body);
                self.following.entry(index).or_default().extend(more);
                return None;
            }
        }
        let index = match self.names.get(&(group.clone(), name.clone())).filter(|_| !name.is_empty()) {
            Some(&index) => index,
            None => {
                let index = self.notes.len() as u32;
                let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
                // Its place first, so that notes inside of it come after it.
                self.notes.push(Note {
                    name: some(&name),
                    group: some(&group),
                    ..Note::new(Vec::new(), span)
                });
                if !name.is_empty() {
                    self.names.insert((group, name), index);
                }
                index
            }
        };
        // The words of a note without a name are never asked for again.
        let named = self.notes[index as usize].name.is_some();
        let words = body.as_ref().filter(|_| named).map(|body| self.written(body)).filter(|w| !w.is_empty());
        let source = match &body {
            Some(Body::Source(range)) => self.x.source.get(range.clone()).unwrap_or_default(),
            _ => "",
        };
        if source.match_indices("<ref").any(|(at, _)| source[at + 4..].starts_with(['>', ' '])) {
            let message = "a note in a note, whose call is shown as it is written";
            self.report(&code::MARKUP_AS_TEXT, span, message);
        }
        if self.notes[index as usize].blocks.is_empty() {
            let blocks = self.note_blocks(body);
            if !blocks.is_empty() {
                let note = &mut self.notes[index as usize];
                note.blocks = blocks;
                note.span = span;
                if note.name.is_some() {
                    self.given.extend(words.map(|words| (index, words)));
                }
            }
        } else if let Some(words) = words {
            self.repeated(index, &words, span);
        }
        Some(NoteId(index))
    }

    /// A note that is given again: by the same words nothing is lost.
    fn repeated(&mut self, index: u32, words: &str, span: Span) {
        if self.given.get(&index).is_some_and(|given| given == words) {
            return self.cx.claim(span, Fate::Rendered);
        }
        let name = self.notes[index as usize].name.clone().unwrap_or_default();
        let message = format!("the reference '{name}' is given again by other words, which were left out");
        self.report(&code::NOTE_REPEATED, span, message);
    }

    /// The words of a note as they are written.
    fn written(&self, body: &Body) -> String {
        let text = match body {
            Body::Source(range) => &self.x.source[range.clone()],
            Body::Made(flat) => &flat.text,
        };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn note_blocks(&mut self, body: Option<Body>) -> Vec<Block> {
        if self.too_deep() {
            let flat = self.verbatim(body);
            return plain_block(&flat).into_iter().collect();
        }
        let flat = self.expanded(body);
        let mut blocks = self.blocks_of(&flat);
        // A note that is nothing but a template kept as it is would be empty: what it was given is shown.
        if let [Node { kind: BlockKind::Unresolved(kept), span, .. }] = blocks.as_slice() {
            let (text, span) = (given_words(kept), *span);
            if !text.is_empty() {
                let words = vec![Node::new(InlineKind::Text { text }, span)];
                blocks.push(Node::new(BlockKind::Paragraph { content: words }, span));
            }
        }
        blocks
    }

    /// `<references>`: the notes of its group that no list has yet, with those that it defines.
    pub fn references(&mut self, attributes: &str, body: Option<Body>, span: Span) -> Block {
        self.definitions_of_notes(attributes, body);
        let group = Some(value(attributes, "group")).filter(|g| !g.is_empty());
        self.listed.resize(self.notes.len(), false);
        let listed = &mut self.listed;
        let new = self.notes.iter().enumerate().filter(|(i, note)| note.group == group && !listed[*i]);
        let notes: Vec<NoteId> = new.map(|(i, _)| NoteId(i as u32)).collect();
        notes.iter().for_each(|id| listed[id.0 as usize] = true);
        Node::new(BlockKind::Notes { notes, foot: group.is_some() }, span)
    }

    /// The notes that a list defines.
    fn definitions_of_notes(&mut self, attributes: &str, body: Option<Body>) {
        if self.too_deep() {
            return;
        }
        let outer = value(attributes, "group");
        let flat = match body {
            Some(Body::Source(range)) => {
                // What is between the definitions doesn't matter.
                let tokens = preprocess(self.x.source, range.clone(), Mode::Page);
                if !tokens.tokens.iter().any(|t| matches!(t.kind, Kind::Extension | Kind::Template)) {
                    return;
                }
                self.x.expand_source(range)
            }
            body => {
                let flat = self.expanded(body);
                self.x.findings.claims.syntax_of(&flat, 0..flat.text.len());
                flat
            }
        };
        for index in markers(&flat) {
            let Some(Item::Extension { name: "ref", attributes, body, span }) =
                self.x.items.get(index).cloned()
            else {
                continue;
            };
            let name = value(&attributes, "name");
            let group =
                Some(value(&attributes, "group")).filter(|g| !g.is_empty()).unwrap_or_else(|| outer.clone());
            match self.names.get(&(group, name)).copied() {
                Some(index) if self.notes[index as usize].blocks.is_empty() => {
                    let words = body.as_ref().map(|body| self.written(body));
                    let blocks = self.note_blocks(body);
                    let note = &mut self.notes[index as usize];
                    note.blocks = blocks;
                    note.span = span;
                    self.given.extend(words.map(|words| (index, words)));
                }
                Some(note) => {
                    let words = body.as_ref().map(|body| self.written(body)).unwrap_or_default();
                    self.repeated(note, &words, span);
                }
                None => self.report(&code::NOTE_UNUSED, span, "a reference that nothing calls was left out"),
            }
        }
    }

    /// Says which notes are called but never given, and joins what goes on in others.
    pub fn check_notes(&mut self) {
        for (index, more) in std::mem::take(&mut self.following) {
            let note = &mut self.notes[index as usize];
            let span = note.span;
            join(&mut note.blocks, more, span);
        }
        let empty: Vec<(Span, String)> = self
            .notes
            .iter()
            .filter(|n| n.blocks.is_empty())
            .map(|n| (n.span, n.name.clone().unwrap_or_default()))
            .collect();
        for (span, name) in empty {
            self.report(
                &code::NOTE_UNDEFINED,
                span,
                format!("the reference '{name}' is called but not given"),
            );
        }
    }
}

fn plain_block(flat: &Flat) -> Option<Block> {
    let text = flat.text.trim();
    let span = flat.span(0..flat.text.len());
    (!text.is_empty()).then(|| {
        let content = vec![Node::new(InlineKind::Text { text: text.replace('\0', "") }, span)];
        Node::new(BlockKind::Paragraph { content }, span)
    })
}

/// Appends to a note, in the same paragraph where both end and start with one.
fn join(blocks: &mut Vec<Block>, more: Vec<Block>, span: Span) {
    let mut more = more.into_iter();
    if let Some(first) = more.next() {
        match (blocks.last_mut().map(|b| &mut b.kind), first.kind) {
            (Some(BlockKind::Paragraph { content }), BlockKind::Paragraph { content: added }) => {
                content.push(Node::new(InlineKind::SoftBreak, span));
                content.extend(added);
            }
            (_, kind) => blocks.push(Node { kind, attr: first.attr, span: first.span }),
        }
    }
    blocks.extend(more);
}

fn value(attributes: &str, name: &str) -> String {
    html::attribute(attributes, name).map(normal).unwrap_or_default()
}

/// A name without what doesn't tell it from others.
fn normal(name: &str) -> String {
    let name = crate::markup::entity::decode(name);
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The items that a text has markers of.
pub fn markers(flat: &Flat) -> Vec<usize> {
    flat.text.split('\0').skip(1).step_by(2).filter_map(|n| n.parse().ok()).collect()
}

/// Lists of no note are left out, with the headings that would have nothing under them.
pub fn leave_out_empty_lists(blocks: &mut Vec<Block>, cx: &mut ReadContext<'_>) {
    let empty = |block: &Block| matches!(&block.kind, BlockKind::Notes { notes, .. } if notes.is_empty());
    if !blocks.iter().any(empty) {
        return;
    }
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut left_out = false;
    for block in std::mem::take(blocks) {
        if empty(&block) {
            left_out = true;
            continue;
        }
        if left_out {
            drop_heading(&mut kept, Some(&block), cx);
        }
        left_out = false;
        kept.push(block);
    }
    if left_out {
        drop_heading(&mut kept, None, cx);
    }
    *blocks = kept;
}

/// Drops the last heading when what comes next is none of its section.
fn drop_heading(blocks: &mut Vec<Block>, next: Option<&Block>, cx: &mut ReadContext<'_>) {
    let Some(BlockKind::Heading { level, .. }) = blocks.last().map(|b| &b.kind) else { return };
    let ends = match next.map(|b| &b.kind) {
        None => true,
        Some(BlockKind::Heading { level: next, .. }) => next <= level,
        Some(_) => false,
    };
    if ends && let Some(heading) = blocks.pop() {
        let message = "a heading over a list of no notes was left out";
        cx.report(Diagnostic::new(&code::TEMPLATE_DROPPED, heading.span, message));
    }
}

/// What a template that is kept as it is was given, in one line.
fn given_words(kept: &Unresolved) -> String {
    let plain = |value: &str| entity::decode(&bare(value)).split_whitespace().collect::<Vec<_>>().join(" ");
    let values = kept.arguments.iter().filter(|(_, value)| !value.contains("{{"));
    let values: Vec<String> =
        values.map(|(_, value)| plain(value)).filter(|value| !value.is_empty()).collect();
    if values.is_empty() { String::new() } else { format!("{}: {}", kept.name, values.join(", ")) }
}
