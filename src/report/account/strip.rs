//! A strip as long as a text, and on it the fate of each byte.

use crate::diagnostic::Code;
use std::ops::Range;

/// What becomes of a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// It is in the body: as a word, as what a node carries (an address, an anchor), or read into
    /// words that say it otherwise (`7` of a date into "July").
    Rendered,
    /// It is in the metadata.
    Metadata,
    /// It says what something is, or keeps things apart.
    Syntax,
    /// It is nowhere in the output, and a diagnostic of this code says so.
    Dropped(&'static Code),
}

/// Bytes beside each other that have one fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portion {
    /// Where they stand in the input decoded to UTF-8.
    pub range: Range<usize>,
    /// What became of them; `None` where nothing speaks for them.
    pub fate: Option<Fate>,
}

/// A text with a place for the fate of each of its bytes.
pub(super) struct Strip<'t> {
    pub text: &'t str,
    /// 0 for none, then [`RENDERED`], [`METADATA`], [`SYNTAX`], and [`DROPPED`] plus the code's index.
    pub fates: Vec<u8>,
    pub codes: Vec<&'static Code>,
}

pub(super) const RENDERED: u8 = 1;
pub(super) const METADATA: u8 = 2;
pub(super) const SYNTAX: u8 = 3;
pub(super) const DROPPED: u8 = 4;

impl<'t> Strip<'t> {
    pub fn new(text: &'t str) -> Self {
        Strip { text, fates: vec![0; text.len()], codes: Vec::new() }
    }

    pub fn paint(&mut self, range: Range<usize>, fate: Fate) {
        let fate = match fate {
            Fate::Rendered => RENDERED,
            Fate::Metadata => METADATA,
            Fate::Syntax => SYNTAX,
            Fate::Dropped(code) => {
                let known = self.codes.iter().position(|c| *c == code);
                let index = known.unwrap_or_else(|| {
                    self.codes.push(code);
                    self.codes.len() - 1
                });
                // More codes than a byte can number share the last number.
                u8::try_from(index).unwrap_or(u8::MAX).saturating_add(DROPPED)
            }
        };
        let end = range.end.min(self.fates.len());
        if let Some(bytes) = self.fates.get_mut(range.start.min(end)..end) {
            bytes.fill(fate);
        }
    }

    /// White space, a byte order mark and marks are syntax until something else is said of them.
    pub fn marks(&mut self, marks: &str) {
        for (at, c) in self.text.char_indices() {
            if c.is_whitespace() || marks.contains(c) || (at == 0 && c == '\u{FEFF}') {
                self.fates[at..at + c.len_utf8()].fill(SYNTAX);
            }
        }
    }

    pub fn portions(self) -> Vec<Portion> {
        let mut portions: Vec<Portion> = Vec::new();
        for run in self.fates.chunk_by(|a, b| a == b) {
            let start = portions.last().map_or(0, |p| p.range.end);
            let fate = match run[0] {
                0 => None,
                RENDERED => Some(Fate::Rendered),
                METADATA => Some(Fate::Metadata),
                SYNTAX => Some(Fate::Syntax),
                n => self.codes.get(usize::from(n - DROPPED)).map(|code| Fate::Dropped(code)),
            };
            portions.push(Portion { range: start..start + run.len(), fate });
        }
        portions
    }
}
