//! The ways through a site: contents, what stands beside a chapter, what comes before and after it.
//!
//! Their identifiers have a colon, which no identifier of a document's has.

use super::Pages;
use crate::write::html::escape;
use crate::write::html::page::Entry;

/// Headings deeper than this are not in the contents.
const DEEPEST: usize = 3;
/// So many chapters before and after one stand beside it, so that a site grows as its book does.
const AROUND: usize = 50;

impl Pages<'_> {
    /// All chapters with their headings.
    pub(super) fn contents(&self) -> String {
        let entries = self.content.outline.iter().filter(|entry| entry.depth <= DEEPEST);
        format!(
            "<nav aria-labelledby=\"nav:contents\">\n<h2 id=\"nav:contents\">{}</h2>\n{}</nav>\n",
            self.terms.contents,
            self.list(entries, None)
        )
    }

    /// What stands over a chapter: the ways to its text, to the book and to what is in it.
    pub(super) fn top(&self) -> String {
        format!(
            "<header class=\"top\">\n<a class=\"skip\" href=\"#nav:text\">{}</a>\n<a href=\"index.html\">{}</a>\n\
             <a class=\"down\" href=\"#nav:contents\">{}</a>\n</header>\n",
            self.terms.start,
            escape::text(self.title),
            self.terms.contents
        )
    }

    /// What comes before and after a chapter.
    pub(super) fn neighbours(&self, index: usize) -> String {
        let link = |at: Option<usize>, rel: &str, word: &str| {
            let Some((href, page)) = at.and_then(|at| self.names.get(at).zip(self.content.pages.get(at)))
            else {
                return String::new();
            };
            let title = match escape::clean(&page.title).trim() {
                "" => self.terms.untitled.to_owned(),
                title => escape::text(title),
            };
            format!("<a rel=\"{rel}\" href=\"{href}\"><span>{word}</span> {title}</a>\n")
        };
        format!(
            "<nav class=\"turn\" aria-label=\"{}, {}\">\n{}{}</nav>\n",
            self.terms.previous,
            self.terms.next,
            link(index.checked_sub(1), "prev", self.terms.previous),
            link(index.checked_add(1), "next", self.terms.next)
        )
    }

    /// The chapters around one, and its own headings.
    pub(super) fn side(&self, index: usize) -> String {
        let near = index.saturating_sub(AROUND)..=index.saturating_add(AROUND);
        let entries = self.content.outline.iter().filter(|entry| {
            near.contains(&entry.place.page)
                && (entry.depth == 1 || entry.place.page == index && entry.depth <= DEEPEST)
        });
        format!(
            "<nav class=\"side\" aria-labelledby=\"nav:contents\">\n<h2 id=\"nav:contents\"><a href=\"index.html\">{}</a></h2>\n{}</nav>\n",
            self.terms.contents,
            self.list(entries, Some(index))
        )
    }

    /// Entries as a list of lists, by their depth: depths may jump, lists may not.
    fn list<'e>(&self, entries: impl Iterator<Item = &'e Entry>, here: Option<usize>) -> String {
        let (mut out, mut open) = (String::new(), Vec::new());
        for entry in entries {
            while open.len() > 1 && open.last().is_some_and(|&depth| depth > entry.depth) {
                open.pop();
                out.push_str("</li>\n</ol>\n");
            }
            match open.last() {
                Some(&depth) if depth >= entry.depth => out.push_str("</li>\n"),
                _ => {
                    open.push(entry.depth);
                    out.push_str("<ol>\n");
                }
            }
            let page = entry.place.page;
            let name = self.names.get(page).map(String::as_str).unwrap_or_default();
            out.push_str("<li><a href=\"");
            match (entry.top, here == Some(page)) {
                (true, true) => out.push_str(&format!("{name}\" aria-current=\"page")),
                (true, false) => out.push_str(name),
                (false, true) => out.push_str(&format!("#{}", entry.place.id)),
                (false, false) => out.push_str(&format!("{name}#{}", entry.place.id)),
            }
            out.push('"');
            if let Some(language) = &entry.language {
                out.push_str(&format!(" lang=\"{language}\""));
            }
            out.push('>');
            out.push_str(&escape::text(&escape::clean(&entry.label)));
            out.push_str("</a>");
        }
        for _ in open {
            out.push_str("</li>\n</ol>\n");
        }
        out
    }
}
