//! Bare addresses in running text become links.

use crate::markup::address::bare;
use crate::model::{Inline, InlineKind, Link, Span, Target};
use std::ops::Range;

/// Makes links of bare addresses; not inside links and code, and only where the text
/// is the source's own bytes, so that each part keeps its place. `room`: how many nodes may be in each
/// other there; a link and its words are two.
pub(super) fn with_links(source: &str, inlines: Vec<Inline>, room: usize) -> Vec<Inline> {
    let is_address =
        |inline: &Inline| matches!(&inline.kind, InlineKind::Text { text } if text.contains("://"));
    let styled = |inline: &Inline| matches!(&inline.kind, InlineKind::Styled { .. });
    if room < 2 || !inlines.iter().any(|inline| is_address(inline) || styled(inline)) {
        return inlines;
    }
    let mut out = Vec::with_capacity(inlines.len());
    for mut inline in inlines {
        match &mut inline.kind {
            InlineKind::Text { text } if source.get(inline.span.range()) == Some(text) => {
                link_addresses(source, inline.span, &mut out);
            }
            InlineKind::Styled { content, .. } => {
                *content = with_links(source, std::mem::take(content), room - 1);
                out.push(inline);
            }
            _ => out.push(inline),
        }
    }
    out
}

fn link_addresses(source: &str, span: Span, out: &mut Vec<Inline>) {
    let text = |from: usize, to: usize| {
        Inline::new(InlineKind::Text { text: source[from..to].to_owned() }, Span::new(from, to))
    };
    let Range { start: mut at, end } = span.range();
    while let Some((from, to)) = bare(&source[at..end]) {
        if from > 0 {
            out.push(text(at, at + from));
        }
        let words = text(at + from, at + to);
        let target = Target::Url(source[at + from..at + to].to_owned());
        let span = words.span;
        out.push(Inline::new(InlineKind::Link(Box::new(Link { target, content: vec![words] })), span));
        at += to;
    }
    if at < end {
        out.push(text(at, end));
    }
}
