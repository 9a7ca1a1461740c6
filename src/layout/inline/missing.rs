//! Characters that no face has: one report for each script.

use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::font::advice;
use crate::format::WriteContext;
use crate::model::{LanguageTag, Span};
use std::collections::BTreeSet;
use unicode_script::Script;

/// More boxes than one of so many characters, and what is printed is no text.
const WRONG: usize = 50;

/// So many scripts are named when the pages are wrong.
const NAMED: usize = 5;

/// What was missing, by script, in the order in which it was met.
#[derive(Default)]
pub(super) struct Missing {
    entries: Vec<Entry>,
    /// How many characters a face has.
    shown: usize,
}

struct Entry {
    /// None for U+FFFD, which is no fault of a font.
    script: Option<Script>,
    characters: BTreeSet<char>,
    /// How often any of them stands in the text.
    count: usize,
    first: char,
    language: Option<LanguageTag>,
    span: Option<Span>,
}

impl Missing {
    /// Notes a character for which a box is drawn.
    pub fn note(&mut self, c: char, script: Script, language: Option<LanguageTag>, span: Option<Span>) {
        let script = (c != char::REPLACEMENT_CHARACTER).then_some(script);
        let at = self.entries.iter().position(|e| e.script == script).unwrap_or_else(|| {
            let characters = BTreeSet::new();
            self.entries.push(Entry { script, characters, count: 0, first: c, language, span });
            self.entries.len() - 1
        });
        self.entries[at].characters.insert(c);
        self.entries[at].count += 1;
    }

    /// Notes text that a face has.
    pub fn shown(&mut self, text: &str) {
        self.shown += text.chars().count();
    }

    /// Hands the reports on.
    pub fn report(self, cx: &mut WriteContext<'_>) {
        let wrong = self.wrong();
        self.entries.into_iter().map(Entry::diagnostic).chain(wrong).for_each(|told| cx.report(told));
    }

    /// That so much is missing that the pages are wrong.
    fn wrong(&self) -> Option<Diagnostic> {
        // What could not be read is no fault of a font.
        let mut entries: Vec<_> = self.entries.iter().filter(|entry| entry.script.is_some()).collect();
        let boxes: usize = entries.iter().map(|entry| entry.count).sum();
        let all = self.shown + boxes;
        if boxes * WRONG <= all {
            return None;
        }
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.count));
        let (named, others) = entries.split_at(entries.len().min(NAMED));
        let mut scripts: Vec<_> =
            named.iter().map(|entry| format!("{} {}", entry.count, entry.of())).collect();
        let others: usize = others.iter().map(|entry| entry.count).sum();
        if others > 0 {
            scripts.push(format!("{others} of others"));
        }
        let message = format!("{boxes} of the {all} characters are boxes: {}", scripts.join(", "));
        let wrong = Diagnostic::new(&code::MISSING_GLYPHS, None, message).remedy(Remedy::Fonts);
        let mut fonts: Vec<_> = named.iter().filter_map(|entry| entry.font()).collect();
        fonts.sort_unstable();
        fonts.dedup();
        Some(match fonts.is_empty() {
            true => wrong,
            false => wrong.help(format!("install {}", fonts.join(", "))),
        })
    }
}

impl Entry {
    /// Which script the characters are of, in words.
    fn of(&self) -> String {
        match self.script {
            None | Some(Script::Common | Script::Inherited | Script::Unknown) => "of no script".into(),
            Some(script) => format!("of the script {}", script.full_name().replace('_', " ")),
        }
    }

    /// A font that has them.
    fn font(&self) -> Option<String> {
        advice(self.script?, self.language.as_ref())
    }

    fn diagnostic(self) -> Diagnostic {
        let boxes =
            if self.count == 1 { "a box is drawn".into() } else { format!("{} boxes are drawn", self.count) };
        let font = self.font();
        let Some(script) = self.script else {
            let message = format!("U+FFFD stands for bytes that could not be read; {boxes}");
            return Diagnostic::new(&code::MISSING_GLYPH, self.span, message);
        };
        let of = match script {
            Script::Common | Script::Inherited | Script::Unknown => String::new(),
            _ => format!(" {}", self.of()),
        };
        let first = u32::from(self.first);
        let message = match self.characters.len() {
            1 => format!("no face has the character U+{first:04X}{of}; {boxes}"),
            n => format!("no face has {n} characters{of}, the first U+{first:04X}; {boxes}"),
        };
        let missing = Diagnostic::new(&code::MISSING_GLYPH, self.span, message).remedy(Remedy::Font);
        match font {
            Some(name) => missing.help(format!("install a font such as {name}")),
            None => missing,
        }
    }
}
