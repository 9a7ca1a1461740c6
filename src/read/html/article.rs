//! Which part of a page is its article.
//!
//! Around an article a site has menus, lists of other articles, comments, notices and adverts, and nothing in
//! HTML says which is which. dom_smoothie tells them apart as readers' views do (Mozilla's Readability). It
//! knows no places, so it is given the page with each element marked by its number, and the marks that
//! come back say which elements of the tree are the article.
//!
//! A page that is an article as a whole is read as it is: one without the parts of a site, what a wiki says
//! is its page's content, and a `<main>` that has no such parts either.

use super::name;
use super::tree::{Element, NodeId, NodeKind, Tree};
use crate::markup::elements::VOID;
use dom_smoothie::{Config, Readability};
use std::fmt::Write;

/// The article of a page.
pub(super) struct Found {
    /// The element that holds it.
    pub root: NodeId,
    /// For each node, whether it is in `root` without being of the article; those in it are not marked as well.
    pub boilerplate: Vec<bool>,
    /// What the page says of it.
    pub about: About,
}

/// What a page says of its article, in its head, in JSON-LD or in a line under the title.
#[derive(Default)]
pub(super) struct About {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub date: Option<String>,
    pub site: Option<String>,
}

/// Elements and texts that a page may have to be looked through.
const MOST: usize = 200_000;

/// The characters of a line that says who wrote the article, and when.
const CREDITS: usize = 160;

/// What an element is marked with; its number follows.
const MARK: &str = "data-fanfold-";

/// Elements of running text: they stay where what they stand in stays, whatever became of them.
const RUNNING: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "em", "font", "i", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];

/// Finds the article in the body of a page; `None` where all of it is.
pub(super) fn find(tree: &Tree, body: NodeId) -> Option<Found> {
    if let Some(root) = content_of_a_wiki(tree, body) {
        return Some(Found { root, boilerplate: vec![false; tree.nodes.len()], about: About::default() });
    }
    let mains: Vec<NodeId> = tree.descendants(body).filter(|id| is_main(tree, *id)).collect();
    let whole = if let [main] = mains.as_slice() { *main } else { body };
    if tree.nodes.len() > MOST || !is_of_a_site(tree, whole) {
        return None;
    }
    let config = Config { keep_classes: true, ..Config::default() };
    let found = Readability::new(marked(tree), None, Some(config)).ok()?.parse().ok()?;
    let mut kept = vec![false; tree.nodes.len()];
    for id in marks(&found.content) {
        if let Some(kept) = kept.get_mut(id) {
            *kept = true;
        }
    }
    let order: Vec<NodeId> = tree.descendants(body).collect();
    // An element that is left has something in it that is.
    let mut holds = kept.clone();
    let mut length = vec![0; tree.nodes.len()];
    for &id in order.iter().rev() {
        if let NodeKind::Text(text) = &tree.nodes[id].kind {
            length[id] = text.trim().len();
        }
        if let Some(parent) = tree.nodes[id].parent {
            holds[parent] |= holds[id];
            length[parent] += length[id];
        }
    }
    let mut root = body;
    while !kept[root] {
        let mut inner = tree.nodes[root].children.iter().filter(|id| holds[**id]);
        match (inner.next(), inner.next()) {
            (Some(only), None) => root = *only,
            (Some(_), Some(_)) => break,
            (None, _) => return None,
        }
    }
    let mut boilerplate = vec![false; tree.nodes.len()];
    let mut stack = vec![root];
    // Above the first paragraph stands when it was written.
    let opening = order.iter().skip_while(|id| **id != root);
    let opening = opening.take_while(|id| tree.name(**id) != "p" || length[**id] < CREDITS).copied();
    let dates: Vec<NodeId> = opening
        .filter(|id| tree.name(*id) != "h1" && length[*id] < CREDITS && says_when(&tree.text(*id)))
        .collect();
    while let Some(id) = stack.pop() {
        for &child in &tree.nodes[id].children {
            let Some(element) = tree.element(child) else { continue };
            let running = RUNNING.contains(&element.name()) || element.name().is_empty();
            // Much of the article is of it, whatever it is called.
            let small = length[child] * 3 < length[root];
            // A heading that repeats the title is taken out for readers' views; here it is the title.
            let removed = !holds[child] && !running && element.name() != "h1";
            // Another article, or a comment, is an article of its own.
            let other = element.name() == "article" && is_in_article(tree, child);
            let credits =
                !running && length[child] < CREDITS && (name::is_credits(element) || dates.contains(&child));
            boilerplate[child] = removed || credits || (small && (other || name::is_of_the_site(element)));
            if !boilerplate[child] {
                stack.push(child);
            }
        }
    }
    let text = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|t| !t.is_empty());
    let about = About {
        title: heading(tree, body).or(text(Some(found.title))),
        byline: text(found.byline),
        date: text(found.published_time),
        site: text(found.site_name),
    };
    Some(Found { root, boilerplate, about })
}

