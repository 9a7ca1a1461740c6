//! Messages on standard error: `path:line:column: severity[code]: message`.

use super::lines::Lines;
use super::loudness::Loudness;
use super::remedy::words;
use fanfold::detect::Way;
use fanfold::diagnostic::{Diagnostic, Severity};
use fanfold::format::Error;
use fanfold::job::{Failure, Gate};
use fanfold::model::Span;
use std::borrow::Cow;
use std::io::Write;

/// Prints what there is to say about one file.
pub(super) struct Report<'a> {
    name: Cow<'a, str>,
    source: &'a [u8],
    lines: Option<Lines<'a>>,
}

impl<'a> Report<'a> {
    pub fn new(name: &'a str, source: &'a [u8]) -> Self {
        // A line feed in a file's name would begin a message of its own.
        let name = match name.contains('\n') {
            true => name.replace('\n', "\u{FFFD}").into(),
            false => name.into(),
        };
        Report { name, source, lines: None }
    }

    /// An error about the file as a whole.
    pub fn error(&mut self, message: &str) {
        self.say("", message);
    }

    fn say(&self, place: &str, message: &str) {
        let (name, message, error) = (printable(&self.name), printable(message), paint(RED, "error"));
        emit(&format!("{name}{place}: {error}: {message}\n"));
    }

    /// Why a document failed as a whole.
    pub fn failure(&mut self, failure: &Failure) {
        match failure {
            Failure::Error(error) => self.error_of(error),
            Failure::Denied(_) => self.error("nothing was written, because of --deny"),
            // What is wrong was told when it was found.
            Failure::Wrong(_) => self.error("nothing was written"),
            Failure::Lost(totals) => {
                let (lost, all) = (totals.lost(), totals.all());
                let text =
                    format!("nothing was written, because of --max-loss: {lost} of {all} bytes are lost");
                self.error(&text);
            }
            other => self.error(&other.text(words)),
        }
    }

    /// An error, at its place.
    pub fn error_of(&mut self, error: &Error) {
        match error {
            Error::Malformed { span: Some(span), .. } | Error::Limit { span: Some(span), .. } => {
                let place = self.place(*span);
                self.say(&place, &error.text(words));
            }
            Error::Foreign { kind } => {
                self.error(&error.to_string());
                if let Some(way) = kind.way.and_then(|way| way_to(way, &self.name)) {
                    emit(&format!("  {}: {}\n", paint(CYAN, "help"), printable(&way)));
                }
            }
            error => self.error(&error.text(words)),
        }
    }

    /// The message of a diagnostic.
    pub fn text(&mut self, diagnostic: &Diagnostic, denied: bool) -> String {
        let Diagnostic { code, span, message, .. } = diagnostic;
        let place = span.map(|span| self.place(span)).unwrap_or_default();
        let (colour, severity) = match code.severity {
            _ if denied => (RED, "error"),
            Severity::Note => (CYAN, "note"),
            // An error that is not denied is one that is allowed.
            Severity::Warning | Severity::Error => (YELLOW, "warning"),
        };
        let severity = paint(colour, &format!("{severity}[{}]", code.name));
        let mut text = format!("{}{place}: {severity}: {}\n", printable(&self.name), printable(message));
        if let Some(help) = diagnostic.advice(words) {
            text += &format!("  {}: {}\n", paint(CYAN, "help"), printable(&help));
        }
        text
    }

    /// `:line:column`, both from 1; the column counts characters.
    fn place(&mut self, span: Span) -> String {
        let lines = self.lines.get_or_insert_with(|| Lines::new(self.source));
        let (line, column) = lines.place(span.start as usize);
        format!(":{line}:{column}")
    }
}

/// How a file of a foreign kind is read by way of other programs.
fn way_to(way: Way, name: &str) -> Option<String> {
    // A name that a shell would take apart is better not pasted.
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "._/-+@".contains(c));
    let name = if plain && name != "-" { name } else { "FILE" };
    match way {
        Way::Pandoc(from) => {
            Some(format!("pandoc -f {from} -t json {name} | fanfold convert -f pandoc -o OUTPUT"))
        }
        Way::Text => Some(format!("pdftotext -layout {name} - | fanfold convert -f article -o OUTPUT")),
        Way::Batch => Some(format!("fanfold batch {name} -t FORMAT -o FOLDER")),
        _ => None,
    }
}

const RED: &str = "\x1B[1;31m";
const YELLOW: &str = "\x1B[1;33m";
const CYAN: &str = "\x1B[1;36m";

/// A word in a colour, which is taken away again where standard error is no terminal, or NO_COLOR asks
/// for none, unless CLICOLOR_FORCE does.
fn paint(colour: &str, word: &str) -> String {
    format!("{colour}{word}\x1B[0m")
}

/// Says something that is not about a document, or refuses to go on with it.
pub(super) fn notify(
    report: &mut Report<'_>,
    notice: &Diagnostic,
    gate: &Gate,
    loudness: Loudness,
) -> Result<(), String> {
    let denied = gate.denies(notice);
    let text = report.text(notice, denied);
    if denied {
        // It becomes part of an error, which has no colours inside.
        let text = anstream::adapter::strip_str(text.trim_end());
        return Err(format!("nothing was written, because of --deny {}: {text}", notice.code.name));
    }
    if !loudness.quiet {
        emit(&text);
    }
    Ok(())
}

/// Prints a message that holds nothing but what is [`printable`], and colours.
pub(super) fn emit(text: &str) {
    // Standard error may be closed; there is nowhere left to say so.
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Prints a message.
pub(super) fn print(text: &str) {
    emit(&printable(text));
}

/// Text without the characters that would steer a terminal or turn its direction, each shown as
/// U+FFFD.
pub(super) fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let steers = |c: char| c.is_control() && c != '\n' || turns(c);
    text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect()
}
