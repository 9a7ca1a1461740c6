//! A shaped paragraph, which can be broken into lines of any shape again and again.

use super::breaks::{Candidate, Mode, Sums, break_lines};
use super::collect::Collected;
use super::itemise::is_spaced;
use super::shape::{Glyphs, ShapedGlyph};
use super::{Line, LineShape, TextAlign, justify, protrude};
use crate::font::FaceId;
use crate::layout::Length;
use crate::layout::page::SourcePlace;
use crate::model::NoteId;
use std::rc::Rc;
use unicode_bidi::Level;
use unicode_script::UnicodeScript;

/// A shaped paragraph.
pub struct Paragraph {
    pub(super) collected: Collected,
    /// In logical order.
    pub(super) pieces: Vec<Piece>,
    pub(super) fonts: Vec<Font>,
    /// Places within pieces where a line may end, in order.
    pub(super) hyphens: Vec<Hyphen>,
    pub(super) rtl: bool,
    pub(super) align: TextAlign,
    pub(super) indent: Length,
    pub(super) size: Length,
    /// How much wider or narrower a line's glyphs may be, in thousandths.
    pub(super) expansion: i64,
    /// How much white there may be after a letter, or be taken away, in ten-thousandths of an em.
    pub(super) letter_space: i64,
    /// Whether light characters hang into the margins.
    pub(super) hangs: bool,
}

/// What is not cut, except by a hyphen: a word in one face, a space, an object.
pub(super) struct Piece {
    pub content: Content,
    /// Index into the styles.
    pub style: u32,
    /// Index into the paragraph's fonts.
    pub font: u16,
    pub level: Level,
    /// Bytes of the text; none for a space that no character stands for.
    pub start: u32,
    pub end: u32,
    pub width: Length,
    /// How many letters may be set a little wider apart or closer: none in scripts that join them.
    pub letters: u32,
    /// Whether it is words that may be hyphenated.
    pub hyphenates: bool,
    pub after: After,
}

pub(super) enum Content {
    Glyphs(Rc<Glyphs>),
    Space {
        stretch: Length,
        shrink: Length,
    },
    Object(u32),
    /// A character that no face has.
    Missing(char),
    Newline,
}

/// What may happen after a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Join,
    /// The line may end, at a cost.
    Break(i32),
    /// The line may end, with a hyphen that the source allows here.
    SoftHyphen,
    /// The line ends.
    Forced,
}

/// A face as the paragraph needs it, in font units.
pub(super) struct Font {
    pub face: FaceId,
    pub units_per_em: i32,
    pub ascent: i32,
    pub descent: i32,
    pub underline: (i32, i32),
    /// Glyph and advance.
    pub space: (u16, i32),
    pub hyphen: Option<(u16, i32)>,
}

impl Font {
    /// Font units at a size.
    pub fn scale(&self, units: i32, size: Length) -> Length {
        Length(size.0 * i64::from(units) / i64::from(self.units_per_em))
    }
}

/// A place within a piece where a line may end.
pub(super) struct Hyphen {
    pub piece: u32,
    /// Bytes from the piece's start.
    pub at: u32,
    pub cost: i32,
    /// Whether a hyphen is set.
    pub hyphen: bool,
    /// The piece without ligatures, when the place is in the middle of one.
    pub whole: Option<Rc<Glyphs>>,
}

/// Where a line ends, and how the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The first piece that is not wholly on the line.
    pub piece: u32,
    /// Bytes of that piece that are on the line.
    pub bytes: u32,
    /// Index into the hyphens plus one, when the line ends at one of them.
    pub hyphen: u32,
    /// Whether a hyphen is set.
    pub set_hyphen: bool,
}

/// A paragraph whose every line is so good, in 1/1024 of the stretch, needs no hyphens.
const EVEN: i64 = 400;
/// Looser lines are a last resort.
const LOOSEST: i64 = 4000;

/// A paragraph may have a line more or fewer if none gets looser than this.
const RELINED: i64 = 750;

/// Cost of a break between any two clusters.
const IN_CLUSTERS: i32 = 2000;

/// The letters and digits of a node up to a place of the text.
#[derive(Default)]
struct Counted {
    /// Index after the node's span.
    next: usize,
    at: u32,
    letters: u32,
}

/// How far candidates go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Effort {
    Words,
    Hyphens,
    Anywhere,
}

