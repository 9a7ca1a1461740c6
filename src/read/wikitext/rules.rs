//! What becomes of a template: rules, held in data.
//!
//! The built-in rules are [`templates.toml`](https://toml.io); a user's file has the same form:
//!
//! ```toml
//! [[rule]]
//! names = ["nowrap", "lang-*"]     # any case; one `*` stands for any characters, `{{{0}}}` in the text
//! text = "{{{1|}}}"                # wikitext with parameters and parser functions, or
//! # action = "drop"                # drop, navigation, message, infobox, citation
//! ```

use super::preprocess::{Mode, Tokens, preprocess};
use serde::Deserialize;
use std::collections::HashMap;

/// What to do with a template.
#[derive(Clone, Debug)]
pub(super) enum Action {
    /// Nothing is shown, and nothing is lost by that.
    Drop,
    /// A navigation box: left out.
    Navigation,
    /// A message to editors: left out.
    Message,
    /// The box of facts.
    Infobox,
    /// The source of a statement.
    Citation,
    /// Needs more than wikitext can say.
    Native(Native),
    /// Wikitext takes its place.
    Text(Text),
}

/// Templates that reckon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Native {
    /// A measure in two units.
    Convert,
    /// A date of birth or death, with the age.
    Date,
    /// A point on the globe.
    Coordinates,
    /// Phonetic symbols, one an argument.
    Phonetics,
}

/// Wikitext that stands for a template.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub text: String,
    pub tokens: Tokens,
}

impl Text {
    fn new(text: String) -> Self {
        let tokens = preprocess(&text, 0..text.len(), Mode::Included);
        Text { text, tokens }
    }
}

/// A rule that applies.
pub(super) struct Found<'r> {
    pub action: &'r Action,
    /// What the wildcard of its name stood for.
    pub matched: String,
}

/// An ordered set of rules: later ones come before earlier ones.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    actions: Vec<Action>,
    exact: HashMap<String, usize>,
    /// What stands before and after the wildcard; the latest last.
    patterns: Vec<(String, String, usize)>,
}

/// Why a file of rules can't be used.
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
    Drop,
    Navigation,
    Message,
    Infobox,
    Citation,
    Convert,
    Date,
    Coordinates,
    Phonetics,
}

impl Rules {
    /// The built-in rules.
    pub fn built_in() -> Self {
        let mut rules = Rules::default();
        // The tests read every built-in file; a fault in one can't get as far as a user.
        for file in [include_str!("data/templates.toml"), include_str!("data/boxes.toml")] {
            if let Err(error) = rules.add(file) {
                debug_assert!(false, "built-in rules: {error}");
            }
        }
        rules
    }

    /// Adds the rules of a TOML file; they come before those that are there.
    ///
    /// # Errors
    /// When the file is not TOML, or a rule has neither or both of `text` and `action`.
    pub fn add(&mut self, toml: &str) -> Result<(), RulesError> {
        let file: File = toml::from_str(toml).map_err(|e| RulesError(e.to_string()))?;
        for entry in file.rule {
            let action = match (entry.text, entry.action) {
                (Some(text), None) => Action::Text(Text::new(text)),
                (None, Some(named)) => match named {
                    Named::Drop => Action::Drop,
                    Named::Navigation => Action::Navigation,
                    Named::Message => Action::Message,
                    Named::Infobox => Action::Infobox,
                    Named::Citation => Action::Citation,
                    Named::Convert => Action::Native(Native::Convert),
                    Named::Date => Action::Native(Native::Date),
                    Named::Coordinates => Action::Native(Native::Coordinates),
                    Named::Phonetics => Action::Native(Native::Phonetics),
                },
                _ => {
                    let name = entry.names.first().map_or("", String::as_str);
                    return Err(RulesError(format!(
                        "the rule for '{name}' needs either a text or an action"
                    )));
                }
            };
            self.insert(&entry.names, action);
        }
        Ok(())
    }

    /// Adds a template's own page.
    pub fn add_page(&mut self, name: &str, text: String) {
        self.insert(&[name.to_owned()], Action::Text(Text::new(text)));
    }

    fn insert(&mut self, names: &[String], action: Action) {
        let index = self.actions.len();
        self.actions.push(action);
        for name in names {
            let key = normal(name);
            match key.split_once('*') {
                Some((before, after)) => {
                    self.patterns.push((before.to_owned(), after.to_owned(), index));
                }
                None => {
                    self.exact.insert(key, index);
                }
            }
        }
    }

    /// The rule for a template.
    pub(super) fn find(&self, name: &str) -> Option<Found<'_>> {
        let name = strip_namespace(name);
        let key = normal(name);
        if let Some(&index) = self.exact.get(&key) {
            return Some(Found { action: &self.actions[index], matched: String::new() });
        }
        self.patterns.iter().rev().find_map(|(before, after, index)| {
            let fits = key.len() >= before.len() + after.len()
                && key.starts_with(before.as_str())
                && key.ends_with(after.as_str());
            // Lower-casing may change a length; then the wildcard's text is not known.
            let matched = name.get(before.len()..name.len().saturating_sub(after.len())).unwrap_or("");
            fits.then(|| Found { action: &self.actions[*index], matched: matched.to_owned() })
        })
    }
}

fn strip_namespace(name: &str) -> &str {
    match name.split_once(':') {
        Some((space, rest)) if super::namespace::is_template(space.trim()) => rest.trim(),
        _ => name,
    }
}

/// A name as rules compare it: no case, no underscores.
fn normal(name: &str) -> String {
    name.trim().replace('_', " ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_well_formed() {
        for file in [include_str!("data/templates.toml"), include_str!("data/boxes.toml")] {
            Rules::default().add(file).expect("well-formed");
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
        assert!(rules.find("lang").is_none());
        rules.add("[[rule]]\nnames = ['lang-de']\ntext = 'b'").unwrap();
        assert!(matches!(rules.find("lang-de").unwrap().action, Action::Text(_)));
        assert!(rules.add("[[rule]]\nnames = ['x']").is_err());
    }
}
