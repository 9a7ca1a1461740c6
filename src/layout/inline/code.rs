//! Preformatted text: one line a line, the long ones wrapped with a mark.

use super::collect::RunStyle;
use super::shaped::{Line, LineShape, Paragraph};
use super::style::{TextAlign, TextStyle};
use super::typesetter::Typesetter;
use crate::layout::length::Length;
use crate::layout::page::Color;
use crate::layout::structure::{Numbering, StructId};
use crate::model::{Inline, InlineKind, Span};
use std::ops::Range;

/// Columns from one tab stop to the next.
const TAB: usize = 4;
/// Stands before the rest of a line that was too long.
const CONTINUED: &str = "↪ ";
const NO_BREAK: &str = "\u{A0}";

impl Typesetter<'_> {
    /// Sets lines of preformatted text, each the next leaf of `parent`, each in lines of at most a width. Spaces
    /// are kept; a line that is too long goes on in the next, as far in as it starts itself, after a mark.
    pub fn code_lines(
        &mut self,
        lines: &[CodeLine],
        style: &TextStyle,
        width: Length,
        parent: StructId,
    ) -> Vec<Vec<Line>> {
        let style =
            TextStyle { hyphenate: false, align: TextAlign::Start, indent: Length::ZERO, ..style.clone() };
        let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, Length(i64::MAX / 4)) };
        let mut out = Vec::with_capacity(lines.len());
        let columns = self.columns(&style, width);
        for (number, line) in (1..).zip(lines) {
            let leaf = StructId(parent.0 + number);
            let mut parts = Vec::new();
            for (mark, range) in wrap(line.text.trim_end(), columns) {
                let (text, colors) = line.part(&mark, range, style.color);
                let paragraph = self.colored(text, &colors, &style, parent, leaf);
                let mut lines = paragraph.lines(&shape, 0);
                let mut line = if lines.is_empty() { Line::default() } else { lines.swap_remove(0) };
                line.width = width;
                parts.push(line);
            }
            out.push(parts);
        }
        out
    }

    /// A line whose stretches have a colour each, from a byte of it on.
    fn colored(
        &mut self,
        text: String,
        colors: &[(usize, Color)],
        style: &TextStyle,
        parent: StructId,
        leaf: StructId,
    ) -> Paragraph {
        let bytes = text.len();
        let content = [Inline::new(InlineKind::Text { text }, Span::default())];
        self.altered(&content, style, parent, Numbering::from(leaf), |collected| {
            // What had a character left out is not where it was.
            let Some(plain) = collected.styles.first().copied().filter(|_| collected.text.len() == bytes)
            else {
                return;
            };
            (collected.runs, collected.styles) = (Vec::new(), Vec::new());
            for (at, color) in colors {
                let style = RunStyle { color: *color, ..plain };
                let known = collected.styles.iter().position(|known| *known == style);
                let number = known.unwrap_or(collected.styles.len());
                if known.is_none() {
                    collected.styles.push(style);
                }
                collected.runs.push((*at as u32, number as u32));
            }
        })
    }

    /// How many characters fit in a width.
    fn columns(&mut self, style: &TextStyle, width: Length) -> usize {
        let face = self.shaper.fonts.styled(self.shaper.fonts.mono(), crate::font::FontStyle::default());
        let units = i64::from(self.shaper.fonts.face(face).metrics().units_per_em);
        let advance = self.shaper.glyph(face, 'x').map_or(units, |glyph| i64::from(glyph.1));
        let column = (style.size.0 * advance / units).max(1);
        usize::try_from(width.0 / column).unwrap_or(0).max(8)
    }
}

/// A line of code: its text with spaces for tabs, and where each colour starts.
#[derive(Debug, Default)]
pub struct CodeLine {
    text: String,
    columns: usize,
    colors: Vec<(usize, Color)>,
}

