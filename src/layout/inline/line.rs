//! Breaks a shaped paragraph into lines: the least effort that makes them all good.

use super::breaks::{Mode, break_lines};
use super::candidates::Effort;
use super::justify;
use super::shaped::{After, Content, Cut, Line, LineShape, Paragraph};
use super::style::TextAlign;
use crate::layout::length::Length;
use crate::layout::page::SourcePlace;

/// A paragraph whose every line is so good, in 1/1024 of the stretch, needs no hyphens.
const EVEN: i64 = 400;
/// Looser lines are a last resort.
const LOOSEST: i64 = 4000;

/// A paragraph may have a line more or fewer if none gets looser than this.
const RELINED: i64 = 750;

/// The letters and digits of a node up to a place of the text.
#[derive(Default)]
struct Counted {
    /// Index after the node's span.
    next: usize,
    at: u32,
    letters: u32,
}

/// No more lines are made even than titles and captions have.
const BALANCED: usize = 6;

impl Paragraph {
    /// Breaks it into as few lines as `lines` does, each about as long as the others, so that none is left with
    /// a short word: for titles and captions.
    pub fn balanced(&self, shape: &LineShape) -> Vec<Line> {
        let lines = self.lines(shape, 0);
        let (x, width) = shape.rest;
        // Never so narrow that a word is cut.
        let least = self.min_content().max(width / 2);
        if !shape.first.is_empty() || !(2..=BALANCED).contains(&lines.len()) || least >= width {
            return lines;
        }
        let (mut narrow, mut wide, mut best) = (least, width, None);
        for _ in 0..6 {
            let tried = (narrow + wide) / 2;
            let left = match (self.align, self.rtl) {
                (TextAlign::Center, _) => x + (width - tried) / 2,
                (TextAlign::Start | TextAlign::Justify, true) | (TextAlign::End, false) => x + width - tried,
                _ => x,
            };
            let set = self.lines(&LineShape { first: Vec::new(), rest: (left, tried) }, 0);
            if set.len() == lines.len() && set.iter().all(|line| line.set <= tried) {
                (wide, best) = (tried, Some(set));
            } else {
                narrow = tried;
            }
        }
        best.unwrap_or(lines)
    }

    /// Breaks the paragraph into lines. `looseness` asks for so many lines more or fewer than the
    /// best number; it is granted as far as the text allows without a line that is bad.
    pub fn lines(&self, shape: &LineShape, looseness: i32) -> Vec<Line> {
        if self.units.is_empty() {
            return Vec::new();
        }
        let widths = Widths { shape, indent: self.indent, hang: self.hang };
        let mode = Mode {
            justify: self.align == TextAlign::Justify,
            expansion: self.expansion,
            letter_space: self.letter_space,
            size: self.size.0,
            tolerance: 0,
            no_scraps: false,
            looseness,
            hang: self.hang.0,
            uniform_from: u32::try_from(shape.first.len()).unwrap_or(u32::MAX).max(1),
        };
        let mut cuts = None;
        const RELINE: &[(Effort, i64)] = &[(Effort::Hyphens, RELINED)];
        const BEST: &[(Effort, i64)] =
            &[(Effort::Words, EVEN), (Effort::Hyphens, LOOSEST), (Effort::Anywhere, i64::MAX)];
        for &(effort, tolerance) in if looseness == 0 { BEST } else { RELINE } {
            let candidates = self.candidates(effort, widths.narrowest());
            let mode = Mode { tolerance, no_scraps: effort == Effort::Words, ..mode };
            cuts = break_lines(&candidates, &|line| widths.width(line).0, &mode)
                .map(|chosen| chosen.into_iter().map(|at| candidates[at].at).collect::<Vec<_>>());
            if cuts.is_some() {
                break;
            }
        }
        let Some(cuts) = cuts else { return self.lines(shape, 0) };
        let mut start = Cut { unit: 0, bytes: 0, hyphen: 0, set_hyphen: false };
        let mut lines = Vec::with_capacity(cuts.len());
        let mut counted = Counted::default();
        let mut forced = false;
        for (index, cut) in cuts.iter().enumerate() {
            let (mut x, mut width) = widths.place(index);
            let indent = match (index, forced) {
                (0, _) => self.indent,
                (_, true) => Length::ZERO,
                (_, false) => self.hang,
            };
            width -= indent;
            if !self.rtl {
                x += indent;
            }
            forced = self.is_forced(cut);
            let mut line = justify::line(self, start, *cut, x, width, index + 1 == cuts.len() || forced);
            line.source = self.source(start, &mut counted);
            lines.push(line);
            start = self.next_start(*cut);
        }
        lines
    }

    /// The place in the source where the line after a cut starts. Lines are asked for in order, so
    /// that each character is counted once.
    fn source(&self, start: Cut, counted: &mut Counted) -> Option<SourcePlace> {
        let unit = self.units.get(start.unit as usize)?;
        let at = unit.start + start.bytes;
        let spans = &self.collected.spans;
        while spans.get(counted.next).is_some_and(|(from, _)| *from <= at) {
            *counted = Counted { next: counted.next + 1, at: spans[counted.next].0, letters: 0 };
        }
        let (_, node) = *spans.get(counted.next.checked_sub(1)?)?;
        if node.is_empty() {
            // Words that layout itself adds.
            return None;
        }
        let text = self.collected.text.get(counted.at as usize..at as usize).unwrap_or_default();
        counted.letters += text.chars().filter(|c| c.is_alphanumeric()).count() as u32;
        counted.at = at;
        Some(SourcePlace { node, letters: counted.letters })
    }

    fn is_forced(&self, cut: &Cut) -> bool {
        cut.bytes == 0
            && (cut.unit as usize).checked_sub(1).is_some_and(|p| self.units[p].after == After::Forced)
    }

    /// The start of the line after a cut: spaces at its start are left out.
    fn next_start(&self, cut: Cut) -> Cut {
        let mut start = cut;
        while start.bytes == 0
            && self.units.get(start.unit as usize).is_some_and(|p| matches!(p.content, Content::Space { .. }))
        {
            start.unit += 1;
        }
        start
    }
}

/// The widths of a paragraph's lines.
struct Widths<'a> {
    shape: &'a LineShape,
    indent: Length,
    hang: Length,
}

impl Widths<'_> {
    fn place(&self, line: usize) -> (Length, Length) {
        self.shape.first.get(line).copied().unwrap_or(self.shape.rest)
    }

    fn width(&self, line: usize) -> Length {
        let width = self.place(line).1;
        if line == 0 { width - self.indent } else { width }
    }

    fn narrowest(&self) -> Length {
        let first = self.shape.first.iter().map(|place| place.1).min();
        first.map_or(self.shape.rest.1, |first| first.min(self.shape.rest.1))
            - self.indent.max(self.hang).max(Length::ZERO)
    }
}
