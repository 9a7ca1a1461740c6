//! Formulas are set: by the layout of MathML Core, with the measures of the face's MATH table.
//!
//! Where MathML Core leaves the look to chance, TeX's way is taken: a superscript clears the
//! overhang of its base, accents sit where the face wants them.

mod draw;
mod parts;
mod row;
mod scripts;
mod set;
mod sign;
mod table;

use crate::font::{Constant, FaceId, FontLibrary, FontStyle, MathTable};
use crate::layout::length::Length;
use crate::math::elements::Drawn;
use crate::model::{Enclosure, Form, Math};
pub(in crate::layout) use set::Set;
use set::{Mark, MarkKind};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use unicode_script::UnicodeScript;

/// How a part of a formula is set.
#[derive(Clone, Copy, Debug)]
struct Style {
    size: Length,
    /// As displayed formulas are.
    display: bool,
    /// How often it is a script of a script.
    level: u8,
    /// Superscripts stand lower.
    cramped: bool,
}

/// Sets formulas, and parses the face for them when the first one comes.
pub(in crate::layout) struct Formulas<'a> {
    fonts: &'a FontLibrary,
    setter: OnceCell<Option<Setter<'a>>>,
}

impl<'a> Formulas<'a> {
    pub fn new(fonts: &'a FontLibrary) -> Self {
        Formulas { fonts, setter: OnceCell::new() }
    }

    /// A formula at a size; `None` when there is no face for formulas.
    pub fn set(&self, math: &Math, size: Length, display: bool) -> Option<Set> {
        let setter = self.setter()?;
        setter.drawn.replace(Drawn::of(math));
        Some(setter.set(math, Style { size, display, level: 0, cramped: false }, Form::Infix))
    }

    pub fn setter(&self) -> Option<&Setter<'a>> {
        self.setter.get_or_init(|| Setter::new(self.fonts)).as_ref()
    }

    /// The characters that no face has, each once.
    pub fn missing(&self) -> Vec<char> {
        self.setter.get().and_then(Option::as_ref).map(|s| s.missing.take()).unwrap_or_default()
    }
}

/// Sets formulas in the face for them.
pub(in crate::layout) struct Setter<'a> {
    fonts: &'a FontLibrary,
    id: FaceId,
    table: MathTable<'a>,
    units_per_em: i64,
    /// Characters that no face has.
    missing: RefCell<Vec<char>>,
    /// The numbers of the parts of the formula at hand.
    drawn: RefCell<Drawn>,
    /// What glyphs measure, which takes drawing them.
    measured: RefCell<HashMap<(FaceId, u16), Measures>>,
}

/// Width of a glyph and how far up and down its ink reaches, in font units.
#[derive(Clone, Copy)]
struct Measures {
    advance: i32,
    top: i32,
    bottom: i32,
}

/// A sign and the height that it is to have above and below the baseline.
type Target = (Length, Length);

impl<'a> Setter<'a> {
    /// `None` when the face has no MATH table.
    pub fn new(fonts: &'a FontLibrary) -> Option<Self> {
        let id = fonts.math();
        let face = fonts.face(id);
        let table = MathTable::new(face)?;
        let units_per_em = i64::from(face.metrics().units_per_em);
        Some(Setter {
            fonts,
            id,
            table,
            units_per_em,
            missing: RefCell::default(),
            drawn: RefCell::default(),
            measured: RefCell::default(),
        })
    }

    /// The tags of a system of equations, with the numbers of their rows.
    pub fn tags(&self, math: &Math, size: Length) -> Vec<(usize, Set)> {
        let Math::Table(table) = math else { return Vec::new() };
        let style = Style { size, display: true, level: 0, cramped: false };
        self.drawn.replace(Drawn::of(math));
        let rows = table.rows.iter().enumerate();
        rows.filter_map(|(n, row)| Some((n, self.set(row.tag.as_ref()?, style, Form::Infix)))).collect()
    }

    fn units(&self, units: i32, style: Style) -> Length {
        Length(style.size.0 * i64::from(units) / self.units_per_em)
    }

    fn constant(&self, constant: Constant, style: Style) -> Length {
        self.units(self.table.constant(constant), style)
    }

    fn axis(&self, style: Style) -> Length {
        self.constant(Constant::AxisHeight, style)
    }

    fn em(&self, thousandths: i32, style: Style) -> Length {
        style.size.scale(i64::from(thousandths), 1000)
    }

    /// The style of a script.
    fn script(&self, style: Style, cramped: bool) -> Style {
        let scale = |level: u8| match level {
            0 => 1000,
            1 | 2 => i64::from(self.table.script_scale(level)) * 10,
            // Smaller ones could not be read.
            _ => i64::from(self.table.script_scale(2)) * 10,
        };
        let level = style.level.saturating_add(1).min(9);
        let size = style.size.scale(scale(level), scale(style.level));
        Style { size, display: false, level, cramped: cramped || style.cramped }
    }

