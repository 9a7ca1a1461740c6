//! The MATH table of an OpenType font: how formulas are set in it.

use super::Face;
use skrifa::FontRef;
use skrifa::raw::{TableProvider, types::Tag};

/// The MATH table of a face. Numbers are in font units; what is not there, or broken, is zero or none.
#[derive(Clone, Copy)]
pub(crate) struct MathTable<'a> {
    data: &'a [u8],
}

/// A constant of the table, by its place among those that are value records.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Constant {
    AxisHeight = 1,
    AccentBaseHeight = 2,
    SubscriptShiftDown = 4,
    SubscriptTopMax = 5,
    SubscriptBaselineDropMin = 6,
    SuperscriptShiftUp = 7,
    SuperscriptShiftUpCramped = 8,
    SuperscriptBottomMin = 9,
    SuperscriptBaselineDropMax = 10,
    SubSuperscriptGapMin = 11,
    SuperscriptBottomMaxWithSubscript = 12,
    SpaceAfterScript = 13,
    UpperLimitGapMin = 14,
    UpperLimitBaselineRiseMin = 15,
    LowerLimitGapMin = 16,
    LowerLimitBaselineDropMin = 17,
    StackTopShiftUp = 18,
    StackTopDisplayStyleShiftUp = 19,
    StackBottomShiftDown = 20,
    StackBottomDisplayStyleShiftDown = 21,
    StackGapMin = 22,
    StackDisplayStyleGapMin = 23,
    StretchStackGapAboveMin = 26,
    StretchStackGapBelowMin = 27,
    FractionNumeratorShiftUp = 28,
    FractionNumeratorDisplayStyleShiftUp = 29,
    FractionDenominatorShiftDown = 30,
    FractionDenominatorDisplayStyleShiftDown = 31,
    FractionNumeratorGapMin = 32,
    FractionNumDisplayStyleGapMin = 33,
    FractionRuleThickness = 34,
    FractionDenominatorGapMin = 35,
    FractionDenomDisplayStyleGapMin = 36,
    OverbarVerticalGap = 39,
    OverbarRuleThickness = 40,
    UnderbarVerticalGap = 42,
    UnderbarRuleThickness = 43,
    RadicalVerticalGap = 45,
    RadicalDisplayStyleVerticalGap = 46,
    RadicalRuleThickness = 47,
    RadicalExtraAscender = 48,
    RadicalKernBeforeDegree = 49,
    RadicalKernAfterDegree = 50,
}

/// How many constants are value records.
const RECORDS: usize = 51;

/// A part of a sign that is put together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AssemblyPart {
    pub glyph: u16,
    /// How much of its start and end may lie over its neighbours.
    pub start: i32,
    pub end: i32,
    /// Its length.
    pub advance: i32,
    /// It may be left out or repeated.
    pub extends: bool,
}

/// Corners that scripts stand at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Corner {
    TopRight,
    BottomRight,
}

impl<'a> MathTable<'a> {
    /// The table of a face, when it has one.
    pub fn new(face: &'a Face) -> Option<Self> {
        let font = FontRef::from_index(face.data(), face.index()).ok()?;
        let data = font.data_for_tag(Tag::new(b"MATH"))?;
        Some(MathTable { data: data.as_bytes() })
    }

    fn u16(&self, at: usize) -> Option<usize> {
        let bytes = self.data.get(at..at + 2)?;
        Some(usize::from(u16::from_be_bytes([bytes[0], bytes[1]])))
    }

    fn i16(&self, at: usize) -> i32 {
        self.u16(at).map_or(0, |n| i32::from(n as u16 as i16))
    }

    /// Where what an offset at a place, counted from `base`, leads to; none where it is zero.
    fn follow(&self, base: usize, at: usize) -> Option<usize> {
        self.u16(at).filter(|offset| *offset > 0).map(|offset| base + offset)
    }

    pub fn constant(&self, constant: Constant) -> i32 {
        self.u16(4).map_or(0, |base| self.i16(base + 8 + 4 * constant as usize))
    }

    /// The size of scripts, and of scripts of scripts, in hundredths.
    pub fn script_scale(&self, level: u8) -> i32 {
        let at = if level < 2 { 0 } else { 2 };
        let scale = self.u16(4).map_or(0, |base| self.i16(base + at));
        if (30..=100).contains(&scale) { scale } else { [75, 60][usize::from(level >= 2)] }
    }

    /// The height of a large operator in displayed formulas, at least.
    pub fn display_operator_height(&self) -> i32 {
        self.u16(4).map_or(0, |base| self.i16(base + 6))
    }

    /// How far up the sign of a root its index stands, in hundredths.
    pub fn degree_raise(&self) -> i32 {
        self.u16(4).map_or(60, |base| self.i16(base + 8 + 4 * RECORDS))
    }

