//! Page labels: what viewers show as a page's number (PDF 32000-1, 12.4.2).

use super::file::File;
use super::tree;
use crate::format::Error;
use crate::layout::structure::PageLabels;
use lopdf::{Dictionary, ObjectId};

/// Writes the page labels, if there are any.
pub(super) fn write(
    labels: &[(usize, PageLabels)],
    pages: usize,
    file: &mut File<'_>,
) -> Result<Option<ObjectId>, Error> {
    let mut entries: Vec<_> = labels.iter().filter(|(page, _)| *page < pages).copied().collect();
    match entries.first() {
        None => return Ok(None),
        // The tree must say something of the first page.
        Some((first, _)) if *first > 0 => entries.insert(0, (0, PageLabels::Decimal(1))),
        Some(_) => {}
    }
    let entries = entries.into_iter().map(|(page, label)| {
        let (style, start) = match label {
            PageLabels::LowerRoman(start) => ("r", start),
            PageLabels::Decimal(start) => ("D", start),
        };
        let mut dict = Dictionary::new();
        dict.set("S", style);
        if start != 1 {
            dict.set("St", i64::from(start));
        }
        (page, dict.into())
    });
    tree::numbers(file, entries).map(Some)
}
