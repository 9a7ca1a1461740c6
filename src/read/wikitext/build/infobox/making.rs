//! Which argument is what: by the rules of the box's family, then by the shapes of names.

use super::given::{Filled, Given, behind};
use super::key::normal;
use super::picture::{is_file_name, is_recording};
use crate::read::wikitext::data::facts::{Line, facts};
use crate::read::wikitext::expand::claims::Subject;
use crate::read::wikitext::expand::flat::Flat;
use std::collections::HashMap;

/// A row in the making.
pub struct Fact {
    pub kind: Kind,
    pub label: Label,
    pub flat: Flat,
    /// The argument's name, when it is made of one.
    pub key: Option<String>,
    /// Where it comes: the rule's place, then the source's.
    order: (usize, usize),
}

impl Fact {
    /// What stands across the box.
    pub fn unlabelled(flat: Flat) -> Self {
        Fact { kind: Kind::Row, label: Label::None, flat, key: None, order: (0, 0) }
    }
}

#[derive(Clone, Debug)]
pub enum Kind {
    Section,
    Row,
    Picture { caption: Label },
}

#[derive(Clone, Debug)]
pub enum Label {
    None,
    /// What the source has for it.
    Given(Flat),
    /// What the wiki shows, in English or the family's language.
    Known(String),
    /// The name of an argument that nothing is known of.
    Name(String),
}

pub struct Making<'n, 'l> {
    template: &'n str,
    pub given: Given<'l>,
    pub facts: Vec<Fact>,
    pub title: Option<Flat>,
    pub images: Vec<Flat>,
    pub captions: Vec<Flat>,
    pub alts: Vec<Flat>,
    pub lost: Vec<(Subject, usize)>,
    /// By argument: the fact that it is in.
    fact_of: HashMap<usize, usize>,
    /// By argument: the place of the rule that took it.
    place: Vec<usize>,
}

impl<'n, 'l> Making<'n, 'l> {
    pub fn new(template: &'n str, given: Given<'l>) -> Self {
        let place = vec![0; given.list.len()];
        let mut making = Making {
            template,
            given,
            facts: Vec::new(),
            title: None,
            images: Vec::new(),
            captions: Vec::new(),
            alts: Vec::new(),
            lost: Vec::new(),
            fact_of: HashMap::new(),
            place,
        };
        for index in making.given.repeated() {
            making.lose(index, false);
        }
        making
    }

    /// Leaves an argument out: for its looks, or although it says something.
    fn lose(&mut self, index: usize, looks: bool) {
        let template = self.template.to_owned();
        let subject = if looks { Subject::Looks(template) } else { Subject::Arguments(template) };
        self.given.used[index] = true;
        self.lost.push((subject, index));
    }

    /// Takes what the rules of the family name.
    pub fn family(&mut self) {
        let rows = facts().family(self.template).map_or(&[][..], |family| family.rows());
        for (place, line) in rows.iter().enumerate() {
            let place = place + 1;
            match line {
                Line::Section(label) => {
                    let label = self.given.fill(label, None);
                    self.take(&label, place);
                    self.facts.push(Fact {
                        kind: Kind::Section,
                        label: known(label),
                        flat: Flat::default(),
                        key: None,
                        order: (place, 0),
                    });
                }
                Line::Title(title) => {
                    let title = self.given.fill(title, None);
                    if !title.used.is_empty() {
                        self.take(&title, place);
                        self.title.get_or_insert(title.flat);
                    }
                }
                Line::Row { label, value } => {
                    let first = self.facts.len();
                    for number in self.given.numbers(value) {
                        let value = self.given.fill(value, number);
                        if value.used.is_empty() {
                            continue;
                        }
                        let label = self.given.fill(label, number);
                        // A series under one label is one row.
                        if label.used.is_empty() && self.facts.len() > first {
                            self.take(&value, place);
                            self.add(value.used[0], first, &value.flat, "<br>", "");
                            continue;
                        }
                        let order = (place, number.map_or(0, |n| n as usize));
                        self.row(label, value, order, Kind::Row);
                    }
                }
                Line::Picture { image, caption } => {
                    for number in self.given.numbers(image) {
                        let image = self.given.fill(image, number);
                        if image.used.is_empty() || !may_be_picture(image.flat.text.trim()) {
                            continue;
                        }
                        let caption = self.given.fill(caption, number);
                        self.take(&caption, place);
                        let order = (place, number.map_or(0, |n| n as usize));
                        let caption = known(caption);
                        self.row(Filled::default(), image, order, Kind::Picture { caption });
                    }
                }
                Line::Steer(keys) => {
                    for key in keys {
                        let template = vec![crate::read::wikitext::data::facts::Piece::Argument {
                            keys: vec![key.clone()],
                            unit: None,
                        }];
                        for number in self.given.numbers(&template) {
                            if let Some(index) = self.given.find(key, number).filter(|&i| !self.given.used[i])
                            {
                                self.place[index] = place;
                                self.lose(index, true);
                            }
                        }
                    }
                }
            }
        }
    }

