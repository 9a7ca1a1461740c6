//! Where links lead inside the file: explicit and named destinations (PDF 32000-1, 12.3.2), and in
//! PDF 2.0 the elements there (ISO 32000-2, 12.3.2.3).

use super::file::File;
use super::ops::points;
use super::pages::{PageSize, Record};
use super::standard::Version;
use super::tags::Tags;
use super::tree;
use crate::format::Error;
use crate::layout::structure::{Index, Place};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;

/// A destination that names page and place. Without the page it is the last one.
pub(super) fn explicit(place: Place, pages: &[PageSize]) -> Object {
    let Some(page) = pages.get(place.page).or(pages.last()) else { return Object::Null };
    at(page.object, place, page)
}

/// A destination that names an element, and the place where it is.
pub(super) fn structural(element: ObjectId, place: Option<Place>, pages: &[PageSize]) -> Object {
    let page = place.and_then(|place| pages.get(place.page).or(pages.last()));
    match (place, page) {
        (Some(place), Some(page)) => at(element, place, page),
        _ => Object::Array(vec![element.into(), "Fit".into()]),
    }
}

fn at(object: ObjectId, place: Place, page: &PageSize) -> Object {
    let top = page.height - place.y;
    Object::Array(vec![
        object.into(),
        "XYZ".into(),
        Object::Real(points(place.x)),
        Object::Real(points(top)),
        Object::Null,
    ])
}

/// Writes the tree of named destinations: one for each anchor, so that `file.pdf#anchor` works; and what
/// the links of PDF 2.0 lead to.
pub(super) fn write(
    index: &Index,
    record: &Record,
    tags: &Tags,
    version: Version,
    file: &mut File<'_>,
) -> Result<Option<ObjectId>, Error> {
    let pages = &record.sizes;
    let element = |anchor: &str| {
        structural(tags.element(index.structure.named(anchor)), index.anchors.get(anchor).copied(), pages)
    };
    for (anchor, object) in &record.anchors {
        if let Some(object) = object {
            file.object(*object, element(anchor))?;
        }
    }
    if index.anchors.is_empty() {
        return Ok(None);
    }
    let destination = |anchor: &str, place: Place| match version {
        Version::V1_7 => explicit(place, pages),
        Version::V2_0 => {
            let mut dict = Dictionary::new();
            dict.set("D", explicit(place, pages));
            dict.set("SD", element(anchor));
            dict.into()
        }
    };
    let entries: BTreeMap<_, _> =
        index.anchors.iter().map(|(name, place)| (key(name), (name, *place))).collect();
    tree::names(file, entries.into_iter().map(|(key, (name, place))| (key, destination(name, place))))
        .map(Some)
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
