//! HTML, as the HTML Standard parses it: what an article is made of, wherever on the page it stands.
//!
//! Of a page in a site the article is found, and the rest of the site left out and told of
//! (`boilerplate`); a page with one `<main>`, or else with one `<article>`, is read from there. Headings, lists, tables, figures, notes, infoboxes, formulas with their TeX
//! and images in `data:` addresses become nodes. Scripts, forms, frames and navigation are left out,
//! text that the page hides as well; what only says how something looks is told once for each attribute.
//! Notes are known by their roles (DPUB-ARIA), and by the classes that MediaWiki, pandoc and GitHub use.

mod article;
mod block;
mod build;
#[cfg(feature = "wikitext")]
mod data_mw;
mod drawing;
pub(super) mod fragment;
mod head;
mod hole;
mod infobox;
mod inline;
mod list;
mod marks;
mod measure;
mod media;
mod metadata;
mod name;
mod note;
mod notes;
mod origin;
mod parse;
mod place;
mod prompt;
mod readable;
mod repeated;
mod sections;
mod sink;
mod table;
mod tabs;
mod teaser;
#[cfg(test)]
mod tests;
#[cfg(feature = "wikitext")]
mod transclusion;
mod tree;
mod wiki;
mod woven;

use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::{Error, Format, ReadContext, Reader};
use crate::model::{Article, Document, Span};
use build::Builder;
use marks::report_marks;

/// Reads HTML.
///
/// ```
/// use fanfold::{Converter, diagnostic::Ignore, format::{ReadContext, Limits}, model::plain_text};
///
/// let (limits, mut sink) = (Limits::default(), Ignore);
/// let mut cx = ReadContext::new("cat.html", &limits, &mut sink);
/// let page = b"<!DOCTYPE html><title>Cat</title><p>A <b>small</b> animal.";
/// let document = Converter::default().read(page, None, &mut cx)?;
/// assert_eq!(document.title().as_deref(), Some("Cat"));
/// assert_eq!(plain_text(&document), "Cat\nA small animal.");
/// # Ok::<(), fanfold::format::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Html {
    /// Reads all of a page, not its article alone.
    pub whole_page: bool,
}

crate::format::options!(Html);

impl Reader for Html {
    fn format(&self) -> Format {
        Format {
            name: "html",
            aliases: &["htm", "xhtml"],
            extensions: &["html", "htm", "xhtml"],
            media_type: "text/html",
            text: true,
            description: "HTML",
        }
    }

    fn detect(&self, head: &str) -> u8 {
        let head = head.trim_start_matches('\u{FEFF}').trim_start().to_ascii_lowercase();
        let page = ["<!doctype html", "<html"].iter().any(|start| head.starts_with(start));
        let declared = head.starts_with("<?xml") && head.contains("<html");
        let part =
            ["<head", "<body", "<main", "<article", "<section"].iter().any(|start| head.starts_with(start));
        match (page || declared, part) {
            (true, _) => 95,
            (_, true) => 75,
            _ => 0,
        }
    }

    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error> {
        let decoded = decode(source, cx)?;
        let (text, start) = (&*decoded.text, decoded.start());
        let xml = text[start..].trim_start().starts_with("<?xml") || cx.source_name().ends_with(".xhtml");
        let tree = parse::parse(text, start, xml, cx.limits())?;
        report_marks(&tree, cx, |_| false);
        let mut builder = Builder::new(text, &tree, cx);
        let (meta, blocks) = builder.page(self.whole_page);
        let notes = builder.notes();
        let citations = builder.citations();
        let assets = builder.finish().told(cx);
        if meta.title.is_empty() {
            let message = "the document has no title";
            cx.report(Diagnostic::new(&code::NO_TITLE, Span::default(), message).remedy(Remedy::Title));
        }
        let source = decoded.source(cx.source_name(), self.format().name);
        let span = Span::new(start, text.len());
        let article = Article { meta, blocks, notes, citations, span, ..Article::default() };
        let document =
            Document { sources: vec![source], articles: vec![article], assets, ..Document::default() };
        cx.settle(text, &document, "&;#");
        Ok(document)
    }
}