    fn take(&mut self, filled: &Filled, place: usize) {
        for &index in &filled.used {
            self.given.used[index] = true;
            self.place[index] = place;
        }
    }

    fn row(&mut self, label: Filled, value: Filled, order: (usize, usize), kind: Kind) {
        self.take(&label, order.0);
        self.take(&value, order.0);
        let first = value.used.first().map(|&index| self.given.list[index].name.clone());
        let label = match (&kind, label.flat.text.trim().is_empty()) {
            (Kind::Picture { .. }, _) => Label::None,
            (_, false) => known(label),
            (_, true) => {
                // `leader_name` is the leader, as long as there is no title for it.
                let name = first.clone().unwrap_or_default();
                let base = without(&normal(&name), &facts().shape.value_words).into_iter().next();
                Label::Name(base.unwrap_or(name))
            }
        };
        for &index in &value.used {
            self.fact_of.insert(index, self.facts.len());
        }
        self.facts.push(Fact { kind, label, flat: value.flat, key: first, order });
    }

    /// Takes all that is left, by the shapes of names, and puts the facts in order.
    pub fn shape(&mut self) {
        let places = self.places();
        let labels = self.labels();
        let mut series: HashMap<String, usize> = HashMap::new();
        let mut measures: HashMap<String, usize> = HashMap::new();
        let mut asides = Vec::new();
        for (index, &place) in places.iter().enumerate() {
            if self.given.used[index] || labels.is_label[index] {
                continue;
            }
            if self.is_box_part(index) || self.is_steering(index) {
                continue;
            }
            let key = self.given.keys[index].clone();
            if unnumbered(&key) == "header" {
                let header = Filled { flat: self.given.list[index].value.clone(), used: vec![index] };
                self.take(&header, 0);
                self.facts.push(Fact {
                    kind: Kind::Section,
                    label: known(header),
                    order: (place, index + 1),
                    ..Fact::unlabelled(Flat::default())
                });
                continue;
            }
            let label = labels.of.get(&index).copied();
            if label.is_none() && self.base(&key).is_some() {
                asides.push(index);
                continue;
            }
            let order = (place, index + 1);
            let value = Filled { flat: self.given.list[index].value.clone(), used: vec![index] };
            if let Some(label) = label {
                let label = Filled { flat: self.given.list[label].value.clone(), used: vec![label] };
                self.row(label, value, order, Kind::Row);
                continue;
            }
            if key.bytes().all(|b| b.is_ascii_digit()) {
                self.row(Filled::default(), value, order, Kind::Row);
                if let Some(fact) = self.facts.last_mut() {
                    (fact.label, fact.key) = (Label::None, None);
                }
                continue;
            }
            let text = value.flat.text.trim();
            if is_recording(text) {
                self.lose(index, false);
                continue;
            }
            if is_file_name(text) {
                self.row(Filled::default(), value, order, Kind::Picture { caption: Label::None });
                continue;
            }
            if let Some((stem, unit)) = measure(&key) {
                let mut flat = Flat::default();
                self.given.push_value(&value.flat, Some(unit), &mut flat);
                let value = Filled { flat, used: vec![index] };
                match measures.get(&stem).copied() {
                    Some(fact) => self.add(index, fact, &value.flat, " (", ")"),
                    None => {
                        measures.insert(stem.clone(), self.facts.len());
                        self.row(Filled::default(), value, order, Kind::Row);
                        if let Some(fact) = self.facts.last_mut() {
                            fact.label = named(&stem, &stem);
                        }
                    }
                }
                continue;
            }
            let stem = unnumbered(&key);
            match series.get(&stem).copied().filter(|_| stem != key) {
                Some(fact) => self.add(index, fact, &value.flat, "<br>", ""),
                None => {
                    series.insert(stem.clone(), self.facts.len());
                    let name = self.given.list[index].name.clone();
                    self.row(Filled::default(), value, order, Kind::Row);
                    if let Some(fact) = self.facts.last_mut() {
                        fact.label = named(&stem, &name);
                    }
                }
            }
        }
        self.asides(asides);
        for index in 0..self.given.list.len() {
            // The label of a value that isn't given.
            if labels.is_label[index] && !self.given.used[index] {
                self.lose(index, true);
            }
        }
        self.facts.sort_by_key(|fact| fact.order);
    }

