//! Brackets that are empty because the templates in them show nothing, such as `( ; born 1950)`.

use super::expander::Expander;
use super::flat::Flat;
use crate::read::wikitext::parse::marker::Item;
use std::ops::Range;

const OPEN: [char; 2] = ['(', '（'];
/// The first byte of the second.
const OPEN_BYTE: u8 = 0xEF;
const CLOSE: [char; 2] = [')', '）'];

impl Expander<'_> {
    /// Closes up what templates that show nothing have left of brackets: those with nothing in them, and commas
    /// and semicolons that part nothing. Brackets that are empty in the source, such as `main()`, stay.
    pub(super) fn close_up(&mut self, flat: Flat) -> Flat {
        let mut gone: Vec<Range<usize>> = Vec::new();
        let text = flat.text.as_str();
        // Both are found by their first bytes.
        for at in memchr::memchr2_iter(b'(', OPEN_BYTE, text.as_bytes()) {
            let Some(open) = OPEN.iter().find(|open| text[at..].starts_with(**open)) else { continue };
            let inside = at + open.len_utf8();
            let (end, parted) = self.nothing(text, inside);
            let hole = |to: usize| leaves_out(&flat, at, to) || text[inside..to].contains('\0');
            if text[end..].starts_with(CLOSE) {
                let close = end..end + text[end..].chars().next().map_or(0, char::len_utf8);
                if hole(end) {
                    let after = text[close.end..].chars().next();
                    let space = text[..at].ends_with(' ')
                        && after.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
                    gone.push(at - usize::from(space)..inside);
                    self.between(text, inside..end, &mut gone);
                    gone.push(close);
                }
            } else if parted.is_some_and(hole) {
                self.between(text, inside..end, &mut gone);
            }
        }
        // No space is left before what closes, either.
        for mark in memchr::memchr_iter(0, text.as_bytes()) {
            let Some(space) = mark.checked_sub(1).filter(|&before| text.as_bytes()[before] == b' ') else {
                continue;
            };
            let mut at = mark;
            while let Some(length) = text[at..].starts_with('\0').then(|| self.unseen(&text[at..])).flatten()
            {
                at += length;
            }
            if at > space + 1 && text[at..].starts_with([')', '）', ',', '.', ';']) {
                gone.push(space..space + 1);
            }
        }
        if gone.is_empty() {
            return flat;
        }
        gone.sort_unstable_by_key(|range| (range.start, range.end));
        let (mut out, mut at) = (Flat::default(), 0);
        for range in gone {
            let range = range.start.max(at)..range.end.max(at);
            out.push_slice(&flat, at..range.start);
            self.findings.claims.syntax_of(&flat, range.clone());
            at = range.end;
        }
        out.push_slice(&flat, at..flat.text.len());
        out
    }

    /// The end of what says nothing from a place on: white space, commas, semicolons, and marks of what is not
    /// shown; and where its first comma or semicolon stands.
    fn nothing(&self, text: &str, from: usize) -> (usize, Option<usize>) {
        let (mut at, mut parted) = (from, None);
        while let Some(c) = text[at..].chars().next() {
            match c {
                ' ' | '\u{A0}' => {}
                ',' | ';' | '、' | '，' | '；' => parted = parted.or(Some(at)),
                '\0' => match self.unseen(&text[at..]) {
                    Some(length) => {
                        at += length;
                        continue;
                    }
                    None => break,
                },
                _ => break,
            }
            at += c.len_utf8();
        }
        (at, parted)
    }

    /// The length of the marker that a text starts with, if what it stands for shows nothing.
    fn unseen(&self, text: &str) -> Option<usize> {
        let number = text[1..].split('\0').next()?;
        let item = self.items.get(number.parse::<usize>().ok()?)?;
        let shows_nothing = match item {
            Item::Dropped { .. } => true,
            Item::Unresolved { .. } => item.shown(self.show, false, self.source).is_empty(),
            _ => false,
        };
        shows_nothing.then_some(number.len() + 2)
    }

    /// Adds what stands between the markers of a range.
    fn between(&self, text: &str, range: Range<usize>, gone: &mut Vec<Range<usize>>) {
        let mut at = range.start;
        for (index, part) in text[range].split('\0').enumerate() {
            if index % 2 == 0 && !part.is_empty() {
                gone.push(at..at + part.len());
            }
            at += part.len() + 1;
        }
    }
}

/// Whether the source has something between two places that the text does not show.
fn leaves_out(flat: &Flat, from: usize, to: usize) -> bool {
    let (mut last, mut left_out) = (None, false);
    flat.copied(from..to + 1, |span| {
        left_out |= last.is_some_and(|end| end < span.start);
        last = Some(span.end);
    });
    left_out
}