    fn set(&self, math: &Math, style: Style, place: Form) -> Set {
        self.drawn_for(math, self.shape(math, style, place))
    }

    /// What is drawn for a part, with its number when it is a sign or words.
    fn drawn_for(&self, math: &Math, mut set: Set) -> Set {
        if let Some(number) = self.drawn.borrow().number(math) {
            set.marks.iter_mut().for_each(|mark| mark.part = Some(number));
        }
        set
    }

    fn shape(&self, math: &Math, style: Style, place: Form) -> Set {
        match math {
            Math::Row { children } => self.row(children, style),
            Math::Identifier { text, upright } => {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) if !upright => {
                        let italic = crate::math::alphabet::Alphabet::Italic.letter(c);
                        self.letters(&[(italic, c)], style)
                    }
                    _ => self.words(text, style),
                }
            }
            Math::Number { text } | Math::Words { text } => self.words(text, style),
            Math::Operator(operator) => self.operator(operator, style, place, None),
            Math::Space { width } => Set::space(self.em(*width, style)),
            Math::Fraction { numerator, denominator, thickness } => {
                self.fraction(numerator, denominator, *thickness, style)
            }
            Math::Root { radicand, index } => self.root(radicand, index.as_deref(), style),
            Math::Scripts { base, sub, sup, presub, presup } => {
                let parts = [sub, sup, presub, presup].map(Option::as_deref);
                self.scripts(base, parts, style, place)
            }
            Math::Stack { base, under, over, accent } => {
                self.stack(base, under.as_deref(), over.as_deref(), *accent, style, place)
            }
            Math::Table(table) => self.table(table, style),
            Math::Phantom { body, horizontal, vertical } => {
                let set = self.set(body, style, place);
                Set {
                    width: if *horizontal { set.width } else { Length::ZERO },
                    ascent: if *vertical { set.ascent } else { Length::ZERO },
                    descent: if *vertical { set.descent } else { Length::ZERO },
                    ..Set::default()
                }
            }
            Math::Padded { body, width, shift, raise, smashed } => {
                let inner = self.set(body, style, place);
                let mut out =
                    Set { width: width.map_or(inner.width, |w| self.em(w, style)), ..Set::default() };
                let (x, y) = (inner.width.scale(i64::from(*shift), 1000), -self.em(*raise, style));
                out.enclose(inner, x, y);
                if *smashed {
                    (out.ascent, out.descent) = (Length::ZERO, Length::ZERO);
                }
                out
            }
            Math::Styled { body, display, level, size, color } => {
                let mut inner = style;
                if let Some(level) = level {
                    let base = match style.level {
                        0 => style.size,
                        at => {
                            let scale = i64::from(self.table.script_scale(at.min(2)));
                            style.size.scale(100, scale)
                        }
                    };
                    let scale = if *level == 0 { 100 } else { i64::from(self.table.script_scale(*level)) };
                    inner.size = base.scale(scale, 100);
                    inner.level = *level;
                }
                inner.display = display.unwrap_or(inner.display);
                if let Some(size) = size {
                    inner.size = inner.size.scale(i64::from((*size).clamp(100, 5000)), 1000);
                }
                let mut set = self.set(body, inner, place);
                if let Some(color) = color.as_deref().and_then(parsed) {
                    set.marks.iter_mut().for_each(|mark| mark.color = mark.color.or(Some(color)));
                }
                set
            }
            Math::Enclosed { body, notation } => self.enclosed(body, *notation, style),
        }
    }

    fn enclosed(&self, body: &Math, notation: Enclosure, style: Style) -> Set {
        let inner = self.set(body, style, Form::Infix);
        let line = self.em(60, style);
        let pad = if notation == Enclosure::Box { self.em(260, style) } else { Length::ZERO };
        let (width, ascent, descent) = (inner.width + pad * 2, inner.ascent + pad, inner.descent + pad);
        let mut out = Set { width, ascent, descent, ..Set::default() };
        out.place(inner, pad, Length::ZERO);
        let height = ascent + descent;
        let mut strike = |from: Length, dy: Length| {
            let kind = MarkKind::Line { dx: width, dy, thickness: line };
            out.marks.push(Mark { x: Length::ZERO, y: from, color: None, part: None, kind });
        };
        match notation {
            Enclosure::UpStrike => strike(descent, -height),
            Enclosure::DownStrike => strike(-ascent, height),
            Enclosure::CrossStrike => {
                strike(descent, -height);
                strike(-ascent, height);
            }
            Enclosure::LineStrike => strike(-(ascent - descent) / 2, Length::ZERO),
            Enclosure::Box => {
                out.rule(Length::ZERO, -ascent, width, line);
                out.rule(Length::ZERO, descent - line, width, line);
                out.rule(Length::ZERO, -ascent, line, height);
                out.rule(width - line, -ascent, line, height);
            }
        }
        out
    }

    /// A glyph of the face, as large as its ink.
    fn glyph(&self, id: u16, text: &str, style: Style) -> Set {
        self.glyph_of(self.id, id, text, style)
    }

    fn glyph_of(&self, face: FaceId, id: u16, text: &str, style: Style) -> Set {
        let own = face == self.id;
        let of = self.fonts.face(face);
        let upem = i64::from(of.metrics().units_per_em);
        let scale = |units: i32| Length(style.size.0 * i64::from(units) / upem);
        let Measures { advance, top, bottom } =
            *self.measured.borrow_mut().entry((face, id)).or_insert_with(|| {
                let metrics = of.font().glyph_metrics(Size::unscaled(), LocationRef::default());
                let advance = metrics.advance_width(id.into()).map_or(0, |a| a as i32);
                let ink = metrics.bounds(id.into());
                let (top, bottom) = ink.map_or((0, 0), |b| (b.y_max as i32, b.y_min as i32));
                Measures { advance, top, bottom }
            });
        Set {
            width: scale(advance),
            ascent: scale(top),
            descent: scale(-bottom),
            italics: if own { scale(self.table.italics_correction(id)) } else { Length::ZERO },
            attachment: if own { self.table.accent_attachment(id).map(scale) } else { None },
            glyph: own.then_some(id),
            marks: vec![Mark {
                x: Length::ZERO,
                y: Length::ZERO,
                color: None,
                part: None,
                kind: MarkKind::Glyph { face, id, size: style.size, text: text.to_owned(), part: false },
            }],
            breaks: Vec::new(),
        }
    }

    fn words(&self, text: &str, style: Style) -> Set {
        let letters: Vec<(char, char)> = text.chars().map(|c| (c, c)).collect();
        self.letters(&letters, style)
    }

    /// Characters beside each other: what is shown of each, and what it says.
    fn letters(&self, letters: &[(char, char)], style: Style) -> Set {
        let mut out: Option<Set> = None;
        for (shown, says) in letters {
            let glyph = match *shown {
                '\u{2061}'..='\u{2064}' => continue,
                '\u{A0}' | ' ' => Set::space(style.size / 4),
                '\u{2009}' => Set::space(style.size / 6),
                '\u{2002}' => Set::space(style.size / 2),
                '\u{2003}' => Set::space(style.size),
                c => {
                    // A square stands for what no face has.
                    let Some((face, id)) = self.find(c).or_else(|| {
                        let mut missing = self.missing.borrow_mut();
                        if !missing.contains(&c) {
                            missing.push(c);
                        }
                        self.find('□')
                    }) else {
                        continue;
                    };
                    self.glyph_of(face, id, says.encode_utf8(&mut [0; 4]), style)
                }
            };
            out = Some(match out {
                None => glyph,
                Some(mut before) => {
                    let x = before.width;
                    before.width += glyph.width;
                    (before.italics, before.attachment, before.glyph) = (glyph.italics, None, None);
                    before.ascent = before.ascent.max(glyph.ascent);
                    before.descent = before.descent.max(glyph.descent);
                    before.place(glyph, x, Length::ZERO);
                    before
                }
            });
        }
        out.unwrap_or_default()
    }

    /// The glyph of a character, in the face for formulas or else in the first that has it.
    fn find(&self, c: char) -> Option<(FaceId, u16)> {
        let in_face = |face: FaceId| {
            let glyph = self.fonts.face(face).charmap().map(c)?.to_u32();
            u16::try_from(glyph).ok().filter(|glyph| *glyph > 0).map(|glyph| (face, glyph))
        };
        in_face(self.id).or_else(|| {
            let faces = self.fonts.candidates(self.fonts.serif(), FontStyle::default(), c.script());
            faces.into_iter().find_map(in_face)
        })
    }
}

/// A colour given as `#rrggbb`.
fn parsed(color: &str) -> Option<crate::layout::page::Color> {
    let digits = color.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let byte = |n: usize| u8::from_str_radix(&digits[n..n + 2], 16).ok();
    Some(crate::layout::page::Color(byte(0)?, byte(2)?, byte(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_face_is_looked_at_when_a_formula_comes() {
        let fonts = FontLibrary::embedded();
        let formulas = Formulas::new(&fonts);
        assert!(formulas.missing().is_empty() && formulas.setter.get().is_none());
        formulas.set(&Math::Number { text: "1".into() }, Length::ZERO, true);
        assert!(formulas.setter.get().is_some());
    }
}
