//! EPUB 3.3 (<https://www.w3.org/TR/epub-33/>).
//!
//! epub-builder lays the container out; the finish writes package document and navigation, which it
//! can't say all of, and the archive, so that the same document gives the same bytes.

mod accessibility;
mod book;
mod container;
mod cover;
#[cfg(feature = "pdf")]
mod fonts;
mod navigation;
mod options;
mod package;
mod resource;
mod xml;

pub use cover::Cover;
pub use options::{Epub, Pages, Series};

use crate::format::{Error, Format, WriteContext, Writer};
use crate::model::Document;
use crate::text::quotes::Quotes;
use crate::write::html::content;
use crate::write::html::page::ContentFile;
use crate::write::html::terms::Terms;
use crate::write::html::writer::{Settings, Syntax};
use crate::write::html::{document_title, escape, html_attributes, image, look};
use crate::write::zip;
use book::Book;
use resource::{Resource, page_path};
use std::io;

/// The style sheet of content documents: lets the reader's font, size and theme win.
/// On narrow screens cells wrap, then a table scrolls where the reader can; where it is dark, drawings keep a
/// light ground.
const BOOK_CSS: &str = include_str!("book.css");

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
            style: &self.style,
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
        css.push_str(&look::css(&self.style, Syntax::Epub, &content.facts));
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
        let book =
            Book { document, content: &content, resources: &resources, title: &title, terms, options: self };
        zip::write(&container::files(&book)?, out)
    }
}

fn content_document(page: &ContentFile, document: &Document, book: &str) -> String {
    let language = page.language.as_ref().or_else(|| document.language().map(|l| &l.tag));
    let title = escape::clean(&page.title);
    let title = if title.trim().is_empty() { book } else { title.trim() };
    format!(
        "{}<head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n<link rel=\"stylesheet\" href=\"stylesheet.css\"/>\n</head>\n<body>\n{}</body>\n</html>\n",
        xml::html_start(&html_attributes(language, true)),
        escape::text(title),
        page.body
    )
}
