//! One book of many documents.

mod join;
mod links;
mod matter;

use super::anchors;
use crate::format::{Error, ReadContext};
use crate::model::{Document, Meta};
use std::collections::BTreeMap;

/// Makes one document of many: a numbered chapter for each article, links between articles of the
/// book lead inside it, and behind the chapters come one list of all sources and licences and an
/// index of titles.
///
/// `redirects` are further titles by which articles are known, with the title each leads to.
///
/// ```
/// use fanfold::{Converter, diagnostic::Ignore, format::{ReadContext, Limits}, transform};
///
/// let (converter, limits, mut ignore) = (Converter::default(), Limits::default(), Ignore);
/// let mut read = |title: &str, text: &str| {
///     let mut cx = ReadContext::new(title, &limits, &mut ignore).with_title(title);
///     converter.read(text.as_bytes(), Some("wikitext"), &mut cx)
/// };
/// let (cat, dog) = (read("Cat", "Unlike a [[dog]].")?, read("Dog", "Unlike a [[cat]].")?);
/// let mut cx = ReadContext::new("book", &limits, &mut ignore);
/// let book = transform::book(vec![cat, dog], Default::default(), &Default::default(), &mut cx)?;
/// let titles: Vec<_> = book.articles.iter().map(|a| fanfold::model::plain_text(&a.meta.title)).collect();
/// assert_eq!(titles, ["1 Cat", "2 Dog", "Index"]);
/// # Ok::<(), fanfold::format::Error>(())
/// ```
///
/// # Errors
/// For more documents than a book can have sources.
pub fn book(
    documents: Vec<Document>,
    meta: Meta,
    redirects: &BTreeMap<String, String>,
    cx: &mut ReadContext<'_>,
) -> Result<Document, Error> {
    let (mut book, origins) = join::join(documents, meta)?;
    let chapters = links::chapters(&mut book, redirects, origins);
    links::inside(&mut book, &chapters, cx);
    matter::number(&mut book);
    let closing = matter::closing(&book, &chapters);
    book.articles.extend(closing);
    anchors(&mut book, cx);
    Ok(book)
}
