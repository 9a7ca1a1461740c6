//! Anchors of headings, as the wiki names them, and the links that lead to them.

use crate::model::visit::{self, VisitMut};
use crate::model::{Article, Block, BlockKind, Inline, InlineKind, Target, plain_text};
use percent_encoding::percent_decode_str;
use std::collections::{HashMap, HashSet};

/// Gives every heading the anchor that its wiki gives it, and leads links inside of the article to
/// anchors: those of `[[#Section]]`, and those that name the article itself.
pub fn settle(article: &mut Article, title: &str) {
    let mut headings = Headings::default();
    visit::walk_article_mut(&mut headings, article);
    let mut links = Links { title, known: headings.known, folded: headings.folded };
    visit::walk_article_mut(&mut links, article);
}

/// The anchor of a heading's words, or of what a link says of them.
fn anchor(words: &str) -> String {
    words
        .split(|c: char| c.is_whitespace() || c == '_')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

fn letters(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[derive(Default)]
struct Headings {
    known: HashSet<String>,
    /// The first of those that are alike in small letters, and of those alike in letters and digits: other
    /// programs that show wikitext name a heading in other ways.
    folded: HashMap<String, String>,
    /// By anchor in small letters, for a wiki tells equal ones apart by them: the last number given.
    last: HashMap<String, usize>,
}

impl Headings {
    fn learn(&mut self, id: &str) {
        self.known.insert(id.to_owned());
        for key in [id.to_lowercase(), letters(id)] {
            self.folded.entry(key).or_insert_with(|| id.to_owned());
        }
    }
}

impl VisitMut<'_> for Headings {
    fn block(&mut self, block: &mut Block) {
        if let (BlockKind::Heading { content, .. }, None) = (&block.kind, block.id()) {
            let words = anchor(&plain_text(content));
            if !words.is_empty() {
                let count = self.last.entry(words.to_lowercase()).or_insert(0);
                *count += 1;
                let id = if *count == 1 { words } else { format!("{words}_{count}") };
                block.attr_mut().id = Some(id);
            }
        }
        if let Some(id) = block.id() {
            self.learn(id);
        }
        visit::walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let Some(id) = inline.id() {
            self.learn(id);
        }
        visit::walk_inline_mut(self, inline);
    }
}

struct Links<'a> {
    title: &'a str,
    known: HashSet<String>,
    folded: HashMap<String, String>,
}

impl Links<'_> {
    fn find(&self, section: &str) -> Option<&str> {
        let known = |id: &str| {
            let id = anchor(id);
            let folded = |key: String| self.folded.get(&key).filter(|_| !key.is_empty());
            let found = self.known.get(id.as_str()).or_else(|| folded(id.to_lowercase()));
            found.or_else(|| folded(letters(&id))).map(String::as_str)
        };
        // Wikis used to write what isn't ASCII as `.C3.A9`.
        let old = |section: &str| {
            let decoded = percent_decode_str(&section.replace('.', "%")).decode_utf8().ok()?.into_owned();
            known(&decoded)
        };
        self.known.get(section).map(String::as_str).or_else(|| known(section)).or_else(|| old(section))
    }
}

impl VisitMut<'_> for Links<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Link(link) = &mut inline.kind {
            let section = match &link.target {
                Target::Anchor(section) => Some(section.clone()),
                Target::Article { title, section: Some(section) } if same_title(title, self.title) => {
                    Some(section.clone())
                }
                _ => None,
            };
            if let Some(section) = section {
                let found = self.find(&section).map_or_else(|| anchor(&section), str::to_owned);
                link.target = Target::Anchor(found);
            }
        }
        visit::walk_inline_mut(self, inline);
    }
}

/// Whether two titles are one page's: the first letter has no case.
fn same_title(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.trim().chars(), b.trim().chars());
    match (a.next(), b.next()) {
        (Some(x), Some(y)) => x.to_uppercase().eq(y.to_uppercase()) && a.as_str() == b.as_str(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_the_words_joined() {
        assert_eq!(anchor("Early  years "), "Early_years");
        assert_eq!(anchor("Early_years"), "Early_years");
        assert!(same_title("paris", "Paris") && !same_title("paris", "PARIS"));
    }
}
