//! What a wiki says of its page beside the text: categories, other languages, revision, terms.

use super::build::Builder;
use super::tree::{Element, NodeId};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::mediawiki::wiki_at;
use crate::model::{Citation, Creator, Inline, InlineKind, Link, Meta, Span, Target};
use percent_encoding::percent_decode_str;

impl Builder<'_, '_, '_> {
    /// Reads what Parsoid says of the page.
    pub(super) fn of_wiki(&mut self, meta: &mut Meta) {
        if !self.origin.parsoid {
            return;
        }
        let tree = self.tree;
        let mut page = None;
        let mut languages: Option<(Span, usize)> = None;
        for id in tree.descendants(0) {
            let Some(element) = tree.element(id) else { continue };
            let rel = element.peek("rel").unwrap_or_default();
            let is = |kind: &str| rel.split_ascii_whitespace().any(|rel| rel == kind);
            match element.name() {
                "html" => revision(element, meta),
                // Those that templates add are for editors: what is to be mended on a page.
                "link" if is("mw:PageProp/Category") && element.peek("about").is_none() => {
                    let name = element.peek("href").and_then(category);
                    meta.subjects.extend(name.filter(|name| !meta.subjects.contains(name)));
                    meta.spans.push(self.span(id));
                    self.pass_over(id);
                    self.cx.claim(self.span(id), Fate::Metadata);
                }
                "link" if is("mw:PageProp/Language") => {
                    languages.get_or_insert((self.span(id), 0)).1 += 1;
                    self.pass_over(id);
                }
                "meta" if element.peek("property") == Some("mw:pageId") => page = element.peek("content"),
                _ => {}
            }
        }
        if let Some((span, count)) = languages {
            let message = format!("links to the article in other languages were left out: {count}");
            self.cx.report(Diagnostic::new(&code::METADATA_DROPPED, span, message));
        }
        if let (Some(page), Some(address)) = (page, address(meta)) {
            let host = address.split('/').next().unwrap_or_default();
            let of_page = format!("https://{host}/?curid={page}");
            meta.identifier.get_or_insert(of_page);
        }
        if let Some(wiki) = address(meta).and_then(wiki_at) {
            if meta.creators.is_empty() {
                meta.creators.push(Creator::new(format!("{} contributors", wiki.name)));
            }
            meta.publisher.get_or_insert_with(|| wiki.name.to_owned());
            meta.rights.get_or_insert_with(|| wiki.licence.to_owned());
        }
    }

    /// The page that a wiki leads to from this one, as wikitext has it.
    pub(super) fn redirect(&mut self, id: NodeId) -> Option<Vec<Inline>> {
        let link = self.tree.element(id).filter(|e| e.peek("rel") == Some("mw:PageProp/redirect"))?;
        let address = link.attribute("href")?;
        let text = percent_decode_str(address.trim_start_matches("./")).decode_utf8_lossy().replace('_', " ");
        let target = Target::Article { title: text.clone(), section: None };
        let target =
            self.origin.target(link, address).ok().filter(|_| self.origin.base.is_some()).unwrap_or(target);
        let content = vec![Inline::new(InlineKind::Text { text }, self.span(id))];
        Some(vec![Inline::new(InlineKind::Link(Box::new(Link { target, content })), self.span(id))])
    }

    /// The sources that templates cite.
    pub(super) fn citations(&mut self) -> Vec<Citation> {
        #[cfg(feature = "wikitext")]
        return std::mem::take(&mut self.transclusions.citations);
        #[cfg(not(feature = "wikitext"))]
        Vec::new()
    }
}

/// The address of the page, from its host on.
fn address(meta: &Meta) -> Option<&str> {
    meta.source_url.as_deref()?.split_once("://").map(|(_, address)| address)
}

/// The page is about a revision: `https://…/Special:Redirect/revision/7`.
fn revision(html: &Element, meta: &mut Meta) {
    let number = html.peek("about").and_then(|about| about.rsplit_once("/revision/"));
    if let Some((_, number)) = number.filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit())) {
        meta.revision.get_or_insert_with(|| number.to_owned());
    }
}

/// The name of a category, of `./Category:Its_name#sorted%20by`.
fn category(address: &str) -> Option<String> {
    let (_, name) = address.strip_prefix("./")?.split_once(':')?;
    let name = name.split('#').next()?;
    Some(percent_decode_str(name).decode_utf8_lossy().replace('_', " "))
}
