//! How much text the elements of a page hold, and of what kind.

use super::name;
use super::tree::{NodeId, NodeKind, Tree};
use crate::markup::elements::BLOCKS;

/// Bytes of text in each node, those around it included.
pub(super) struct Measure {
    /// All of it, without white space at both ends of each piece.
    pub text: Vec<usize>,
    /// What stands in links.
    pub links: Vec<usize>,
    /// What stands in paragraphs that are long enough to say something, and are no list of links.
    pub prose: Vec<usize>,
    /// What stands in a block by itself and not in one inside it.
    pub own: Vec<usize>,
}

/// A paragraph that says something has as many bytes.
const SENTENCE: usize = 60;

/// Elements whose text is none of a page.
const UNSEEN: [&str; 9] =
    ["script", "style", "noscript", "template", "textarea", "select", "button", "title", "head"];

/// What a node stands in.
#[derive(Clone, Copy, Default)]
struct Around {
    block: NodeId,
    link: bool,
    /// What is of the site, or of its readers.
    aside: bool,
}

impl Measure {
    /// Measures all in a node.
    pub fn of(tree: &Tree, top: NodeId) -> Self {
        let zeros = || vec![0; tree.len()];
        let mut measure = Measure { text: zeros(), links: zeros(), prose: zeros(), own: zeros() };
        let mut own_links = zeros();
        let mut around = vec![Around::default(); tree.len()];
        let (mut order, mut hidden) = (Vec::new(), Vec::new());
        let mut stack = vec![(top, Around { block: top, ..Around::default() })];
        while let Some((id, mut within)) = stack.pop() {
            match tree.kind(id) {
                NodeKind::Text(text) => {
                    let length = text.trim().len();
                    measure.text[id] = length;
                    measure.own[within.block] += length;
                    if within.link {
                        measure.links[id] = length;
                        own_links[within.block] += length;
                    }
                }
                NodeKind::Element(element) => {
                    let tag = element.name();
                    if UNSEEN.contains(&tag) {
                        continue;
                    }
                    if element.is_hidden() {
                        hidden.push(id);
                    }
                    within.link |= tag == "a";
                    within.aside |= matches!(tag, "nav" | "footer" | "aside")
                        || element.has_role("navigation")
                        || name::is_of_readers(element);
                    if BLOCKS.contains(&tag) || matches!(tag, "td" | "th") {
                        within.block = id;
                    }
                    stack.extend(tree.children(id).rev().map(|child| (child, within)));
                }
                NodeKind::Hole(..) | NodeKind::Document => {}
            }
            around[id] = within;
            order.push(id);
        }
        for &id in order.iter().rev() {
            if around[id].block == id && !around[id].aside {
                let own = measure.own[id];
                if own >= SENTENCE && own_links[id] * 2 < own {
                    measure.prose[id] += own;
                }
            }
            if let Some(parent) = tree.parent(id).filter(|_| id != top) {
                measure.text[parent] += measure.text[id];
                measure.links[parent] += measure.links[id];
                measure.prose[parent] += measure.prose[id];
            }
        }
        // What holds most of a page is hidden only until a script shows it.
        for id in hidden {
            let prose = measure.prose[id];
            if prose * 2 < measure.prose[top] {
                let above = |id: &NodeId| tree.parent(*id).filter(|_| *id != top);
                std::iter::successors(Some(id), above).for_each(|id| {
                    measure.prose[id] = measure.prose[id].saturating_sub(prose);
                });
            }
        }
        measure
    }

    /// The innermost element that holds nearly all prose of another.
    pub fn holder(&self, tree: &Tree, outer: NodeId) -> NodeId {
        let mut holder = outer;
        while let Some(inner) = tree.children(holder).find(|id| self.prose[*id] * 5 > self.prose[outer] * 4) {
            holder = inner;
        }
        holder
    }

    /// Whether what a node says is links.
    pub fn is_links(&self, id: NodeId) -> bool {
        self.links[id] * 10 > self.text[id] * 8
    }
}
