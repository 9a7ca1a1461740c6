use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::visit::{self, Visit, VisitMut};
use crate::model::{Block, BlockKind, Document, Inline, InlineKind, Target, plain_text};
use std::collections::HashMap;

/// Gives every heading an anchor, makes all anchors unique in the document, and reports links to
/// anchors that do not exist.
///
/// An anchor is made from the heading's own words, so that it survives edits elsewhere; only equal
/// headings are told apart by a number. A link that has an anchor's letters in another case leads there, as
/// on GitHub. Running the pass again changes nothing.
pub fn anchors(document: &mut Document, cx: &mut ReadContext<'_>) {
    let mut taken = Taken::default();
    // Anchors that the source gave are kept before any is made up.
    for article in &document.articles {
        visit::walk_article(&mut taken, article);
    }
    let mut namer = Namer { ids: taken.ids, next: HashMap::new() };
    for article in &mut document.articles {
        visit::walk_article_mut(&mut namer, article);
    }
    let mut checker = Checker { known: namer.ids, lower: None, broken: Vec::new() };
    for article in &mut document.articles {
        visit::walk_article_mut(&mut checker, article);
    }
    for diagnostic in checker.broken {
        cx.report(diagnostic);
    }
}

#[derive(Default)]
struct Taken {
    ids: HashMap<String, bool>,
}

impl Visit<'_> for Taken {
    fn block(&mut self, block: &Block) {
        self.ids.extend(block.id().map(|id| (id.to_owned(), false)));
        visit::walk_block(self, block);
    }
    fn inline(&mut self, inline: &Inline) {
        self.ids.extend(inline.id().map(|id| (id.to_owned(), false)));
        visit::walk_inline(self, inline);
    }
}

struct Namer {
    /// The anchors that the source gave and those made up, and whether something has it by now.
    ids: HashMap<String, bool>,
    /// The next number to try for a name: keeps ten thousand equal headings linear.
    next: HashMap<String, usize>,
}

impl Namer {
    fn free(&self, id: &str) -> bool {
        !self.ids.contains_key(id)
    }

    /// `wanted` itself when it is free, else with the first number that makes it so.
    fn name(&mut self, wanted: String, own: bool) -> String {
        if own && let Some(used @ false) = self.ids.get_mut(&wanted) {
            *used = true;
            return wanted;
        }
        let id = if self.free(&wanted) {
            wanted
        } else {
            let mut n = self.next.get(&wanted).copied().unwrap_or(2);
            let id = loop {
                let id = format!("{wanted}-{n}");
                n += 1;
                if self.free(&id) {
                    break id;
                }
            };
            self.next.insert(wanted, n);
            id
        };
        self.ids.insert(id.clone(), true);
        id
    }

    fn rename(&mut self, id: &mut Option<String>) {
        if let Some(own) = id.take() {
            *id = Some(self.name(own, true));
        }
    }
}

impl VisitMut<'_> for Namer {
    fn block(&mut self, block: &mut Block) {
        let wanted = match &block.kind {
            BlockKind::Heading { content, .. } if block.id().is_none() => Some(slug(&plain_text(content))),
            _ => None,
        };
        if let Some(wanted) = wanted {
            block.attr_mut().id = Some(self.name(wanted, false));
        } else if let Some(attr) = &mut block.attr {
            self.rename(&mut attr.id);
        }
        visit::walk_block_mut(self, block);
    }
    fn inline(&mut self, inline: &mut Inline) {
        if let Some(attr) = &mut inline.attr {
            self.rename(&mut attr.id);
        }
        visit::walk_inline_mut(self, inline);
    }
}

struct Checker {
    known: HashMap<String, bool>,
    /// The anchors by their letters in lower case, once one is looked for so.
    lower: Option<HashMap<String, String>>,
    broken: Vec<Diagnostic>,
}

impl Checker {
    fn is_known(&self, anchor: &str) -> bool {
        self.known.get(anchor).is_some_and(|used| *used)
    }

    /// An anchor that differs in nothing but the case of letters; of several the first in their order.
    fn in_other_case(&mut self, anchor: &str) -> Option<&String> {
        let known = &self.known;
        let lower = self.lower.get_or_insert_with(|| {
            let mut names: Vec<&String> = known.iter().filter(|(_, used)| **used).map(|(id, _)| id).collect();
            names.sort_unstable_by(|a, b| b.cmp(a));
            names.into_iter().map(|id| (id.to_lowercase(), id.clone())).collect()
        });
        lower.get(&anchor.to_lowercase())
    }
}

impl VisitMut<'_> for Checker {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Link(link) = &mut inline.kind
            && let Target::Anchor(anchor) = &mut link.target
            && !self.is_known(anchor)
        {
            if let Some(known) = self.in_other_case(anchor) {
                anchor.clone_from(known);
            } else {
                let message = format!("no anchor '{anchor}' in the document; the link's words stay");
                self.broken.push(Diagnostic::new(&code::BROKEN_ANCHOR, inline.span, message));
            }
        }
        visit::walk_inline_mut(self, inline);
    }
}

/// The words in lower case, joined by hyphens; letters and digits of every script are kept.
fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() { "section".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use crate::model::{Article, Attr, Level, Link, Node, Span};

    fn heading(text: &str) -> Block {
        let text = Node::new(InlineKind::Text { text: text.into() }, Span::default());
        Node::new(BlockKind::Heading { level: Level::ONE, content: vec![text] }, Span::default())
    }

    fn run(blocks: Vec<Block>) -> (Vec<String>, Vec<Diagnostic>, Document) {
        let mut document =
            Document { articles: vec![Article { blocks, ..Article::default() }], ..Document::default() };
        let (limits, mut sink) = (Limits::default(), Vec::new());
        anchors(&mut document, &mut ReadContext::new("-", &limits, &mut sink));
        let ids = document.articles[0].blocks.iter().filter_map(|b| b.id().map(str::to_owned)).collect();
        (ids, sink, document)
    }

    #[test]
    fn equal_headings_are_told_apart_and_a_second_run_changes_nothing() {
        let (ids, _, once) =
            run(vec![heading("See also"), heading("See also"), heading("…"), heading("Über C++")]);
        assert_eq!(ids, ["see-also", "see-also-2", "section", "über-c"]);
        let (again, _, twice) = run(once.articles[0].blocks.clone());
        assert_eq!(again, ids);
        assert_eq!(once, twice);
    }

    #[test]
    fn a_given_anchor_goes_before_a_made_up_one() {
        let mut given = heading("Other");
        given.attr = Some(Box::new(Attr { id: Some("see-also".into()), ..Attr::default() }));
        let (ids, _, _) = run(vec![heading("See also"), given]);
        assert_eq!(ids, ["see-also-2", "see-also"]);
    }

    #[test]
    fn a_link_to_nowhere_is_reported() {
        let link = Link { target: Target::Anchor("nowhere".into()), content: Vec::new() };
        let link = Node::new(InlineKind::Link(Box::new(link)), Span::new(3, 9));
        let (_, sink, _) =
            run(vec![Node::new(BlockKind::Paragraph { content: vec![link] }, Span::new(3, 9))]);
        assert_eq!(sink.len(), 1);
        assert_eq!((sink[0].code.name, sink[0].span), ("broken-anchor", Some(Span::new(3, 9))));
    }

    #[test]
    fn ten_thousand_equal_headings_are_linear() {
        let (ids, _, _) = run(vec![heading("Same"); 10_000]);
        assert_eq!(ids[9_999], "same-10000");
    }
}
