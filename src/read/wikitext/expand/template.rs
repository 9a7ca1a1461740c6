//! The pages of templates, as their wiki has them.

use super::action::{Action, Text};
use super::redirect;
use crate::read::wikitext::data::namespace::strip_namespace;
use std::collections::HashMap;

/// How many pages may lead to each other before the last one counts.
const REDIRECTS: usize = 5;

/// The pages that were given, by their titles.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    pages: HashMap<String, Entry>,
}

#[derive(Clone, Debug)]
enum Entry {
    Page(TemplatePage),
    /// Another title to look for.
    Redirect(String),
}

/// What of a page takes the place of its template.
#[derive(Clone, Debug)]
pub struct TemplatePage {
    pub action: Action,
    pub runs_lua: bool,
}

impl Pages {
    /// Adds a page; the latest of a title counts.
    pub fn add(&mut self, title: &str, text: String) {
        let entry = match redirect::target(&text) {
            Some(target) => Entry::Redirect(canonical(strip_namespace(&target))),
            None => {
                let text = included(text);
                let runs_lua = text.to_ascii_lowercase().contains("{{#invoke");
                Entry::Page(TemplatePage { action: Action::Text(Text::new(text)), runs_lua })
            }
        };
        self.pages.insert(canonical(title), entry);
    }

    /// The page of a title, or the one that it leads to.
    pub fn find(&self, title: &str) -> Option<&TemplatePage> {
        if self.pages.is_empty() {
            return None;
        }
        let mut entry = self.pages.get(&canonical(title))?;
        for _ in 0..REDIRECTS {
            match entry {
                Entry::Page(page) => return Some(page),
                Entry::Redirect(title) => entry = self.pages.get(title)?,
            }
        }
        None
    }
}

/// A title as MediaWiki compares it: a capital first, no underscores.
fn canonical(title: &str) -> String {
    let title = title.replace('_', " ");
    let title = title.trim();
    let mut chars = title.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Where `<onlyinclude>` stands, nothing else is included.
fn included(text: String) -> String {
    const OPEN: &str = "<onlyinclude>";
    const CLOSE: &str = "</onlyinclude>";
    if !text.contains(OPEN) {
        return text;
    }
    text.split(OPEN).skip(1).map(|part| part.split(CLOSE).next().unwrap_or(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<'p>(pages: &'p Pages, title: &str) -> Option<&'p str> {
        pages.find(title).map(|page| match &page.action {
            Action::Text(text) => text.text.as_str(),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn pages_are_found_by_title_and_through_redirects() {
        let mut pages = Pages::default();
        pages.add("lake", "a <onlyinclude>b</onlyinclude> c <onlyinclude>d</onlyinclude>".into());
        pages.add("See", "#REDIRECT [[Template:Lake]]".into());
        pages.add("A", "#WEITERLEITUNG [[Vorlage:B]]".into());
        pages.add("B", "#redirect [[Template:A]]".into());
        assert_eq!(text(&pages, "Lake"), Some("bd"));
        assert_eq!(text(&pages, "see"), Some("bd"));
        assert_eq!(text(&pages, "LAKE"), None);
        assert_eq!(text(&pages, "A"), None, "a ring of redirects leads nowhere");
    }

    #[test]
    fn a_page_in_lua_is_known() {
        let mut pages = Pages::default();
        pages.add("X", "{{#Invoke:Y|z}}".into());
        assert!(pages.find("X").is_some_and(|page| page.runs_lua));
    }
}
