//! Preformatted text: one line a line, the long ones wrapped with a mark.

use super::article::ArticleCx;
use super::shaped::{Line, LineShape};
use super::style::{TextAlign, TextStyle};
use super::typesetter::Typesetter;
use crate::layout::length::Length;
use crate::layout::structure::{Numbering, StructId};
use crate::model::{Inline, InlineKind, Span};

/// Columns from one tab stop to the next.
const TAB: usize = 4;
/// Stands before the rest of a line that was too long.
const CONTINUED: &str = "↪ ";

impl Typesetter<'_> {
    /// Sets lines of preformatted text, each the next leaf of `parent`, in lines of at most a width. Spaces are kept; a line that is too long
    /// goes on in the next after a mark.
    pub fn code_lines<'t>(
        &mut self,
        lines: impl Iterator<Item = &'t str>,
        style: &TextStyle,
        width: Length,
        parent: StructId,
    ) -> Vec<Line> {
        let style =
            TextStyle { hyphenate: false, align: TextAlign::Start, indent: Length::ZERO, ..style.clone() };
        let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, Length(i64::MAX / 4)) };
        let mut out = Vec::new();
        let columns = self.columns(&style, width);
        for (number, line) in (1..).zip(lines) {
            let leaf = StructId(parent.0 + number);
            let line = expand_tabs(line.trim_end());
            for part in wrap(&line, columns) {
                // No-break spaces are kept and keep the words in their columns.
                let text = part.replace(' ', "\u{A0}");
                let content = [Inline::new(InlineKind::Text { text }, Span::default())];
                let numbering = Numbering::from(leaf);
                let paragraph = self.numbered(&content, &style, parent, numbering, ArticleCx::default());
                let mut lines = paragraph.lines(&shape, 0);
                let mut line = if lines.is_empty() { Line::default() } else { lines.swap_remove(0) };
                line.width = width;
                out.push(line);
            }
        }
        out
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

fn expand_tabs(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for c in line.chars() {
        if c == '\t' {
            let spaces = TAB - column % TAB;
            out.extend(std::iter::repeat_n(' ', spaces));
            column += spaces;
        } else {
            out.push(c);
            column += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        }
    }
    out
}

/// Cuts a line into parts of at most so many columns, at a space where there is one in the second
/// half.
fn wrap(line: &str, columns: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = line;
    let mut mark = "";
    loop {
        let room = columns - mark.chars().count();
        let (mut column, mut end, mut space) = (0, rest.len(), None);
        for (at, c) in rest.char_indices() {
            column += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
            if column > room {
                end = at;
                break;
            }
            if c == ' ' && column > room / 2 {
                space = Some(at + 1);
            }
        }
        if end < rest.len() {
            end = space.unwrap_or(end).max(rest.chars().next().map_or(1, char::len_utf8));
        }
        out.push(format!("{mark}{}", &rest[..end]));
        rest = &rest[end..];
        if rest.is_empty() {
            return out;
        }
        mark = CONTINUED;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_wrap_at_a_space_with_a_mark() {
        assert_eq!(wrap("let answer = 42 + 0;", 14), ["let answer = ", "↪ 42 + 0;"]);
        assert_eq!(wrap("aaaaaaaaaaaaaaaaaaaa", 10), ["aaaaaaaaaa", "↪ aaaaaaaa", "↪ aa"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn tabs_go_to_the_next_stop() {
        assert_eq!(expand_tabs("a\tb"), "a   b");
    }
}
