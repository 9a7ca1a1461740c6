//! What readers' views take for the article of a page.
//!
//! dom_smoothie tells an article from its site as readers' views do (Mozilla's Readability). It knows no
//! places, so it is given the page with each element marked by its number, and the marks that come back say
//! which elements of the tree are the article.

use super::tree::{Element, NodeId, NodeKind, Tree};
use crate::markup::elements::VOID;
use dom_smoothie::{Config, Readability};
use std::fmt::Write;

/// What an element is marked with; its number follows.
const MARK: &str = "data-fanfold-";

/// What a page says of its article, in its head, in JSON-LD or in a line under the title.
#[derive(Default)]
pub(super) struct About {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub date: Option<String>,
    pub site: Option<String>,
}

/// Which elements a reader's view shows, and what it says of the article.
pub(super) fn view(tree: &Tree) -> Option<(Vec<bool>, About)> {
    let config = Config { keep_classes: true, ..Config::default() };
    let found = Readability::new(marked(tree), None, Some(config)).ok()?.parse().ok()?;
    let mut kept = vec![false; tree.len()];
    for id in marks(&found.content) {
        if let Some(kept) = kept.get_mut(id) {
            *kept = true;
        }
    }
    let text = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|t| !t.is_empty());
    let about = About {
        title: text(Some(found.title)),
        byline: text(found.byline),
        date: text(found.published_time),
        site: text(found.site_name),
    };
    Some((kept, about))
}

/// The page as HTML again, its elements marked.
fn marked(tree: &Tree) -> String {
    enum Step {
        Open(NodeId),
        Close(NodeId),
    }
    let mut out = String::new();
    let mut stack: Vec<Step> = tree.children(0).rev().map(Step::Open).collect();
    while let Some(step) = stack.pop() {
        match step {
            Step::Close(id) => {
                let name = tree.element(id).map_or("", |e| &**e.local());
                let _ = write!(out, "</{name}>");
            }
            Step::Open(id) => match tree.kind(id) {
                NodeKind::Text(text) => {
                    let raw = tree.parent(id).is_some_and(|p| matches!(tree.name(p), "script" | "style"));
                    if raw { out.push_str(text) } else { escape(&mut out, text) }
                }
                NodeKind::Element(element) if is_bare(element) => {}
                NodeKind::Element(element) => {
                    let _ = write!(out, "<{} {MARK}{id}=''", &**element.local());
                    for (_, name, value) in element.attributes() {
                        if name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
                        {
                            let _ = write!(out, " {name}=\"");
                            escape(&mut out, value);
                            out.push('"');
                        }
                    }
                    out.push('>');
                    if !VOID.contains(&element.name()) {
                        stack.push(Step::Close(id));
                        stack.extend(tree.children(id).rev().map(Step::Open));
                    }
                }
                // A page has none: they stand for what is no HTML, in a fragment.
                NodeKind::Hole(..) | NodeKind::Document => {}
            },
        }
    }
    out
}

/// Scripts and style sheets, of which only those count that hold data.
fn is_bare(element: &Element) -> bool {
    match element.name() {
        "script" => element.peek("type") != Some("application/ld+json"),
        "style" | "template" => true,
        _ => false,
    }
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// The numbers that elements of some HTML are marked with.
fn marks(html: &str) -> impl Iterator<Item = NodeId> {
    html.match_indices(MARK).filter_map(|(at, mark)| {
        let digits = html[at + mark.len()..].bytes().take_while(u8::is_ascii_digit).count();
        html[at + mark.len()..][..digits].parse().ok()
    })
}
