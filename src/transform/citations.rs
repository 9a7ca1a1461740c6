//! Citations are set, and the works that they cite are listed.

use super::words::Words;
#[cfg(feature = "citations")]
use crate::asset::LoadError;
use crate::citation::Cluster;
#[cfg(feature = "citations")]
use crate::citation::{Asked, Works};
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::ReadContext;
use crate::model::visit::{self, Visit, VisitMut};
use crate::model::{
    Article, Block, BlockKind, Citing, Document, Inline, InlineKind, LanguageTag, Level, Note, NoteId, Span,
    Style,
};
use crate::text::citation::{CLASS, anchor};
use std::collections::BTreeMap;

/// Sets what cites works by their keys, and lists these: where the article has the anchor `refs`, else under its
/// last heading, should nothing stand there, else at its end. Without a list of works that has them, citations
/// stay as they are written, which is told.
pub fn citations(
    document: &mut Document,
    #[cfg(feature = "citations")] works: &Works,
    cx: &mut ReadContext<'_>,
) {
    for article in &mut document.articles {
        let citing = article.citing.take();
        let clusters = Found::of(article).clusters;
        if clusters.is_empty() && citing.is_none() {
            continue;
        }
        article.citations.extend(clusters.iter().flat_map(Cluster::data));
        let language = article.meta.language.as_ref().map(|language| language.tag.clone());
        #[cfg(feature = "citations")]
        let made = with_works(&clusters, citing.as_deref(), works, language.as_ref(), cx);
        #[cfg(not(feature = "citations"))]
        let made = Made::without(&clusters, citing.as_deref(), cx);
        let mut putting = Putting {
            made: made.citations,
            notes: Vec::new(),
            first_note: article.notes.len(),
            in_note: false,
        };
        putting.article(article);
        article.notes.append(&mut putting.notes);
        list(article, made.works, citing.as_deref(), language.as_ref());
    }
}

/// What citations became.
#[derive(Default)]
struct Made {
    /// What stands in the sentence, and what stands in a note, by the place of the citation; those that are
    /// not here stay as they are written.
    citations: BTreeMap<Span, (Vec<Inline>, Option<Vec<Inline>>)>,
    works: Vec<(String, Vec<Inline>)>,
}

impl Made {
    /// Tells of citations that nothing can set.
    fn without(clusters: &[Cluster], citing: Option<&Citing>, cx: &mut ReadContext<'_>) -> Self {
        if let Some(citing) = citing.filter(|citing| !citing.lists.is_empty() && !cfg!(feature = "citations"))
        {
            let message = "citations are not set: no list of works is read here";
            cx.report(Diagnostic::new(&code::WORK_UNREADABLE, citing.span, message).remedy(Remedy::Works));
        }
        for cluster in clusters {
            let message = "a citation is shown by its key, for no list of works is read";
            cx.report(Diagnostic::new(&code::MARKUP_AS_TEXT, cluster.span, message).remedy(Remedy::Works));
        }
        Made::default()
    }
}

/// Sets citations by the works that are at hand and those of the lists that the article names.
#[cfg(feature = "citations")]
fn with_works(
    clusters: &[Cluster],
    citing: Option<&Citing>,
    works: &Works,
    language: Option<&LanguageTag>,
    cx: &mut ReadContext<'_>,
) -> Made {
    let mut works = works.clone();
    if let Some(citing) = citing {
        load(citing, &mut works, cx);
    }
    if works.is_empty() {
        return Made::without(clusters, citing, cx);
    }
    let mut known: Vec<Cluster> = Vec::new();
    for cluster in clusters {
        let unknown = cluster.items.iter().filter_map(|item| Some((&item.key, works.has(&item.key).err()?)));
        let unknown: Vec<_> = unknown.collect();
        for (key, like) in &unknown {
            let message = format!("no list of works has '{key}'; the citation stands as it is written");
            let said = Diagnostic::new(&code::CITATION_UNKNOWN, cluster.span, message);
            cx.report(match like {
                Some(like) => said.help(format!("did you mean '{like}'?")),
                None => said,
            });
        }
        if unknown.is_empty() {
            known.push(cluster.clone());
        }
    }
    let none = Vec::new();
    let uncited = citing.map_or(&none, |citing| &citing.uncited);
    for key in uncited.iter().filter(|key| *key != "*" && works.has(key).is_err()) {
        let message = format!("no list of works has '{key}', which is to be listed");
        cx.report(Diagnostic::new(&code::CITATION_UNKNOWN, citing.map(|citing| citing.span), message));
    }
    match works.set(&Asked { clusters: &known, uncited, language }) {
        Ok(set) => {
            let citations = known.iter().map(|cluster| cluster.span).zip(set.citations);
            Made { citations: citations.collect(), works: set.works }
        }
        Err(why) => {
            cx.report(Diagnostic::new(&code::WORK_UNREADABLE, citing.map(|citing| citing.span), why));
            Made::without(clusters, citing, cx)
        }
    }
}

