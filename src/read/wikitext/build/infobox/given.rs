//! What a box is called with: arguments that hold something, by name and by number.

use super::key::{counted, normal};
use crate::model::Span;
use crate::read::wikitext::data::facts::{Piece, Template};
use crate::read::wikitext::expand::arguments::Argument;
use crate::read::wikitext::expand::convert::number::grouped;
use crate::read::wikitext::expand::flat::Flat;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub struct Given<'l> {
    pub list: Vec<Argument>,
    /// Their names as rules compare them.
    pub keys: Vec<String>,
    by_key: HashMap<String, usize>,
    /// By names with `#` for a number.
    counted: HashMap<String, BTreeMap<u32, usize>>,
    /// Those that something was made of.
    pub used: Vec<bool>,
    language: Option<&'l str>,
}

/// Values of a rule's text.
#[derive(Default)]
pub struct Filled {
    pub flat: Flat,
    /// The arguments in it.
    pub used: Vec<usize>,
}

impl<'l> Given<'l> {
    pub fn new(arguments: Vec<Argument>, language: Option<&'l str>) -> Self {
        let list: Vec<Argument> = arguments.into_iter().filter(|a| !a.value.text.trim().is_empty()).collect();
        let keys: Vec<String> = list.iter().map(|a| normal(&a.name)).collect();
        let mut by_key = HashMap::with_capacity(keys.len());
        let mut counts: HashMap<String, BTreeMap<u32, usize>> = HashMap::new();
        for (index, key) in keys.iter().enumerate() {
            by_key.insert(key.clone(), index);
            for (pattern, n) in counted(key) {
                counts.entry(pattern).or_default().insert(n, index);
            }
        }
        let used = vec![false; list.len()];
        Given { list, keys, by_key, counted: counts, used, language }
    }

    /// Those whose name is given again later, which is the one that counts.
    pub fn repeated(&self) -> Vec<usize> {
        (0..self.list.len()).filter(|&i| self.by_key.get(&self.keys[i]) != Some(&i)).collect()
    }

    /// The argument of a name, in which `#` stands for a number; for nothing where it is `None`.
    pub fn find(&self, key: &str, number: Option<u32>) -> Option<usize> {
        match number {
            _ if !key.contains('#') => self.by_key.get(key).copied(),
            Some(n) => self.counted.get(key)?.get(&n).copied(),
            None => {
                let plain = key.replace(" #", "").replace("# ", "");
                self.by_key.get(&plain).copied()
            }
        }
    }

    /// The numbers that a text's arguments come with.
    pub fn numbers(&self, template: &Template) -> Vec<Option<u32>> {
        let mut numbers = BTreeSet::new();
        self.collect_numbers(template, &mut numbers);
        numbers.into_iter().collect()
    }

    fn collect_numbers(&self, template: &Template, out: &mut BTreeSet<Option<u32>>) {
        for piece in template {
            match piece {
                Piece::Text(_) => {}
                Piece::Group(group) => self.collect_numbers(group, out),
                Piece::Argument { keys, .. } => {
                    for key in keys {
                        if self.find(key, None).is_some() {
                            out.insert(None);
                        }
                        out.extend(
                            self.counted.get(key).into_iter().flat_map(|c| c.keys().copied().map(Some)),
                        );
                    }
                }
            }
        }
    }

    /// Fills a rule's text in.
    pub fn fill(&self, template: &Template, number: Option<u32>) -> Filled {
        let mut out = Filled::default();
        self.fill_into(template, number, &mut out);
        out
    }

    fn fill_into(&self, template: &Template, number: Option<u32>, out: &mut Filled) {
        let mut at = Span::default();
        for piece in template {
            match piece {
                Piece::Text(text) => out.flat.push_made(text, at),
                Piece::Group(group) => {
                    let mut inner = Filled::default();
                    self.fill_into(group, number, &mut inner);
                    if !inner.used.is_empty() {
                        out.flat.push_flat(&inner.flat);
                        out.used.extend(inner.used);
                    }
                }
                Piece::Argument { keys, unit } => {
                    // What the page is to reckon itself is no value.
                    let free = |i: &usize| {
                        !self.used[*i] && !self.list[*i].value.text.trim().eq_ignore_ascii_case("auto")
                    };
                    let found = keys.iter().find_map(|key| self.find(key, number).filter(free));
                    let Some(index) = found else { continue };
                    let value = &self.list[index].value;
                    at = behind(value);
                    self.push_value(value, unit.as_deref(), &mut out.flat);
                    out.used.push(index);
                }
            }
        }
    }

    /// A value; a bare number has its thousands parted and its unit behind it.
    pub fn push_value(&self, value: &Flat, unit: Option<&str>, out: &mut Flat) {
        let text = value.text.trim();
        let Some(unit) = unit.filter(|_| is_number(text)) else { return out.push_flat(value) };
        let whole = value.span(0..value.text.len());
        if text.len() > 3 && text.bytes().all(|b| b.is_ascii_digit()) {
            out.push_made(&self.parted(text), whole);
        } else {
            out.push_flat(value);
        }
        if unit != "," {
            let joined = if matches!(unit, "%" | "°") { unit.to_owned() } else { format!("\u{A0}{unit}") };
            out.push_made(&joined, behind(value));
        }
    }

    /// A whole number with its thousands parted as its language does.
    fn parted(&self, digits: &str) -> String {
        let mark = match self.language {
            Some("de" | "vi" | "el" | "es" | "it" | "pt" | "nl" | "da" | "id" | "tr" | "ca" | "ro") => ".",
            Some(
                "fr" | "ru" | "pl" | "uk" | "cs" | "sk" | "af" | "ka" | "sv" | "fi" | "no" | "bg" | "hu",
            ) => {
                // Four digits stand together.
                if digits.len() < 5 {
                    return digits.to_owned();
                }
                "\u{A0}"
            }
            _ => ",",
        };
        grouped(digits).replace(',', mark)
    }
}

/// The language of a box's values, where their script is that of one wiki among those whose labels
/// are known.
pub fn language_of_script(arguments: &[Argument]) -> Option<&'static str> {
    let (mut kana, mut han, mut letters) = (0, 0, 0);
    let mut others = [("ko", 0), ("hi", 0), ("ta", 0), ("ka", 0), ("el", 0), ("ar", 0)];
    for c in arguments.iter().flat_map(|a| a.value.text.chars()).filter(|c| c.is_alphabetic()).take(2000) {
        letters += 1;
        match u32::from(c) {
            0x3040..=0x30FF => kana += 1,
            0x4E00..=0x9FFF => han += 1,
            0xAC00..=0xD7AF => others[0].1 += 1,
            0x0900..=0x097F => others[1].1 += 1,
            0x0B80..=0x0BFF => others[2].1 += 1,
            0x10A0..=0x10FF => others[3].1 += 1,
            0x0370..=0x03FF => others[4].1 += 1,
            0x0600..=0x06FF => others[5].1 += 1,
            _ => {}
        }
    }
    let enough = |count: usize| count * 10 > letters;
    match () {
        () if enough(kana) => Some("ja"),
        () if enough(han) => Some("zh"),
        () => others.into_iter().find(|(_, count)| enough(*count)).map(|(language, _)| language),
    }
}

/// The place right behind a value, for what is added to it.
pub fn behind(value: &Flat) -> Span {
    let end = value.span(0..value.text.len()).end as usize;
    Span::new(end, end)
}

/// Whether a value is a number and nothing else.
fn is_number(text: &str) -> bool {
    let text = text.trim_start_matches(['+', '-', '−', '~']);
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{A0}' | '-' | '–'))
}
