//! What becomes of a template: rules, held in data, and the templates' own pages.
//!
//! The built-in rules are the [TOML](https://toml.io) of `data/templates`; a user's file has the same form:
//!
//! ```toml
//! [[rule]]
//! names = ["nowrap", "lang-*"]     # any case; one `*` stands for any characters, `{{{0}}}` in the text
//! text = "{{{1|}}}"                # wikitext with parameters and parser functions, or
//! # action = "drop"                # drop, layout, navigation, message, infobox, pictures, citation
//! ```
//!
//! In a text `{{#each:1|9|{{{name{{#n}}|}}}}}` repeats what stands third, `{{#every:name|{{{name{{{#}}}}}}}}` what
//! stands second for all names with a number that were given, and `{{#links:, }}` has what was given as links.
//! A rule named `#invoke:sports table` is for a module.

use super::action::{Action, Native, Shape, Table, Text};
use super::template::Pages;
use crate::mediawiki::{Cutter, Page, Piece};
use crate::read::wikitext::data::namespace::strip_namespace;
use crate::read::wikitext::data::{TEMPLATES as BUILT_IN, country, simple};
use serde::Deserialize;
use serde::de::value::{Error as NoAction, StrDeserializer};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufRead;
use std::sync::OnceLock;

/// A rule that applies.
pub struct Found<'r> {
    pub action: &'r Action,
    /// What the wildcard of its name stood for.
    pub matched: String,
}

/// What templates become: the built-in rules, the pages that were given, and the user's rules. The
/// user's come first. A page comes before a built-in rule that is only wikitext itself; boxes and
/// citations stay typed, and a page that runs Lua can't be shown.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Read when a template is first met, for most documents have none.
    built_in: OnceLock<Set>,
    pages: Pages,
    user: Set,
}

/// An ordered set of rules: later ones come before earlier ones.
#[derive(Clone, Debug, Default)]
struct Set {
    actions: Vec<Action>,
    exact: HashMap<Cow<'static, str>, usize>,
    /// What stands before and after the wildcard; the latest last.
    patterns: Vec<(String, String, usize)>,
    /// The patterns by their first byte, under none those that begin with the wildcard.
    starts: HashMap<Option<u8>, Vec<usize>>,
}

/// Why a file of rules or pages can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct RulesError(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    names: Vec<String>,
    text: Option<String>,
    action: Option<Named>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Named {
    Layout,
    Drop,
    Navigation,
    Message,
    Infobox,
    Pictures,
    Citation,
    Convert,
    Cvt,
    Date,
    Coordinates,
    Phonetics,
    Ipa,
    Chemistry,
    Significant,
    Math,
    Variable,
    Fraction,
    Root,
    Releases,
    Country,
    Climate,
    Populations,
    Reviews,
    Value,
}

impl Named {
    fn action(self) -> Action {
        match self {
            Named::Layout => Action::Layout,
            Named::Drop => Action::Drop,
            Named::Navigation => Action::Navigation,
            Named::Message => Action::Message,
            Named::Infobox => Action::Infobox,
            Named::Pictures => Action::Pictures,
            Named::Citation => Action::Citation,
            Named::Convert => Action::Native(Native::Convert),
            Named::Cvt => Action::Native(Native::Cvt),
            Named::Date => Action::Native(Native::Date),
            Named::Coordinates => Action::Native(Native::Coordinates),
            Named::Phonetics => Action::Native(Native::Phonetics),
            Named::Ipa => Action::Native(Native::Ipa),
            Named::Chemistry => Action::Native(Native::Chemistry),
            Named::Significant => Action::Native(Native::Significant),
            Named::Math => Action::Formula(Shape::Whole),
            Named::Variable => Action::Formula(Shape::Variable),
            Named::Fraction => Action::Formula(Shape::Fraction),
            Named::Root => Action::Formula(Shape::Root),
            Named::Releases => Action::Native(Native::Releases),
            Named::Country => Action::Native(Native::Country),
            Named::Climate => Action::Table(Table::Climate),
            Named::Reviews => Action::Table(Table::Reviews),
            Named::Value => Action::Native(Native::Value),
            Named::Populations => Action::Table(Table::Populations),
        }
    }
}

static COUNTRY: Action = Action::Native(Native::Country);

/// The namespace of templates.
const TEMPLATES: i64 = 10;

