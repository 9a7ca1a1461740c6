//! Text after expansion, with the way back to the source.

use crate::model::Span;
use std::cell::Cell;

/// Expanded wikitext. Bytes copied from the source map back one to one; bytes that a template
/// made map to the whole call.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    pub text: String,
    segments: Vec<Segment>,
    /// The segment that was asked for last: the next one asked for is most often there or close by.
    last: Cell<usize>,
}

/// From `flat` up to the next segment's `flat`.
#[derive(Clone, Copy, Debug)]
struct Segment {
    flat: u32,
    start: u32,
    /// The end of the call that made the bytes; 0 when they were copied.
    call_end: u32,
}

impl Flat {
    /// Appends `text[range]`, which stands at that range of the source.
    pub fn push_source(&mut self, text: &str, range: std::ops::Range<usize>) {
        if range.is_empty() {
            return;
        }
        let flat = self.text.len() as u32;
        let continues = self
            .segments
            .last()
            .is_some_and(|s| s.call_end == 0 && (s.start + (flat - s.flat)) as usize == range.start);
        if !continues {
            self.segments.push(Segment { flat, start: range.start as u32, call_end: 0 });
        }
        self.text.push_str(&text[range]);
    }

    /// Appends text that the call at `span` made.
    pub fn push_made(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let same = self.segments.last().is_some_and(|s| s.start == span.start && s.call_end == span.end);
        if !same {
            self.segments.push(Segment {
                flat: self.text.len() as u32,
                start: span.start,
                call_end: span.end.max(1),
            });
        }
        self.text.push_str(text);
    }

    /// Appends another expansion.
    pub fn push_flat(&mut self, other: &Flat) {
        self.push_slice(other, 0..other.text.len());
    }

    /// Appends a part of another expansion.
    pub fn push_slice(&mut self, other: &Flat, range: std::ops::Range<usize>) {
        if range.is_empty() {
            return;
        }
        let base = self.text.len() as u32;
        let (from, to) = (range.start as u32, range.end as u32);
        let first = other.segments.partition_point(|s| s.flat <= from).saturating_sub(1);
        for s in other.segments[first..].iter().take_while(|s| s.flat < to) {
            let skipped = from.saturating_sub(s.flat);
            let start = if s.call_end == 0 { s.start + skipped } else { s.start };
            self.segments.push(Segment {
                flat: base + s.flat.saturating_sub(from),
                start,
                call_end: s.call_end,
            });
        }
        self.text.push_str(&other.text[range]);
    }

    /// The expansion without white space at its ends.
    pub fn trimmed(self) -> Flat {
        let trimmed = self.text.trim();
        if trimmed.len() == self.text.len() {
            return self;
        }
        let start = trimmed.as_ptr() as usize - self.text.as_ptr() as usize;
        let mut out = Flat::default();
        out.push_slice(&self, start..start + trimmed.len());
        out
    }

    /// Where `range` of the expansion comes from.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = match self.segment(range.start) {
            None => return Span::default(),
            Some(s) if s.call_end == 0 => (s.start + (range.start as u32 - s.flat)) as usize,
            Some(s) => s.start as usize,
        };
        if range.is_empty() {
            return Span::new(start, start);
        }
        let end = match self.segment(range.end - 1) {
            None => start,
            Some(s) if s.call_end == 0 => (s.start + (range.end as u32 - s.flat)) as usize,
            Some(s) => s.call_end as usize,
        };
        Span::new(start.min(end), end.max(start))
    }

    /// The places of the source that bytes of `range` were copied from.
    pub fn copied(&self, range: std::ops::Range<usize>, mut each: impl FnMut(Span)) {
        let (from, to) = (range.start as u32, range.end as u32);
        let first = self.segments.partition_point(|s| s.flat <= from).saturating_sub(1);
        for (i, s) in self.segments.iter().enumerate().skip(first).take_while(|(_, s)| s.flat < to) {
            let end = self.segments.get(i + 1).map_or(self.text.len() as u32, |next| next.flat).min(to);
            let start = s.flat.max(from);
            if s.call_end == 0 && start < end {
                let at = (s.start + (start - s.flat)) as usize;
                each(Span::new(at, at + (end - start) as usize));
            }
        }
    }

    /// Whether the byte at `at` was made by a call, not copied.
    pub fn is_made(&self, at: usize) -> bool {
        self.segment(at).is_some_and(|s| s.call_end > 0)
    }

    /// `range` in pieces, each of which comes from one place of the source.
    pub fn pieces(&self, range: std::ops::Range<usize>, mut each: impl FnMut(std::ops::Range<usize>)) {
        let (mut start, end) = (range.start, range.end);
        let first = self.segments.partition_point(|s| s.flat as usize <= start);
        let mut before = first.checked_sub(1).map(|i| self.segments[i]);
        for &segment in self.segments[first..].iter().take_while(|s| (s.flat as usize) < end) {
            let continues = before.is_some_and(|b| {
                b.call_end == segment.call_end
                    && match b.call_end {
                        0 => b.start + (segment.flat - b.flat) == segment.start,
                        _ => b.start == segment.start,
                    }
            });
            if !continues {
                each(start..segment.flat as usize);
                start = segment.flat as usize;
            }
            before = Some(segment);
        }
        if start < end {
            each(start..end);
        }
    }

    fn segment(&self, at: usize) -> Option<Segment> {
        let before = |i: usize| self.segments.get(i).is_some_and(|s| s.flat as usize <= at);
        let last = self.last.get();
        let near = (last..last + 3).find(|&i| before(i) && !before(i + 1));
        let i = near
            .unwrap_or_else(|| self.segments.partition_point(|s| s.flat as usize <= at).saturating_sub(1));
        self.last.set(i);
        self.segments.get(i).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_lead_back_to_the_source() {
        let source = "ab{{x|cd}}ef";
        let mut flat = Flat::default();
        flat.push_source(source, 0..2);
        flat.push_made("<i>", Span::new(2, 10));
        flat.push_source(source, 6..8);
        flat.push_made("</i>", Span::new(2, 10));
        flat.push_source(source, 10..12);
        assert_eq!(flat.text, "ab<i>cd</i>ef");
        assert_eq!(flat.span(0..2), Span::new(0, 2));
        assert_eq!(flat.span(5..7), Span::new(6, 8));
        assert_eq!(flat.span(2..5), Span::new(2, 10));
        assert_eq!(flat.span(1..13), Span::new(1, 12));
        let mut copied = Vec::new();
        flat.copied(1..11, |span| copied.push(span.range()));
        assert_eq!(copied, [1..2, 6..8]);
        let mut pieces = Vec::new();
        flat.pieces(1..12, |piece| pieces.push(&flat.text[piece]));
        assert_eq!(pieces, ["b", "<i>", "cd", "</i>", "e"]);
        let mut part = Flat::default();
        part.push_slice(&flat, 6..12);
        assert_eq!(part.text, "d</i>e");
        assert_eq!(part.span(0..1), Span::new(7, 8));
        assert_eq!(part.span(5..6), Span::new(10, 11));
    }
}