    /// A glyph's place in a coverage table.
    fn covered(&self, coverage: usize, glyph: u16) -> Option<usize> {
        let (format, count) = (self.u16(coverage)?, self.u16(coverage + 2)?);
        let glyph = usize::from(glyph);
        let width = if format == 1 { 2 } else { 6 };
        let last = |n: usize| self.u16(coverage + 4 + width * n + if format == 1 { 0 } else { 2 });
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = (low + high) / 2;
            if last(middle)? < glyph { low = middle + 1 } else { high = middle }
        }
        if low >= count {
            return None;
        }
        let at = coverage + 4 + width * low;
        match format {
            1 => (self.u16(at)? == glyph).then_some(low),
            _ => {
                let (start, first) = (self.u16(at)?, self.u16(at + 4)?);
                (start <= glyph).then(|| first + glyph - start)
            }
        }
    }

    fn glyph_info(&self, at: usize) -> Option<usize> {
        let base = self.u16(6)?;
        self.follow(base, base + at)
    }

    fn value_of(&self, table: usize, glyph: u16) -> Option<i32> {
        let coverage = self.follow(table, table)?;
        let index = self.covered(coverage, glyph)?;
        (index < self.u16(table + 2)?).then(|| self.i16(table + 4 + 4 * index))
    }

    /// How far a glyph leans over what follows it.
    pub fn italics_correction(&self, glyph: u16) -> i32 {
        self.glyph_info(0).and_then(|table| self.value_of(table, glyph)).unwrap_or(0)
    }

    /// Where on a glyph the middle of an accent stands.
    pub fn accent_attachment(&self, glyph: u16) -> Option<i32> {
        self.glyph_info(2).and_then(|table| self.value_of(table, glyph))
    }

    /// How far a script moves at a corner of a glyph, at a height.
    pub fn kern(&self, glyph: u16, corner: Corner, height: i32) -> i32 {
        let kern = || {
            let table = self.glyph_info(6)?;
            let index = self.covered(self.follow(table, table)?, glyph)?;
            let at = table + 4 + 8 * index + if matches!(corner, Corner::TopRight) { 0 } else { 4 };
            let kern = self.follow(table, at)?;
            let count = self.u16(kern)?;
            let step = (0..count).take_while(|n| self.i16(kern + 2 + 4 * n) <= height).count();
            Some(self.i16(kern + 2 + 4 * (count + step)))
        };
        kern().unwrap_or(0)
    }

    /// How much the parts of a sign lie over each other at least.
    pub fn overlap(&self) -> i32 {
        self.u16(8).map_or(0, |base| self.i16(base))
    }

    fn construction(&self, glyph: u16, vertical: bool) -> Option<usize> {
        let base = self.u16(8)?;
        let coverage = self.follow(base, base + if vertical { 2 } else { 4 })?;
        let index = self.covered(coverage, glyph)?;
        let (tall, wide) = (self.u16(base + 6)?, self.u16(base + 8)?);
        let (skip, count) = if vertical { (0, tall) } else { (tall, wide) };
        if index >= count {
            return None;
        }
        self.follow(base, base + 10 + 2 * (skip + index))
    }

    /// Larger forms of a glyph with their lengths, the smallest first.
    pub fn variants(&self, glyph: u16, vertical: bool) -> impl Iterator<Item = (u16, i32)> + '_ {
        let table = self.construction(glyph, vertical);
        let count = table.and_then(|t| self.u16(t + 2)).unwrap_or(0);
        (0..count).filter_map(move |n| {
            let at = table? + 4 + 4 * n;
            Some((self.u16(at)? as u16, self.u16(at + 2)? as i32))
        })
    }

    /// The parts that a glyph can be put together from, from the bottom or the left.
    pub fn assembly(&self, glyph: u16, vertical: bool) -> Vec<AssemblyPart> {
        let parts = || {
            let table = self.construction(glyph, vertical)?;
            let assembly = self.follow(table, table)?;
            let count = self.u16(assembly + 4)?.min(32);
            let part = |n: usize| {
                let at = assembly + 6 + 10 * n;
                Some(AssemblyPart {
                    glyph: self.u16(at)? as u16,
                    start: self.u16(at + 2)? as i32,
                    end: self.u16(at + 4)? as i32,
                    advance: self.u16(at + 6)? as i32,
                    extends: self.u16(at + 8)? & 1 == 1,
                })
            };
            (0..count).map(part).collect::<Option<Vec<_>>>()
        };
        parts().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontLibrary;

    #[test]
    fn the_face_for_formulas_says_how_they_are_set() {
        let fonts = FontLibrary::embedded();
        let face = fonts.face(fonts.math());
        let table = MathTable::new(face).expect("a MATH table");
        assert_eq!(table.constant(Constant::AxisHeight), 260);
        assert_eq!(table.constant(Constant::RadicalKernAfterDegree), -380);
        assert_eq!((table.script_scale(1), table.script_scale(2), table.degree_raise()), (80, 60, 50));
        let glyph = |c: char| face.charmap().map(c).map_or(0, |g| g.to_u32() as u16);
        assert_eq!(table.italics_correction(glyph('𝑓')), 168);
        assert!(table.variants(glyph('('), true).count() > 3);
        assert!(table.assembly(glyph('{'), true).iter().any(|part| part.extends));
    }
}
