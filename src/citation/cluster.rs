//! What one citation cites: works by their keys, each with words around it and a place in it.

use super::locator::{self, Locator};
use crate::model::{Citation, Inline, InlineKind, Span, plain_text};
use crate::text::citation::keyed;

/// A citation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cluster {
    pub items: Vec<Item>,
    /// It is a part of the sentence: `@key`.
    pub in_text: bool,
    /// The number of the note that it stands in or becomes, where it is one.
    pub note: Option<usize>,
    pub span: Span,
}

/// A work that is cited.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub prefix: Vec<Inline>,
    pub key: String,
    /// Its author is named in the sentence.
    pub suppressed: bool,
    pub locator: Option<Locator>,
    pub suffix: Vec<Inline>,
}

impl Cluster {
    /// Reads a citation as it is written; `None` for words that are none.
    pub fn read(content: &[Inline], span: Span) -> Option<Self> {
        let mut content = joined(content);
        let first = text_mut(content.first_mut())?;
        let in_text = first.starts_with('@');
        if let Some(rest) = first.strip_prefix('[') {
            *first = rest.to_owned();
        }
        if let Some(last) = text_mut(content.last_mut())
            && let Some(rest) = last.strip_suffix(']')
        {
            *last = rest.to_owned();
        }
        let parts = if in_text { vec![content] } else { parts(content) };
        let items = parts.into_iter().map(Item::read).collect::<Option<Vec<_>>>()?;
        Some(Cluster { items, in_text, note: None, span })
    }

    /// The citation as data.
    pub fn data(&self) -> impl Iterator<Item = Citation> {
        self.items.iter().map(|item| {
            let mut arguments = vec![("key".to_owned(), item.key.clone())];
            let locator = item.locator.as_ref().map(|locator| format!("{} {}", locator.kind, locator.place));
            for (name, value) in [
                ("prefix", plain_text(&item.prefix)),
                ("locator", locator.unwrap_or_default()),
                ("suffix", plain_text(&item.suffix)),
                ("author", if item.suppressed { "suppressed".to_owned() } else { String::new() }),
            ] {
                if !value.is_empty() {
                    arguments.push((name.to_owned(), value));
                }
            }
            Citation {
                template: "citation".to_owned(),
                arguments,
                span: self.span,
                unknown: Default::default(),
            }
        })
    }
}

impl Item {
    fn read(content: Vec<Inline>) -> Option<Self> {
        let mut nodes = content.into_iter();
        let mut prefix = Vec::new();
        while let Some(node) = nodes.next() {
            let InlineKind::Text { text } = &node.kind else {
                prefix.push(node);
                continue;
            };
            let Some((begin, key, end)) = keyed(text) else {
                prefix.push(node);
                continue;
            };
            prefix.push(Inline::text(&text[..begin], node.span));
            let rest = &text[end..];
            let mut suffix: Vec<Inline> = nodes.collect();
            // What follows a key in the sentence stands in brackets of its own.
            let rest = rest.trim_start().strip_prefix('[').unwrap_or(rest);
            let (locator, after) = locator::read(rest);
            suffix.insert(0, Inline::text(after, node.span));
            let suppressed = text[begin..].starts_with('-');
            return Some(Item {
                prefix: trimmed(prefix),
                key: key.to_owned(),
                suppressed,
                locator,
                suffix: trimmed_end(suffix),
            });
        }
        None
    }
}

/// Content in which texts that follow each other are one.
fn joined(content: &[Inline]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    for node in content {
        let space = Inline::text(" ", node.span);
        let node = if matches!(node.kind, InlineKind::SoftBreak) { &space } else { node };
        match (&node.kind, text_mut(out.last_mut())) {
            (InlineKind::Text { text }, Some(before)) => before.push_str(text),
            _ => out.push(node.clone()),
        }
    }
    out
}

/// The parts of a citation, each of which cites one work.
fn parts(content: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut parts = vec![Vec::new()];
    for node in content {
        let InlineKind::Text { text } = &node.kind else {
            parts.last_mut().expect("there is one").push(node);
            continue;
        };
        for (i, part) in text.split(';').enumerate() {
            if i > 0 {
                parts.push(Vec::new());
            }
            if !part.is_empty() {
                parts.last_mut().expect("there is one").push(Inline::text(part, node.span));
            }
        }
    }
    parts
}

fn text_mut(inline: Option<&mut Inline>) -> Option<&mut String> {
    match inline.map(|inline| &mut inline.kind) {
        Some(InlineKind::Text { text }) => Some(text),
        _ => None,
    }
}

/// Without white at the ends.
fn trimmed(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(text) = text_mut(content.first_mut()) {
        *text = text.trim_start().to_owned();
    }
    trimmed_end(content)
}

fn trimmed_end(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(text) = text_mut(content.last_mut()) {
        *text = text.trim_end().to_owned();
    }
    content.retain(|inline| !matches!(&inline.kind, InlineKind::Text { text } if text.is_empty()));
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_has_works_with_words_around_them() {
        let text = |text: &str| vec![Inline::text(text, Span::default())];
        let cluster = Cluster::read(&text("[see @a, pp. 3-5, and on; -@b]"), Span::default()).unwrap();
        assert!(!cluster.in_text);
        let [a, b] = &*cluster.items else { panic!() };
        assert_eq!((&*plain_text(&a.prefix), &*a.key, &*plain_text(&a.suffix)), ("see", "a", ", and on"));
        assert_eq!(a.locator.as_ref().map(|l| (l.kind, &*l.place)), Some(("page", "3-5")));
        assert!(b.suppressed && !a.suppressed && b.locator.is_none());
        let cluster = Cluster::read(&text("@a [chap. 2]"), Span::default()).unwrap();
        assert!(cluster.in_text && cluster.items[0].locator.as_ref().unwrap().kind == "chapter");
        assert!(Cluster::read(&text("(Doe 1999)"), Span::default()).is_none());
    }
}
