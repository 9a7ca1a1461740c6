//! What the files about a publication are made from.

use super::options::Epub;
use super::resource::Resource;
use crate::model::{Document, Meta};
use crate::write::html::page::Content;
use crate::write::html::terms::Terms;

/// All that the files about the publication are made from.
pub(super) struct Book<'a> {
    pub document: &'a Document,
    pub content: &'a Content,
    pub resources: &'a [Resource],
    pub title: &'a str,
    pub terms: &'static Terms,
    pub options: &'a Epub,
}

impl Book<'_> {
    /// What is known of the whole, and of each article.
    pub fn metas(&self) -> impl Iterator<Item = &Meta> {
        std::iter::once(&self.document.meta).chain(self.document.articles.iter().map(|a| &a.meta))
    }

    /// A field of the whole, or of its only article.
    pub fn field<'m, T>(&'m self, get: impl Fn(&'m Meta) -> Option<T>) -> Option<T> {
        get(&self.document.meta).or_else(|| match self.document.articles.as_slice() {
            [only] => get(&only.meta),
            _ => None,
        })
    }
}
