//! The places where a paragraph's lines may end, with the sums that breaking goes by.

use super::breaks::{Candidate, Sums};
use super::glyphs::{Glyphs, ShapedGlyph, letters};
use super::protrude;
use super::shaped::{After, Content, Cut, Hyphen, Paragraph, Unit};
use crate::layout::length::Length;
use crate::text::segment::is_spaced;
use unicode_script::UnicodeScript;

/// Cost of a break between any two clusters.
const IN_CLUSTERS: i32 = 2000;

/// How far candidates go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effort {
    Words,
    Hyphens,
    Anywhere,
}

/// What stands in a unit before a place. Counted on from the place before, since an address may have a
/// place at every letter.
#[derive(Clone, Copy, Default)]
struct Inside {
    unit: u32,
    at: u32,
    advance: i32,
    letters: u32,
}

impl Inside {
    fn on(self, hyphen: &Hyphen, glyphs: &Glyphs) -> Inside {
        let start = if self.unit == hyphen.unit && self.at <= hyphen.at { self } else { Inside::default() };
        let further = glyphs.between(start.at, hyphen.at);
        Inside {
            unit: hyphen.unit,
            at: hyphen.at,
            advance: start.advance + further.iter().map(|glyph| glyph.advance).sum::<i32>(),
            letters: start.letters + letters(further),
        }
    }
}

