//! The rules of boxes of facts: what their arguments are, by family of template and by the shape of
//! a name.
//!
//! A family's rows are lines, in the order in which its wiki shows them:
//!
//! ```text
//! == Section ==
//! Label: {an argument|or this one}[ ({another argument})]
//! {a label by number #}: {its value #}
//! Area: {area:km²}
//! ! {a picture} | {its caption}
//! # {the title of the box}
//! - what steers how the box looks, and, so
//! ```
//!
//! What stands in square brackets is shown when an argument in it is. `{key:unit}` adds a unit to a
//! bare number, `{key:,}` parts its thousands.

use super::simple;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A text with arguments in it.
pub type Template = Vec<Piece>;

#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String),
    Argument {
        /// Normal names; the first that has a value counts. `#` is a number or nothing.
        keys: Vec<String>,
        /// What a bare number gets; "," for nothing but its thousands.
        unit: Option<String>,
    },
    /// Shown when an argument in it is.
    Group(Template),
}

#[derive(Debug, PartialEq)]
pub enum Line {
    Section(Template),
    Row { label: Template, value: Template },
    Picture { image: Template, caption: Template },
    Title(Template),
    Steer(Vec<String>),
}

#[derive(Debug, Default)]
pub struct Facts {
    names: HashMap<String, usize>,
    /// Starts of names.
    patterns: Vec<(String, usize)>,
    families: Vec<Family>,
    pub shape: Shape,
    /// Labels of common arguments, by normal name.
    pub labels: HashMap<String, String>,
    /// English labels in other languages.
    languages: HashMap<String, HashMap<String, String>>,
}

/// What is known of boxes of a kind.
#[derive(Debug, Default)]
pub struct Family {
    /// As they are written.
    written: Cow<'static, str>,
    /// Read when a box of the family is first met.
    rows: OnceLock<Vec<Line>>,
    /// Of the labels, when all its boxes are of one wiki.
    pub language: Option<String>,
}

/// What words in a name say of an argument, in any family.
#[derive(Debug, Default)]
pub struct Shape {
    pub titles: Vec<String>,
    pub images: Vec<String>,
    pub captions: Vec<String>,
    pub alts: Vec<String>,
    /// Words of arguments that steer how something looks or where it lies on a map.
    pub steer: Vec<String>,
    /// Values that do so.
    pub steer_values: Vec<String>,
    /// A word that makes the name of a value the name of its label.
    pub label_words: Vec<String>,
    /// Words of the value beside it.
    pub value_words: Vec<String>,
    pub note_words: Vec<String>,
    /// Of a date, a rank, a country: added to what they are about.
    pub aside_words: Vec<String>,
    pub caption_words: Vec<String>,
    pub units: HashMap<String, String>,
}

pub static FILES: [&str; 4] = [
    include_str!("infobox/shape.toml"),
    include_str!("infobox/places.toml"),
    include_str!("infobox/things.toml"),
    include_str!("infobox/languages.toml"),
];

/// The built-in rules, read when a box is first met.
pub fn facts() -> &'static Facts {
    static FACTS: OnceLock<Facts> = OnceLock::new();
    FACTS.get_or_init(|| {
        let mut facts = Facts::default();
        // The tests read every file; a fault in one can't get as far as a user.
        for file in FILES {
            let added = facts.add(file);
            debug_assert!(added.is_ok(), "built-in rules of boxes: {added:?}");
        }
        facts
    })
}

impl Facts {
    fn add(&mut self, file: &'static str) -> Result<(), String> {
        let mut header = "";
        for piece in simple::pieces(file) {
            match piece? {
                simple::Piece::Header(name) => {
                    header = name;
                    if name == "[[box]]" {
                        self.families.push(Family::default());
                    }
                }
                simple::Piece::List(key, list) if header == "[shape]" => {
                    let words = self.shape.list(&key).ok_or_else(|| format!("no list: {key}"))?;
                    *words = list.into_iter().map(Cow::into_owned).collect();
                }
                simple::Piece::List(_, names) => {
                    let index = self.families.len() - 1;
                    for name in names {
                        match name.strip_suffix('*') {
                            Some(start) => self.patterns.push((start.to_owned(), index)),
                            None => {
                                self.names.insert(name.into_owned(), index);
                            }
                        }
                    }
                }
                simple::Piece::Text(key, text) => match (header, self.families.last_mut()) {
                    ("[[box]]", Some(family)) if key == "rows" => family.written = text,
                    ("[[box]]", Some(family)) => family.language = Some(text.into_owned()),
                    ("[shape.units]", _) => {
                        self.shape.units.insert(key.into_owned(), text.into_owned());
                    }
                    ("[labels]", _) => {
                        self.labels.insert(key.into_owned(), text.into_owned());
                    }
                    _ => {
                        let language = header.strip_prefix("[languages.").and_then(|h| h.strip_suffix(']'));
                        let language = language.ok_or_else(|| format!("no place for: {key}"))?;
                        let words = self.languages.entry(language.to_owned()).or_default();
                        words.insert(key.into_owned(), text.into_owned());
                    }
                },
            }
        }
        Ok(())
    }

    /// A template's family; none when the shapes of its arguments' names are all that is known.
    pub fn family(&self, template: &str) -> Option<&Family> {
        let name = template.trim().replace('_', " ").to_lowercase();
        let pattern = || self.patterns.iter().find(|(start, _)| name.starts_with(start.as_str()));
        let found = self.names.get(&name).or_else(|| pattern().map(|(_, index)| index));
        found.map(|&index| &self.families[index])
    }

