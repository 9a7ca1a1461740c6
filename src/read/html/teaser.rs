//! Teasers: a picture and words that lead to one other page of the site, in a row of such.

use super::measure::Measure;
use super::tree::{NodeId, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// So many are a row.
const ROW: usize = 4;

/// Bytes of the text of one.
const MOST: usize = 600;

/// How far above its links the element is looked for that holds a teaser.
const LEVELS: usize = 12;

/// The teasers in `root`; `leads` says whether a link leads to another page of the site. A page most of which
/// is teasers is made of them, and has none; and those between its paragraphs are what it speaks of.
pub(super) fn find(
    tree: &Tree,
    measure: &Measure,
    root: NodeId,
    leads: impl Fn(NodeId) -> bool,
) -> BTreeSet<NodeId> {
    let mut rows: BTreeMap<(&str, &str), BTreeMap<NodeId, &str>> = BTreeMap::new();
    let mut pictures: BTreeMap<&str, NodeId> = BTreeMap::new();
    for id in tree.descendants(root) {
        let Some(address) = tree.element(id).filter(|e| e.name() == "a").and_then(|link| link.peek("href"))
        else {
            continue;
        };
        if measure.text[id] == 0 {
            if holds_picture(tree, id) && leads(id) {
                pictures.insert(address, id);
            }
        } else if let Some(picture) = pictures.remove(address)
            && let Some(holder) = common(tree, root, picture, id)
            && measure.text[holder] <= MOST
            && let Some(element) = tree.element(holder)
        {
            let row = (element.name(), element.peek("class").unwrap_or_default());
            rows.entry(row).or_default().insert(holder, address);
        }
    }
    rows.retain(|_, row| {
        let text: usize = row.keys().map(|id| measure.text[*id]).sum();
        let pages: BTreeSet<&&str> = row.values().collect();
        pages.len() >= ROW && text * 3 < measure.text[root]
    });
    let teasers = rows.into_values().flat_map(BTreeMap::into_keys).collect();
    after_prose(tree, measure, root, &teasers)
}

/// Those of some teasers after which nothing comes that the page says itself.
fn after_prose(tree: &Tree, measure: &Measure, root: NodeId, teasers: &BTreeSet<NodeId>) -> BTreeSet<NodeId> {
    let mut after = BTreeSet::new();
    let mut stack = vec![root];
    while let Some(id) = stack.pop() {
        if teasers.contains(&id) {
            after.insert(id);
            continue;
        }
        if measure.prose[id] > 0 && measure.own[id] == measure.text[id] {
            after.clear();
        }
        stack.extend(tree.children(id).rev());
    }
    after
}

fn holds_picture(tree: &Tree, link: NodeId) -> bool {
    tree.descendants(link).take(LEVELS).any(|id| matches!(tree.name(id), "img" | "picture"))
}

/// The innermost element that holds both of two, of those not far above them.
fn common(tree: &Tree, root: NodeId, one: NodeId, other: NodeId) -> Option<NodeId> {
    let above = |id: NodeId| {
        std::iter::successors(tree.parent(id), |id| tree.parent(*id))
            .take_while(|id| *id != root)
            .take(LEVELS)
    };
    above(one).find(|id| above(other).any(|of| of == *id))
}
