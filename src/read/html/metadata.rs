//! What a page says of its article: Dublin Core and Open Graph in its head, and the data of schema.org, in
//! JSON-LD or as microdata.

use super::tree::{Element, NodeId, Tree};
use crate::model::{Creator, Inline, InlineKind, Language, LanguageTag, Meta, Span};
use serde_json::Value;

/// Sets a field that has no value yet; `None` where there is nothing to set it to.
pub(super) fn set(field: &mut Option<String>, value: Option<&str>) -> Option<()> {
    let value = value.map(str::trim).filter(|value| !value.is_empty() && field.is_none())?;
    *field = Some(value.to_owned());
    Some(())
}

/// Reads a `<meta>`; `None` when the model has no place for it.
pub(super) fn field(element: &Element, meta: &mut Meta) -> Option<()> {
    let name = element.peek("name").or(element.peek("property"))?.to_ascii_lowercase();
    let value = element.peek("content");
    match dublin_core(&name).as_str() {
        "author" | "dc.creator" | "citation_author" => creator(value?, meta),
        // Elsewhere it is the address of a profile.
        "article:author" if !value?.contains("://") => creator(value?, meta),
        "keywords" => {
            let words = value?.split(',').map(str::trim).filter(|word| !word.is_empty());
            meta.subjects.extend(words.map(str::to_owned));
            Some(())
        }
        "dc.subject" | "article:tag" => {
            let word = value.map(str::trim).filter(|word| !word.is_empty())?;
            if !meta.subjects.iter().any(|known| known == word) {
                meta.subjects.push(word.to_owned());
            }
            Some(())
        }
        "dc:modified"
        | "date"
        | "dc.date"
        | "dc.date.issued"
        | "dc.issued"
        | "dc.created"
        | "citation_publication_date"
        | "article:published_time" => set(&mut meta.date, value),
        "description" | "dc.description" | "dc.abstract" | "og:description" => {
            repeated(&mut meta.description, value)
        }
        "dc.publisher" | "og:site_name" => repeated(&mut meta.publisher, value),
        "dc.rights" | "dc.license" => set(&mut meta.rights, value),
        "dc.identifier" => set(&mut meta.identifier, value),
        "dc.language" | "og:locale" => language(value?, meta),
        "og:url" if value?.contains("://") => repeated(&mut meta.source_url, value),
        // The kind of page, which it is for who reads it here.
        "og:type" => Some(()),
        _ => None,
    }
}

/// The name of a field with the prefix `dc.`, where it is Dublin Core's: pages write `DCTERMS.creator` and
/// `dc:creator` as well. What was last changed stays apart, since it is no date of the article's.
fn dublin_core(name: &str) -> String {
    let prefixes = ["dcterms.", "dcterms:", "dc.", "dc:"];
    match prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)) {
        Some(field) if field != "modified" => format!("dc.{field}"),
        _ => name.to_owned(),
    }
}

/// Sets a field that pages give in several ways; the first counts, and nothing is lost by the others.
fn repeated(field: &mut Option<String>, value: Option<&str>) -> Option<()> {
    set(field, value).or(field.as_ref().map(|_| ()))
}

fn creator(name: &str, meta: &mut Meta) -> Option<()> {
    let name = name.trim();
    if !name.is_empty() && !meta.creators.iter().any(|known| known.name == name) {
        meta.creators.push(Creator::new(name));
    }
    (!name.is_empty()).then_some(())
}

/// What the elements themselves say goes before it.
fn language(tag: &str, meta: &mut Meta) -> Option<()> {
    let tag = LanguageTag::new(&tag.trim().replace('_', "-"))?;
    meta.language.get_or_insert_with(|| Language::given(tag));
    Some(())
}

