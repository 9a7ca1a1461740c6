//! Where links lead inside the file: explicit and named destinations (PDF 32000-1, 12.3.2).

use super::file::File;
use super::ops::points;
use super::pages::PageSize;
use super::tree;
use crate::format::Error;
use crate::layout::structure::Place;
use lopdf::{Object, ObjectId};
use std::collections::BTreeMap;

/// A destination that names page and place. Without the page it is the last one.
pub(super) fn explicit(place: Place, pages: &[PageSize]) -> Object {
    let Some(page) = pages.get(place.page).or(pages.last()) else { return Object::Null };
    let top = page.height - place.y;
    Object::Array(vec![
        page.object.into(),
        "XYZ".into(),
        Object::Real(points(place.x)),
        Object::Real(points(top)),
        Object::Null,
    ])
}

/// Writes the tree of named destinations: one for each anchor, so that `file.pdf#anchor` works.
pub(super) fn write(
    anchors: &BTreeMap<String, Place>,
    pages: &[PageSize],
    file: &mut File<'_>,
) -> Result<Option<ObjectId>, Error> {
    if anchors.is_empty() {
        return Ok(None);
    }
    let entries: BTreeMap<_, _> = anchors.iter().map(|(name, place)| (key(name), *place)).collect();
    tree::names(file, entries.into_iter().map(|(key, place)| (key, explicit(place, pages)))).map(Some)
}

/// An anchor as a key of the name tree, written as in an address (RFC 3986, 2.1). Keys of ASCII
/// alone have one order, whichever encoding a reader takes them for.
fn key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.len());
    for &byte in name.as_bytes() {
        match byte {
            b'%' | 0..=b' ' | 0x7F.. => key.extend(format!("%{byte:02X}").bytes()),
            byte => key.push(byte),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn keys_are_ascii_and_stay_apart() {
        assert_eq!(key("see-also"), b"see-also");
        assert_eq!(key("я b"), b"%D1%8F%20b");
        assert_ne!(key("%D1"), key("\u{1}D1"));
    }
}
