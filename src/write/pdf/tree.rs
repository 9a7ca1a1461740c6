//! Name trees and number trees (PDF 32000-1, 7.9.6 and 7.9.7): sorted maps that a reader searches
//! without reading them whole.

use super::file::File;
use super::text_string;
use crate::format::Error;
use lopdf::{Dictionary, Object, ObjectId};

/// Entries of one leaf.
const LEAF: usize = 64;

/// Writes a name tree. The entries come sorted by their bytes.
pub(super) fn names(
    file: &mut File<'_>,
    entries: impl IntoIterator<Item = (Vec<u8>, Object)>,
) -> Result<ObjectId, Error> {
    let entries = entries.into_iter().map(|(key, value)| (text_string::string(key), value));
    tree(file, "Names", entries)
}

/// Writes a number tree. The entries come sorted.
pub(super) fn numbers(
    file: &mut File<'_>,
    entries: impl IntoIterator<Item = (usize, Object)>,
) -> Result<ObjectId, Error> {
    tree(file, "Nums", entries.into_iter().map(|(key, value)| (Object::Integer(key as i64), value)))
}

fn tree(
    file: &mut File<'_>,
    key: &str,
    entries: impl Iterator<Item = (Object, Object)>,
) -> Result<ObjectId, Error> {
    let mut entries = entries.peekable();
    let mut level: Vec<(ObjectId, [Object; 2])> = Vec::new();
    loop {
        let mut leaf = Vec::new();
        let mut limits: Option<[Object; 2]> = None;
        for (name, value) in entries.by_ref().take(LEAF) {
            match &mut limits {
                Some([_, last]) => *last = name.clone(),
                None => limits = Some([name.clone(), name.clone()]),
            }
            leaf.extend([name, value]);
        }
        let mut dict = Dictionary::new();
        dict.set(key, leaf);
        // A tree of one leaf is its root, which has no limits.
        if level.is_empty() && entries.peek().is_none() {
            return file.add(dict);
        }
        if let Some(limits) = limits {
            dict.set("Limits", limits.to_vec());
            level.push((file.add(dict)?, limits));
        }
        if entries.peek().is_none() {
            break;
        }
    }
    while level.len() > LEAF {
        let mut above = Vec::new();
        for nodes in level.chunks(LEAF) {
            if let [(_, [first, _]), ..] = nodes
                && let [.., (_, [_, last])] = nodes
            {
                let limits = [first.clone(), last.clone()];
                let mut dict = kids(nodes);
                dict.set("Limits", limits.to_vec());
                above.push((file.add(dict)?, limits));
            }
        }
        level = above;
    }
    file.add(kids(&level))
}

fn kids(nodes: &[(ObjectId, [Object; 2])]) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set("Kids", nodes.iter().map(|(id, _)| Object::Reference(*id)).collect::<Vec<_>>());
    dict
}
