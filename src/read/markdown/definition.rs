//! Definitions of links (`[label]: address "title"`): used ones are in the links, others are told.

use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What is known of the definitions in a text.
#[derive(Default)]
pub(super) struct Definitions {
    /// Labels that links name.
    used: BTreeSet<String>,
    /// Where the definitions that count stand, by their order in the source.
    found: Vec<(usize, String, Range<usize>)>,
    /// Where words and other leaves stand; kept only where the text may define a link.
    leaves: Option<Vec<Range<usize>>>,
    /// The labels of links and of notes, once a part of the text is read by itself.
    labels: Option<Labels>,
}

struct Labels {
    links: BTreeMap<String, Range<usize>>,
    notes: BTreeSet<String>,
}

impl Definitions {
    /// The definitions that the parser has found in a text from the byte `start` on.
    pub fn new<'a>(text: &str, start: usize, found: impl Iterator<Item = (&'a str, Range<usize>)>) -> Self {
        let place = |(label, range): (&str, Range<usize>)| {
            (start + range.start, normal(label), start + range.start..start + range.end)
        };
        // What stands after the text was added to it.
        let mut found: Vec<_> = found.map(place).filter(|(at, ..)| *at < text.len()).collect();
        found.sort_unstable_by_key(|(start, ..)| *start);
        let leaves = text[start..].contains("]:").then(Vec::new);
        Definitions { used: BTreeSet::new(), found, leaves, labels: None }
    }

    pub fn uses(&mut self, label: &str) {
        self.used.insert(normal(label));
    }

    pub fn leaf(&mut self, span: Span) {
        if let Some(leaves) = &mut self.leaves {
            leaves.push(span.range());
        }
    }

    /// Definitions of what a part of a text names, as a text to stand after it: of links their own, of notes
    /// something.
    pub fn named_in(&mut self, part: &str, source: &str) -> String {
        let (mut out, mut said) = (String::new(), BTreeSet::new());
        for end in part.match_indices(']').map(|(end, _)| end) {
            let Some(open) = part[..end].rfind(['[', ']']).filter(|open| part[*open..].starts_with('['))
            else {
                continue;
            };
            let label = &part[open + 1..end];
            let labels = self.labels.get_or_insert_with(|| Labels {
                links: self.found.iter().map(|(_, label, range)| (label.clone(), range.clone())).collect(),
                notes: notes(source),
            });
            if !said.insert(label) {
                continue;
            }
            if let Some(name) = label.strip_prefix('^') {
                if labels.notes.contains(&normal(name)) {
                    out.push_str(&format!("[{label}]: .\n\n"));
                }
            } else if let Some(range) = labels.links.get(&normal(label)) {
                out.push_str(&format!("{}\n\n", &source[range.clone()]));
            }
        }
        out
    }

    /// Tells of the definitions that no link uses, and of those that come too late to count.
    pub fn settle(mut self, text: &str, start: usize, cx: &mut ReadContext<'_>) {
        for (_, label, range) in &self.found {
            let span = Span::new(range.start, range.end);
            if self.used.contains(label) {
                let colon = range.start + text[range.clone()].find("]:").map_or(0, |at| at + 2);
                cx.claim(Span::new(span.start as usize, colon), Fate::Syntax);
                cx.claim(Span::new(colon, span.end as usize), Fate::Rendered);
            } else {
                let message = format!("the link '[{label}]' is defined, but nothing uses it");
                cx.report(Diagnostic::new(&code::LINK_UNUSED, span, message));
            }
        }
        let mut known = self.leaves.take().unwrap_or_default();
        if known.is_empty() {
            return;
        }
        known.extend(self.found.iter().map(|(.., range)| range.clone()));
        known.sort_unstable_by_key(|range| range.start);
        let is_known = |at: usize| {
            let after = known.partition_point(|range| range.start <= at);
            known[..after].iter().rev().take(8).any(|range| range.contains(&at))
        };
        let mut at = start;
        while let Some(found) = text[at..].find("]:") {
            let colon = at + found;
            at = colon + 2;
            let line = text[..colon].rfind('\n').map_or(0, |n| n + 1);
            let Some(open) = text[line..colon].find('[') else { continue };
            // A definition of a note stays, however often the note is defined.
            if is_known(colon) || text[line + open..].starts_with("[^") {
                continue;
            }
            let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
            let span = Span::new(line + open, end);
            let label = &text[line + open + 1..colon];
            let message =
                format!("the link '[{label}]' is defined before; this definition counts for nothing");
            cx.report(Diagnostic::new(&code::LINK_UNUSED, span, message));
            at = end;
        }
    }
}

/// The names of the notes that a text may define.
fn notes(text: &str) -> BTreeSet<String> {
    let name = |(at, _): (usize, &str)| {
        let end = text[at..].find([']', '\n']).map(|end| at + end)?;
        text[end..].starts_with("]:").then(|| normal(&text[at + 2..end]))
    };
    text.match_indices("[^").filter_map(name).collect()
}

/// A label without what doesn't tell it from others.
pub(super) fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
