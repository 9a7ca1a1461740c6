//! Operators: large ones, and those that grow, from variants or put together from parts.

use super::{Mark, MarkKind, Set, Setter, Style, Target};
use crate::layout::length::Length;
use crate::math::dictionary;
use crate::model::{Form, Operator};

/// A sign is put together from no more parts.
const MOST_PARTS: i64 = 2_000;

impl Setter<'_> {
    pub(super) fn operator(
        &self,
        operator: &Operator,
        style: Style,
        place: Form,
        target: Option<Target>,
    ) -> Set {
        let known = dictionary::of(operator, place);
        let mut chars = operator.text.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else { return self.words(&operator.text, style) };
        let Some((face, id)) = self.find(c) else { return self.words(&operator.text, style) };
        if face != self.id {
            return self.words(&operator.text, style);
        }
        let target = match operator.size {
            Some(size) => {
                let half = self.em(size, style) / 2;
                Some((half + self.axis(style), half - self.axis(style)))
            }
            None => target,
        };
        if known.large && style.display {
            let least = self.table.display_operator_height();
            let larger = self.table.variants(id, true).find(|(_, height)| *height >= least);
            let larger = larger.or_else(|| self.table.variants(id, true).last());
            let mut set = self.glyph(larger.map_or(id, |l| l.0), &operator.text, style);
            self.centre(&mut set, style);
            set.attachment = None;
            return set;
        }
        match target {
            Some(target) if known.stretchy && !dictionary::grows_sideways(&operator.text) => {
                self.tall(id, &operator.text, target, known.symmetric, style)
            }
            _ => {
                let mut set = self.glyph(id, &operator.text, style);
                if known.large {
                    self.centre(&mut set, style);
                }
                set
            }
        }
    }

    /// Moves a sign so that its middle is on the axis.
    fn centre(&self, set: &mut Set, style: Style) {
        let down = (set.ascent - set.descent) / 2 - self.axis(style);
        set.ascent -= down;
        set.descent += down;
        set.marks.iter_mut().for_each(|mark| mark.y += down);
    }

    /// A sign as tall as asked for.
    pub(super) fn tall(
        &self,
        id: u16,
        text: &str,
        (above, below): Target,
        symmetric: bool,
        style: Style,
    ) -> Set {
        let axis = self.axis(style);
        let (above, below) = if symmetric {
            let half = (above - axis).max(below + axis);
            (half + axis, half - axis)
        } else {
            (above, below)
        };
        let mut set = self.stretched(id, text, above + below, true, style);
        // Its middle is in the middle of what was asked for.
        let down = (set.ascent - set.descent) / 2 - (above - below) / 2;
        set.ascent -= down;
        set.descent += down;
        set.marks.iter_mut().for_each(|mark| mark.y += down);
        set
    }

    /// A sign as wide as asked for.
    pub(super) fn wide(&self, c: char, text: &str, width: Length, style: Style) -> Option<Set> {
        let (face, id) = self.find(c)?;
        if face != self.id {
            return None;
        }
        Some(self.stretched(id, text, width, false, style))
    }

    /// The smallest form of a glyph that is as long as asked for, or else the longest there is.
    fn stretched(&self, id: u16, text: &str, length: Length, vertical: bool, style: Style) -> Set {
        let own = self.glyph(id, text, style);
        let natural = if vertical { own.height() } else { own.width };
        if natural >= length {
            return own;
        }
        let mut largest = None;
        for (variant, advance) in self.table.variants(id, vertical) {
            largest = Some(variant);
            if self.units(advance, style) >= length {
                return self.glyph(variant, text, style);
            }
        }
        self.assembled(id, text, length, vertical, style)
            .unwrap_or_else(|| largest.map_or(own, |variant| self.glyph(variant, text, style)))
    }

    /// A sign put together from its parts (OpenType, MATH table, glyph assembly).
    fn assembled(&self, id: u16, text: &str, length: Length, vertical: bool, style: Style) -> Option<Set> {
        let parts = self.table.assembly(id, vertical);
        let wanted = length.0 * self.units_per_em / style.size.0.max(1);
        let least = i64::from(self.table.overlap());
        let sum = |extends: bool| -> (i64, i64) {
            let chosen = parts.iter().filter(|p| p.extends == extends);
            chosen.fold((0, 0), |(n, total), p| (n + 1, total + i64::from(p.advance)))
        };
        let ((fixed, fixed_total), (more, more_total)) = (sum(false), sum(true));
        if more == 0 || more_total <= more * least {
            return None;
        }
        // So many repetitions that it is long enough with the least overlap.
        let short = wanted - fixed_total + least * (fixed - 1);
        let each = more_total - least * more;
        let repeat = if short > 0 { (short + each - 1) / each } else { 0 };
        let repeat = repeat.min(MOST_PARTS / more);
        let mut glyphs = Vec::new();
        for part in &parts {
            for _ in 0..if part.extends { repeat } else { 1 } {
                glyphs.push(*part);
            }
        }
        let joints = (glyphs.len() as i64 - 1).max(0);
        let total: i64 = glyphs.iter().map(|p| i64::from(p.advance)).sum();
        let most =
            glyphs.windows(2).map(|w| i64::from(w[0].end.min(w[1].start))).min().unwrap_or(least).max(least);
        let overlap = if joints == 0 { 0 } else { ((total - wanted) / joints).clamp(least, most) };
        let overlap = i32::try_from(overlap).unwrap_or(0);
        let mut out = Set::default();
        let (mut at, mut end) = (0i32, 0i32);
        for (n, part) in glyphs.iter().enumerate() {
            let mut glyph = self.glyph(part.glyph, text, style);
            for mark in &mut glyph.marks {
                if let MarkKind::Glyph { part, .. } = &mut mark.kind {
                    *part = n > 0;
                }
            }
            if vertical {
                // Each stands on the one before, the first on the baseline.
                let y = -self.units(at, style) - glyph.descent;
                out.width = out.width.max(glyph.width);
                out.place(glyph, Length::ZERO, y);
            } else {
                out.ascent = if n == 0 { glyph.ascent } else { out.ascent.max(glyph.ascent) };
                out.descent = if n == 0 { glyph.descent } else { out.descent.max(glyph.descent) };
                for mark in &mut glyph.marks {
                    mark.x += self.units(at, style);
                }
                out.place(glyph, Length::ZERO, Length::ZERO);
            }
            end = at + part.advance;
            at = end - overlap;
        }
        if vertical {
            out.ascent = self.units(end, style);
        } else {
            out.width = self.units(end, style);
        }
        Some(out)
    }

    /// A line over or under something.
    pub(super) fn bar(&self, width: Length, thickness: Length) -> Set {
        let kind = MarkKind::Rule { width, height: thickness };
        let marks = vec![Mark { x: Length::ZERO, y: -thickness, color: None, part: None, kind }];
        Set { width, ascent: thickness, marks, ..Set::default() }
    }
}
