//! Which elements of a page are notes, what calls them, and what only leads back.

use super::tree::{Element, NodeId, Tree};
use crate::model::NoteId;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};

/// The notes of a page.
#[derive(Default)]
pub(super) struct Notes {
    /// The elements that are notes something calls, in the order of their first calls.
    pub order: Vec<NodeId>,
    pub elements: BTreeMap<NodeId, NoteId>,
    /// Links that call a note.
    pub calls: BTreeMap<NodeId, NoteId>,
    /// Links from a note back to where it is called.
    pub back: BTreeSet<NodeId>,
}

impl Notes {
    pub fn find(tree: &Tree) -> Self {
        let mut candidates: BTreeMap<&str, NodeId> = BTreeMap::new();
        let mut links = Vec::new();
        for id in tree.descendants(0) {
            let Some(element) = tree.element(id) else { continue };
            if let Some(name) = element.peek("id").filter(|_| is_note(tree, id)) {
                candidates.entry(name).or_insert(id);
            }
            if is_note_in_text(tree, id, element) {
                links.push((id, ""));
            }
            if let Some(address) = element.peek("href").filter(|_| element.name() == "a") {
                // Wikis give the whole address of their own page.
                links.extend(address.rsplit_once('#').map(|(_, anchor)| (id, anchor)));
            }
        }
        let mut notes = Notes::default();
        let mut numbers: BTreeMap<NodeId, NoteId> = BTreeMap::new();
        let mut called_from = BTreeSet::new();
        for (link, anchor) in &links {
            if tree.name(*link) == "span" {
                notes.order.push(*link);
                notes.calls.insert(*link, NoteId(notes.order.len() as u32 - 1));
                continue;
            }
            let plain = percent_decode_str(anchor).decode_utf8_lossy();
            let Some(note) = candidates.get(anchor).or(candidates.get(&*plain)).copied() else { continue };
            if ancestors(tree, *link).any(|id| id == note) {
                continue;
            }
            let number = *numbers.entry(note).or_insert_with(|| {
                notes.order.push(note);
                NoteId(notes.order.len() as u32 - 1)
            });
            notes.calls.insert(*link, number);
            let around = ancestors(tree, *link).take(2);
            called_from.extend(around.filter_map(|id| tree.element(id)?.peek("id")));
        }
        notes.elements = numbers;
        for (link, anchor) in links {
            let leads_back = called_from.contains(anchor)
                || tree
                    .element(link)
                    .is_some_and(|a| a.has_role("doc-backlink") || a.has_class("footnote-back"));
            if leads_back && ancestors(tree, link).any(|id| notes.elements.contains_key(&id)) {
                notes.back.insert(link);
            }
        }
        notes
    }

    /// The note that a link calls.
    pub fn called(&self, link: NodeId) -> Option<NoteId> {
        self.calls.get(&link).copied()
    }

    /// The number of a note.
    pub fn number(&self, id: NodeId) -> Option<NoteId> {
        self.elements.get(&id).copied()
    }

    pub fn is_note(&self, id: NodeId) -> bool {
        self.elements.contains_key(&id)
    }

    /// Whether the first thing in an element is a note, or it is one itself.
    pub fn begin(&self, tree: &Tree, id: NodeId) -> bool {
        let first = |id: &NodeId| tree.children(*id).find(|id| !tree.is_blank(*id));
        std::iter::successors(Some(id), first).any(|id| self.is_note(id))
    }

    pub fn leads_back(&self, link: NodeId) -> bool {
        self.back.contains(&link)
    }
}

/// A node and what it is in, from the inside out.
pub(super) fn ancestors(tree: &Tree, id: NodeId) -> impl Iterator<Item = NodeId> {
    std::iter::successors(Some(id), |id| tree.parent(*id))
}

/// Whether an element has the form of a note.
fn is_note(tree: &Tree, id: NodeId) -> bool {
    let Some(element) = tree.element(id) else { return false };
    if ["doc-footnote", "doc-endnote"].iter().any(|role| element.has_role(role)) {
        return true;
    }
    let holds_notes = |id: NodeId| {
        tree.element(id).is_some_and(|e| {
            e.has_role("doc-endnotes") || ["footnotes", "references"].iter().any(|class| e.has_class(class))
        })
    };
    element.name() == "li" && ancestors(tree, id).skip(1).take(3).any(holds_notes)
}

/// Whether an element is a note that stands where it is called.
fn is_note_in_text(tree: &Tree, id: NodeId, element: &Element) -> bool {
    element.name() == "span"
        && element.has_class("footnote")
        && !tree.descendants(id).any(|id| matches!(tree.name(id), "a" | "sup"))
        && tree.text(id).chars().any(char::is_alphabetic)
}
