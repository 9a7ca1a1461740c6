//! The document's outline, which viewers show as bookmarks (PDF 32000-1, 12.3.3).

use super::destinations::{explicit, structural};
use super::file::File;
use super::links::go_to;
use super::pages::PageSize;
use super::standard::Version;
use super::tags::Tags;
use super::text_string;
use crate::format::Error;
use crate::layout::structure::OutlineEntry;
use lopdf::{Dictionary, Object, ObjectId};

/// Up to so many entries the whole outline is shown open.
const OPEN: usize = 60;

/// Writes the outline, if there is any.
pub(super) fn write(
    entries: &[OutlineEntry],
    pages: &[PageSize],
    tags: &Tags,
    version: Version,
    file: &mut File<'_>,
) -> Result<Option<ObjectId>, Error> {
    if entries.is_empty() {
        return Ok(None);
    }
    let root = file.reserve();
    let first = file.reserve_many(entries.len());
    let id = |n: usize| Object::Reference((first + n as u32, 0));
    let links = Links::new(entries);

    for (n, entry) in entries.iter().enumerate() {
        let link = &links.entries[n];
        let mut dict = Dictionary::new();
        dict.set("Title", text_string::object(&entry.title));
        dict.set("Parent", link.parent.map_or(Object::Reference(root), id));
        for (key, other) in
            [("Prev", link.previous), ("Next", link.next), ("First", link.first), ("Last", link.last)]
        {
            if let Some(other) = other {
                dict.set(key, id(other));
            }
        }
        if link.below > 0 {
            dict.set(
                "Count",
                if entries.len() <= OPEN { link.below as i64 } else { -(link.children as i64) },
            );
        }
        let place = explicit(entry.place, pages);
        match version {
            Version::V1_7 => dict.set("Dest", place),
            Version::V2_0 => {
                let element = structural(tags.element(Some(entry.node)), Some(entry.place), pages);
                dict.set("A", go_to(place, element));
            }
        }
        file.object((first + n as u32, 0), dict)?;
    }
    let mut dict = Dictionary::new();
    dict.set("Type", "Outlines");
    dict.set("First", id(0));
    dict.set("Last", id(links.last_top));
    dict.set("Count", if entries.len() <= OPEN { entries.len() } else { links.top } as i64);
    file.object(root, dict)?;
    Ok(Some(root))
}

/// What each entry has around it.
struct Links {
    entries: Vec<Link>,
    top: usize,
    last_top: usize,
}

#[derive(Clone, Default)]
struct Link {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    children: usize,
    below: usize,
}

impl Links {
    fn new(outline: &[OutlineEntry]) -> Self {
        let mut entries = vec![Link::default(); outline.len()];
        let (mut top, mut last_top) = (0, 0);
        // The entries that the next one may go under, from the top.
        let mut open: Vec<usize> = Vec::new();
        let mut last_of_top = None;
        for (n, entry) in outline.iter().enumerate() {
            open.truncate(entry.depth);
            let parent = open.last().copied();
            let previous = match parent {
                Some(parent) => entries[parent].last,
                None => last_of_top,
            };
            entries[n].parent = parent;
            entries[n].previous = previous;
            if let Some(previous) = previous {
                entries[previous].next = Some(n);
            }
            match parent {
                Some(parent) => {
                    entries[parent].first.get_or_insert(n);
                    entries[parent].last = Some(n);
                    entries[parent].children += 1;
                }
                None => {
                    top += 1;
                    last_top = n;
                    last_of_top = Some(n);
                }
            }
            for &above in &open {
                entries[above].below += 1;
            }
            open.push(n);
        }
        Links { entries, top, last_top }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::structure::{Place, StructId};
    use crate::style::Length;

    #[test]
    fn sections_go_under_their_chapter() {
        let entry = |depth| OutlineEntry {
            depth,
            title: String::new(),
            place: Place { page: 0, x: Length::ZERO, y: Length::ZERO },
            node: StructId(0),
        };
        let links = Links::new(&[0, 1, 2, 1, 0].map(entry));
        assert_eq!((links.top, links.last_top), (2, 4));
        let chapter = &links.entries[0];
        assert_eq!((chapter.first, chapter.last, chapter.next), (Some(1), Some(3), Some(4)));
        assert_eq!((chapter.children, chapter.below), (2, 3));
        assert_eq!(links.entries[2].parent, Some(1));
        assert_eq!(links.entries[3].previous, Some(1));
    }
}
