//! One page of a dump, and what the dump says of its wiki.

use crate::batch::entry::{Content, Entry, Found};
use crate::mediawiki::{Page, Step, Walk, attribute, wiki_at};
use crate::model::{Creator, Language, LanguageTag, Meta};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a dump says of its wiki.
#[derive(Debug, Default)]
pub(super) struct Site {
    language: Option<LanguageTag>,
    name: String,
    /// The address of the main page.
    base: String,
}

impl Site {
    /// Reads the head of a dump; what is badly formed in it is left out.
    pub fn read(header: &[u8]) -> Self {
        let mut site = Site::default();
        let text = String::from_utf8_lossy(header);
        let mut walk = Walk::new(&text);
        while let Ok(Some(step)) = walk.next() {
            match (step, walk.path.as_slice()) {
                (Step::Open(element), [.., name]) if name == "mediawiki" => {
                    site.language = attribute(&element, "xml:lang").and_then(|l| LanguageTag::new(&l));
                }
                (Step::Text(text), [.., name]) if name == "sitename" => site.name = text,
                (Step::Text(text), [.., name]) if name == "base" => site.base = text,
                _ => {}
            }
        }
        site
    }

    /// The address of a page.
    fn address(&self, title: &str) -> Option<String> {
        let (folder, _) = self.base.rsplit_once('/')?;
        let mut address = format!("{folder}/");
        for c in title.replace(' ', "_").chars() {
            match c {
                '"' | '%' | '&' | '+' | '=' | '?' | '\\' | '^' | '`' | '#' | '<' | '>' | '{' | '|' | '}' => {
                    address += &format!("%{:02X}", u32::from(c));
                }
                c => address.push(c),
            }
        }
        Some(address)
    }

    /// The licence, where the wiki's address tells it.
    fn licence(&self) -> Option<&'static str> {
        Some(wiki_at(self.base.split("://").nth(1)?)?.licence)
    }
}

/// What a page is: a document, a redirect, something else, or nothing when its namespace is not
/// one of those asked for.
pub(super) fn found(
    page: Result<Page, String>,
    site: &Site,
    namespaces: &BTreeSet<i64>,
    dump: &str,
    offset: u64,
) -> Option<Found> {
    let fault = |message: String| Some(Found::fault(format!("{dump}#@{offset}"), message));
    let page = match page {
        Ok(page) => page,
        Err(message) => return fault(message),
    };
    if !namespaces.is_empty() && !namespaces.contains(&page.namespace) {
        return None;
    }
    if page.title.is_empty() || page.id.trim().is_empty() {
        return fault("the page has no title or no id".into());
    }
    let id = format!("{dump}#{}", page.id.trim());
    if let Some(target) = page.redirect {
        return Some(Found::Redirect { id, title: page.title, target });
    }
    if !matches!(page.model.trim(), "" | "wikitext") {
        return Some(Found::Skipped { id, reason: format!("its content is {}, not wikitext", page.model) });
    }
    let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let creator = filled(&site.name).map(|name| Creator::new(format!("{name} contributors")));
    let meta = Meta {
        creators: creator.into_iter().collect(),
        date: filled(&page.timestamp),
        language: site.language.clone().map(Language::given),
        publisher: filled(&site.name),
        rights: site.licence().map(str::to_owned),
        source_url: site.address(&page.title),
        revision: filled(&page.revision),
        ..Meta::default()
    };
    Some(Found::Document(Entry {
        id,
        path: vec![page.title.clone()],
        title: Some(page.title),
        format: Some("wikitext".into()),
        images: None,
        meta,
        content: Content::Bytes(Arc::new(page.text.into_bytes())),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "<mediawiki xml:lang=\"de\"><siteinfo><sitename>Wikipedia</sitename>\
        <base>https://de.wikipedia.org/wiki/Wikipedia:Hauptseite</base></siteinfo>";

    fn page(xml: &str) -> Option<Found> {
        found(Page::read(xml.as_bytes()), &Site::read(SITE.as_bytes()), &BTreeSet::from([0]), "d.xml", 9)
    }

    #[test]
    fn a_page_has_its_text_its_address_and_its_licence() {
        let found = page(
            "<page><title>A &amp; B</title><ns>0</ns><id>7</id><revision><id>1</id><text>old</text></revision>\
             <revision><id>2</id><timestamp>2020-01-02T03:04:05Z</timestamp><contributor><id>5</id></contributor>\
             <model>wikitext</model><text xml:space=\"preserve\">a &lt;b&gt; &#228;\r\nc</text></revision></page>",
        );
        let Some(Found::Document(entry)) = found else { panic!("{found:?}") };
        assert_eq!(entry.id, "d.xml#7");
        assert_eq!(entry.title.as_deref(), Some("A & B"));
        assert!(matches!(&entry.content, Content::Bytes(b) if **b == "a <b> ä\nc".as_bytes()), "{entry:?}");
        let meta = entry.meta;
        assert_eq!(meta.source_url.as_deref(), Some("https://de.wikipedia.org/wiki/A_%26_B"));
        assert_eq!((meta.revision.as_deref(), meta.rights.as_deref()), (Some("2"), Some("CC BY-SA 4.0")));
        assert_eq!(meta.creators[0].name, "Wikipedia contributors");
        assert_eq!(meta.language.unwrap().tag, LanguageTag::new("de").unwrap());
    }

    #[test]
    fn redirects_code_other_namespaces_and_bad_pages_are_told_apart() {
        let redirect = page("<page><title>a</title><ns>0</ns><id>7</id><redirect title=\"B\"/></page>");
        assert!(matches!(redirect, Some(Found::Redirect { target, .. }) if target == "B"));
        let code = page("<page><title>a</title><id>7</id><revision><model>css</model></revision></page>");
        assert!(matches!(code, Some(Found::Skipped { .. })));
        assert!(page("<page><title>Talk:a</title><ns>1</ns><id>7</id></page>").is_none());
        for bad in ["<page><title>a</page>", "<page><title>a &nbsp;</title></page>", "<page></page>"] {
            assert!(matches!(page(bad), Some(Found::Fault { id, .. }) if id == "d.xml#@9"), "{bad}");
        }
    }
}