impl Paragraph {
    /// The places where a line may end. `narrowest`: words wider than this are cut anywhere, with
    /// the greatest effort.
    pub(super) fn candidates(&self, effort: Effort, narrowest: Length) -> Vec<Candidate> {
        let mut out = Vec::with_capacity(self.units.len() / 2 + 2);
        let mut sums = Sums::default();
        let first = Candidate {
            hang_start: self.hang_start(0),
            ..Candidate::new(Cut { unit: 0, bytes: 0, hyphen: 0, set_hyphen: false }, sums)
        };
        out.push(first);
        let mut hyphens = self.hyphens.iter().enumerate().peekable();
        let mut inside = Inside::default();
        for (index, unit) in self.units.iter().enumerate() {
            let before = sums;
            let size = self.collected.styles[unit.style as usize].size;
            match unit.content {
                Content::Space { stretch, shrink } => {
                    sums.glue += unit.width.0;
                    sums.stretch += stretch.0;
                    sums.shrink += shrink.0;
                }
                Content::Glyphs(_) => {
                    sums.text += unit.width.0;
                    sums.letters += size.0 * i64::from(unit.letters);
                }
                // Neither expands nor stretches.
                Content::Object(_) | Content::Missing(_) | Content::Newline => sums.glue += unit.width.0,
            }
            let first_inner = out.len();
            let anywhere = effort == Effort::Anywhere && unit.width > narrowest / 2;
            while let Some((number, hyphen)) = hyphens.next_if(|(_, h)| h.unit as usize == index) {
                if effort > Effort::Words {
                    out.push(self.inner(unit, hyphen, number, before, &mut inside));
                }
            }
            if anywhere {
                self.anywhere(index, before, &mut out);
                out[first_inner..].sort_by_key(|inner| inner.at.bytes);
            }
            let at = Cut { unit: index as u32 + 1, bytes: 0, hyphen: 0, set_hyphen: false };
            let last = index + 1 == self.units.len();
            let mut candidate = Candidate::new(at, sums);
            match unit.after {
                // Boxes in a row, or a word in the letters of many faces, can be as long as a word.
                After::Join if effort == Effort::Anywhere && self.joins_ink(index) => {
                    candidate.cost = IN_CLUSTERS
                }
                After::Join if !last => continue,
                After::Break(cost) => candidate.cost = cost,
                After::SoftHyphen if effort > Effort::Words => {
                    candidate.at.set_hyphen = true;
                    (candidate.cost, candidate.flagged) = (200, true);
                    candidate.extra = self.hyphen_width(unit);
                }
                After::SoftHyphen if !last => continue,
                After::Join | After::SoftHyphen => {}
                After::Forced => candidate.forced = true,
            }
            candidate.flagged |= self.ends_in_hyphen(unit);
            candidate.forced |= last;
            // The space before a break is on neither line.
            if matches!(unit.content, Content::Space { .. }) {
                candidate.end = before;
                candidate.hang_end = index.checked_sub(1).map_or(0, |i| self.hang_end(i));
            } else {
                candidate.hang_end = self.hang_end(index);
            }
            let mut next = index + 1;
            while let Some(Unit { content: Content::Space { stretch, shrink }, width, .. }) =
                self.units.get(next)
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

    /// A candidate within a unit. Those of a unit come in their order.
    fn inner(
        &self,
        unit: &Unit,
        hyphen: &Hyphen,
        number: usize,
        before: Sums,
        inside: &mut Inside,
    ) -> Candidate {
        let mut sums = before;
        if let Content::Glyphs(glyphs) = &unit.content {
            let mut upto = match &hyphen.whole {
                Some(whole) => Inside::default().on(hyphen, whole),
                None => {
                    *inside = std::mem::take(inside).on(hyphen, glyphs);
                    *inside
                }
            };
            if unit.letters == 0 {
                upto.letters = 0;
            }
            let font = &self.fonts[usize::from(unit.font)];
            let size = self.collected.styles[unit.style as usize].size;
            sums.text += font.scale(upto.advance, size).0;
            sums.letters += size.0 * i64::from(upto.letters);
        }
        let at =
            Cut { unit: hyphen.unit, bytes: hyphen.at, hyphen: number as u32 + 1, set_hyphen: hyphen.hyphen };
        let mut candidate = Candidate::new(at, sums);
        candidate.cost = hyphen.cost;
        if hyphen.hyphen {
            self.add_hyphen(unit, &mut candidate);
        }
        candidate
    }

    fn add_hyphen(&self, unit: &Unit, candidate: &mut Candidate) {
        candidate.flagged = true;
        candidate.extra = self.hyphen_width(unit);
        candidate.hang_end = candidate.extra * protrude::at_end('-') / 1000;
    }

    /// Candidates at every cluster of a word that no line can hold.
    fn anywhere(&self, index: usize, before: Sums, out: &mut Vec<Candidate>) {
        let unit = &self.units[index];
        let Content::Glyphs(glyphs) = &unit.content else { return };
        let font = &self.fonts[usize::from(unit.font)];
        let size = self.collected.styles[unit.style as usize].size;
        let text = &self.collected.text[unit.start as usize..unit.end as usize];
        let (mut units, mut clusters) = (0, 0);
        let mut starts: Vec<u32> = glyphs.glyphs.iter().map(|glyph| glyph.cluster).collect();
        starts.dedup();
        let mut place = |cluster: u32, units: i32| {
            clusters += 1;
            let mut sums = before;
            sums.text += font.scale(units, size).0;
            let hyphen = unit.hyphenates && joins_letters(text, cluster as usize);
            let at = Cut { unit: index as u32, bytes: cluster, hyphen: 0, set_hyphen: hyphen };
            // A letter alone before or after the cut is worse still.
            let alone = hyphen && (clusters == 1 || clusters + 1 == starts.len());
            let cost = if alone { 4 * IN_CLUSTERS } else { IN_CLUSTERS };
            let mut candidate = Candidate { cost, ..Candidate::new(at, sums) };
            if hyphen {
                self.add_hyphen(unit, &mut candidate);
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
        if unit.level.is_rtl() {
            glyphs.glyphs.iter().rev().for_each(&mut step);
        } else {
            glyphs.glyphs.iter().for_each(&mut step);
        }
    }

    fn ends_in_hyphen(&self, unit: &Unit) -> bool {
        self.collected.text[..unit.end as usize].ends_with(['-', '\u{2010}'])
    }

    /// Whether a unit and the next are joined and neither is a space.
    fn joins_ink(&self, index: usize) -> bool {
        let inked = |unit: &Unit| !matches!(unit.content, Content::Space { .. });
        self.units.get(index..index + 2).is_some_and(|pair| pair.iter().all(inked))
    }
}

/// Whether the characters on both sides of a byte are letters of a script that is hyphenated.
fn joins_letters(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let letter = |c: char| c.is_alphabetic() && is_spaced(c.script());
    before.chars().next_back().is_some_and(letter) && after.chars().next().is_some_and(letter)
}
