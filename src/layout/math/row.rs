//! Rows: parts beside each other, with operators that grow with what is beside them.

use super::{Set, Setter, Style, Target};
use crate::layout::length::Length;
use crate::math::dictionary::{self, Properties};
use crate::model::{Form, Math, Operator};

/// A line ends after a relation rather than after another operator.
const AFTER_RELATION: i32 = 100;
const AFTER_BINARY: i32 = 200;

impl Setter<'_> {
    pub(super) fn row(&self, children: &[Math], style: Style) -> Set {
        let mut cores = Vec::with_capacity(children.len());
        for (n, child) in children.iter().enumerate() {
            let place = match n {
                0 if children.len() > 1 => Form::Prefix,
                _ if n + 1 == children.len() && n > 0 => Form::Postfix,
                _ => Form::Infix,
            };
            let core = core(child).map(|operator| (operator, dictionary::of(operator, place)));
            cores.push((place, core));
        }
        let grows = |core: &Option<(&Operator, Properties)>| {
            core.as_ref()
                .is_some_and(|(o, p)| p.stretchy && o.size.is_none() && !dictionary::grows_sideways(&o.text))
        };
        let mut sets: Vec<Option<Set>> = vec![None; children.len()];
        let mut target: Target = (Length::ZERO, Length::ZERO);
        for (n, child) in children.iter().enumerate() {
            let (place, core) = &cores[n];
            if !grows(core) {
                let set = self.set(child, style, *place);
                target = (target.0.max(set.ascent), target.1.max(set.descent));
                sets[n] = Some(set);
            }
        }
        let alone = !children.is_empty() && sets.iter().all(Option::is_none);
        let mut out = Set::default();
        let mut pen = Length::ZERO;
        for (n, child) in children.iter().enumerate() {
            let (place, core) = &cores[n];
            let set = match sets[n].take() {
                Some(set) => set,
                None => self.grown(child, style, *place, (!alone).then_some(target)),
            };
            let white = |thousandths: i32| self.em(thousandths, style);
            if let Some((_, properties)) = core {
                pen += white(properties.before);
            }
            let mut width = set.width;
            (out.italics, out.glyph) = (set.italics, if children.len() == 1 { set.glyph } else { None });
            // What follows a letter clears what leans over it, as in TeX.
            if children.len() > 1
                && matches!(child, Math::Identifier { .. } | Math::Stack { accent: true, .. })
            {
                width += std::mem::take(&mut out.italics);
            }
            if children.len() == 1 {
                out.attachment = set.attachment;
            }
            let inner = set.breaks.clone();
            out.breaks.extend(inner.into_iter().map(|(at, cost)| (at + pen, cost)));
            out.enclose(set, pen, Length::ZERO);
            pen += width;
            if let Some((_, properties)) = core {
                pen += white(properties.after);
                // The white after a sign is at the end of the line.
                if n > 0 && n + 1 < children.len() && style.level == 0 {
                    match properties.before {
                        _ if properties.after < properties.before => {}
                        278 => out.breaks.push((pen, AFTER_RELATION)),
                        222 => out.breaks.push((pen, AFTER_BINARY)),
                        _ => {}
                    }
                }
            }
        }
        out.width = pen;
        out
    }

    /// A part whose operator grows to a height.
    fn grown(&self, math: &Math, style: Style, place: Form, target: Option<Target>) -> Set {
        match math {
            Math::Operator(operator) => self.drawn_for(math, self.operator(operator, style, place, target)),
            Math::Scripts { base, sub, sup, presub, presup } => {
                let base = self.grown(base, style, place, target);
                let parts = [sub, sup, presub, presup].map(Option::as_deref);
                self.scripts_of(base, parts, style, Length::ZERO)
            }
            other => self.set(other, style, place),
        }
    }
}

/// The operator at the core of a part (MathML Core, embellished operators).
pub(super) fn core(math: &Math) -> Option<&Operator> {
    match math {
        Math::Operator(operator) => Some(operator),
        Math::Scripts { base, .. } | Math::Stack { base, .. } => core(base),
        Math::Styled { body, .. } | Math::Padded { body, .. } | Math::Phantom { body, .. } => core(body),
        Math::Row { children } => {
            let mut solid = children.iter().filter(|c| !matches!(c, Math::Space { .. }));
            match (solid.next(), solid.next()) {
                (Some(only), None) => core(only),
                _ => None,
            }
        }
        _ => None,
    }
}