/// Reads the data of schema.org about an article; `None` when it is about something else.
pub(super) fn json_ld(text: &str, place: Span, meta: &mut Meta) -> Option<()> {
    let data: Value = serde_json::from_str(text.trim()).ok()?;
    let article = about_article(&data, 4)?;
    let name = |value: &Value| value.as_str().or(value["name"].as_str()).map(str::to_owned);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    if meta.creators.is_empty() {
        for author in list(&article["author"]).iter().filter_map(name).filter(|name| !name.contains("://")) {
            creator(&author, meta);
        }
    }
    set(&mut meta.date, article["datePublished"].as_str());
    set(&mut meta.publisher, name(&article["publisher"]).as_deref());
    set(&mut meta.description, article["description"].as_str());
    set(&mut meta.rights, article["license"].as_str());
    let page = article["mainEntityOfPage"].as_str().or(article["mainEntityOfPage"]["@id"].as_str());
    let address = article["url"].as_str().or(page).filter(|address| address.contains("://"));
    set(&mut meta.source_url, address);
    if let Some(tag) = article["inLanguage"].as_str() {
        language(tag, meta);
    }
    if meta.subjects.is_empty() {
        let words = list(&article["keywords"]);
        let words = words.iter().filter_map(Value::as_str).flat_map(|words| words.split(','));
        meta.subjects.extend(words.map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned));
    }
    if let Some(text) = article["headline"].as_str().filter(|_| meta.title.is_empty()) {
        meta.title.push(Inline::new(InlineKind::Text { text: text.trim().to_owned() }, place));
    }
    Some(())
}

/// Reads the microdata of schema.org about an article. The words of it that the page shows stay where they are.
pub(super) fn microdata(tree: &Tree, meta: &mut Meta) {
    let is_article = |id: &NodeId| {
        let kind = tree.element(*id).and_then(|element| element.peek("itemtype"));
        kind.is_some_and(|kind| {
            kind.contains("schema.org/") && is_kind_of_article(kind.trim_end_matches('/'))
        })
    };
    let Some(article) = tree.descendants(0).find(is_article) else { return };
    let no_creators = meta.creators.is_empty();
    let mut stack: Vec<NodeId> = tree.children(article).rev().collect();
    while let Some(id) = stack.pop() {
        let Some(element) = tree.element(id) else { continue };
        let property = element.peek("itemprop").unwrap_or_default();
        // What a thing in it is called, such as a person.
        let named = || {
            let is_name = |id: &NodeId| tree.element(*id).is_some_and(|e| e.peek("itemprop") == Some("name"));
            tree.descendants(id).find(is_name).map_or_else(|| value(tree, id), |name| value(tree, name))
        };
        match property {
            "author" | "creator" if no_creators => drop(creator(&named(), meta)),
            "datePublished" => drop(set(&mut meta.date, Some(&value(tree, id)))),
            "publisher" => drop(set(&mut meta.publisher, Some(&named()))),
            "license" => drop(set(&mut meta.rights, Some(&value(tree, id)))),
            "inLanguage" => drop(language(&value(tree, id), meta)),
            _ => {}
        }
        if element.peek("itemscope").is_none() {
            stack.extend(tree.children(id).rev());
        }
    }
}

/// The value of a property (HTML Standard, 5.2.4).
fn value(tree: &Tree, id: NodeId) -> String {
    let attribute = tree.element(id).and_then(|element| match element.name() {
        "meta" => element.peek("content"),
        "a" | "area" | "link" => element.peek("href").filter(|_| element.peek("itemprop") == Some("license")),
        "time" => element.peek("datetime"),
        "data" | "meter" => element.peek("value"),
        _ => element.peek("content"),
    });
    let text = attribute.map_or_else(|| tree.text(id), str::to_owned);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_kind_of_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("BlogPosting")
}

/// The article that some data is about.
fn about_article(data: &Value, depth: usize) -> Option<&Value> {
    let is_one = |kind: &Value| kind.as_str().is_some_and(is_kind_of_article);
    match data {
        Value::Array(all) if depth > 0 => all.iter().find_map(|one| about_article(one, depth - 1)),
        Value::Object(fields) => {
            let kind = &data["@type"];
            let is_article = is_one(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_one));
            if is_article { Some(data) } else { about_article(fields.get("@graph")?, depth.checked_sub(1)?) }
        }
        _ => None,
    }
}