    /// Where arguments stand among the rules: behind what was taken before them.
    fn places(&self) -> Vec<usize> {
        let mut last = 0;
        self.place
            .iter()
            .map(|&place| {
                last = if place > 0 { place } else { last };
                last
            })
            .collect()
    }

    /// Title, picture, caption, words for the picture.
    fn is_box_part(&mut self, index: usize) -> bool {
        let shape = &facts().shape;
        let key = &self.given.keys[index];
        let value = self.given.list[index].value.clone();
        let is = |names: &[String]| names.iter().any(|name| name == key);
        if self.title.is_none() && is(&shape.titles) {
            self.title = Some(value);
        } else if self.images.is_empty() && is(&shape.images) && may_be_picture(value.text.trim()) {
            self.images.push(value);
        } else if self.captions.is_empty() && is(&shape.captions) {
            self.captions.push(value);
        } else if self.alts.is_empty() && is(&shape.alts) {
            self.alts.push(value);
        } else {
            return false;
        }
        self.given.used[index] = true;
        true
    }

    fn is_steering(&mut self, index: usize) -> bool {
        let shape = &facts().shape;
        let key = &self.given.keys[index];
        let value = self.given.list[index].value.text.trim();
        let words = || key.split(' ');
        let has_box = value.contains('\0');
        let steers = shape.steer.iter().any(|word| {
            if word == "embed" && has_box {
                // A box, not whether this is one inside of another.
                false
            } else if word.is_ascii() && !word.contains(' ') {
                words().any(|w| w == word)
            } else {
                key.contains(word.as_str())
            }
        });
        let size =
            value.strip_suffix("px").is_some_and(|v| v.bytes().all(|b| b.is_ascii_digit() || b == b'x'));
        let lower = value.to_ascii_lowercase();
        let is_child = key == "child" && matches!(value, "yes" | "y" | "true");
        if steers || is_child || size || shape.steer_values.contains(&lower) {
            self.lose(index, true);
            return true;
        }
        false
    }

    /// The pairs of an argument that is a label and the one that is its value.
    fn labels(&self) -> Labels {
        let shape = &facts().shape;
        let mut labels = Labels { of: HashMap::new(), is_label: vec![false; self.given.list.len()] };
        let mut values: HashMap<String, usize> = HashMap::new();
        let mut named: HashMap<String, usize> = HashMap::new();
        let free = |index: &usize| !self.given.used[*index];
        for index in (0..self.given.list.len()).filter(free) {
            let key = &self.given.keys[index];
            for base in without(key, &shape.value_words) {
                values.entry(base.clone()).or_insert(index);
                if !key.split(' ').any(|word| word == "name") {
                    named.entry(base).or_insert(index);
                }
            }
        }
        for index in (0..self.given.list.len()).filter(free) {
            let key = &self.given.keys[index];
            let bare = |base: &String| {
                self.given.find(base, None).filter(|_| base.split(' ').count() > 1).filter(free)
            };
            let partner = without(key, &shape.label_words)
                .iter()
                .find_map(|base| values.get(base).copied().or_else(|| bare(base)))
                // `blank_name` is the label of `blank_info`.
                .or_else(|| {
                    let name = ["name".to_owned(), "nombre".to_owned(), "nom".to_owned()];
                    without(key, &name).iter().find_map(|base| named.get(base).copied())
                });
            if let Some(value) = partner.filter(|&value| value != index && !labels.is_label[value]) {
                labels.is_label[index] = true;
                labels.of.entry(value).or_insert(index);
            }
        }
        labels
    }

    /// The argument that a note, a date, a rank, a caption is about, by its name.
    fn base(&self, key: &str) -> Option<usize> {
        let shape = &facts().shape;
        let find = |base: &str| {
            self.given.find(base, None).or_else(|| {
                ["total", "est"].iter().find_map(|word| self.given.find(&format!("{base} {word}"), None))
            })
        };
        let of_words = |words: &[String]| without(key, words).iter().find_map(|base| find(base));
        of_words(&shape.note_words).or_else(|| of_words(&shape.aside_words)).or_else(|| {
            let bases = shape.caption_words.iter().filter_map(|word| key.strip_suffix(word.as_str()));
            let pictures = bases.filter_map(|base| self.given.find(base.trim_end(), None));
            pictures.into_iter().find(|&i| is_file_name(self.given.list[i].value.text.trim()))
        })
    }