    /// An English label in another language, where one is known.
    pub fn translated<'l>(&'l self, label: &'l str, language: Option<&str>) -> &'l str {
        let found = language.and_then(|l| self.languages.get(l)).and_then(|words| words.get(label));
        found.map_or(label, String::as_str)
    }
}

impl Family {
    /// Its rows, in their order.
    pub fn rows(&self) -> &[Line] {
        self.rows.get_or_init(|| {
            let lines = self.written.lines().map(str::trim).filter(|line| !line.is_empty());
            lines
                .filter_map(|text| {
                    let row = line(text);
                    // The tests read every row.
                    debug_assert!(row.is_some(), "no row: {text}");
                    row
                })
                .collect()
        })
    }
}

impl Shape {
    /// The list of a name.
    fn list(&mut self, name: &str) -> Option<&mut Vec<String>> {
        Some(match name {
            "titles" => &mut self.titles,
            "images" => &mut self.images,
            "captions" => &mut self.captions,
            "alts" => &mut self.alts,
            "steer" => &mut self.steer,
            "steer_values" => &mut self.steer_values,
            "label_words" => &mut self.label_words,
            "value_words" => &mut self.value_words,
            "note_words" => &mut self.note_words,
            "aside_words" => &mut self.aside_words,
            "caption_words" => &mut self.caption_words,
            _ => return None,
        })
    }
}

fn line(text: &str) -> Option<Line> {
    if let Some(section) = text.strip_prefix("==") {
        return Some(Line::Section(template(section.strip_suffix("==")?.trim())?));
    }
    if let Some(picture) = text.strip_prefix('!') {
        let (image, caption) = picture.split_once(" | ").unwrap_or((picture, ""));
        return Some(Line::Picture { image: template(image.trim())?, caption: template(caption.trim())? });
    }
    if let Some(title) = text.strip_prefix("# ") {
        return Some(Line::Title(template(title)?));
    }
    if let Some(keys) = text.strip_prefix("- ") {
        return Some(Line::Steer(keys.split(", ").map(|key| key.trim().to_owned()).collect()));
    }
    let (label, value) = text.split_once(": ")?;
    Some(Line::Row { label: template(label)?, value: template(value)? })
}

/// Reads a text with arguments; `None` when its brackets don't match.
fn template(text: &str) -> Option<Template> {
    let mut open: Vec<Template> = vec![Vec::new()];
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', ']']) {
        if at > 0 {
            open.last_mut()?.push(Piece::Text(rest[..at].to_owned()));
        }
        match rest.as_bytes()[at] {
            b'[' => open.push(Vec::new()),
            b']' => {
                let group = open.pop()?;
                open.last_mut()?.push(Piece::Group(group));
            }
            _ => {
                let length = rest[at..].find('}')?;
                let inside = &rest[at + 1..at + length];
                let (keys, unit) = match inside.split_once(':') {
                    Some((keys, unit)) => (keys, Some(unit.to_owned())),
                    None => (inside, None),
                };
                let keys = keys.split('|').map(|key| key.trim().to_owned()).collect();
                open.last_mut()?.push(Piece::Argument { keys, unit });
                rest = &rest[at + length + 1..];
                continue;
            }
        }
        rest = &rest[at + 1..];
    }
    let mut whole = open.pop().filter(|_| open.is_empty())?;
    if !rest.is_empty() {
        whole.push(Piece::Text(rest.to_owned()));
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_well_formed() {
        let mut facts = Facts::default();
        for file in FILES {
            facts.add(file).expect("well-formed");
        }
        // Every name of an argument is in the form in which names are compared.
        fn keys(template: &Template, out: &mut Vec<String>) {
            for piece in template {
                match piece {
                    Piece::Text(_) => {}
                    Piece::Argument { keys, .. } => out.extend(keys.iter().cloned()),
                    Piece::Group(group) => keys(group, out),
                }
            }
        }
        let mut all = Vec::new();
        for line in facts.families.iter().flat_map(Family::rows) {
            match line {
                Line::Section(template) | Line::Title(template) => keys(template, &mut all),
                Line::Row { label, value } => [label, value].into_iter().for_each(|t| keys(t, &mut all)),
                Line::Picture { image, caption } => {
                    [image, caption].into_iter().for_each(|t| keys(t, &mut all));
                }
                Line::Steer(names) => all.extend(names.iter().cloned()),
            }
        }
        all.extend(
            facts.shape.titles.iter().chain(&facts.shape.images).chain(&facts.shape.captions).cloned(),
        );
        all.extend(facts.labels.keys().cloned());
        for key in all {
            let plain = key.replace(" #", " 1").replace("# ", "1 ");
            assert_eq!(crate::read::wikitext::build::infobox::key::normal(&plain), plain, "{key}");
        }
    }

    #[test]
    fn a_row_is_a_label_and_a_value() {
        let argument = |key: &str, unit: Option<&str>| Piece::Argument {
            keys: vec![key.to_owned()],
            unit: unit.map(str::to_owned),
        };
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            line("Area: {area:km²}[ ({rank})]"),
            Some(Line::Row {
                label: vec![text("Area")],
                value: vec![
                    argument("area", Some("km²")),
                    Piece::Group(vec![text(" ("), argument("rank", None), text(")")])
                ],
            })
        );
        assert_eq!(line("Area: {area"), None);
        assert_eq!(line("Area: [{area}"), None);
    }
}
