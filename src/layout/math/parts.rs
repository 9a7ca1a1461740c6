//! Fractions and roots.

use super::{Set, Setter, Style};
use crate::font::Constant::*;
use crate::layout::length::Length;
use crate::model::{Form, Math};

/// White on both sides of a fraction, in thousandths of an em.
const BESIDE: i32 = 50;

impl Setter<'_> {
    pub(super) fn fraction(&self, above: &Math, below: &Math, thickness: Option<i32>, style: Style) -> Set {
        let inner = if style.display { Style { display: false, ..style } } else { self.script(style, false) };
        let above = self.set(above, inner, Form::Infix);
        let below = self.set(below, Style { cramped: true, ..inner }, Form::Infix);
        let line = match thickness {
            Some(thickness) => self.em(thickness, style),
            None => self.constant(FractionRuleThickness, style),
        };
        let axis = self.axis(style);
        let pick = |display, text| self.constant(if style.display { display } else { text }, style);
        let (mut up, mut down);
        if line.0 == 0 {
            up = pick(StackTopDisplayStyleShiftUp, StackTopShiftUp);
            down = pick(StackBottomDisplayStyleShiftDown, StackBottomShiftDown);
            let gap = (up - above.descent) + (down - below.ascent);
            let short = pick(StackDisplayStyleGapMin, StackGapMin) - gap;
            if short > Length::ZERO {
                up += short / 2;
                down += short / 2;
            }
        } else {
            let above_gap = pick(FractionNumDisplayStyleGapMin, FractionNumeratorGapMin);
            let below_gap = pick(FractionDenomDisplayStyleGapMin, FractionDenominatorGapMin);
            up = pick(FractionNumeratorDisplayStyleShiftUp, FractionNumeratorShiftUp);
            up = up.max(axis + line / 2 + above_gap + above.descent);
            down = pick(FractionDenominatorDisplayStyleShiftDown, FractionDenominatorShiftDown);
            down = down.max(below_gap + line / 2 - axis + below.ascent);
        }
        let beside = self.em(BESIDE, style);
        let inner_width = above.width.max(below.width);
        let mut out = Set { width: inner_width + beside * 2, ..Set::default() };
        let middle = |width: Length| beside + (inner_width - width) / 2;
        let (left, right) = (middle(above.width), middle(below.width));
        (out.ascent, out.descent) = (above.ascent + up, below.descent + down);
        out.place(above, left, -up);
        if line.0 > 0 {
            out.rule(beside, -axis - line / 2, inner_width, line);
        }
        out.place(below, right, down);
        out
    }

    pub(super) fn root(&self, radicand: &Math, index: Option<&Math>, style: Style) -> Set {
        let base = self.set(radicand, Style { cramped: true, ..style }, Form::Infix);
        let gap = if style.display { RadicalDisplayStyleVerticalGap } else { RadicalVerticalGap };
        let (gap, line) = (self.constant(gap, style), self.constant(RadicalRuleThickness, style));
        let extra = self.constant(RadicalExtraAscender, style);
        let Some((_, id)) = self.find('√') else { return base };
        let wanted = base.height() + gap + line;
        // The sign hangs from the line over what is under it.
        let sign = self.tall(id, "√", (wanted, Length::ZERO), false, style);
        let tall = sign.height();
        let top = base.ascent + gap + line;
        let mut out = Set::default();
        let mut pen = Length::ZERO;
        let (sign_ascent, sign_width) = (sign.ascent, sign.width);
        out.ascent = top + extra;
        out.descent = base.descent.max(tall - top);
        if let Some(index) = index {
            let twice = self.script(self.script(style, false), false);
            let index = self.set(index, twice, Form::Infix);
            let before = self.constant(RadicalKernBeforeDegree, style).max(Length::ZERO);
            let after = self.constant(RadicalKernAfterDegree, style).max(-index.width);
            let raise = tall.scale(i64::from(self.table.degree_raise()), 100);
            let bottom = (tall - top) - raise;
            let y = bottom - index.descent;
            let width = index.width;
            out.enclose(index, before, y);
            pen = before + width + after;
        }
        out.place(sign, pen, sign_ascent - top);
        pen += sign_width;
        out.rule(pen, -top, base.width, line);
        out.width = pen + base.width;
        out.place(base, pen, Length::ZERO);
        out
    }
}
