//! The account of the source: what is mark-up, what is said by other words, what is lost.

use super::flat::Flat;
use crate::account::Fate;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::format::ReadContext;
use crate::model::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What small losses have in common. They are told of together, once for each kind of thing: a page
/// has hundreds of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Arguments of a template that its rule doesn't show.
    Arguments(String),
    /// Arguments of a template that its rule doesn't understand.
    Misread(String),
    /// Arguments of a template that say how it looks.
    Looks(String),
    /// Attributes of HTML that say how something looks.
    Style,
    /// Other attributes of HTML.
    Attributes,
    /// Options of pictures.
    PictureOptions,
    /// Links to the article in other languages.
    Languages,
    /// Pictures of a montage, beside its first one.
    Pictures,
    /// Links in the areas of pictures.
    Areas,
    /// Comments.
    Comments,
}

#[derive(Debug, Default)]
struct Loss {
    names: BTreeSet<String>,
    spans: Vec<Span>,
}

/// What there is to say of the source's bytes beside what the document shows of them.
#[derive(Debug, Default)]
pub struct Claims {
    /// Whether an account is kept; without one, only what a diagnostic says of losses is of use.
    pub kept: bool,
    made: Vec<(Span, Fate)>,
    lost: BTreeMap<Subject, Loss>,
}

impl Claims {
    /// A place of the source that is mark-up, where nothing else is said of it.
    pub fn syntax(&mut self, span: Span) {
        if self.kept {
            self.made.push((span, Fate::Syntax));
        }
    }

    /// The bytes of an expansion that were copied from the source are mark-up.
    pub fn syntax_of(&mut self, flat: &Flat, range: Range<usize>) {
        if self.kept {
            flat.copied(range, |span| self.made.push((span, Fate::Syntax)));
        }
    }

    /// The bytes that were copied from the source are shown, by other words.
    pub fn reworded(&mut self, flat: &Flat) {
        if self.kept {
            flat.copied(0..flat.text.len(), |span| self.made.push((span, Fate::Rendered)));
        }
    }

    /// Something small is left out; `name` says which.
    pub fn lose(&mut self, subject: Subject, name: &str, span: Span) {
        if span.is_empty() {
            return;
        }
        let loss = self.lost.entry(subject).or_default();
        if !loss.names.contains(name.trim()) {
            loss.names.insert(name.trim().to_owned());
        }
        if self.kept || loss.spans.is_empty() {
            loss.spans.push(span);
        }
    }

    /// As [`lose`](Self::lose), for bytes of an expansion that were copied from the source.
    pub fn lose_of(&mut self, subject: Subject, name: &str, flat: &Flat, range: Range<usize>) {
        if flat.text[range.clone()].trim().is_empty() {
            return;
        }
        flat.copied(range, |span| self.lose(subject.clone(), name, span));
    }

    /// Hands everything on: claims to the account, a diagnostic for each kind of loss.
    pub fn settle(self, cx: &mut ReadContext<'_>) {
        for (span, fate) in self.made {
            cx.claim(span, fate);
        }
        for (subject, loss) in self.lost {
            let (code, message) = subject.told(&loss.names);
            for &span in &loss.spans {
                cx.claim(span, Fate::Dropped(code));
            }
            cx.report(Diagnostic::new(code, loss.spans.first().copied(), message));
        }
    }
}

/// Arguments of templates that only say how something is set.
#[rustfmt::skip]
static LOOKS: [&str; 14] = [
    "metric first", "single line", "collapsed", "noformat", "nowrap", "width", "height", "size", "align", "align-fn", "style", "class", "color",
    "colour",
];

impl Subject {
    /// An argument that a template's rule doesn't show.
    pub fn argument(template: &str, name: &str) -> Self {
        if LOOKS.contains(&name.to_lowercase().as_str()) {
            Subject::Looks(template.to_owned())
        } else {
            Subject::Arguments(template.to_owned())
        }
    }

    fn told(&self, names: &BTreeSet<String>) -> (&'static Code, String) {
        let list = listed(names);
        match self {
            Subject::Arguments(template) => {
                (&code::ARGUMENT_DROPPED, format!("arguments of '{template}' were left out: {list}"))
            }
            Subject::Misread(template) => {
                (&code::ARGUMENT_DROPPED, format!("arguments of '{template}' were not understood: {list}"))
            }
            Subject::Looks(template) => (
                &code::PRESENTATION_DROPPED,
                format!("arguments of '{template}' that say how it looks were left out: {list}"),
            ),
            Subject::Style => (
                &code::PRESENTATION_DROPPED,
                format!("attributes that say how something looks were left out: {list}"),
            ),
            Subject::Attributes => (&code::ATTRIBUTE_DROPPED, format!("attributes were left out: {list}")),
            Subject::PictureOptions => {
                (&code::ATTRIBUTE_DROPPED, format!("options of pictures were left out: {list}"))
            }
            Subject::Languages => (
                &code::METADATA_DROPPED,
                format!("links to the article in other languages were left out: {list}"),
            ),
            Subject::Pictures => (
                &code::ARGUMENT_DROPPED,
                format!("pictures of a montage beside its first were left out: {list}"),
            ),
            Subject::Comments => (&code::COMMENT_DROPPED, "comments to editors were left out".to_owned()),
            Subject::Areas => {
                (&code::STRUCTURE_DROPPED, "links in the areas of pictures were left out".to_owned())
            }
        }
    }
}

/// So many names are told, then how many more there are.
const TOLD: usize = 12;

fn listed(names: &BTreeSet<String>) -> String {
    let mut list = names.iter().take(TOLD).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > TOLD {
        list += &format!(", and {} more", names.len() - TOLD);
    }
    list
}
