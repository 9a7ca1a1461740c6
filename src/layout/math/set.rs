//! What a set formula is: a box with marks in it.

use crate::font::FaceId;
use crate::layout::length::Length;
use crate::layout::page::Color;

/// A set part of a formula. Its origin is the left end of its baseline.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Set {
    pub width: Length,
    /// How far it reaches above the baseline, and below.
    pub ascent: Length,
    pub descent: Length,
    /// How far its last glyph leans over what follows.
    pub italics: Length,
    /// Where the middle of an accent stands, when that is not the middle.
    pub attachment: Option<Length>,
    /// The one glyph it is, for the kerning of scripts.
    pub glyph: Option<u16>,
    pub marks: Vec<Mark>,
    /// Where a line may end in it: places from the left, with what it costs.
    pub breaks: Vec<(Length, i32)>,
}

/// Something drawn, at a place to the right of the origin and below the baseline.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Mark {
    pub x: Length,
    pub y: Length,
    pub color: Option<Color>,
    /// The number of the element of the formula whose words it is.
    pub part: Option<u32>,
    pub kind: MarkKind,
}

#[derive(Clone, Debug)]
pub(in crate::layout) enum MarkKind {
    /// A glyph with the characters that it stands for, or of whose glyphs it is a further part.
    Glyph { face: FaceId, id: u16, size: Length, text: String, part: bool },
    /// A filled rectangle down from its place.
    Rule { width: Length, height: Length },
    /// A line to a place to the right and down.
    Line { dx: Length, dy: Length, thickness: Length },
}

impl Set {
    pub fn space(width: Length) -> Set {
        Set { width, ..Set::default() }
    }

    pub fn height(&self) -> Length {
        self.ascent + self.descent
    }

    /// Draws another set part at a place, without its size.
    pub fn place(&mut self, other: Set, x: Length, y: Length) {
        self.marks.extend(other.marks.into_iter().map(|mut mark| {
            mark.x += x;
            mark.y += y;
            mark
        }));
    }

    /// Draws another and grows so that it is within the height.
    pub fn enclose(&mut self, other: Set, x: Length, y: Length) {
        self.ascent = self.ascent.max(other.ascent - y);
        self.descent = self.descent.max(other.descent + y);
        self.place(other, x, y);
    }

    pub fn rule(&mut self, x: Length, y: Length, width: Length, height: Length) {
        let kind = MarkKind::Rule { width, height };
        self.marks.push(Mark { x, y, color: None, part: None, kind });
    }

    /// Where an accent stands in the middle.
    pub fn middle(&self) -> Length {
        self.attachment.unwrap_or(self.width / 2)
    }
}
