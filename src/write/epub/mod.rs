//! EPUB 3.3 (<https://www.w3.org/TR/epub-33/>).
//!
//! epub-builder lays the container out; the finish writes package document and navigation, which it
//! can't say all of, and the archive, so that the same document gives the same bytes.

mod accessibility;
mod container;
mod cover;
#[cfg(feature = "pdf")]
mod fonts;
mod navigation;
mod package;
mod xml;
mod zip;

pub use cover::Cover;

use crate::format::{Error, Format, WriteContext, Writer};
use crate::model::Document;
use crate::text::quotes::Quotes;
use crate::write::html::content::{self, Page, Settings, Syntax};
use crate::write::html::terms::Terms;
use crate::write::html::{PageBreak, document_title, escape, html_attributes, image};
use std::borrow::Cow;
use std::io;

#[cfg(feature = "pdf")]
use crate::{
    font::FontLibrary,
    layout::{PageStyle, page::SourcePlace},
    model::Span,
};
#[cfg(feature = "pdf")]
use std::sync::Arc;

/// The style sheet of content documents: lets the reader's font, size and theme win.
const BOOK_CSS: &str = include_str!("book.css");

/// Writes EPUB 3.3 publications.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
    /// The printed edition whose pages the text is marked with.
    pub pages: Pages,
    /// The faces to embed, each with the characters that occur; readers may still choose others.
    /// Without them the reader's own show the text.
    #[cfg(feature = "pdf")]
    pub fonts: Option<Arc<FontLibrary>>,
    /// When the publication was last changed, in seconds since 1970-01-01T00:00:00Z. Without it the
    /// document's date stands for it, and without that 1970-01-01: the format wants a moment, and
    /// the clock's would make other bytes of the same document.
    pub modified: Option<i64>,
    /// The series or collection it belongs to.
    pub series: Option<Series>,
}

crate::format::options!(Epub);

/// The printed edition that readers of the book and of the print can cite the same pages by.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Pages {
    /// There is none.
    #[default]
    None,
    /// One whose pages start at known places.
    Given {
        /// What identifies the edition, such as `urn:isbn:9780000000000`.
        source: String,
        /// Where its pages start, in the order of the text.
        breaks: Vec<PageBreak>,
    },
    /// The document's own PDF in this style: it is typeset to find where its pages start.
    #[cfg(feature = "pdf")]
    Typeset {
        /// The faces it is set in.
        fonts: Arc<FontLibrary>,
        /// How its pages look.
        style: Box<PageStyle>,
    },
}

impl Pages {
    fn starts(&self, document: &Document, cx: &WriteContext<'_>) -> Result<Cow<'_, [PageBreak]>, Error> {
        #[cfg(not(feature = "pdf"))]
        let _ = (document, cx);
        match self {
            Pages::None => Ok(Cow::Borrowed(&[])),
            Pages::Given { breaks, .. } => Ok(Cow::Borrowed(breaks)),
            #[cfg(feature = "pdf")]
            Pages::Typeset { fonts, style } => {
                let nowhere = SourcePlace { node: Span { start: u32::MAX, ..Span::default() }, letters: 0 };
                let starts = crate::layout::page_starts(document, fonts, style, cx)?;
                let breaks = starts.into_iter().map(|start| {
                    let SourcePlace { node: at, letters } = start.at.unwrap_or(nowhere);
                    PageBreak { label: start.label, at, letters }
                });
                Ok(breaks.collect())
            }
        }
    }
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
            pages: Pages::None,
            #[cfg(feature = "pdf")]
            fonts: None,
            modified: None,
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

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let page_breaks = self.pages.starts(document, cx)?;
        let settings = Settings {
            syntax: Syntax::Epub,
            split_level: Some(self.split_level),
            page_bytes: self.file_bytes,
            typographic_quotes: self.typographic_quotes,
            page_breaks: &page_breaks,
        };
        let content = content::render(document, settings, &page_path, cx);
        cx.go_on()?;
        let terms = Terms::of(document.language().map(|l| &l.tag));
        let title = document_title(document, terms, cx);

        let mut css = BOOK_CSS.to_owned();
        #[cfg(not(feature = "pdf"))]
        let faces: [Resource; 0] = [];
        #[cfg(feature = "pdf")]
        let faces = match &self.fonts {
            Some(library) => {
                let (faces, rules) = fonts::embed(library, &content.pages)?;
                css.push_str(&rules);
                faces
            }
            None => Vec::new(),
        };
        css.push_str(self.css.as_deref().unwrap_or_default());
        let mut resources = vec![Resource {
            path: "stylesheet.css".into(),
            media_type: "text/css",
            properties: "",
            data: css.into_bytes(),
        }];
        resources.extend(faces);
        if let Some(cover) = &self.cover {
            let metas = std::iter::once(&document.meta).chain(document.articles.iter().map(|a| &a.meta));
            let authors: Vec<&str> =
                metas.flat_map(|m| &m.creators).map(|c| c.name.as_str()).take(5).collect();
            let attributes = html_attributes(document.language().map(|l| &l.tag), true);
            let quotes = document.language().filter(|_| self.typographic_quotes);
            let mut quotes = quotes.map_or_else(Quotes::kept, |l| Quotes::new(&l.tag));
            quotes.start();
            let words = cover::Words {
                title: &quotes.set(&title),
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
        zip::write(&container::files(&book)?, out)
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
