//! HTML: a standalone page, and the content documents of EPUB.

#![cfg_attr(
    not(feature = "epub"),
    allow(dead_code, reason = "lists for navigation and facts for metadata are read by EPUB alone")
)]

mod block;
pub(crate) mod content;
pub(crate) mod escape;
mod fit;
pub(crate) mod image;
mod infobox;
mod inline;
mod link;
mod links;
pub(crate) mod look;
mod math;
mod names;
mod note;
mod notes;
pub(crate) mod page;
mod page_break;
pub(crate) mod svg;
mod table;
pub(crate) mod terms;
pub(crate) mod writer;

pub use page::PageBreak;

use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::{Error, Format, WriteContext, Writer};
use crate::model::{Asset, Direction, Document, LanguageTag, Meta};
use crate::style::Style;
use crate::write::described::described;
use std::io;
use terms::Terms;
use writer::{Settings, Syntax};

pub(crate) const PAGE_CSS: &str = include_str!("page.css");

/// Writes one HTML page that needs nothing beside itself: style sheet and images are inside.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Html {
    /// Typewriter quotes become those of the document's language; otherwise they stay.
    pub typographic_quotes: bool,
    /// How it looks.
    pub style: Style,
    /// The logo of the style, at the head of the page.
    pub logo: Option<Asset>,
    /// A style sheet that comes after the built-in one.
    pub css: Option<String>,
}

crate::format::options!(Html);

impl Default for Html {
    fn default() -> Self {
        Html { typographic_quotes: true, style: Style::default(), logo: None, css: None }
    }
}

impl Writer for Html {
    fn format(&self) -> Format {
        Format {
            name: "html",
            aliases: &["html5"],
            extensions: &["html", "htm"],
            media_type: "text/html",
            text: true,
            description: "one HTML page with style sheet and images inside",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let settings = Settings {
            syntax: Syntax::Html,
            split_level: None,
            page_bytes: usize::MAX,
            typographic_quotes: self.typographic_quotes,
            style: &self.style,
            page_breaks: &[],
        };
        let content = content::render(document, settings, &|_| String::new(), cx);
        cx.go_on()?;
        let language = document.language().map(|l| &l.tag);
        let title = document_title(document, Terms::of(language), cx);
        let mut head = format!(
            "<!DOCTYPE html>\n<html{}>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n",
            html_attributes(language, false),
            escape::text(&title),
        );
        let authors =
            document.meta.creators.iter().chain(document.articles.iter().flat_map(|a| &a.meta.creators));
        let Meta { date, description, identifier, publisher, rights, subjects, .. } = described(document);
        let keywords = Some(subjects.join(", ")).filter(|keywords| !keywords.is_empty());
        // Terms of Dublin Core where HTML has no name of its own.
        let fields = [
            ("description", &description),
            ("keywords", &keywords),
            ("dcterms.date", &date),
            ("dcterms.publisher", &publisher),
            ("dcterms.rights", &rights),
            ("dcterms.identifier", &identifier),
        ];
        let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
        let meta = authors.map(|c| ("author", &c.name)).chain(fields);
        for (name, value) in meta {
            head.push_str(&format!("<meta name=\"{name}\" content=\""));
            escape::push_attribute(&mut head, value);
            head.push_str("\">\n");
        }
        head.push_str("<style>\n");
        head.push_str(PAGE_CSS);
        head.push_str(&look::css(&self.style, Syntax::Html, &content.facts));
        if let Some(css) = &self.css {
            // Inside `style` only its own end tag means anything.
            head.push_str(&escape::clean(css).replace("</", "<\\/"));
            head.push('\n');
        }
        head.push_str("</style>\n</head>\n<body>\n");
        if let Some(logo) = &self.logo {
            head.push_str(&look::logo(&self.style, logo, cx));
        }
        head.push_str("<main>\n");
        out.write_all(head.as_bytes())?;
        for page in &content.pages {
            out.write_all(page.body.as_bytes())?;
        }
        out.write_all(b"</main>\n</body>\n</html>\n")?;
        Ok(())
    }
}

/// The title for metadata: the document's, its first article's, its file's, or a word for none.
pub(crate) fn document_title(document: &Document, terms: &Terms, cx: &mut WriteContext<'_>) -> String {
    let first = || {
        let title = &document.articles.iter().find(|a| !a.meta.title.is_empty())?.meta.title;
        Some(crate::model::plain_text(title))
    };
    let title = document.title().or_else(first).unwrap_or_default();
    let title = escape::clean(&title);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if !title.is_empty() {
        return title;
    }
    let name = cx.source_name().rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = escape::clean(name.rsplit_once('.').map_or(name, |(stem, _)| stem)).trim().to_owned();
    let title = if stem.is_empty() || stem == "-" { terms.untitled.to_owned() } else { stem };
    let message = format!("the document has no title; '{}' stands in for it", title.escape_debug());
    cx.report(Diagnostic::new(&code::NO_TITLE, None, message).remedy(Remedy::Title));
    title
}

/// Language and direction of a whole page.
pub(crate) fn html_attributes(language: Option<&LanguageTag>, xml: bool) -> String {
    let Some(language) = language else { return String::new() };
    let mut out = format!(" lang=\"{language}\"");
    if xml {
        out.push_str(&format!(" xml:lang=\"{language}\""));
    }
    if language.direction() == Direction::Rtl {
        out.push_str(" dir=\"rtl\"");
    }
    out
}