/// Most bytes of a page in an export; MediaWiki's own limit is 2 MiB of wikitext.
const PAGE_BYTES: usize = 1 << 26;

impl Rules {
    /// The built-in rules.
    pub fn built_in() -> Self {
        Rules::default()
    }

    /// Adds the rules of a TOML file; they come before those that are there.
    ///
    /// # Errors
    /// When the file is not TOML, or a rule has neither or both of `text` and `action`.
    ///
    /// ```
    /// let mut rules = fanfold::read::Rules::built_in();
    /// rules.add("[[rule]]\nnames = ['river']\ntext = 'the {{{1}}}'")?;
    /// # Ok::<(), fanfold::read::RulesError>(())
    /// ```
    pub fn add(&mut self, toml: &str) -> Result<(), RulesError> {
        self.user.add(toml)
    }

    /// Adds a template's own page, by its title, with or without the namespace.
    pub fn add_page(&mut self, title: &str, text: String) {
        self.pages.add(strip_namespace(title), text);
    }

    /// Adds the templates of a wiki's export in MediaWiki's XML; other pages are passed over.
    /// Returns how many there were.
    ///
    /// # Errors
    /// When the input can't be read or is no such export.
    pub fn add_export(&mut self, input: impl BufRead) -> Result<usize, RulesError> {
        let fault = |offset: u64, message: String| RulesError(format!("at byte {offset}: {message}"));
        let mut cutter = Cutter::new(input, PAGE_BYTES);
        let mut count = 0;
        loop {
            match cutter.next().map_err(|e| fault(cutter.offset, e.to_string()))? {
                Piece::Header(_) => {}
                Piece::Page { offset, xml } => {
                    let page = Page::read(&xml).map_err(|message| fault(offset, message))?;
                    if page.namespace == TEMPLATES {
                        count += 1;
                        self.add_page(&page.title, page.text);
                    }
                }
                Piece::Fault { offset, message } => return Err(fault(offset, message)),
                Piece::End(end) => {
                    return end.fault().map_or(Ok(count), |message| Err(RulesError(message.to_owned())));
                }
            }
        }
    }

    /// Whether a template's page was given.
    #[doc(hidden)]
    pub fn has_page(&self, title: &str) -> bool {
        self.pages.find(strip_namespace(title)).is_some()
    }

    /// The rule for a template.
    pub(crate) fn find(&self, name: &str) -> Option<Found<'_>> {
        let name = strip_namespace(name);
        if let Some(found) = self.user.find(name) {
            return Some(found);
        }
        let built_in = self.built_in.get_or_init(Set::built_in).find(name).or_else(|| {
            // `{{GER}}`: a flag with the country's name.
            country::of_code(name).map(|_| Found { action: &COUNTRY, matched: name.to_owned() })
        });
        let Some(page) = self.pages.find(name) else { return built_in };
        let typed = |found: &Found<'_>| {
            use Action::*;
            matches!(found.action, Infobox | Pictures | Citation | Navigation | Message)
        };
        if built_in.as_ref().is_some_and(|found| typed(found) || page.runs_lua) {
            return built_in;
        }
        Some(Found { action: &page.action, matched: String::new() })
    }
}

impl Set {
    fn built_in() -> Self {
        let mut set = Set::default();
        // The tests read every built-in file; a fault in one can't get as far as a user.
        for file in BUILT_IN {
            if let Err(error) = set.add_built_in(file) {
                debug_assert!(false, "built-in rules: {error}");
            }
        }
        set
    }

    /// Adds a built-in file, whose rules are but headers, names and what they become.
    fn add_built_in(&mut self, file: &'static str) -> Result<(), RulesError> {
        let mut rule = Vec::new();
        self.exact.reserve(file.len() / 24);
        for piece in simple::pieces(file) {
            let (key, text) = match piece.map_err(RulesError)? {
                simple::Piece::Header(_) => continue,
                simple::Piece::List(_, names) => {
                    rule = names;
                    continue;
                }
                simple::Piece::Text(key, text) => (key, text),
            };
            let action = match &*key {
                "text" => Action::Text(Text::new(text.into_owned())),
                _ => Named::deserialize(StrDeserializer::<NoAction>::new(&text))
                    .map_err(|e| RulesError(e.to_string()))?
                    .action(),
            };
            self.insert(std::mem::take(&mut rule), action);
        }
        Ok(())
    }

