//! Where in a source something is, as a line and a column. The package for browsers (`bindings/web`) holds
//! this module too.

use fanfold::decode::decode;
use fanfold::diagnostic::Ignore;
use fanfold::format::{Limits, ReadContext};
use std::borrow::Cow;

/// The decoded source and where its lines are.
pub(crate) struct Lines<'a> {
    pub text: Cow<'a, str>,
    /// Line and column of every [`STEP`]th byte: enough for any line length and number of lines to cost
    /// little, in memory and at each question.
    marks: Vec<(usize, usize)>,
}

const STEP: usize = 4096;

impl<'a> Lines<'a> {
    pub fn new(source: &'a [u8]) -> Self {
        let limits = Limits::default().with(|limits| limits.input_bytes = usize::MAX);
        let mut ignore = Ignore;
        let decoded = decode(source, &mut ReadContext::new("-", &limits, &mut ignore));
        let text = decoded.map(|d| d.text).unwrap_or_default();
        let mut lines = Lines { marks: vec![(1, 1)], text };
        for at in (STEP..=lines.text.len()).step_by(STEP) {
            let mark = lines.place(at);
            lines.marks.push(mark);
        }
        lines
    }

    /// The line and the column of an offset, both from 1; the column counts characters.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let known = (offset / STEP).min(self.marks.len() - 1);
        let start = self.text.floor_char_boundary(known * STEP);
        let (mut line, mut column) = self.marks[known];
        for (at, c) in self.text[start..offset].char_indices() {
            match c {
                '\r' if self.text.as_bytes().get(start + at + 1) == Some(&b'\n') => column += 1,
                '\n' | '\r' => (line, column) = (line + 1, 1),
                '\u{FEFF}' => {}
                _ => column += 1,
            }
        }
        (line, column)
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

    #[test]
    fn places_are_the_same_however_far_from_the_start() {
        let text = "\u{FEFF}é\r\n".to_owned() + &"ab日\r\n\r".repeat(2000) + &"long ".repeat(4000);
        let lines = Lines::new(text.as_bytes());
        let mut place = (1, 1);
        for (at, c) in text.char_indices() {
            assert_eq!(lines.place(at), place, "{at}");
            place = match c {
                '\n' => (place.0 + 1, 1),
                '\r' if !text[at + 1..].starts_with('\n') => (place.0 + 1, 1),
                '\u{FEFF}' => place,
                _ => (place.0, place.1 + 1),
            };
        }
    }
}
