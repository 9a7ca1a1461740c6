//! Metadata, under the names that pandoc's writers know.

use super::ast::{Map, MetaValue};
use super::inline;
use super::translator::Translator;
use crate::format::WriteContext;
use crate::model::{Creator, Document, Meta};

pub(super) fn of<'d>(document: &'d Document, cx: &mut WriteContext<'_>) -> Map<'d> {
    // A lone article is the document; what the document itself says goes before.
    let (of, notes) = match document.articles.as_slice() {
        [only] => (&only.meta, only.notes.as_slice()),
        _ => (&document.meta, [].as_slice()),
    };
    let own = &document.meta;
    let mut map = Map::default();
    for (key, words) in
        [("title", either(&own.title, &of.title)), ("subtitle", either(&own.subtitle, &of.subtitle))]
    {
        if !words.is_empty() {
            let words = Translator::new(document, notes, cx).inlines(words);
            map.0.push((key, MetaValue::MetaInlines(words)));
        }
    }
    creators(either(&own.creators, &of.creators), &mut map);
    type Field = fn(&Meta) -> Option<&str>;
    let strings: [(&'static str, Field); 8] = [
        ("date", |m| m.date.as_deref()),
        ("lang", |m| m.language.as_ref().map(|l| l.tag.as_str())),
        ("description", |m| m.description.as_deref()),
        ("identifier", |m| m.identifier.as_deref()),
        ("publisher", |m| m.publisher.as_deref()),
        ("rights", |m| m.rights.as_deref()),
        ("source", |m| m.source_url.as_deref()),
        ("revision", |m| m.revision.as_deref()),
    ];
    for (key, get) in strings {
        if let Some(value) = get(own).or_else(|| get(of)) {
            map.0.push((key, string(value)));
        }
    }
    let subjects = either(&own.subjects, &of.subjects);
    if !subjects.is_empty() {
        let subjects = subjects.iter().map(|s| words(s)).collect();
        map.0.push(("keywords", MetaValue::MetaList(subjects)));
    }
    map
}

/// Authors, and apart from them those with another role, as pandoc's EPUB writer takes them.
fn creators<'d>(all: &'d [Creator], map: &mut Map<'d>) {
    let is_author = |c: &&Creator| c.role.as_deref().is_none_or(|r| r == "aut");
    let authors: Vec<_> = all.iter().filter(is_author).map(author).collect();
    if !authors.is_empty() {
        map.0.push(("author", MetaValue::MetaList(authors)));
    }
    let others = all.iter().filter(|c| !is_author(c)).map(|c| {
        let role = string(c.role.as_deref().unwrap_or_default());
        MetaValue::MetaMap(Map(vec![("role", role), ("text", words(&c.name))]))
    });
    let others: Vec<_> = others.collect();
    if !others.is_empty() {
        map.0.push(("contributor", MetaValue::MetaList(others)));
    }
}

/// A name, or a map where more is known, as pandoc's templates for articles take it.
fn author(creator: &Creator) -> MetaValue<'_> {
    let mut map = vec![];
    if !creator.affiliations.is_empty() {
        let all = creator.affiliations.iter().map(|name| words(name)).collect();
        map.push(("affiliation", MetaValue::MetaList(all)));
    }
    map.extend(creator.email.as_deref().map(|email| ("email", string(email))));
    if map.is_empty() && creator.orcid.is_none() {
        return words(&creator.name);
    }
    map.push(("name", words(&creator.name)));
    map.extend(creator.orcid.as_deref().map(|orcid| ("orcid", string(orcid))));
    MetaValue::MetaMap(Map(map))
}

fn either<'d, T>(first: &'d [T], second: &'d [T]) -> &'d [T] {
    if first.is_empty() { second } else { first }
}

fn string(text: &str) -> MetaValue<'_> {
    MetaValue::MetaString(text.into())
}

fn words(text: &str) -> MetaValue<'_> {
    let mut out = Vec::new();
    inline::words(text, &mut out);
    MetaValue::MetaInlines(out)
}
