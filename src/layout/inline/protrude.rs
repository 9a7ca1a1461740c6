//! Character protrusion: light characters at the ends of a line hang a little into the margin, so
//! that the margin looks straight.

use super::shaped::{Content, Paragraph};

impl Paragraph {
    /// How far the first character of a unit hangs out when it starts a line.
    pub(super) fn hang_start(&self, index: usize) -> i64 {
        self.hang(index, |text| text.chars().next(), at_start, true)
    }

    /// How far the last character of a unit hangs out when it ends a line.
    pub(super) fn hang_end(&self, index: usize) -> i64 {
        self.hang(index, |text| text.chars().next_back(), at_end, false)
    }

    fn hang(
        &self,
        index: usize,
        end: impl Fn(&str) -> Option<char>,
        share: impl Fn(char) -> i64,
        first: bool,
    ) -> i64 {
        if !self.hangs {
            return 0;
        }
        let Some(unit) = self.units.get(index) else { return 0 };
        let Content::Glyphs(glyphs) = &unit.content else { return 0 };
        let text = &self.collected.text[unit.start as usize..unit.end as usize];
        let share = end(text).map_or(0, share);
        if share == 0 || unit.level.is_rtl() != self.rtl {
            return 0;
        }
        let glyph = if first == unit.level.is_ltr() { glyphs.glyphs.first() } else { glyphs.glyphs.last() };
        let font = &self.fonts[usize::from(unit.font)];
        let size = self.collected.styles[unit.style as usize].size;
        glyph.map_or(0, |g| font.scale(g.advance, size).0 * share / 1000)
    }
}

/// How much of its advance a character hangs out at the start of a line, in thousandths.
pub(super) fn at_start(c: char) -> i64 {
    match c {
        '“' | '”' | '„' | '‘' | '’' | '‚' | '"' | '\'' => 500,
        '«' | '»' | '‹' | '›' => 400,
        '(' | '[' | '{' => 60,
        'A' | 'T' | 'V' | 'W' | 'Y' => 50,
        _ => 0,
    }
}

/// How much of its advance a character hangs out at the end of a line, in thousandths.
pub(super) fn at_end(c: char) -> i64 {
    match c {
        '.' | ',' | '-' | '\u{AD}' | '\u{2010}' | '،' | '۔' => 600,
        '“' | '”' | '„' | '‘' | '’' | '"' | '\'' => 500,
        '«' | '»' | '‹' | '›' => 400,
        ':' | ';' | '؛' => 400,
        // A danda is a stroke of a letter's height.
        '।' | '॥' => 300,
        '!' | '?' | '…' => 150,
        '–' | '—' => 200,
        ')' | ']' | '}' => 60,
        'A' | 'F' | 'P' | 'T' | 'V' | 'W' | 'Y' | 'r' | 'v' | 'w' | 'y' => 50,
        _ => 0,
    }
}
