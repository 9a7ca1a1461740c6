//! What a line says: words, bare addresses, and in items `Article#Section`.

use crate::markup::address::bare;
use crate::model::{Inline, InlineKind, Link, Node, Span, Target};

/// The inlines of a stretch of running text.
pub(super) fn inlines(text: &str, span: Span) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut at = span.start as usize;
    let end = span.end as usize;
    while let Some((start, stop)) = bare(&text[at..end]) {
        words(text, at, at + start, &mut out);
        let span = Span::new(at + start, at + stop);
        let url = &text[span.range()];
        let content = vec![Node::new(InlineKind::Text { text: url.to_owned() }, span)];
        let link = Link { target: Target::Url(url.to_owned()), content };
        out.push(Node::new(InlineKind::Link(Box::new(link)), span));
        at += stop;
    }
    words(text, at, end, &mut out);
    out
}

/// The inlines of an item: a whole item `Article#Section` is a link to that section.
pub(super) fn item(text: &str, span: Span) -> Vec<Inline> {
    let item = &text[span.range()];
    let Some((page, section)) = item.split_once('#').filter(|(page, section)| is_section_link(page, section))
    else {
        return inlines(text, span);
    };
    let hash = span.start as usize + page.len();
    let mut content = Vec::new();
    words(text, span.start as usize, hash, &mut content);
    content.push(Node::new(InlineKind::Text { text: " § ".into() }, Span::new(hash, hash + 1)));
    words(text, hash + 1, span.end as usize, &mut content);
    let target = Target::Article { title: page.to_owned(), section: Some(section.to_owned()) };
    vec![Node::new(InlineKind::Link(Box::new(Link { target, content })), span)]
}

fn is_section_link(page: &str, section: &str) -> bool {
    // `#` after or before a space is a number sign or a name such as C#.
    !page.is_empty()
        && !section.is_empty()
        && !page.ends_with(char::is_whitespace)
        && !section.starts_with(char::is_whitespace)
        && !section.contains('#')
        && !page.contains("://")
}

/// Plain words. Each node's text is the source's own bytes, so a run of white space ends a node
/// after its first space.
fn words(text: &str, start: usize, end: usize, out: &mut Vec<Inline>) {
    let mut push = |from: usize, to: usize| {
        if from < to {
            let text = text[from..to].replace('\t', " ");
            out.push(Node::new(InlineKind::Text { text }, Span::new(from, to)));
        }
    };
    let space = |b: u8| b == b' ' || b == b'\t';
    let bytes = text.as_bytes();
    let mut from = start;
    let mut at = start;
    while let Some(n) = memchr::memchr2(b' ', b'\t', &bytes[at..end]) {
        at += n + 1;
        if at < end && space(bytes[at]) {
            push(from, at);
            while at < end && space(bytes[at]) {
                at += 1;
            }
            from = at;
        }
    }
    push(from, end);
}