    fn add(&mut self, toml: &str) -> Result<(), RulesError> {
        let file: File = toml::from_str(toml).map_err(|e| RulesError(e.to_string()))?;
        for entry in file.rule {
            let action = match (entry.text, entry.action) {
                (Some(text), None) => Action::Text(Text::new(text)),
                (None, Some(named)) => named.action(),
                _ => {
                    let name = entry.names.first().map_or("", String::as_str);
                    return Err(RulesError(format!(
                        "the rule for '{name}' needs either a text or an action"
                    )));
                }
            };
            self.insert(entry.names.into_iter().map(Cow::Owned).collect(), action);
        }
        Ok(())
    }

    fn insert(&mut self, names: Vec<Cow<'static, str>>, action: Action) {
        let index = self.actions.len();
        self.actions.push(action);
        for name in names {
            let key = match name {
                Cow::Borrowed(name) => normal(name),
                Cow::Owned(name) => Cow::Owned(normal(&name).into_owned()),
            };
            match key.split_once('*') {
                Some((before, after)) => {
                    self.starts.entry(before.bytes().next()).or_default().push(self.patterns.len());
                    self.patterns.push((before.to_owned(), after.to_owned(), index));
                }
                None => {
                    self.exact.insert(key, index);
                }
            }
        }
    }

    fn find(&self, name: &str) -> Option<Found<'_>> {
        let key = normal(name);
        if let Some(&index) = self.exact.get(&*key) {
            return Some(Found { action: &self.actions[index], matched: String::new() });
        }
        let fits = |&&pattern: &&usize| {
            let (before, after, _) = &self.patterns[pattern];
            key.len() >= before.len() + after.len()
                && key.starts_with(before.as_str())
                && key.ends_with(after.as_str())
        };
        let starts = [key.bytes().next(), None];
        let latest = starts.iter().filter_map(|start| self.starts.get(start)).flatten().filter(fits).max();
        let (before, after, index) = &self.patterns[*latest?];
        // Lower-casing may change a length; then the wildcard's text is not known.
        let matched = name.get(before.len()..name.len().saturating_sub(after.len())).unwrap_or("");
        Some(Found { action: &self.actions[*index], matched: matched.to_owned() })
    }
}

/// A name as rules compare it: no case, no underscores.
fn normal(name: &str) -> Cow<'_, str> {
    let name = name.trim();
    if name.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase() && b != b'_') {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.replace('_', " ").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_well_formed() {
        for file in BUILT_IN {
            Rules::default().add(file).expect("well-formed");
            Set::default().add_built_in(file).expect("read in part");
        }
    }

    #[test]
    fn a_later_rule_comes_first_and_a_wildcard_last() {
        let mut rules = Rules::default();
        rules
            .add("[[rule]]\nnames = ['lang-*']\ntext = 'a'\n[[rule]]\nnames = ['Lang-De']\naction = 'drop'")
            .unwrap();
        assert!(matches!(rules.find("lang-de").unwrap().action, Action::Drop));
        assert_eq!(rules.find("Template:Lang-fr").unwrap().matched, "fr");
        rules.add("[[rule]]\nnames = ['lang-de']\ntext = 'b'").unwrap();
        assert!(matches!(rules.find("lang-de").unwrap().action, Action::Text(_)));
        assert!(rules.add("[[rule]]\nnames = ['x']").is_err());
    }

    #[test]
    fn of_an_export_the_templates_are_taken() {
        let xml = "<mediawiki><siteinfo></siteinfo><page><title>Vorlage:A</title><ns>10</ns><revision>\
            <text>{{{1}}}</text></revision></page><page><title>B</title><ns>0</ns></page></mediawiki>";
        let mut rules = Rules::default();
        assert_eq!(rules.add_export(xml.as_bytes()).unwrap(), 1);
        assert!(rules.has_page("a") && !rules.has_page("b"));
    }

    #[test]
    fn what_is_no_export_is_said_to_be_none() {
        let fault = |xml: &str| Rules::default().add_export(xml.as_bytes()).unwrap_err().to_string();
        assert!(fault("<html></html>").contains("no MediaWiki"));
        assert!(fault("== A ==").contains("no MediaWiki"));
        assert!(fault("<mediawiki><page></title></page></mediawiki>").contains("at byte 11"));
        assert!(fault("<mediawiki><page>").contains("ends within a page"));
    }
}