/// The heading of the page that its title repeats, with the name of the site beside it.
fn heading(tree: &Tree, body: NodeId) -> Option<String> {
    let words = |id: NodeId| tree.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
    let title = words(tree.descendants(0).find(|id| tree.name(*id) == "title")?);
    let headings = tree.descendants(body).filter(|id| tree.name(*id) == "h1").map(words);
    headings.into_iter().find(|heading| !heading.is_empty() && title.contains(heading.as_str()))
}

/// What a wiki marks as the content of its page.
fn content_of_a_wiki(tree: &Tree, body: NodeId) -> Option<NodeId> {
    tree.descendants(body).find(|id| {
        tree.element(*id)
            .is_some_and(|e| e.has_class("mw-parser-output") || e.peek("id") == Some("mw-content-text"))
    })
}

/// Whether a line names a year and a time of the day.
fn says_when(line: &str) -> bool {
    let digits = |word: &str, count: usize| word.len() == count && word.bytes().all(|b| b.is_ascii_digit());
    let is_year = |word: &str| digits(word, 4) && (word.starts_with("19") || word.starts_with("20"));
    let year = line.split(|c: char| !c.is_ascii_alphanumeric()).any(is_year);
    let time = line.match_indices(':').any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit());
        before && line[at + 1..].get(..2).is_some_and(|minutes| digits(minutes, 2))
    });
    year && time
}

fn is_in_article(tree: &Tree, id: NodeId) -> bool {
    let above = std::iter::successors(tree.nodes[id].parent, |id| tree.nodes[*id].parent);
    above.into_iter().any(|id| tree.name(id) == "article")
}

fn is_main(tree: &Tree, id: NodeId) -> bool {
    tree.element(id).is_some_and(|e| e.name() == "main" || e.has_role("main"))
}

/// Whether a part of a page has others in it that are of a site.
fn is_of_a_site(tree: &Tree, whole: NodeId) -> bool {
    let is_part = |id: &NodeId| {
        let Some(element) = tree.element(*id) else { return false };
        matches!(element.name(), "nav" | "footer" | "form" | "iframe" | "button")
            || (element.name() == "script" && element.peek("src").is_some())
            || ["navigation", "banner", "complementary", "search"].iter().any(|role| element.has_role(role))
            || name::is_of_the_site(element)
    };
    tree.descendants(whole).filter(is_part).nth(2).is_some()
}

/// The page as HTML again, its elements marked.
fn marked(tree: &Tree) -> String {
    enum Step {
        Open(NodeId),
        Close(NodeId),
    }
    let mut out = String::new();
    let mut stack: Vec<Step> = tree.nodes[0].children.iter().rev().map(|id| Step::Open(*id)).collect();
    while let Some(step) = stack.pop() {
        match step {
            Step::Close(id) => {
                let name = tree.element(id).map_or("", |e| &*e.name.local);
                let _ = write!(out, "</{name}>");
            }
            Step::Open(id) => match &tree.nodes[id].kind {
                NodeKind::Text(text) => {
                    let raw =
                        tree.nodes[id].parent.is_some_and(|p| matches!(tree.name(p), "script" | "style"));
                    if raw { out.push_str(text) } else { escape(&mut out, text) }
                }
                NodeKind::Element(element) if is_bare(element) => {}
                NodeKind::Element(element) => {
                    let _ = write!(out, "<{} {MARK}{id}=''", &*element.name.local);
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
                        stack.extend(tree.nodes[id].children.iter().rev().map(|id| Step::Open(*id)));
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