impl Paragraph {
    /// Breaks the paragraph into lines. `looseness` asks for so many lines more or fewer than the
    /// best number; it is granted as far as the text allows without a line that is bad.
    pub fn lines(&self, shape: &LineShape, looseness: i32) -> Vec<Line> {
        if self.pieces.is_empty() {
            return Vec::new();
        }
        let widths = Widths { shape, indent: self.indent };
        let mode = Mode {
            justify: self.align == TextAlign::Justify,
            expansion: self.expansion,
            letter_space: self.letter_space,
            size: self.size.0,
            tolerance: 0,
            no_scraps: false,
            looseness,
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
        let mut start = Cut { piece: 0, bytes: 0, hyphen: 0, set_hyphen: false };
        let mut lines = Vec::with_capacity(cuts.len());
        let mut counted = Counted::default();
        for (index, cut) in cuts.iter().enumerate() {
            let (mut x, mut width) = widths.place(index);
            if index == 0 {
                width -= self.indent;
                if !self.rtl {
                    x += self.indent;
                }
            }
            let forced = self.is_forced(cut);
            let mut line = justify::line(self, start, *cut, x, width, index + 1 == cuts.len() || forced);
            line.source = self.source(start, &mut counted);
            lines.push(line);
            start = self.next_start(*cut);
        }
        lines
    }

    /// The notes it calls, in order.
    pub fn notes(&self) -> impl Iterator<Item = NoteId> {
        self.collected.notes.iter().map(|(_, id)| *id)
    }

    /// The place in the source where the line after a cut starts. Lines are asked for in order, so
    /// that each character is counted once.
    fn source(&self, start: Cut, counted: &mut Counted) -> Option<SourcePlace> {
        let piece = self.pieces.get(start.piece as usize)?;
        let at = piece.start + start.bytes;
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

    /// The width of the widest part that can't be broken without hyphens.
    pub fn min_content(&self) -> Length {
        let (mut widest, mut current) = (Length::ZERO, Length::ZERO);
        for piece in &self.pieces {
            if !matches!(piece.content, Content::Space { .. }) || piece.after == After::Join {
                current += piece.width;
            }
            if piece.after != After::Join {
                widest = widest.max(current);
                current = Length::ZERO;
            }
        }
        widest.max(current)
    }

    /// The width of the text on one line, or of its longest line where it has breaks that are meant.
    pub fn max_content(&self) -> Length {
        let (mut widest, mut current) = (Length::ZERO, self.indent);
        for piece in &self.pieces {
            current += piece.width;
            if piece.after == After::Forced {
                widest = widest.max(current);
                current = Length::ZERO;
            }
        }
        widest.max(current)
    }

    fn is_forced(&self, cut: &Cut) -> bool {
        cut.bytes == 0
            && (cut.piece as usize).checked_sub(1).is_some_and(|p| self.pieces[p].after == After::Forced)
    }

    /// The start of the line after a cut: spaces at its start are left out.
    fn next_start(&self, cut: Cut) -> Cut {
        let mut start = cut;
        while start.bytes == 0
            && self
                .pieces
                .get(start.piece as usize)
                .is_some_and(|p| matches!(p.content, Content::Space { .. }))
        {
            start.piece += 1;
        }
        start
    }

    /// The places where a line may end. `narrowest`: words wider than this are cut anywhere, with
    /// the greatest effort.
    fn candidates(&self, effort: Effort, narrowest: Length) -> Vec<Candidate> {
        let mut out = Vec::with_capacity(self.pieces.len() / 2 + 2);
        let mut sums = Sums::default();
        let first = Candidate {
            hang_start: self.hang_start(0),
            ..Candidate::new(Cut { piece: 0, bytes: 0, hyphen: 0, set_hyphen: false }, sums)
        };
        out.push(first);
        let mut hyphens = self.hyphens.iter().enumerate().peekable();
        for (index, piece) in self.pieces.iter().enumerate() {
            let before = sums;
            let size = self.collected.styles[piece.style as usize].size;
            match piece.content {
                Content::Space { stretch, shrink } => {
                    sums.glue += piece.width.0;
                    sums.stretch += stretch.0;
                    sums.shrink += shrink.0;
                }
                Content::Glyphs(_) => {
                    sums.text += piece.width.0;
                    sums.letters += size.0 * i64::from(piece.letters);
                }
                // Neither expands nor stretches.
                Content::Object(_) | Content::Missing(_) | Content::Newline => sums.glue += piece.width.0,
            }
            let first_inner = out.len();
            let anywhere = effort == Effort::Anywhere && piece.width > narrowest / 2;
            while let Some((number, hyphen)) = hyphens.next_if(|(_, h)| h.piece as usize == index) {
                if effort > Effort::Words {
                    out.push(self.inner(piece, hyphen, number, before));
                }
            }
            if anywhere {
                self.anywhere(index, before, &mut out);
                out[first_inner..].sort_by_key(|inner| inner.at.bytes);
            }
            let at = Cut { piece: index as u32 + 1, bytes: 0, hyphen: 0, set_hyphen: false };
            let last = index + 1 == self.pieces.len();
            let mut candidate = Candidate::new(at, sums);
            match piece.after {
                // Boxes in a row, or a word in the letters of many faces, can be as long as a word.
                After::Join if effort == Effort::Anywhere && self.joins_ink(index) => {
                    candidate.cost = IN_CLUSTERS
                }
                After::Join if !last => continue,
                After::Break(cost) => candidate.cost = cost,
                After::SoftHyphen if effort > Effort::Words => {
                    candidate.at.set_hyphen = true;
                    (candidate.cost, candidate.flagged) = (200, true);
                    candidate.extra = self.hyphen_width(piece);
                }
                After::SoftHyphen if !last => continue,
                After::Join | After::SoftHyphen => {}
                After::Forced => candidate.forced = true,
            }
            candidate.flagged |= self.ends_in_hyphen(piece);
            candidate.forced |= last;
            // The space before a break is on neither line.
            if matches!(piece.content, Content::Space { .. }) {
                candidate.end = before;
                candidate.hang_end = index.checked_sub(1).map_or(0, |i| self.hang_end(i));
            } else {
                candidate.hang_end = self.hang_end(index);
            }
            let mut next = index + 1;
            while let Some(Piece { content: Content::Space { stretch, shrink }, width, .. }) =
                self.pieces.get(next)
            {
                candidate.start.glue += width.0;
                candidate.start.stretch += stretch.0;
                candidate.start.shrink += shrink.0;
                next += 1;
            }
            candidate.hang_start = self.hang_start(next);
            out.push(candidate);
        }
        out
    }

    /// A candidate within a piece.
    fn inner(&self, piece: &Piece, hyphen: &Hyphen, number: usize, before: Sums) -> Candidate {
        let mut sums = before;
        if let Content::Glyphs(glyphs) = &piece.content {
            let glyphs = hyphen.whole.as_ref().unwrap_or(glyphs);
            let font = &self.fonts[usize::from(piece.font)];
            let size = self.collected.styles[piece.style as usize].size;
            sums.text += font.scale(glyphs.advance_between(0, hyphen.at), size).0;
            sums.letters += size.0 * i64::from(piece.letters_in(glyphs.between(0, hyphen.at)));
        }
        let at = Cut {
            piece: hyphen.piece,
            bytes: hyphen.at,
            hyphen: number as u32 + 1,
            set_hyphen: hyphen.hyphen,
        };
        let mut candidate = Candidate::new(at, sums);
        candidate.cost = hyphen.cost;
        if hyphen.hyphen {
            self.add_hyphen(piece, &mut candidate);
        }
        candidate
    }

    fn add_hyphen(&self, piece: &Piece, candidate: &mut Candidate) {
        candidate.flagged = true;
        candidate.extra = self.hyphen_width(piece);
        candidate.hang_end = candidate.extra * protrude::at_end('-') / 1000;
    }

    /// Candidates at every cluster of a word that no line can hold.
    fn anywhere(&self, index: usize, before: Sums, out: &mut Vec<Candidate>) {
        let piece = &self.pieces[index];
        let Content::Glyphs(glyphs) = &piece.content else { return };
        let font = &self.fonts[usize::from(piece.font)];
        let size = self.collected.styles[piece.style as usize].size;
        let text = &self.collected.text[piece.start as usize..piece.end as usize];
        let (mut units, mut clusters) = (0, 0);
        let mut starts: Vec<u32> = glyphs.glyphs.iter().map(|glyph| glyph.cluster).collect();
        starts.dedup();
        let mut place = |cluster: u32, units: i32| {
            clusters += 1;
            let mut sums = before;
            sums.text += font.scale(units, size).0;
            let hyphen = piece.hyphenates && joins_letters(text, cluster as usize);
            let at = Cut { piece: index as u32, bytes: cluster, hyphen: 0, set_hyphen: hyphen };
            // A letter alone before or after the cut is worse still.
            let alone = hyphen && (clusters == 1 || clusters + 1 == starts.len());
            let cost = if alone { 4 * IN_CLUSTERS } else { IN_CLUSTERS };
            let mut candidate = Candidate { cost, ..Candidate::new(at, sums) };
            if hyphen {
                self.add_hyphen(piece, &mut candidate);
            }
            out.push(candidate);
        };
        // Visual order is the reverse of logical order from right to left.
        let mut previous = 0;
        let mut step = |glyph: &ShapedGlyph| {
            if glyph.cluster != previous {
                place(glyph.cluster, units);
                previous = glyph.cluster;
            }
            units += glyph.advance;
        };
        if piece.level.is_rtl() {
            glyphs.glyphs.iter().rev().for_each(&mut step);
        } else {
            glyphs.glyphs.iter().for_each(&mut step);
        }
    }

    fn ends_in_hyphen(&self, piece: &Piece) -> bool {
        self.collected.text[..piece.end as usize].ends_with(['-', '\u{2010}'])
    }

    /// Whether a piece and the next are joined and neither is a space.
    fn joins_ink(&self, index: usize) -> bool {
        let inked = |piece: &Piece| !matches!(piece.content, Content::Space { .. });
        self.pieces.get(index..index + 2).is_some_and(|pair| pair.iter().all(inked))
    }

    pub(super) fn hyphen_width(&self, piece: &Piece) -> i64 {
        let font = &self.fonts[usize::from(piece.font)];
        let size = self.collected.styles[piece.style as usize].size;
        font.hyphen.map_or(0, |hyphen| font.scale(hyphen.1, size).0)
    }

    /// How far the first character of a piece hangs out when it starts a line.
    pub(super) fn hang_start(&self, index: usize) -> i64 {
        self.hang(index, |text| text.chars().next(), protrude::at_start, true)
    }

    /// How far the last character of a piece hangs out when it ends a line.
    pub(super) fn hang_end(&self, index: usize) -> i64 {
        self.hang(index, |text| text.chars().next_back(), protrude::at_end, false)
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
        let Some(piece) = self.pieces.get(index) else { return 0 };
        let Content::Glyphs(glyphs) = &piece.content else { return 0 };
        let text = &self.collected.text[piece.start as usize..piece.end as usize];
        let share = end(text).map_or(0, share);
        if share == 0 || piece.level.is_rtl() != self.rtl {
            return 0;
        }
        let glyph = if first == piece.level.is_ltr() { glyphs.glyphs.first() } else { glyphs.glyphs.last() };
        let font = &self.fonts[usize::from(piece.font)];
        let size = self.collected.styles[piece.style as usize].size;
        glyph.map_or(0, |g| font.scale(g.advance, size).0 * share / 1000)
    }
}

impl Piece {
    /// How many of the piece's letters, or of a part of them, may be set apart.
    pub(super) fn letters_in(&self, glyphs: &[ShapedGlyph]) -> u32 {
        if self.letters == 0 { 0 } else { letters(glyphs) }
    }
}

/// Whether the characters on both sides of a byte are letters of a script that is hyphenated.
fn joins_letters(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let letter = |c: char| c.is_alphabetic() && is_spaced(c.script());
    before.chars().next_back().is_some_and(letter) && after.chars().next().is_some_and(letter)
}

/// The clusters of glyphs.
pub(super) fn letters(glyphs: &[ShapedGlyph]) -> u32 {
    let new = |pair: &[ShapedGlyph]| pair[0].cluster != pair[1].cluster;
    glyphs.windows(2).filter(|pair| new(pair)).count() as u32 + u32::from(!glyphs.is_empty())
}

impl Glyphs {
    /// The glyphs of clusters that start between two bytes. Clusters rise from left to right, and
    /// fall in text that runs from right to left.
    pub(super) fn between(&self, from: u32, to: u32) -> &[ShapedGlyph] {
        let glyphs = &self.glyphs;
        let falls = glyphs.first().map(|g| g.cluster) > glyphs.last().map(|g| g.cluster);
        let (start, end) = if falls {
            (glyphs.partition_point(|g| g.cluster >= to), glyphs.partition_point(|g| g.cluster >= from))
        } else {
            (glyphs.partition_point(|g| g.cluster < from), glyphs.partition_point(|g| g.cluster < to))
        };
        &glyphs[start.min(end)..end]
    }

    /// Their advance.
    pub(super) fn advance_between(&self, from: u32, to: u32) -> i32 {
        self.between(from, to).iter().map(|g| g.advance).sum()
    }
}

/// The widths of a paragraph's lines.
struct Widths<'a> {
    shape: &'a LineShape,
    indent: Length,
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
        first.map_or(self.shape.rest.1, |first| first.min(self.shape.rest.1)) - self.indent.max(Length::ZERO)
    }
}
