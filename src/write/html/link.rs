//! Links, and the holes that are filled once every anchor's page is known.

use super::content::ContentWriter;
use super::escape::push_attribute;
use super::names::{Names, Place};
use super::note::Notes;
use crate::diagnostic::code;
use crate::markup::address::{self, Address};
use crate::model::{Inline, Link, Span, Target, plain_text};
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
    wanted: Vec<Wanted>,
    articles: HashMap<String, (usize, Place)>,
    sections: HashMap<usize, HashMap<String, Place>>,
}

#[derive(Debug)]
struct Wanted {
    target: Target,
    attributes: String,
    place: Option<Place>,
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

impl ContentWriter<'_, '_> {
    pub(super) fn hole(&mut self, hole: Hole) {
        self.holes.push((self.out.len(), hole));
    }

    pub(super) fn link(&mut self, link: &Link, inline: &Inline) {
        if self.in_link {
            return self.inlines(&link.content);
        }
        let attributes = {
            let at = self.out.len();
            self.attributes(inline.attr.as_deref(), "");
            self.out.split_off(at)
        };
        let words = |w: &mut Self| {
            if link.content.is_empty()
                || plain_text(&link.content).trim().is_empty() && !has_image(&link.content)
            {
                // A link without words can't be seen, heard or clicked.
                match &link.target {
                    Target::Url(url) => w.text(url, inline.span),
                    Target::Anchor(anchor) => w.text(anchor, inline.span),
                    Target::Article { title, .. } => w.text(title, inline.span),
                }
            }
            w.in_link = true;
            w.inlines(&link.content);
            w.in_link = false;
        };
        if let Target::Url(url) = &link.target {
            let Some(address) = self.address(url, inline.span) else {
                return self.without_link(attributes, words);
            };
            self.out.push_str("<a href=\"");
            push_attribute(&mut self.out, &address);
            self.out.push('"');
            self.out.push_str(&attributes);
            self.out.push('>');
            words(self);
            self.out.push_str("</a>");
        } else {
            let index = self.links.wanted.len();
            self.links.wanted.push(Wanted { target: link.target.clone(), attributes, place: None });
            self.hole(Hole::Open(index));
            words(self);
            self.hole(Hole::Close(index));
        }
        self.pending_note_calls();
    }

    fn without_link(&mut self, attributes: String, words: impl Fn(&mut Self)) {
        if attributes.is_empty() {
            words(self);
        } else {
            self.out.push_str(&format!("<span{attributes}>"));
            words(self);
            self.out.push_str("</span>");
        }
        self.pending_note_calls();
    }

    /// The address as it may stand in the output; `None`, reported, when it may not.
    fn address(&mut self, url: &str, span: Span) -> Option<String> {
        let (code, why) = match address::parse(url) {
            Address::Absolute(url) => return Some(url),
            Address::Relative(url) if !self.is_epub() => return Some(url),
            Address::Relative(_) => (&code::INVALID_LINK, "leads nowhere from inside a book"),
            Address::Invalid => (&code::INVALID_LINK, "is no valid URL"),
            Address::Unsafe => (&code::UNSAFE_LINK, address::UNSAFE),
        };
        self.cx.report(address::refused(url, code, why, span));
        None
    }
}

fn has_image(inlines: &[Inline]) -> bool {
    use crate::model::InlineKind;
    inlines.iter().any(|i| match &i.kind {
        InlineKind::Image(_) => true,
        InlineKind::Styled { content, .. } => has_image(content),
        InlineKind::Link(link) => has_image(&link.content),
        _ => false,
    })
}