/// Reads the lists and the style that an article names, as its images are found.
#[cfg(feature = "citations")]
fn load(citing: &Citing, works: &mut Works, cx: &mut ReadContext<'_>) {
    let mut loaded = 0;
    let mut text = |name: &str, cx: &ReadContext<'_>| {
        let bytes = cx.load(name, loaded)?;
        loaded += bytes.len();
        String::from_utf8(bytes).map_err(|_| LoadError::from("it is no text in UTF-8"))
    };
    let said = |message: String, cx: &mut ReadContext<'_>| {
        cx.report(Diagnostic::new(&code::WORK_UNREADABLE, citing.span, message));
    };
    for name in &citing.lists {
        match text(name, cx) {
            Ok(text) => {
                for fault in works.add(name, &text) {
                    let line = fault
                        .place
                        .map(|place| 1 + text[..place.start.min(text.len())].matches('\n').count());
                    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
                    said(format!("{name}{line}: {}", fault.message), cx);
                }
            }
            Err(why) => said(format!("the list of works '{name}' can't be read: {why}"), cx),
        }
    }
    if let Some(name) = &citing.style {
        // A file goes before a style that is built in.
        let made = match text(name, cx) {
            Ok(text) => works.set_style(&text),
            Err(why) => works
                .set_style(name)
                .map_err(|none| if name.ends_with(".csl") { why.to_string() } else { none }),
        };
        if let Err(why) = made {
            said(format!("the style of citations '{name}' can't be read: {why}"), cx);
        }
    }
}

/// The citations of an article, in reading order.
struct Found<'a> {
    clusters: Vec<Cluster>,
    notes: &'a [Note],
    /// The notes that were called so far.
    called: Vec<bool>,
    number: usize,
    in_note: bool,
    in_link: bool,
}

impl<'a> Found<'a> {
    fn of(article: &'a Article) -> Self {
        let called = vec![false; article.notes.len()];
        let mut found = Found {
            clusters: Vec::new(),
            notes: &article.notes,
            called,
            number: 0,
            in_note: false,
            in_link: false,
        };
        article.meta.title.iter().for_each(|inline| found.inline(inline));
        article.blocks.iter().for_each(|block| found.block(block));
        found
    }
}

impl<'a> Visit<'a> for Found<'a> {
    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Styled { content, .. } if is_cited(inline) && !self.in_link => {
                if let Some(mut cluster) = Cluster::read(content, inline.span) {
                    self.number += usize::from(!self.in_note);
                    cluster.note = Some(self.number);
                    return self.clusters.push(cluster);
                }
            }
            InlineKind::Note { note } => {
                let at = note.0 as usize;
                if let (Some(note), Some(false)) = (self.notes.get(at), self.called.get(at)) {
                    self.called[at] = true;
                    self.number += 1;
                    let before = std::mem::replace(&mut self.in_note, true);
                    note.blocks.iter().for_each(|block| self.block(block));
                    self.in_note = before;
                }
            }
            InlineKind::Link(_) => {
                let before = std::mem::replace(&mut self.in_link, true);
                visit::walk_inline(self, inline);
                self.in_link = before;
                return;
            }
            _ => {}
        }
        visit::walk_inline(self, inline);
    }
}

/// Puts what was made in the place of citations.
struct Putting {
    made: BTreeMap<Span, (Vec<Inline>, Option<Vec<Inline>>)>,
    notes: Vec<Note>,
    /// The number of the first note that is added.
    first_note: usize,
    in_note: bool,
}

impl Putting {
    fn article(&mut self, article: &mut Article) {
        self.running(&mut article.meta.title);
        article.blocks.iter_mut().for_each(|block| self.block(block));
        self.in_note = true;
        article.notes.iter_mut().flat_map(|note| &mut note.blocks).for_each(|block| self.block(block));
    }

