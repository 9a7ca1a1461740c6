//! Who wrote the text, where it comes from, and on what terms it may be used, in words a reader
//! of any format sees.

use super::words::Words;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::ReadContext;
use crate::model::{Article, Block, BlockKind, Document, Inline, InlineKind, Link, Meta, Node, Span, Target};

/// The class of the paragraph.
const CLASS: &str = "attribution";

/// Its class where nothing asks for it, so that formats that are plain words leave it out.
const COURTESY: &str = "courtesy";

/// Ends every article that comes from somewhere with a paragraph that names its source, revision,
/// authors and licence. A licence asks for it, a revision says which text it is, and what the caller gave
/// (`given`) is meant to be shown; else it is a courtesy. Running the pass again changes nothing.
pub fn attribution(document: &mut Document, given: &Meta) {
    let of_all = document.meta.clone();
    for article in &mut document.articles {
        let meta = known(&article.meta, &of_all);
        let words = Words::of(meta.language.as_ref().map(|l| &l.tag));
        let has_one = article.blocks.last().is_some_and(is_attribution);
        if has_one || (meta.source_url.is_none() && meta.rights.is_none() && meta.revision.is_none()) {
            continue;
        }
        let mut paragraph =
            Block::new(BlockKind::Paragraph { content: sentence(&meta, words) }, Span::default());
        paragraph.attr_mut().classes.push(CLASS.into());
        if meta.rights.is_none() && meta.revision.is_none() && given.source_url.is_none() {
            paragraph.attr_mut().classes.push(COURTESY.into());
        }
        article.blocks.push(paragraph);
    }
}

/// Reports articles whose licence is not known.
pub fn licence(document: &Document, cx: &mut ReadContext<'_>) {
    for article in &document.articles {
        if article.meta.rights.is_none() && document.meta.rights.is_none() {
            let message = "nothing says under which licence the text may be used";
            let diagnostic = Diagnostic::new(&code::MISSING_LICENSE, article.span, message);
            cx.report(diagnostic.remedy(Remedy::Licence));
        }
    }
}

/// Takes the paragraph away, for a book that has one list of all sources.
pub(super) fn remove(article: &mut Article) {
    if article.blocks.last().is_some_and(is_attribution) {
        article.blocks.pop();
    }
}

fn is_attribution(block: &Block) -> bool {
    block.attr.as_ref().is_some_and(|attr| attr.classes.iter().any(|c| c == CLASS))
}

/// What is known of an article, by itself or as a part of its document.
pub(super) fn known(article: &Meta, document: &Meta) -> Meta {
    let mut meta = document.clone();
    super::override_with(&mut meta, article);
    meta
}

/// `Source: … (revision …). Authors: …. Licence: ….`
pub(super) fn sentence(meta: &Meta, words: &Words) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut sentence = |label: &str, content: Vec<Inline>| {
        let space = if out.is_empty() { "" } else { " " };
        out.push(text(&format!("{space}{label}: ")));
        out.extend(content);
        out.push(text("."));
    };
    let revision = meta.revision.as_ref().map(|revision| format!("{} {revision}", words.revision));
    match (&meta.source_url, revision) {
        (Some(url), Some(revision)) => {
            sentence(words.source, vec![link(url, url), text(&format!(" ({revision})"))]);
        }
        (Some(url), None) => sentence(words.source, vec![link(url, url)]),
        (None, Some(revision)) => sentence(words.source, vec![text(&revision)]),
        (None, None) => {}
    }
    if !meta.creators.is_empty() {
        let names: Vec<_> = meta.creators.iter().map(|c| c.name.as_str()).collect();
        sentence(words.authors, vec![text(&names.join(", "))]);
    }
    if let Some(rights) = &meta.rights {
        let content = match deed(rights) {
            Some(url) => link(&url, rights),
            None => text(rights.trim_end_matches('.')),
        };
        sentence(words.licence, vec![content]);
    }
    out
}

/// The address of a Creative Commons licence, from its usual short name.
fn deed(rights: &str) -> Option<String> {
    let name = rights.trim().to_ascii_lowercase().replace(' ', "-");
    if name == "cc0-1.0" || name == "cc0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".into());
    }
    let (terms, version) = name.strip_prefix("cc-")?.rsplit_once('-')?;
    let known = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"].contains(&terms);
    let version = ["1.0", "2.0", "2.5", "3.0", "4.0"].into_iter().find(|v| *v == version)?;
    known.then(|| format!("https://creativecommons.org/licenses/{terms}/{version}/"))
}

pub(super) fn text(text: &str) -> Inline {
    Node::new(InlineKind::Text { text: text.to_owned() }, Span::default())
}

pub(super) fn link(url: &str, words: &str) -> Inline {
    let link = Link { target: Target::Url(url.to_owned()), content: vec![text(words)] };
    Node::new(InlineKind::Link(Box::new(link)), Span::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use crate::model::{Creator, plain_text};

    #[test]
    fn the_paragraph_comes_once_and_says_everything() {
        let meta = Meta {
            source_url: Some("https://e.org/A".into()),
            revision: Some("7".into()),
            rights: Some("CC BY-SA 4.0".into()),
            creators: vec![Creator::new("B")],
            ..Meta::default()
        };
        let article = Article { meta, ..Article::default() };
        let mut document = Document { articles: vec![article, Article::default()], ..Document::default() };
        attribution(&mut document, &Meta::default());
        attribution(&mut document, &Meta::default());
        let [block] = document.articles[0].blocks.as_slice() else { panic!("{document:?}") };
        let BlockKind::Paragraph { content } = &block.kind else { panic!("{block:?}") };
        assert_eq!(
            plain_text(content),
            "Source: https://e.org/A (revision 7). Authors: B. Licence: CC BY-SA 4.0."
        );
        assert!(document.articles[1].blocks.is_empty(), "nothing is known of it");
    }

    #[test]
    fn licences_are_linked_and_missing_ones_told() {
        assert_eq!(deed("CC BY-SA 4.0").as_deref(), Some("https://creativecommons.org/licenses/by-sa/4.0/"));
        assert_eq!(deed("cc-by-3.0").as_deref(), Some("https://creativecommons.org/licenses/by/3.0/"));
        assert_eq!(deed("All rights reserved"), None);
        let document = Document { articles: vec![Article::default()], ..Document::default() };
        let (limits, mut said) = (Limits::default(), Vec::new());
        licence(&document, &mut ReadContext::new("a", &limits, &mut said));
        assert_eq!(said[0].code.name, "missing-license");
    }
}
