//! Scripts beside a base, and what stands under and over it.

use super::row::core;
use super::{Set, Setter, Style};
use crate::font::{Constant::*, Corner};
use crate::layout::length::Length;
use crate::math::dictionary;
use crate::model::{Form, Math};

/// Sub, sup, and both before the base.
type Parts<'m> = [Option<&'m Math>; 4];

impl Setter<'_> {
    pub(super) fn scripts(&self, base: &Math, parts: Parts<'_>, style: Style, place: Form) -> Set {
        let large = core(base).is_some_and(|o| dictionary::of(o, place).large);
        let set = self.set(base, style, place);
        let lean = if large { set.italics } else { Length::ZERO };
        self.scripts_of(set, parts, style, lean)
    }

    /// Scripts of a base that is set; `lean` is how far a large operator leans over its lowered one.
    pub(super) fn scripts_of(&self, base: Set, parts: Parts<'_>, style: Style, lean: Length) -> Set {
        let [sub, sup, presub, presup] = parts;
        let set = |math: &Math, cramped| self.set(math, self.script(style, cramped), Form::Postfix);
        let (sub, presub) = (sub.map(|m| set(m, true)), presub.map(|m| set(m, true)));
        let (sup, presup) = (sup.map(|m| set(m, false)), presup.map(|m| set(m, false)));
        let (down, up) = self.shifts(&base, [&sub, &presub], [&sup, &presup], style);
        let space = self.constant(SpaceAfterScript, style);
        let mut out = Set { ascent: base.ascent, descent: base.descent, ..Set::default() };
        let width = |set: &Option<Set>| set.as_ref().map_or(Length::ZERO, |s| s.width);
        let mut pen = Length::ZERO;
        if presub.is_some() || presup.is_some() {
            let wide = width(&presub).max(width(&presup));
            for (script, y) in [(presub, down), (presup, -up)] {
                if let Some(script) = script {
                    let x = space + wide - script.width;
                    out.enclose(script, x, y);
                }
            }
            pen = space + wide;
        }
        let (glyph, italics, base_width) = (base.glyph, base.italics, base.width);
        out.enclose(base, pen, Length::ZERO);
        pen += base_width;
        let mut end = pen;
        let units = |length: Length| (length.0 * self.units_per_em / style.size.0.max(1)) as i32;
        if let Some(sub) = sub {
            let kern = glyph.map_or(0, |g| self.table.kern(g, Corner::BottomRight, units(-down)));
            let x = pen - lean + self.units(kern, style);
            end = end.max(x + sub.width);
            out.enclose(sub, x, down);
        }
        if let Some(sup) = sup {
            let kern = glyph.map_or(0, |g| self.table.kern(g, Corner::TopRight, units(up)));
            // It clears what leans over it; a large operator's width has that already.
            let over = if lean == Length::ZERO { italics } else { Length::ZERO };
            let x = pen + over + self.units(kern, style);
            end = end.max(x + sup.width);
            out.enclose(sup, x, -up);
        }
        out.width = if end > pen { end + space } else { end };
        out
    }

    /// How far down and up scripts stand.
    fn shifts(
        &self,
        base: &Set,
        subs: [&Option<Set>; 2],
        sups: [&Option<Set>; 2],
        style: Style,
    ) -> (Length, Length) {
        let extreme =
            |sets: [&Option<Set>; 2], of: fn(&Set) -> Length| sets.into_iter().flatten().map(of).max();
        let mut down = self
            .constant(SubscriptShiftDown, style)
            .max(base.descent + self.constant(SubscriptBaselineDropMin, style));
        let sub_top = extreme(subs, |s| s.ascent);
        if let Some(ascent) = sub_top {
            down = down.max(ascent - self.constant(SubscriptTopMax, style));
        }
        let shift = if style.cramped { SuperscriptShiftUpCramped } else { SuperscriptShiftUp };
        let mut up =
            self.constant(shift, style).max(base.ascent - self.constant(SuperscriptBaselineDropMax, style));
        let sup_bottom = extreme(sups, |s| s.descent);
        if let Some(descent) = sup_bottom {
            up = up.max(self.constant(SuperscriptBottomMin, style) + descent);
        }
        if let (Some(top), Some(bottom)) = (sub_top, sup_bottom) {
            let gap = (up - bottom) - (top - down);
            let mut short = self.constant(SubSuperscriptGapMin, style) - gap;
            if short > Length::ZERO {
                let room = self.constant(SuperscriptBottomMaxWithSubscript, style) - (up - bottom);
                let raise = short.min(room.max(Length::ZERO));
                up += raise;
                short -= raise;
                down += short;
            }
        }
        (down, up)
    }

    pub(super) fn stack(
        &self,
        base: &Math,
        under: Option<&Math>,
        over: Option<&Math>,
        accent: bool,
        style: Style,
        place: Form,
    ) -> Set {
        let operator = core(base);
        let known = operator.map(|o| dictionary::of(o, place));
        if known.is_some_and(|k| k.movable_limits) && !style.display {
            return self.scripts(base, [under, over, None, None], style, place);
        }
        let script = if accent { style } else { self.script(style, false) };
        let growing = |math: &Math| match math {
            Math::Operator(o) => {
                let known = dictionary::of(o, Form::Postfix);
                known.stretchy && (dictionary::grows_sideways(&o.text) || "_‾¯".contains(&*o.text))
            }
            _ => false,
        };
        let takes_room =
            |math: &Math| growing(math) && matches!(math, Math::Operator(o) if "→←↔⇒".contains(&*o.text));
        let cramped = Style { cramped: style.cramped || (accent && over.is_some()), ..style };
        let set_script = |math: Option<&Math>, cramped| {
            let style = Style { cramped: cramped || script.cramped, ..script };
            math.filter(|m| !growing(m)).map(|m| self.set(m, style, Form::Postfix))
        };
        let (mut low, mut high) = (set_script(under, true), set_script(over, false));
        let width = |set: &Option<Set>| set.as_ref().map_or(Length::ZERO, |s| s.width);
        let arrow = match base {
            Math::Operator(o) if growing(base) => Some(o),
            _ => None,
        };
        let base_set = match arrow {
            Some(o) => {
                let wanted = width(&low).max(width(&high));
                let c = o.text.chars().next().unwrap_or(' ');
                let wide = self.wide(c, &o.text, wanted, style);
                wide.map_or_else(|| self.set(base, style, place), |wide| self.drawn_for(base, wide))
            }
            None => self.set(base, cramped, place),
        };
        // Signs over and under are as wide as what they belong to.
        let full = base_set.width.max(width(&low)).max(width(&high));
        let grown = |math: Option<&Math>, out: &mut Option<Set>, top: bool| {
            let Some((math, Math::Operator(o))) = math.filter(|m| growing(m)).map(|m| (m, m)) else { return };
            let bar = matches!(&*o.text, "_" | "‾" | "¯" | "―");
            let set = if bar {
                let thickness = if top { OverbarRuleThickness } else { UnderbarRuleThickness };
                self.bar(base_set.width, self.constant(thickness, style))
            } else {
                let c = wide_form(&o.text, top);
                let set = self.wide(c, &o.text, full.min(base_set.width.max(full)), style);
                set.unwrap_or_else(|| self.set(math, style, Form::Postfix))
            };
            *out = Some(self.drawn_for(math, set));
        };
        grown(under, &mut low, false);
        grown(over, &mut high, true);
        let sign = |math: Option<&Math>| matches!(math, Some(Math::Operator(_)));
        // An accent in the form that the face has for it.
        if accent
            && let (Some(sign @ Math::Operator(o)), None) = (over, under)
            && !growing(sign)
            && let Some(c) = accent_form(&o.text)
            && let Some((face, id)) = self.find(c).filter(|(face, _)| *face == self.id)
        {
            high = Some(self.drawn_for(sign, self.glyph_of(face, id, &o.text, style)));
        }
        let large = known.is_some_and(|k| k.large);
        let limits = large || known.is_some_and(|k| k.movable_limits);
        let lean = if large { base_set.italics } else { Length::ZERO };
        let mut out = Set { width: base_set.width, ..Set::default() };
        (out.ascent, out.descent) = (base_set.ascent, base_set.descent);
        out.italics = if accent { base_set.italics } else { Length::ZERO };
        let (middle, base_width) = (base_set.middle(), base_set.width);
        let mut left = Length::ZERO;
        let mut placed = Vec::new();
        if let Some(over_set) = high {
            let least = self.constant(AccentBaseHeight, style);
            // Other signs are drawn at the baseline, not where an accent is.
            let as_accent = accent && sign(over) && -over_set.descent >= least;
            let (x, y);
            if as_accent {
                // The middles of both meet, and the accent moves up with what it stands on.
                let wide = growing(over.unwrap_or(base));
                x = if wide { (base_width - over_set.width) / 2 } else { middle - over_set.middle() };
                y = -(out.ascent - least).max(Length::ZERO);
                placed.push((over_set, x, y));
            } else {
                x = (base_width - over_set.width) / 2 + lean / 2;
                let gap = if arrow.is_some() {
                    self.constant(StretchStackGapBelowMin, style)
                } else if limits {
                    self.constant(UpperLimitGapMin, style)
                        .max(self.constant(UpperLimitBaselineRiseMin, style) - over_set.descent)
                } else {
                    self.constant(OverbarVerticalGap, style)
                };
                y = -(out.ascent + gap + over_set.descent);
                placed.push((over_set, x, y));
            }
        }
        if let Some(under_set) = low {
            let gap = if arrow.is_some() {
                self.constant(StretchStackGapAboveMin, style)
            } else if limits {
                self.constant(LowerLimitGapMin, style)
                    .max(self.constant(LowerLimitBaselineDropMin, style) - under_set.ascent)
            } else {
                self.constant(UnderbarVerticalGap, style)
            };
            let x = (base_width - under_set.width) / 2 - lean / 2;
            let y = out.descent + gap + under_set.ascent;
            placed.push((under_set, x, y));
        }
        let mut right = base_width;
        for (set, x, _) in &placed {
            // Accents may stand over the edges; arrows may not.
            if !accent || [under, over].into_iter().flatten().any(takes_room) {
                left = left.max(-*x);
                right = right.max(*x + set.width);
            }
        }
        out.attachment = (accent && over.is_some()).then_some(middle);
        out.enclose(base_set, left, Length::ZERO);
        for (set, x, y) in placed {
            out.enclose(set, left + x, y);
        }
        out.width = right + left;
        out
    }
}

/// The character whose glyph a face has as an accent.
fn accent_form(text: &str) -> Option<char> {
    Some(match text {
        "^" | "ˆ" => '\u{302}',
        "~" | "˜" => '\u{303}',
        "¯" => '\u{304}',
        "ˇ" => '\u{30C}',
        "˘" => '\u{306}',
        "´" => '\u{301}',
        "`" => '\u{300}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "˚" => '\u{30A}',
        "→" => '\u{20D7}',
        "←" => '\u{20D6}',
        "⃛" => '\u{20DB}',
        "⃜" => '\u{20DC}',
        _ => return None,
    })
}

/// The character whose glyph grows sideways.
fn wide_form(text: &str, over: bool) -> char {
    match text {
        "^" | "ˆ" => '\u{302}',
        "~" | "˜" if over => '\u{303}',
        "~" | "˜" => '\u{330}',
        "ˇ" => '\u{30C}',
        "˘" => '\u{306}',
        other => other.chars().next().unwrap_or(' '),
    }
}