    fn running(&mut self, content: &mut Vec<Inline>) {
        if content.iter().any(is_cited) {
            let mut out: Vec<Inline> = Vec::with_capacity(content.len());
            let mut rest = std::mem::take(content).into_iter().peekable();
            while let Some(node) = rest.next() {
                if !is_cited(&node) {
                    push(&mut out, node);
                    continue;
                }
                match self.made.remove(&node.span) {
                    None => unwrapped(node, &mut out),
                    Some((words, None)) => out.push(with_content(node, words)),
                    // In a note there are no further notes; what it begins with needs no brackets.
                    Some((words, Some(note))) if self.in_note => {
                        let first = out.iter().all(|node| crate::model::plain_text(node).trim().is_empty());
                        let (open, close) = if first { ("", "") } else { ("(", ")") };
                        let mut all = words;
                        if !all.is_empty() {
                            all.push(Inline::text(" ", node.span));
                        }
                        all.push(Inline::text(open, node.span));
                        all.extend(note);
                        all.push(Inline::text(close, node.span));
                        out.push(with_content(node, all));
                    }
                    Some((words, Some(note))) => {
                        let span = node.span;
                        if words.is_empty() {
                            trim_end(&mut out);
                        } else {
                            out.push(with_content(node, words));
                        }
                        // The call stands behind the sign that ends a part of the sentence.
                        if let Some(Inline { kind: InlineKind::Text { text }, .. }) = rest.peek_mut()
                            && let Some(sign) = text.chars().next().filter(|c| ".,;:!?”’\"".contains(*c))
                        {
                            text.remove(0);
                            out.push(Inline::text(sign.to_string(), span));
                        }
                        let id = NoteId((self.first_note + self.notes.len()) as u32);
                        self.notes.push(Note::new(vec![Block::paragraph(note, span)], span));
                        out.push(Inline::new(InlineKind::Note { note: id }, span));
                    }
                }
            }
            out.retain(|node| !matches!(&node.kind, InlineKind::Text { text } if text.is_empty()));
            *content = out;
        }
        for node in content {
            self.inline(node);
        }
    }
}

impl VisitMut<'_> for Putting {
    fn block(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content } => {
                return self.running(content);
            }
            BlockKind::Figure { caption, .. } => self.running(caption),
            BlockKind::Table(table) => self.running(&mut table.caption),
            BlockKind::Definitions { items } => {
                items.iter_mut().flat_map(|item| &mut item.terms).for_each(|term| self.running(term));
            }
            _ => {}
        }
        visit::walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        match &mut inline.kind {
            InlineKind::Styled { content, .. } => self.running(content),
            InlineKind::Link(link) => self.running(&mut link.content),
            _ => visit::walk_inline_mut(self, inline),
        }
    }
}

/// Puts the list of works where it belongs.
fn list(
    article: &mut Article,
    works: Vec<(String, Vec<Inline>)>,
    citing: Option<&Citing>,
    language: Option<&LanguageTag>,
) {
    let is_place = |block: &Block| {
        let id = block.attr.as_ref().and_then(|attr| attr.id.as_deref());
        id == Some("refs") && matches!(&block.kind, BlockKind::Paragraph { content } if content.is_empty())
    };
    let place = article.blocks.iter().position(is_place);
    if works.is_empty() {
        if let Some(place) = place {
            article.blocks.remove(place);
        }
        return;
    }
    let mut listed: Vec<Block> = works
        .into_iter()
        .map(|(key, content)| {
            let mut block = Block::paragraph(content, Span::default());
            block.attr_mut().id = Some(anchor(&key));
            block.attr_mut().classes.push("csl-entry".to_owned());
            block
        })
        .collect();
    if let Some(place) = place {
        article.blocks.splice(place..=place, listed);
        return;
    }
    let ends_with_heading =
        matches!(article.blocks.last().map(|block| &block.kind), Some(BlockKind::Heading { .. }));
    if !ends_with_heading {
        let level = article.blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Heading { level, .. } => Some(level),
            _ => None,
        });
        let words = citing.and_then(|citing| citing.heading.as_deref());
        let words = words.unwrap_or(Words::of(language).references);
        let content = vec![Inline::text(words, Span::default())];
        let level = level.min().unwrap_or(Level::clamped(2));
        article.blocks.push(Block::new(BlockKind::Heading { level, content }, Span::default()));
    }
    article.blocks.append(&mut listed);
}

fn is_cited(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Styled { style: Style::Span, .. })
        && inline.attr.as_ref().is_some_and(|attr| attr.classes.iter().any(|class| class == CLASS))
}

fn with_content(node: Inline, content: Vec<Inline>) -> Inline {
    Inline { kind: InlineKind::Styled { style: Style::Span, content }, ..node }
}

/// A citation as it is written, without the node around it; what is none by its words keeps that.
fn unwrapped(node: Inline, out: &mut Vec<Inline>) {
    match node.kind {
        InlineKind::Styled { content, .. } if Cluster::read(&content, node.span).is_some() => {
            content.into_iter().for_each(|node| push(out, node));
        }
        kind => out.push(Inline { kind, ..node }),
    }
}

/// Adds a node; texts that follow each other in the source become one.
fn push(out: &mut Vec<Inline>, node: Inline) {
    if let (InlineKind::Text { text }, Some(before)) = (&node.kind, out.last_mut())
        && before.span.end == node.span.start
        && let InlineKind::Text { text: all } = &mut before.kind
    {
        all.push_str(text);
        before.span.end = node.span.end;
    } else {
        out.push(node);
    }
}

fn trim_end(out: &mut [Inline]) {
    if let Some(Inline { kind: InlineKind::Text { text }, .. }) = out.last_mut() {
        *text = text.trim_end().to_owned();
    }
}
