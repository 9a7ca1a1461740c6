//! The sections of a text.

use super::measure::Measure;
use super::name;
use super::tree::{NodeId, NodeKind, Tree};
use std::collections::BTreeSet;

/// What holds the sections of a text, where readers' views show one of them alone: what stands beside it, is
/// built the same, and has a heading of the same level or says as much. `found` is told of the others.
pub(super) fn whole(
    tree: &Tree,
    measure: &Measure,
    body: NodeId,
    root: NodeId,
    mut found: impl FnMut(NodeId),
) -> NodeId {
    let above = |id: &NodeId| tree.parent(*id).filter(|_| *id != body);
    let mut whole = root;
    for id in std::iter::successors(Some(root), above) {
        let (Some(parent), Some(element)) = (above(&id), tree.element(id)) else { break };
        let is_section = |other: &NodeId| {
            tree.element(*other).is_some_and(|other| {
                other.name() == element.name()
                    && other.peek("class") == element.peek("class")
                    && !other.is_hidden()
                    && name::of_the_site(other).is_none()
            }) && measure.text[*other] > 0
                && measure.links[*other] * 2 < measure.text[*other]
        };
        if !matches!(element.name(), "div" | "section") || element.peek("class").is_none() {
            continue;
        }
        let others: Vec<NodeId> =
            tree.children(parent).filter(|other| *other != id && is_section(other)).collect();
        let prose: usize = others.iter().map(|other| measure.prose[*other]).sum();
        let headings: BTreeSet<&str> =
            others.iter().filter_map(|other| first_heading(tree, *other)).collect();
        let of_one_level = first_heading(tree, id).is_some_and(|heading| headings.contains(heading));
        if of_one_level || (prose * 2 >= measure.prose[id] && !headings.is_empty()) {
            whole = parent;
            others.into_iter().for_each(&mut found);
        }
    }
    whole
}

/// The heading below the title that the first words of an element are.
fn first_heading(tree: &Tree, id: NodeId) -> Option<&str> {
    let first = tree.descendants(id).find(|id| {
        is_heading(tree, *id) || matches!(tree.kind(*id), NodeKind::Text(text) if !text.trim().is_empty())
    });
    first.filter(|id| is_heading(tree, *id)).map(|id| tree.name(id))
}

/// Whether an element is a heading below the title.
pub(super) fn is_heading(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.name(id), "h2" | "h3" | "h4" | "h5" | "h6")
}
