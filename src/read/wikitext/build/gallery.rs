//! Several pictures together: `<gallery>`, and templates with a picture and a caption an argument.
//!
//! They are a figure of figures, whose caption is what is said of all of them.

use super::builder::Builder;
use super::infobox::{file_name, is_file_name, key};
use super::media;
use super::phrase::figure_block;
use crate::markup::entity;
use crate::model::*;
use crate::read::wikitext::expand::arguments::Argument;
use crate::read::wikitext::expand::claims::Subject;
use crate::read::wikitext::expand::flat::Flat;
use crate::read::wikitext::parse::html;
use crate::read::wikitext::parse::link::{self, Wikilink};
use crate::read::wikitext::parse::marker::Body;
use crate::read::wikitext::parse::pairs::Pairs;
use std::collections::HashMap;

/// What arguments say that is said of a picture by its number, and of all pictures.
static CAPTIONS: [&str; 8] =
    ["caption", "légende", "legenda", "leyenda", "pie", "beschreibung", "подпись", "text"];
static ALTS: [&str; 2] = ["alt", "альт"];
static HEADERS: [&str; 7] = ["header", "title", "titre", "título", "titel", "заголовок", "header montage"];
static FOOTERS: [&str; 9] =
    ["footer", "foot montage", "caption", "légende", "pied", "pie", "описание", "fußzeile", "footer montage"];

impl Builder<'_, '_, '_> {
    /// One picture a line: `File:name|options|caption`.
    pub fn gallery(&mut self, attributes: &str, body: Option<Body>, span: Span, out: &mut Vec<Block>) {
        let mut caption = Vec::new();
        if let Some(title) = html::attribute(attributes, "caption").filter(|t| !t.is_empty()) {
            let mut words = Flat::default();
            words.push_made(title, Span::new(span.start as usize, span.start as usize));
            caption = self.inlines_of(&words);
        }
        let flat = self.expanded(body);
        let mut figures = Vec::new();
        let mut at = 0;
        for line in flat.text.split('\n') {
            let start = at;
            at += line.len() + 1;
            let length = line.find('|').unwrap_or(line.len());
            let target = line[..length].trim();
            if target.is_empty() {
                continue;
            }
            let name = match link::classify(target) {
                Some(Wikilink::Media(name)) => name,
                _ => target.to_owned(),
            };
            let end = start + line.len();
            let options = (length < line.len()).then_some(start + length + 1..end);
            let picture = media::read(&flat.text, &Pairs::find(line).shifted(start), &name, options);
            self.x.findings.claims.syntax_of(&flat, start..start + length);
            self.picture_account(&flat, &picture);
            let caption = match picture.caption.clone() {
                Some(range) => {
                    let mut part = Flat::default();
                    part.push_slice(&flat, range);
                    self.inlines_of(&part)
                }
                None => Vec::new(),
            };
            figures.push(figure_block(&picture, caption, flat.span(start..end)));
        }
        out.extend(together(figures, caption, span));
    }

    /// The pictures of a template's arguments: `image1`, `caption1`, `alt1`, and a line for all.
    pub fn pictures(&mut self, name: &str, arguments: Vec<Argument>, span: Span) -> Option<Block> {
        let keys: Vec<String> = arguments.iter().map(|a| key::normal(&a.name)).collect();
        let by_key: HashMap<&str, usize> =
            keys.iter().enumerate().map(|(i, key)| (key.as_str(), i)).collect();
        let mut used = vec![false; arguments.len()];
        let mut figures = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            if !is_file_name(argument.value.text.trim()) {
                continue;
            }
            used[index] = true;
            self.x.findings.claims.reworded(&argument.value);
            let place = argument.value.span(0..argument.value.text.len());
            // `photo1a` has its caption in `caption1a`.
            let number = keys[index].find(|c: char| c.is_ascii_digit()).map_or("", |at| &keys[index][at..]);
            let mut of = |words: &[&str]| {
                let key = |word: &&str| format!("{word} {number}");
                let found = words.iter().find_map(|word| by_key.get(key(word).as_str()).copied());
                found.filter(|_| !number.is_empty()).inspect(|&i| used[i] = true)
            };
            let (mut caption, mut alt) = (of(&CAPTIONS), of(&ALTS));
            // Of `{{gallery|a.jpg|words|b.jpg|words}}` each caption follows its picture.
            if let Ok(place) = keys[index].parse::<usize>() {
                let next = by_key.get((place + 1).to_string().as_str()).copied();
                caption = next.filter(|&i| !is_file_name(arguments[i].value.text.trim()));
                alt = by_key.get(format!("alt {}", figures.len() + 1).as_str()).copied();
                caption.into_iter().chain(alt).for_each(|i| used[i] = true);
            }
            let mut picture =
                media::Picture { name: file_name(argument.value.text.trim()), ..media::Picture::default() };
            if let Some(alt) = alt.map(|i| &arguments[i].value) {
                self.x.findings.claims.reworded(alt);
                let words = entity::decode(alt.text.trim()).into_owned();
                picture.alt = Some(words).filter(|words| !words.is_empty());
            }
            let caption = caption.map(|i| self.inlines_of(&arguments[i].value)).unwrap_or_default();
            figures.push(figure_block(&picture, caption, place));
        }
        let mut caption = Vec::new();
        for words in [HEADERS.as_slice(), FOOTERS.as_slice()] {
            let found = words.iter().find_map(|word| by_key.get(word).copied()).filter(|&i| !used[i]);
            let Some(index) = found else { continue };
            used[index] = true;
            let more = self.inlines_of(&arguments[index].value);
            if !caption.is_empty() && !more.is_empty() {
                caption.push(Node::new(InlineKind::HardBreak, Span { end: span.start, ..span }));
            }
            caption.extend(more);
        }
        for (argument, used) in arguments.iter().zip(used) {
            if !used && !argument.value.text.trim().is_empty() {
                self.x.findings.claims.lose(Subject::Looks(name.to_owned()), &argument.name, argument.span);
            }
        }
        together(figures, caption, span)
    }
}

/// Figures as one, when there are several or something is said of all.
fn together(mut figures: Vec<Block>, caption: Vec<Inline>, span: Span) -> Option<Block> {
    if figures.len() == 1 && caption.is_empty() {
        return figures.pop();
    }
    if figures.is_empty() && caption.is_empty() {
        return None;
    }
    Some(Node::new(BlockKind::Figure { body: figures, caption }, span))
}
