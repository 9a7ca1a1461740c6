//! Cutting an article into passages.

use super::Entry;
use crate::model::Span;
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use serde::Serialize;

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
    /// Where the whole block stands in its source.
    span: Span,
}

/// Cuts blocks into passages of at most `size` characters.
pub(super) fn chunks(entries: &[Entry], size: usize) -> Vec<Chunk<'_>> {
    let mut cutter = Cutter { size, chars: 0, done: Vec::new(), open: None };
    for entry in entries {
        // A heading belongs to what it heads: it is in the path of every passage below it, but its
        // words must stand somewhere too, so it opens a passage.
        if entry.kind == "heading" || cutter.open.as_ref().is_some_and(|open| !same_section(open, entry)) {
            cutter.end();
        }
        let length = entry.text.chars().count();
        if length <= size {
            if cutter.chars + 1 + length > size {
                cutter.end();
            }
            cutter.add(entry, 0, &entry.text);
        } else {
            cutter.end();
            for (at, piece) in pieces(&entry.text, size) {
                if cutter.chars + 1 + piece.chars().count() > size {
                    cutter.end();
                }
                cutter.add(entry, at, piece);
            }
        }
    }
    cutter.end();
    cutter.done
}

/// Whether a block belongs to the section of a passage; the heading that opens a section does.
fn same_section(open: &Chunk<'_>, entry: &Entry) -> bool {
    open.path == entry.path
        || (entry.path.split_last().is_some_and(|(last, above)| open.path == above && open.text == *last))
}

struct Cutter<'e> {
    size: usize,
    chars: usize,
    done: Vec<Chunk<'e>>,
    open: Option<Chunk<'e>>,
}

impl<'e> Cutter<'e> {
    fn end(&mut self) {
        self.done.extend(self.open.take());
        self.chars = 0;
    }

    fn add(&mut self, entry: &'e Entry, at: usize, text: &str) {
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
            self.chars += 1;
        }
        let start = chunk.text.len();
        chunk.text.push_str(text);
        self.chars += text.chars().count();
        debug_assert!(self.chars <= self.size);
        chunk.blocks.push(Part { id: &entry.id, text: (start, chunk.text.len()), span: entry.span });
    }
}

/// A long text as sentences, each at most `size` characters, with the byte it starts at.
fn pieces(text: &str, size: usize) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    for at in segmenter.segment_str(text).skip(1) {
        let mut rest = &text[from..at];
        let mut start = from;
        while rest.trim_end().chars().count() > size {
            // The last space that fits, or else as many characters as fit.
            let full = rest.char_indices().nth(size).map_or(rest.len(), |(i, _)| i);
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
