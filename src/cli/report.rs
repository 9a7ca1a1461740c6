//! Messages on standard error: `path:line:column: severity[code]: message`.

use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Ignore, Severity};
use crate::format::{Context, Error, Limits};
use crate::model::Span;
use std::io::Write;

/// Prints what there is to say about one file.
pub(super) struct Report<'a> {
    name: &'a str,
    source: &'a [u8],
    lines: Option<Lines>,
}

impl<'a> Report<'a> {
    pub fn new(name: &'a str, source: &'a [u8]) -> Self {
        Report { name, source, lines: None }
    }

    /// An error about the file as a whole.
    pub fn error(&mut self, message: &str) {
        print(&format!("{}: error: {message}\n", self.name));
    }

    /// Why a conversion failed.
    pub fn failure(&mut self, error: &Error) {
        match error {
            Error::Malformed { message, span: Some(span) } => {
                let place = self.place(*span);
                print(&format!("{}{place}: error: {message}\n", self.name));
            }
            error => self.error(&error.to_string()),
        }
    }

    pub fn diagnostic(&mut self, diagnostic: &Diagnostic, denied: bool) {
        let Diagnostic { code, span, message, help } = diagnostic;
        let place = span.map(|span| self.place(span)).unwrap_or_default();
        let severity = match code.severity {
            _ if denied => "error",
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let mut text = format!("{}{place}: {severity}[{}]: {message}\n", self.name, code.name);
        if let Some(help) = help {
            text += &format!("  help: {help}\n");
        }
        print(&text);
    }

    /// `:line:column`, both from 1; the column counts characters.
    fn place(&mut self, span: Span) -> String {
        let lines = self.lines.get_or_insert_with(|| Lines::new(self.source));
        let (line, column) = lines.place(span.start as usize);
        format!(":{line}:{column}")
    }
}

/// Standard error may be closed; there is nowhere left to say so.
pub(super) fn print(text: &str) {
    let _ = std::io::stderr().lock().write_all(printable(text).as_bytes());
}

/// Text without the characters that would steer a terminal, each shown as U+FFFD.
pub(super) fn printable(text: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n';
    text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect()
}

/// The decoded source and where its lines start.
pub(super) struct Lines {
    pub text: String,
    starts: Vec<usize>,
}

impl Lines {
    pub fn new(source: &[u8]) -> Self {
        let limits = Limits { input_bytes: usize::MAX, ..Limits::default() };
        let mut ignore = Ignore;
        let decoded = decode(source, &mut Context::new("-", &limits, &mut ignore));
        let text = decoded.map(|d| d.text.into_owned()).unwrap_or_default();
        let bytes = text.as_bytes();
        let ends = |i: usize| match bytes[i] {
            b'\n' => true,
            b'\r' => bytes.get(i + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(|&i| ends(i)).map(|i| i + 1)).collect();
        Lines { text, starts }
    }

    /// The line and the column of an offset, both from 1; the column counts characters.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&s| s <= offset);
        let before = &self.text[self.starts[line - 1]..offset];
        (line, before.chars().filter(|&c| c != '\u{FEFF}').count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let lines = Lines::new("\u{FEFF}aé\r\nb\rcd\n".as_bytes());
        assert_eq!(lines.place(3), (1, 1));
        assert_eq!(lines.place(6), (1, 3));
        assert_eq!(lines.place(8), (2, 1));
        assert_eq!(lines.place(11), (3, 2));
        assert_eq!(lines.place(1000), (4, 1));
    }
}
