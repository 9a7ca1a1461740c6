//! EPUB 3.3 (<https://www.w3.org/TR/epub-33/>).
//!
//! epub-builder lays the container out; the finish writes package document and navigation, which
//! it can't say all of, and the archive, so that the same document gives the same bytes.

mod accessibility;
mod container;
mod cover;
mod navigation;
mod package;
mod xml;
mod zip;

pub use cover::Cover;

use crate::format::{Context, Error, Format, Writer};
use crate::model::Document;
use crate::write::html::content::{self, Page, Settings, Syntax};
use crate::write::html::terms::Terms;
use crate::write::html::{PageBreak, document_title, escape, html_attributes, image};
use std::io;

/// The style sheet of content documents: lets the reader's font, size and theme win.
const BOOK_CSS: &str = include_str!("book.css");

/// Writes EPUB 3.3 publications.
#[derive(Clone, Debug)]
pub struct Epub {
    /// Headings of this level and above start a content file, from 0 to 6. Articles always do.
    pub split_level: u8,
    /// Bytes of markup after which the next heading, whatever its level, starts a content file.
    pub file_bytes: usize,
    /// Typewriter quotes become those of the document's language; otherwise they stay.
    pub typographic_quotes: bool,
    /// The cover, when there is to be one.
    pub cover: Option<Cover>,
    /// A style sheet that comes after the built-in one.
    pub css: Option<String>,
    /// Where the pages of a printed edition start, in the order of the text.
    pub page_breaks: Vec<PageBreak>,
    /// The series or collection it belongs to.
    pub series: Option<Series>,
}

/// A series that a publication belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The place in it, such as `2` or `2.5`.
    pub position: Option<String>,
}

impl Default for Epub {
    fn default() -> Self {
        Epub {
            split_level: 1,
            file_bytes: 250_000,
            typographic_quotes: true,
            cover: None,
            css: None,
            page_breaks: Vec::new(),
            series: None,
        }
    }
}

/// A file of the publication, its path relative to the package document.
#[derive(Debug)]
struct Resource {
    path: String,
    media_type: &'static str,
    /// Space-separated properties of the manifest item.
    properties: &'static str,
    data: Vec<u8>,
}

impl Writer for Epub {
    fn format(&self) -> Format {
        Format {
            name: "epub",
            aliases: &["epub3"],
            extensions: &["epub"],
            media_type: "application/epub+zip",
            text: false,
            description: "an EPUB 3.3 e-book",
        }
    }

    fn write(&self, document: &Document, out: &mut dyn io::Write, cx: &mut Context<'_>) -> Result<(), Error> {
        let settings = Settings {
            syntax: Syntax::Epub,
            split_level: Some(self.split_level),
            page_bytes: self.file_bytes,
            typographic_quotes: self.typographic_quotes,
            page_breaks: &self.page_breaks,
        };
        let content = content::render(document, settings, &page_path, cx);
        let terms = Terms::of(document.language().map(|l| &l.tag));
        let title = document_title(document, terms, cx);

        let mut resources = vec![Resource {
            path: "stylesheet.css".into(),
            media_type: "text/css",
            properties: "",
            data: self.style_sheet().into_bytes(),
        }];
        if let Some(cover) = &self.cover {
            let metas = std::iter::once(&document.meta).chain(document.articles.iter().map(|a| &a.meta));
            let authors: Vec<&str> =
                metas.flat_map(|m| &m.creators).map(|c| c.name.as_str()).take(5).collect();
            let attributes = html_attributes(document.language().map(|l| &l.tag), true);
            let words = cover::Words {
                title: &title,
                authors: &authors,
                cover: terms.cover,
                attributes: &attributes,
            };
            resources.extend(cover::resources(cover, &words)?);
        }
        for (index, page) in content.pages.iter().enumerate() {
            resources.push(Resource {
                path: page_path(index),
                media_type: "application/xhtml+xml",
                properties: if page.mathml { "mathml" } else { "" },
                data: content_document(page, document, &title).into_bytes(),
            });
        }
        for (index, (name, kind)) in content.assets.iter().enumerate() {
            // Only assets that are there are shown.
            let Some(asset) = document.assets.get(name) else { continue };
            resources.push(Resource {
                path: image::file_name(index, *kind),
                media_type: kind.media_type,
                properties: "",
                data: asset.data.to_vec(),
            });
        }
        let book = package::Book {
            document,
            content: &content,
            resources: &resources,
            title: &title,
            terms,
            options: self,
        };
        let files = container::files(&book)?;
        zip::write(&files, out)
    }
}

impl Epub {
    fn style_sheet(&self) -> String {
        let mut css = BOOK_CSS.to_owned();
        if let Some(own) = &self.css {
            css.push_str(own);
        }
        css
    }
}

/// The path of a content file.
fn page_path(index: usize) -> String {
    format!("text{}.xhtml", index + 1)
}

fn content_document(page: &Page, document: &Document, book: &str) -> String {
    let language = page.language.as_ref().or_else(|| document.language().map(|l| &l.tag));
    let title = escape::clean(&page.title);
    let title = if title.trim().is_empty() { book } else { title.trim() };
    format!(
        "{}<head>\n<title>{}</title>\n<link rel=\"stylesheet\" href=\"stylesheet.css\"/>\n</head>\n<body>\n{}</body>\n</html>\n",
        xml::html_start(&html_attributes(language, true)),
        escape::text(title),
        page.body
    )
}
