//! How large a text is.

use super::options::{Tokenizer, Unit};
use super::page::{GAP, Page};
use crate::format::{Error, WriteContext};

/// A place in an article's text: in bytes, in characters, and in what sizes are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pos {
    pub byte: usize,
    pub char: usize,
    pub unit: usize,
}

/// A passage of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub start: Pos,
    pub end: Pos,
    pub before: Before,
}

/// What is repeated before a passage.
#[derive(Clone, Copy, Debug)]
pub(super) enum Before {
    Nothing,
    /// The text from here to the passage.
    Overlap(Pos),
    /// The header of the table that the passage goes on with: so many bytes from here on.
    Head {
        start: Pos,
        end: Pos,
    },
}

/// An article's text, measured once.
pub(super) struct Measured<'p> {
    pub page: &'p Page,
    /// Where each block begins and ends.
    pub pieces: Vec<(Pos, Pos)>,
    unit: &'p Unit,
    /// Where tokens start, where they are what is counted.
    tokens: Vec<usize>,
    /// What a blank line costs.
    gap: usize,
}

impl<'p> Measured<'p> {
    pub fn of(page: &'p Page, unit: &'p Unit, cx: &WriteContext<'_>) -> Result<Self, Error> {
        let gap = match unit {
            Unit::Characters => GAP.len(),
            Unit::Words => 0,
            Unit::Tokens(tokenizer) => tokens(&**tokenizer, GAP)?.len(),
        };
        let mut measured = Measured { page, pieces: Vec::new(), unit, tokens: Vec::new(), gap };
        let mut at = Pos::default();
        for (n, piece) in page.pieces.iter().enumerate() {
            if n > 0 {
                at = Pos { byte: piece.start, char: at.char + GAP.len(), unit: at.unit + gap };
            }
            if let Unit::Tokens(tokenizer) = unit {
                cx.go_on()?;
                let tokens = tokens(&**tokenizer, &page.text[piece.start..piece.end])?;
                measured.tokens.extend(tokens.into_iter().map(|token| piece.start + token));
            }
            let end = measured.to(at, piece.end);
            measured.pieces.push((at, end));
            at = end;
        }
        Ok(measured)
    }

    /// How much a passage is over a size that its parts keep: a token may be another where a text starts or ends.
    pub fn excess(&self, cut: &Cut, size: usize) -> Result<usize, Error> {
        let Unit::Tokens(tokenizer) = self.unit else { return Ok(0) };
        let count = tokens(&**tokenizer, &self.text(cut))?.len();
        Ok(count.saturating_sub(size))
    }

    /// What is repeated before a passage.
    pub fn repeated(&self, cut: &Cut) -> String {
        match cut.before {
            Before::Nothing => String::new(),
            Before::Overlap(from) => self.page.text[from.byte..cut.start.byte].to_owned(),
            Before::Head { start, end } => format!("{}\n", &self.page.text[start.byte..end.byte]),
        }
    }

    /// A passage's text.
    fn text(&self, cut: &Cut) -> String {
        self.repeated(cut) + &self.page.text[cut.start.byte..cut.end.byte]
    }

    pub fn counts_words(&self) -> bool {
        matches!(self.unit, Unit::Words)
    }

    pub fn end(&self) -> Pos {
        self.pieces.last().map_or(Pos::default(), |(_, end)| *end)
    }

    /// A later place in the same block.
    pub fn to(&self, from: Pos, byte: usize) -> Pos {
        let text = &self.page.text[from.byte..byte];
        let char = from.char + text.chars().count();
        Pos { byte, char, unit: from.unit + self.units(from.byte, byte) }
    }

    /// An earlier place, from which on all is in the same block or in blocks before it.
    pub fn back(&self, from: Pos, byte: usize) -> Pos {
        let text = &self.page.text[byte..from.byte];
        let gaps = self.pieces.partition_point(|(start, _)| start.byte <= from.byte)
            - self.pieces.partition_point(|(start, _)| start.byte <= byte);
        let units = match self.unit {
            Unit::Tokens(_) => self.units(byte, from.byte) + gaps * self.gap,
            _ => self.units(byte, from.byte),
        };
        Pos { byte, char: from.char - text.chars().count(), unit: from.unit.saturating_sub(units) }
    }

    fn units(&self, start: usize, end: usize) -> usize {
        match self.unit {
            Unit::Characters => self.page.text[start..end].chars().count(),
            Unit::Words => words(&self.page.text[start..end]).count(),
            Unit::Tokens(_) => self.token(end) - self.token(start),
        }
    }

    /// How many tokens start before a byte.
    fn token(&self, byte: usize) -> usize {
        self.tokens.partition_point(|&token| token < byte)
    }

    /// The last byte up to `end` that is not more than so many units after a place.
    pub fn reach(&self, from: Pos, units: usize, end: usize) -> usize {
        let text = &self.page.text[from.byte..end];
        match self.unit {
            Unit::Characters => text.char_indices().nth(units).map_or(end, |(at, _)| from.byte + at),
            Unit::Words => words(text).nth(units).map_or(end, |at| from.byte + at),
            Unit::Tokens(_) => {
                let next = self.tokens.get(self.token(from.byte) + units);
                self.page.text.floor_char_boundary(next.map_or(end, |&token| token.min(end)))
            }
        }
    }

    /// The first byte from `start` on that is not more than so many units before another.
    pub fn reach_back(&self, from: usize, units: usize, start: usize) -> usize {
        let text = &self.page.text[start..from];
        match self.unit {
            Unit::Characters => {
                text.char_indices().rev().nth(units).map_or(start, |(at, c)| start + at + c.len_utf8())
            }
            Unit::Words => {
                let (mut left, mut inside) = (units, false);
                for (at, c) in text.char_indices().rev() {
                    let space = c.is_whitespace();
                    if stands_alone(c) || !space && !inside {
                        if left == 0 {
                            return start + at + c.len_utf8();
                        }
                        left -= 1;
                    }
                    inside = !space && !stands_alone(c);
                }
                start
            }
            Unit::Tokens(_) => {
                let token = self.token(from).saturating_sub(units);
                let byte = self.tokens.get(token).map_or(start, |&token| token.max(start));
                self.page.text.ceil_char_boundary(byte)
            }
        }
    }
}

/// Where the tokens of a text start.
fn tokens(tokenizer: &dyn Tokenizer, text: &str) -> Result<Vec<usize>, Error> {
    tokenizer.tokens(text).map_err(|error| Error::Writer { format: "chunks", message: error.to_string() })
}

/// Ideographs and kana, each of which counts as a word.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Where the words of a text begin.
pub(super) fn words(text: &str) -> impl Iterator<Item = usize> + '_ {
    // Marks belong to the word they touch.
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let begins = match c {
            _ if stands_alone(c) => true,
            _ if c.is_whitespace() => {
                inside = false;
                return None;
            }
            _ => !inside,
        };
        inside = true;
        begins.then_some(at)
    })
}
