//! The ways into a book: the navigation document of EPUB 3 and the NCX of older readers.

use super::book::Book;
use super::package::start_path;
use super::resource::page_path;
use super::xml::{Xml, html_start};
use crate::write::html::page::Entry;

/// The navigation document (<https://www.w3.org/TR/epub-33/#sec-nav>).
pub(super) fn document(book: &Book<'_>, html_attributes: &str) -> String {
    let terms = book.terms;
    let mut xml = Xml { out: html_start(html_attributes) };
    xml.element("head", &[], |xml| {
        xml.empty("meta", &[("charset", "utf-8")]);
        xml.text("title", &[], book.title);
        xml.empty("link", &[("rel", "stylesheet"), ("href", "stylesheet.css")]);
    });
    xml.element("body", &[], |xml| {
        let toc = contents(book);
        list(book, xml, "toc", "doc-toc", terms.contents, &toc, false);
        if !book.content.page_breaks.is_empty() {
            let pages = entries(&book.content.page_breaks);
            list(book, xml, "page-list", "doc-pagelist", terms.pages, &pages, true);
        }
        if !book.content.figures.is_empty() {
            list(book, xml, "loi", "", terms.figures, &entries(&book.content.figures), true);
        }
        if !book.content.tables.is_empty() {
            list(book, xml, "lot", "", terms.tables, &entries(&book.content.tables), true);
        }
        landmarks(book, xml);
    });
    xml.out.push_str("</html>\n");
    xml.out
}

/// A line of a list: its words, where it leads, how deep it is.
struct Line<'a> {
    label: &'a str,
    href: String,
    depth: usize,
    language: &'a str,
}

fn entries(entries: &[Entry]) -> Vec<Line<'_>> {
    entries
        .iter()
        .map(|e| Line {
            label: &e.label,
            href: match e.top || e.place.id.is_empty() {
                true => page_path(e.place.page),
                false => format!("{}#{}", page_path(e.place.page), e.place.id),
            },
            depth: e.depth,
            language: e.language.as_ref().map_or("", |l| l.as_str()),
        })
        .collect()
}

/// The table of contents; a document without headings still has one entry, its beginning.
fn contents<'a>(book: &'a Book<'_>) -> Vec<Line<'a>> {
    let lines = entries(&book.content.outline);
    if lines.is_empty() {
        return vec![Line { label: book.title, href: start_path(), depth: 1, language: "" }];
    }
    lines
}

fn list(
    book: &Book<'_>,
    xml: &mut Xml,
    kind: &str,
    role: &str,
    heading: &str,
    lines: &[Line<'_>],
    hidden: bool,
) {
    let id = format!("nav-{kind}");
    let attributes = [
        ("epub:type", kind),
        ("role", role),
        ("aria-labelledby", &id),
        ("hidden", if hidden { "hidden" } else { "" }),
    ];
    xml.element("nav", &attributes, |xml| {
        title(book, xml, &id, heading);
        // Open lists, by the depth of their entries: depths may jump, lists may not.
        let mut open: Vec<usize> = Vec::new();
        for line in lines {
            while open.last().is_some_and(|&depth| depth > line.depth) {
                if open.len() == 1 {
                    break;
                }
                open.pop();
                xml.out.push_str("</li>\n</ol>\n");
            }
            match open.last().copied() {
                Some(depth) if depth >= line.depth => xml.out.push_str("</li>\n"),
                _ => {
                    open.push(line.depth);
                    xml.out.push_str("<ol>\n");
                }
            }
            xml.out.push_str("<li>");
            let attributes =
                [("href", line.href.as_str()), ("lang", line.language), ("xml:lang", line.language)];
            xml.text("a", &attributes, words(line.label).as_str());
            xml.out.pop();
        }
        for _ in open {
            xml.out.push_str("</li>\n</ol>\n");
        }
    });
}

/// A heading in the terms' language, which may not be the document's.
fn title(book: &Book<'_>, xml: &mut Xml, id: &str, heading: &str) {
    let same = book.document.language().is_some_and(|l| l.tag.primary() == book.terms.language);
    let language = if same { "" } else { book.terms.language };
    let direction = if same { "" } else { "ltr" };
    xml.text("h2", &[("id", id), ("lang", language), ("xml:lang", language), ("dir", direction)], heading);
}

fn landmarks(book: &Book<'_>, xml: &mut Xml) {
    let terms = book.terms;
    xml.element(
        "nav",
        &[("epub:type", "landmarks"), ("aria-labelledby", "nav-landmarks"), ("hidden", "hidden")],
        |xml| {
            title(book, xml, "nav-landmarks", terms.landmarks);
            xml.element("ol", &[], |xml| {
                let cover = book.options.cover.is_some();
                let cover = cover.then(|| ("cover", "cover.xhtml".to_owned(), terms.cover));
                // The table of contents is no landmark: it is not among the files that are read through.
                let start = ("bodymatter", start_path(), terms.start);
                for (kind, href, label) in cover.into_iter().chain([start]) {
                    xml.out.push_str("<li>");
                    xml.text("a", &[("epub:type", kind), ("href", &href)], label);
                    xml.out.pop();
                    xml.out.push_str("</li>\n");
                }
            });
        },
    );
}

/// The NCX (OPF 2.0.1, 2.4.1), for readers of EPUB 2.
pub(super) fn ncx(book: &Book<'_>, identifier: &str) -> String {
    let lines = contents(book);
    let mut xml = Xml { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned() };
    let language = book.document.language().map_or("", |l| l.tag.as_str());
    let root =
        [("xmlns", "http://www.daisy.org/z3986/2005/ncx/"), ("version", "2005-1"), ("xml:lang", language)];
    xml.element("ncx", &root, |xml| {
        xml.element("head", &[], |xml| xml.empty("meta", &[("name", "dtb:uid"), ("content", identifier)]));
        xml.element("docTitle", &[], |xml| xml.text("text", &[], book.title));
        xml.element("navMap", &[], |xml| {
            let mut open: Vec<usize> = Vec::new();
            for (index, line) in lines.iter().enumerate() {
                while open.last().is_some_and(|&depth| depth >= line.depth) {
                    open.pop();
                    xml.out.push_str("</navPoint>\n");
                }
                open.push(line.depth);
                xml.out.push_str(&format!("<navPoint id=\"n{}\"><navLabel>", index + 1));
                xml.text("text", &[], words(line.label).as_str());
                xml.out.pop();
                xml.out.push_str("</navLabel>");
                xml.empty("content", &[("src", &line.href)]);
            }
            for _ in open {
                xml.out.push_str("</navPoint>\n");
            }
        });
    });
    xml.out
}

/// A label on one line; it must hold a character to be seen.
fn words(label: &str) -> String {
    let label = crate::write::html::escape::clean(label);
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() { "…".to_owned() } else { label }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_label_always_shows_something() {
        assert_eq!(super::words(" a\n b "), "a b");
        assert_eq!(super::words("\u{1} \u{FFFE}"), "…");
    }
}
