//! Cutting an article into passages.

use super::entry::{Budget, Entry};
use crate::model::{Inline, InlineKind, Span, plain_text};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use serde::Serialize;
use std::ops::Range;

/// A passage.
#[derive(Debug, Serialize)]
pub(super) struct Chunk<'e> {
    /// The identifier of its first block, with the byte it starts at in that block if not the first.
    id: String,
    article: &'e str,
    path: &'e [String],
    text: String,
    blocks: Vec<Part<'e>>,
}

/// A block, or a part of one, in a passage.
#[derive(Debug, Serialize)]
struct Part<'e> {
    id: &'e str,
    /// Where it stands in the passage's text, in bytes.
    text: (usize, usize),
    /// Where it stands in the block's own text, in bytes.
    block: (usize, usize),
    /// Where it stands in its source; of a block that is more than running text, the whole block.
    span: Span,
}

/// Cuts blocks into passages of a bounded size.
pub(super) fn chunks<'e>(entries: &'e [Entry<'e>], size: Budget) -> Vec<Chunk<'e>> {
    let mut cutter = Cutter { size, used: 0, done: Vec::new(), open: None };
    for entry in entries {
        // A heading belongs to what it heads: it is in the path of every passage below it, but its
        // words must stand somewhere too, so it opens a passage.
        if entry.kind == "heading" || cutter.open.as_ref().is_some_and(|open| !same_section(open, entry)) {
            cutter.end();
        }
        if size.measure(&entry.text) <= size.most() {
            cutter.make_room(&entry.text);
            cutter.add(entry, 0, &entry.text);
        } else {
            cutter.end();
            for (at, piece) in pieces(&entry.text, size) {
                cutter.make_room(piece);
                cutter.add(entry, at, piece);
            }
        }
    }
    cutter.end();
    cutter.done
}

impl Budget {
    fn most(self) -> usize {
        match self {
            Budget::Characters(most) | Budget::Words(most) => most.max(1),
        }
    }

    /// What white space between two parts costs.
    fn gap(self) -> usize {
        match self {
            Budget::Characters(_) => 1,
            Budget::Words(_) => 0,
        }
    }

    fn measure(self, text: &str) -> usize {
        match self {
            Budget::Characters(_) => text.chars().count(),
            Budget::Words(_) => words(text).count(),
        }
    }

    /// Where what is over the budget begins.
    fn full(self, text: &str) -> usize {
        match self {
            Budget::Characters(_) => text.char_indices().nth(self.most()).map(|(at, _)| at),
            Budget::Words(_) => words(text).nth(self.most()),
        }
        .unwrap_or(text.len())
    }
}

/// Where the words of a text begin.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let stands_alone = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    // Marks belong to the word they touch.
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let begins = match c {
            _ if stands_alone(c) => true,
            _ if c.is_whitespace() => {
                inside = false;
                return None;
            }
            _ => !inside,
        };
        inside = true;
        begins.then_some(at)
    })
}

/// Whether a block belongs to the section of a passage; the heading that opens a section does.
fn same_section(open: &Chunk<'_>, entry: &Entry) -> bool {
    open.path == entry.path
        || (entry.path.split_last().is_some_and(|(last, above)| open.path == above && open.text == *last))
}

struct Cutter<'e> {
    size: Budget,
    used: usize,
    done: Vec<Chunk<'e>>,
    open: Option<Chunk<'e>>,
}

impl<'e> Cutter<'e> {
    fn end(&mut self) {
        self.done.extend(self.open.take());
        self.used = 0;
    }

    /// Ends the passage at hand if a text does not fit in it any more.
    fn make_room(&mut self, text: &str) {
        if self.used + self.size.gap() + self.size.measure(text) > self.size.most() {
            self.end();
        }
    }

    fn add(&mut self, entry: &'e Entry<'e>, at: usize, text: &str) {
        let chunk = self.open.get_or_insert_with(|| Chunk {
            id: if at == 0 { entry.id.clone() } else { format!("{}+{at}", entry.id) },
            article: &entry.article,
            path: &entry.path,
            text: String::new(),
            blocks: Vec::new(),
        });
        // The section of a heading's passage is the one that the heading opens.
        chunk.path = &entry.path;
        if !chunk.text.is_empty() {
            let same = chunk.blocks.last().is_some_and(|part| part.id == entry.id);
            chunk.text.push(if same { ' ' } else { '\n' });
            self.used += self.size.gap();
        }
        let start = chunk.text.len();
        chunk.text.push_str(text);
        self.used += self.size.measure(text);
        debug_assert!(self.used <= self.size.most());
        chunk.blocks.push(Part {
            id: &entry.id,
            text: (start, chunk.text.len()),
            block: (at, at + text.len()),
            span: entry
                .content
                .and_then(|content| source(content, at..at + text.len()))
                .unwrap_or(entry.span),
        });
    }
}

/// Where a range of the plain text of inlines stands in the source.
fn source(content: &[Inline], range: Range<usize>) -> Option<Span> {
    fn walk(content: &[Inline], range: &Range<usize>, at: &mut usize, found: &mut Option<Span>) {
        for inline in content {
            match &inline.kind {
                InlineKind::Styled { content, .. } => walk(content, range, at, found),
                InlineKind::Link(link) => walk(&link.content, range, at, found),
                InlineKind::Unknown(unknown) => walk(&unknown.content, range, at, found),
                _ => {
                    let length = plain_text(inline).len();
                    let (from, to) = (range.start.max(*at), range.end.min(*at + length));
                    if from < to {
                        let start = inline.span.start as usize;
                        // Words that are the source's own have their own place in it.
                        let own = inline.span.range().len() == length;
                        let part =
                            if own { Span::new(start + from - *at, start + to - *at) } else { inline.span };
                        let part = Span { source: inline.span.source, ..part };
                        *found = Some(found.map_or(part, |before| before.to(part)));
                    }
                    *at += length;
                }
            }
        }
    }
    let (mut at, mut found) = (0, None);
    walk(content, &range, &mut at, &mut found);
    found
}

/// A long text as sentences, each within a budget, with the byte it starts at.
fn pieces(text: &str, size: Budget) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    for at in segmenter.segment_str(text).skip(1) {
        let mut rest = &text[from..at];
        let mut start = from;
        while size.measure(rest.trim_end()) > size.most() {
            // The last space that fits, or else as much as fits.
            let full = size.full(rest);
            let cut = rest[..full].rfind(' ').filter(|&cut| cut > 0).unwrap_or(full);
            pieces.push((start, rest[..cut].trim_end()));
            let next = &rest[cut..];
            start += rest.len() - next.trim_start().len();
            rest = next.trim_start();
        }
        if !rest.trim().is_empty() {
            pieces.push((start, rest.trim_end()));
        }
        from = at;
    }
    pieces
}
