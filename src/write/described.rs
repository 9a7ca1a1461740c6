//! What is known of a work as a whole.

use crate::model::{Document, Meta};

/// What is known of the document, or of its only article.
pub(super) fn described(document: &Document) -> Meta {
    let mut meta = document.meta.clone();
    if let [only] = document.articles.as_slice() {
        let of = only.meta.clone();
        if meta.creators.is_empty() {
            meta.creators = of.creators;
        }
        if meta.subjects.is_empty() {
            meta.subjects = of.subjects;
        }
        meta.date = meta.date.or(of.date);
        meta.description = meta.description.or(of.description);
        meta.identifier = meta.identifier.or(of.identifier);
        meta.publisher = meta.publisher.or(of.publisher);
        meta.rights = meta.rights.or(of.rights);
    }
    meta
}