impl CodeLine {
    /// Adds a stretch of a colour.
    pub fn push(&mut self, text: &str, color: Color) {
        if !text.is_empty() && self.colors.last().is_none_or(|last| last.1 != color) {
            self.colors.push((self.text.len(), color));
        }
        for c in text.chars() {
            if c == '\t' {
                let spaces = TAB - self.columns % TAB;
                self.text.extend(std::iter::repeat_n(' ', spaces));
                self.columns += spaces;
            } else {
                self.text.push(c);
                self.columns += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
            }
        }
    }

    /// A part of it after a mark, as it is set, and where each colour starts in that.
    fn part(&self, mark: &str, range: Range<usize>, plain: Color) -> (String, Vec<(usize, Color)>) {
        let mut out = mark.replace(' ', NO_BREAK);
        let mut colors = vec![(0, plain)];
        let mut next = self.colors.partition_point(|(at, _)| *at <= range.start).saturating_sub(1);
        let mut start = range.start;
        while start < range.end {
            if let Some((_, color)) = self.colors.get(next) {
                if out.is_empty() {
                    colors.clear();
                }
                colors.push((out.len(), *color));
            }
            next += 1;
            let end = self.colors.get(next).map_or(range.end, |(at, _)| (*at).min(range.end));
            // No-break spaces are kept and keep the words in their columns.
            out.push_str(&self.text[start..end].replace(' ', NO_BREAK));
            start = end;
        }
        (out, colors)
    }
}

/// Cuts a line into parts of at most so many columns, each with what stands before it: at a space where there
/// is one in the second half, else after a mark, else anywhere.
fn wrap(line: &str, columns: usize) -> Vec<(String, Range<usize>)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let continued = format!("{}{CONTINUED}", " ".repeat(indent.min(columns / 3)));
    let (mut out, mut start) = (Vec::new(), 0);
    loop {
        let mark = if start == 0 { "" } else { &continued };
        let room = columns - mark.chars().count();
        let rest = &line[start..];
        let (mut column, mut end, mut space, mut point) = (0, rest.len(), None, None);
        for (at, c) in rest.char_indices() {
            column += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
            if column > room {
                end = at;
                break;
            }
            if column > room / 2 {
                match c {
                    ' ' => space = Some(at + 1),
                    ',' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '.' | '&' | '|' | '=' | '>' => {
                        point = Some(at + c.len_utf8());
                    }
                    _ => {}
                }
            }
        }
        if end < rest.len() {
            end = space.or(point).unwrap_or(end).max(rest.chars().next().map_or(1, char::len_utf8));
        }
        out.push((mark.to_owned(), start..start + end));
        start += end;
        if start == line.len() {
            return out;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_wrap_at_good_places_with_a_mark_and_as_far_in_as_they_start() {
        let wrapped = |line: &str, columns| -> Vec<String> {
            wrap(line, columns).into_iter().map(|(mark, range)| mark + &line[range]).collect()
        };
        assert_eq!(wrapped("let answer = 42 + 0;", 14), ["let answer = ", "↪ 42 + 0;"]);
        assert_eq!(wrapped("aaaaaaaaaaaaaaaaaaaa", 10), ["aaaaaaaaaa", "↪ aaaaaaaa", "↪ aa"]);
        assert_eq!(wrapped("  call(first,second)", 14), ["  call(first,", "  ↪ second)"]);
        assert_eq!(wrapped("", 10), [""]);
    }

    #[test]
    fn tabs_go_to_the_next_stop_and_colours_stay_with_their_words() {
        let red = Color(255, 0, 0);
        let mut line = CodeLine::default();
        line.push("a\t", Color::BLACK);
        line.push("b c", red);
        assert_eq!(line.text, "a   b c");
        assert_eq!(
            line.part("", 0..7, Color::BLACK),
            ("a\u{A0}\u{A0}\u{A0}b\u{A0}c".into(), vec![(0, Color::BLACK), (7, red)])
        );
        assert_eq!(
            line.part("> ", 6..7, Color::BLACK),
            (">\u{A0}c".into(), vec![(0, Color::BLACK), (3, red)])
        );
    }
}
