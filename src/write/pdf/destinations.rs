//! Where links lead inside the file: explicit and named destinations (PDF 32000-1, 12.3.2).

use super::emit::points;
use super::file::File;
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
    let entries = anchors.iter().map(|(name, place)| (name.clone().into_bytes(), explicit(*place, pages)));
    tree::names(file, entries).map(Some)
}
