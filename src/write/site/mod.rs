//! A site: a page of HTML for each chapter, with ways from each to the next.

mod names;
mod navigation;

use super::html::content;
use super::html::page::{Content, ContentFile};
use super::html::terms::Terms;
use super::html::writer::{Settings, Syntax};
use super::html::{PAGE_CSS, document_title, escape, html_attributes, image, look};
use super::zip;
use crate::format::{Error, Format, WriteContext, Writer};
use crate::model::Document;
use crate::style::Style;
use std::io;

const SITE_CSS: &str = include_str!("site.css");

/// Writes a site as one archive: `index.html` with the contents, a page for each chapter, a style sheet
/// and the images. Pages lead to those before and after them and to the contents; they run no script and
/// load nothing from elsewhere.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Site {
    /// Typewriter quotes become those of the document's language; otherwise they stay.
    pub typographic_quotes: bool,
    /// How it looks.
    pub style: Style,
    /// A style sheet that comes after the built-in one.
    pub css: Option<String>,
}

crate::format::options!(Site);

impl Default for Site {
    fn default() -> Self {
        Site { typographic_quotes: true, style: Style::default(), css: None }
    }
}

impl Writer for Site {
    fn format(&self) -> Format {
        Format {
            name: "site",
            aliases: &[],
            extensions: &["zip"],
            media_type: "application/zip",
            text: false,
            description: "a page of HTML for each chapter, with navigation, in one archive",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let names = names::names(document);
        let settings = Settings {
            syntax: Syntax::Html,
            // Chapters alone start pages.
            split_level: Some(0),
            page_bytes: usize::MAX,
            typographic_quotes: self.typographic_quotes,
            style: &self.style,
            page_breaks: &[],
        };
        let content = content::render(document, settings, &|page| names[page].clone(), cx);
        cx.go_on()?;
        let terms = Terms::of(document.language().map(|l| &l.tag));
        let title = document_title(document, terms, cx);
        let site = Pages { document, content: &content, names: &names, title: &title, terms };
        let file = |path: String, data: Vec<u8>| zip::File { path, data: data.into() };
        let look = look::css(&self.style, Syntax::Html, &content.facts);
        let css = [PAGE_CSS, SITE_CSS, &look, self.css.as_deref().unwrap_or_default()].concat();
        let mut files = vec![
            file("index.html".into(), site.index().into_bytes()),
            file("style.css".into(), css.into_bytes()),
        ];
        for (index, page) in content.pages.iter().enumerate() {
            files.push(file(names::file(&names[index]), site.chapter(index, page).into_bytes()));
        }
        for (index, (name, kind)) in content.assets.iter().enumerate() {
            // Only assets that are there are shown.
            let Some(asset) = document.assets.get(name) else { continue };
            let data = (&*asset.data).into();
            files.push(zip::File { path: image::file_name(index, *kind), data });
        }
        zip::write(&files, out)
    }
}

/// What the pages are made from.
struct Pages<'a> {
    document: &'a Document,
    content: &'a Content,
    /// The address of each chapter.
    names: &'a [String],
    title: &'a str,
    terms: &'static Terms,
}

impl Pages<'_> {
    /// The page that says what there is.
    fn index(&self) -> String {
        let mut out = self.head(self.title, None);
        out.push_str("<main>\n<header><h1>");
        out.push_str(&escape::text(self.title));
        out.push_str("</h1>\n");
        let words = |class: &str, words: &str| format!("<p class=\"{class}\">{}</p>\n", escape::text(words));
        let meta = &self.document.meta;
        if !meta.subtitle.is_empty() {
            out.push_str(&words("subtitle", &crate::model::plain_text(&meta.subtitle)));
        }
        let authors: Vec<&str> = meta.creators.iter().map(|c| c.name.as_str()).collect();
        for (class, line) in [("byline", authors.join(", ")), ("date", meta.date.clone().unwrap_or_default())]
        {
            if !line.is_empty() {
                out.push_str(&words(class, &line));
            }
        }
        out.push_str("</header>\n");
        out.push_str(&self.contents());
        out.push_str("</main>\n</body>\n</html>\n");
        out
    }

    fn chapter(&self, index: usize, page: &ContentFile) -> String {
        let title = match escape::clean(&page.title).trim() {
            "" => self.title.to_owned(),
            title => format!("{title} – {}", self.title),
        };
        let mut out = self.head(&title, Some(index));
        out.push_str(&self.top());
        out.push_str("<main id=\"nav:text\">\n");
        out.push_str(&page.body);
        out.push_str(&self.neighbours(index));
        out.push_str("</main>\n");
        out.push_str(&self.side(index));
        out.push_str("</body>\n</html>\n");
        out
    }

    fn head(&self, title: &str, chapter: Option<usize>) -> String {
        let mut out = format!(
            "<!DOCTYPE html>\n<html{}>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
             <link rel=\"stylesheet\" href=\"style.css\">\n",
            html_attributes(self.document.language().map(|l| &l.tag), false),
            escape::text(title),
        );
        if let Some(chapter) = chapter {
            for (rel, at) in [("prev", chapter.checked_sub(1)), ("next", chapter.checked_add(1))] {
                if let Some(href) = at.and_then(|at| self.names.get(at)) {
                    out.push_str(&format!("<link rel=\"{rel}\" href=\"{href}\">\n"));
                }
            }
        }
        let class = if chapter.is_some() { "chapter" } else { "index" };
        out.push_str(&format!("</head>\n<body class=\"{class}\">\n"));
        out
    }
}
