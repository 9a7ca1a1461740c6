//! What each line of the format is.

use crate::model::Span;

/// A line without its ending and without white space around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub kind: LineKind,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LineKind {
    Blank,
    /// `==Section==`; `content` is what stands between the marks.
    Heading {
        level: u8,
        content: Span,
    },
    /// `- item` or `1. item`, indented by so many columns.
    Item {
        indent: u16,
        number: Option<u32>,
        content: Span,
    },
    Text,
}

/// Cuts a text into lines at LF, CRLF or CR.
pub(super) fn lines(text: &str, start: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = start;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        lines.push(line(text, at, at + length));
        let ending = if rest[length..].starts_with(b"\r\n") { 2 } else { 1 };
        at += length + ending;
    }
    lines
}

fn line(text: &str, start: usize, end: usize) -> Line {
    let raw = &text[start..end];
    let indent = raw.len() - raw.trim_start().len();
    let content = raw.trim();
    let start = start + indent;
    let span = Span::new(start, start + content.len());
    let part = |r: std::ops::Range<usize>| Span::new(start + r.start, start + r.end);
    let kind = if content.is_empty() {
        LineKind::Blank
    } else if let Some((level, inner)) = heading(content) {
        LineKind::Heading { level, content: part(inner) }
    } else if let Some((number, inner)) = item(content) {
        LineKind::Item { indent: indent.min(u16::MAX.into()) as u16, number, content: part(inner) }
    } else {
        LineKind::Text
    };
    Line { kind, span }
}

/// The level and the inner range of a trimmed line that is a heading.
pub(super) fn heading(line: &str) -> Option<(u8, std::ops::Range<usize>)> {
    let level = line.bytes().take_while(|&b| b == b'=').count();
    let closing = line.bytes().rev().take_while(|&b| b == b'=').count();
    if !(1..=6).contains(&level) || level != closing || line.len() <= 2 * level {
        return None;
    }
    let inner = &line[level..line.len() - level];
    let lead = inner.len() - inner.trim_start().len();
    let inner = inner.trim();
    (!inner.is_empty()).then(|| (level as u8, level + lead..level + lead + inner.len()))
}

/// The number, if it is a numbered one, and the inner range of a trimmed line that is an item.
fn item(line: &str) -> Option<(Option<u32>, std::ops::Range<usize>)> {
    let (number, marker) = match line.bytes().take_while(u8::is_ascii_digit).count() {
        0 => (None, line.starts_with('-').then_some(1)?),
        // Four digits and a dot are a year that ends a sentence, not an item's number.
        digits @ 1..=3 if line[digits..].starts_with('.') => (Some(line[..digits].parse().ok()?), digits + 1),
        _ => return None,
    };
    let rest = &line[marker..];
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let lead = rest.len() - rest.trim_start().len();
    Some((number, marker + lead..line.len()))
}