    /// Adds to facts what is about them.
    fn asides(&mut self, asides: Vec<usize>) {
        let shape = &facts().shape;
        for index in asides {
            let key = self.given.keys[index].clone();
            let value = self.given.list[index].value.clone();
            let base = self.base(&key);
            let fact = base.and_then(|base| self.fact_of.get(&base).copied());
            let text = value.text.trim();
            let last = key.rsplit(' ').next().unwrap_or_default().to_owned();
            match fact {
                Some(fact) if matches!(self.facts[fact].kind, Kind::Picture { .. }) => {
                    if let Kind::Picture { caption: caption @ Label::None } = &mut self.facts[fact].kind
                        && last != "alt"
                    {
                        *caption = Label::Given(value);
                        self.given.used[index] = true;
                        continue;
                    }
                    self.lose(index, true);
                }
                // Marks of notes stand at what they are about; a bare word is the template's own key.
                Some(fact) if shape.note_words.contains(&last) => {
                    if text.contains('\0') || text.contains(' ') {
                        self.add(index, fact, &value, "", "");
                    } else {
                        self.lose(index, true);
                    }
                }
                Some(fact) if text.starts_with(['(', '（']) => self.add(index, fact, &value, " ", ""),
                Some(fact) if last == "rank" || last == "rang" => self.add(index, fact, &value, " (№ ", ")"),
                Some(fact) => self.add(index, fact, &value, " (", ")"),
                None => self.lose(index, true),
            }
        }
    }

    /// Adds a value to a fact, between two texts.
    fn add(&mut self, index: usize, fact: usize, value: &Flat, before: &str, after: &str) {
        self.given.used[index] = true;
        self.fact_of.insert(index, fact);
        let at = behind(value);
        let flat = &mut self.facts[fact].flat;
        let before =
            if before == "<br>" && value.text.starts_with(['*', '#', ':', ';']) { "\n" } else { before };
        flat.push_made(before, at);
        flat.push_flat(value);
        flat.push_made(after, at);
    }
}

struct Labels {
    /// By the argument with the value.
    of: HashMap<usize, usize>,
    is_label: Vec<bool>,
}

/// A label that a rule has.
fn known(label: Filled) -> Label {
    match label.used.is_empty() {
        _ if label.flat.text.is_empty() => Label::None,
        true => Label::Known(label.flat.text),
        false => Label::Given(label.flat),
    }
}

/// The label of an argument that no family has.
fn named(stem: &str, name: &str) -> Label {
    match facts().labels.get(stem) {
        Some(label) => Label::Known(label.clone()),
        None => Label::Name(name.to_owned()),
    }
}

/// Whether a value can be a picture, as far as its text tells.
fn may_be_picture(value: &str) -> bool {
    is_file_name(value) || value.starts_with("[[") || value.starts_with('\0')
}

/// A name without each of these words that it has.
fn without(key: &str, words: &[String]) -> Vec<String> {
    let all: Vec<&str> = key.split(' ').collect();
    let mut out = Vec::new();
    for word in words {
        let wanted: Vec<&str> = word.split(' ').collect();
        // At the end, or before a number: `leader_title1`.
        let found = all.windows(wanted.len()).rposition(|window| window == wanted.as_slice());
        if let Some(at) = found.filter(|_| all.len() > wanted.len()) {
            let rest: Vec<&str> = all[..at].iter().chain(&all[at + wanted.len()..]).copied().collect();
            out.push(rest.join(" "));
        }
    }
    out
}

/// A name without its numbers at the end or in it.
fn unnumbered(key: &str) -> String {
    let words: Vec<&str> = key.split(' ').collect();
    let is_number = |word: &str| word.len() < 3 && word.bytes().all(|b| b.is_ascii_digit());
    let kept = words.iter().enumerate().filter(|(i, word)| *i == 0 || !is_number(word));
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// What is measured, and its unit, when a name ends in one.
fn measure(key: &str) -> Option<(String, &'static str)> {
    let units = &facts().shape.units;
    let words: Vec<&str> = key.split(' ').collect();
    [2, 1].into_iter().filter(|length| words.len() > *length).find_map(|length| {
        let (stem, unit) = words.split_at(words.len() - length);
        units.get(&unit.join(" ")).map(|unit| (stem.join(" "), unit.as_str()))
    })
}
