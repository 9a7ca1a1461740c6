//! The document's own links, and the holes that are filled once every anchor's page is known.

use super::escape::push_attribute;
use super::names::{Names, Place};
use super::notes::Notes;
use crate::model::Target;
use std::collections::HashMap;

/// A gap in a page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hole {
    /// Start tag of the link of that index, up to its attributes; nothing when it leads nowhere.
    Open(usize),
    /// Its end tag.
    Close(usize),
    /// The address of a note.
    Note { article: usize, note: usize },
    /// The address of the first call of a note.
    Call { article: usize, note: usize },
    /// Links from a note to all its calls but the first.
    FurtherCalls { article: usize, note: usize },
}

/// The document's own links and what they may lead to.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) wanted: Vec<Wanted>,
    pub(super) articles: HashMap<String, (usize, Place)>,
    pub(super) sections: HashMap<usize, HashMap<String, Place>>,
}

#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) target: Target,
    pub(super) attributes: String,
    pub(super) place: Option<Place>,
}

impl Links {
    /// Makes an article known by its title.
    pub(super) fn article(&mut self, title: &str, index: usize, place: Place) {
        self.articles.entry(title.to_owned()).or_insert((index, place));
    }

    /// Makes a section known by its words.
    pub(super) fn section(&mut self, article: usize, words: &str, place: Place) {
        let sections = self.sections.entry(article).or_default();
        if !sections.contains_key(words) {
            sections.insert(words.to_owned(), place);
        }
    }

    /// Finds where the links lead. Anchors that nothing has were reported by the transform that
    /// gives anchors; their links become words.
    pub(super) fn resolve(&mut self, names: &Names) {
        for link in &mut self.wanted {
            link.place = match &link.target {
                Target::Url(_) => None,
                Target::Anchor(anchor) => names.find(anchor).cloned(),
                Target::Article { title, section } => self.articles.get(title).map(|(index, place)| {
                    let sections = self.sections.get(index);
                    let section = section
                        .as_deref()
                        .and_then(|s| sections.and_then(|all| all.get(s)).or_else(|| names.find(s)));
                    section.unwrap_or(place).clone()
                }),
            };
        }
    }

    /// Writes what belongs in a hole; `to` gives a place's address from the page being filled.
    pub(super) fn fill(&self, hole: &Hole, notes: &Notes, to: &dyn Fn(&Place) -> String, out: &mut String) {
        match *hole {
            Hole::Open(index) => {
                let link = &self.wanted[index];
                if let Some(place) = &link.place {
                    out.push_str("<a href=\"");
                    push_attribute(out, &to(place));
                    out.push('"');
                    out.push_str(&link.attributes);
                    out.push('>');
                }
            }
            Hole::Close(index) => {
                if self.wanted[index].place.is_some() {
                    out.push_str("</a>");
                }
            }
            Hole::Note { article, note } => {
                if let Some(place) = notes.place(article, note) {
                    push_attribute(out, &to(place));
                }
            }
            Hole::Call { article, note } => {
                if let Some(place) = notes.calls(article, note).first() {
                    push_attribute(out, &to(place));
                }
            }
            Hole::FurtherCalls { article, note } => {
                for place in notes.calls(article, note).iter().skip(1) {
                    out.push_str(" <a role=\"doc-backlink\" href=\"");
                    push_attribute(out, &to(place));
                    // The variation selector keeps it from being drawn as an emoji.
                    out.push_str("\">↩\u{FE0E}</a>");
                }
            }
        }
    }
}
