//! Characters that no face has: one report for each script.

use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::font::advice;
use crate::format::WriteContext;
use crate::model::{LanguageTag, Span};
use std::collections::BTreeSet;
use unicode_script::Script;

/// What was missing, by script, in the order in which it was met.
#[derive(Default)]
pub(super) struct Missing(Vec<Entry>);

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
        let at = self.0.iter().position(|e| e.script == script).unwrap_or_else(|| {
            let characters = BTreeSet::new();
            self.0.push(Entry { script, characters, count: 0, first: c, language, span });
            self.0.len() - 1
        });
        self.0[at].characters.insert(c);
        self.0[at].count += 1;
    }

    /// Hands the reports on.
    pub fn report(self, cx: &mut WriteContext<'_>) {
        for entry in self.0 {
            cx.report(entry.diagnostic());
        }
    }
}

impl Entry {
    fn diagnostic(self) -> Diagnostic {
        let boxes =
            if self.count == 1 { "a box is drawn".into() } else { format!("{} boxes are drawn", self.count) };
        let Some(script) = self.script else {
            let message = format!("U+FFFD stands for bytes that could not be read; {boxes}");
            return Diagnostic::new(&code::MISSING_GLYPH, self.span, message);
        };
        let of = match script {
            Script::Common | Script::Inherited | Script::Unknown => String::new(),
            script => format!(" of the script {}", script.full_name().replace('_', " ")),
        };
        let first = u32::from(self.first);
        let message = match self.characters.len() {
            1 => format!("no face has the character U+{first:04X}{of}; {boxes}"),
            n => format!("no face has {n} characters{of}, the first U+{first:04X}; {boxes}"),
        };
        let missing = Diagnostic::new(&code::MISSING_GLYPH, self.span, message).remedy(Remedy::Font);
        match advice(script, self.language.as_ref()) {
            Some(name) => missing.help(format!("install a font such as {name}")),
            None => missing,
        }
    }
}
