//! A shaped paragraph and the lines it is set in: what the passes share. It can be broken into lines
//! of any shape again and again.

use super::collect::Collected;
use super::glyphs::{Glyphs, ShapedGlyph, letters};
use super::style::TextAlign;
use crate::font::FaceId;
use crate::layout::length::Length;
use crate::layout::page::{Item, LinkArea, SourcePlace};
use crate::model::NoteId;
use std::rc::Rc;
use unicode_bidi::Level;

/// A shaped paragraph.
pub struct Paragraph {
    pub(super) collected: Collected,
    /// In logical order.
    pub(super) units: Vec<Unit>,
    pub(super) fonts: Vec<Font>,
    /// Places within units where a line may end, in order.
    pub(super) hyphens: Vec<Hyphen>,
    pub(super) rtl: bool,
    pub(super) align: TextAlign,
    pub(super) indent: Length,
    pub(super) hang: Length,
    pub(super) size: Length,
    /// How much wider or narrower a line's glyphs may be, in thousandths.
    pub(super) expansion: i64,
    /// How much white there may be after a letter, or be taken away, in ten-thousandths of an em.
    pub(super) letter_space: i64,
    /// Whether light characters hang into the margins.
    pub(super) hangs: bool,
}

/// What is not cut, except by a hyphen: a word in one face, a space, an object.
pub(super) struct Unit {
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

/// What may happen after a unit.
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

/// A place within a unit where a line may end.
pub(super) struct Hyphen {
    pub unit: u32,
    /// Bytes from the unit's start.
    pub at: u32,
    pub cost: i32,
    /// Whether a hyphen is set.
    pub hyphen: bool,
    /// The unit without ligatures, when the place is in the middle of one.
    pub whole: Option<Rc<Glyphs>>,
}

/// Where a line ends, and how the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The first unit that is not wholly on the line.
    pub unit: u32,
    /// Bytes of that unit that are on the line.
    pub bytes: u32,
    /// Index into the hyphens plus one, when the line ends at one of them.
    pub hyphen: u32,
    /// Whether a hyphen is set.
    pub set_hyphen: bool,
}

impl Paragraph {
    /// The notes it calls, in order.
    pub fn notes(&self) -> impl Iterator<Item = NoteId> {
        self.collected.notes.iter().map(|(_, id)| *id)
    }

    /// The width of the widest part that can't be broken without hyphens.
    pub fn min_content(&self) -> Length {
        let (mut widest, mut current) = (Length::ZERO, Length::ZERO);
        for unit in &self.units {
            if !matches!(unit.content, Content::Space { .. }) || unit.after == After::Join {
                current += unit.width;
            }
            if unit.after != After::Join {
                widest = widest.max(current);
                current = Length::ZERO;
            }
        }
        widest.max(current)
    }

    /// The width of the text on one line, or of its longest line where it has breaks that are meant.
    pub fn max_content(&self) -> Length {
        let (mut widest, mut current) = (Length::ZERO, self.indent);
        for unit in &self.units {
            current += unit.width;
            if unit.after == After::Forced {
                widest = widest.max(current);
                current = Length::ZERO;
            }
        }
        widest.max(current)
    }

    /// The width of the hyphen of a unit's face.
    pub(super) fn hyphen_width(&self, unit: &Unit) -> i64 {
        let font = &self.fonts[usize::from(unit.font)];
        let size = self.collected.styles[unit.style as usize].size;
        font.hyphen.map_or(0, |hyphen| font.scale(hyphen.1, size).0)
    }
}

impl Unit {
    /// How many of the unit's letters, or of a part of them, may be set apart.
    pub(super) fn letters_in(&self, glyphs: &[ShapedGlyph]) -> u32 {
        if self.letters == 0 { 0 } else { letters(glyphs) }
    }
}

/// The places that lines stand in: text may run round something at its start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineShape {
    /// Left edge and width of the first lines.
    pub first: Vec<(Length, Length)>,
    /// Left edge and width of all further lines.
    pub rest: (Length, Length),
}

/// A set line. Places are measured from the column's left edge and from the baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Left edge of the place it stands in.
    pub x: Length,
    /// Width of the place.
    pub width: Length,
    /// Width of what is set in it.
    pub set: Length,
    /// How far its faces reach above the baseline.
    pub ascent: Length,
    /// How far they reach below, as a positive length.
    pub descent: Length,
    /// What it draws, in reading order.
    pub items: Vec<Item>,
    /// Areas that lead somewhere.
    pub links: Vec<LinkArea>,
    /// The notes called.
    pub notes: Vec<NoteId>,
    /// The anchors that stand in it.
    pub anchors: Vec<String>,
    /// Whether it ends within a word.
    pub hyphenated: bool,
    /// Where in the source it starts.
    pub source: Option<SourcePlace>,
}
