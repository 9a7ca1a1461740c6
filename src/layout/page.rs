//! The display list: what a page shows, and which part of the structure each piece belongs to.
//!
//! It is the seam between typesetting and PDF. Coordinates are measured from the page's top left
//! corner, x to the right and y down; a text's y is its baseline.

use super::length::Length;
use super::structure::StructId;
use crate::font::FaceId;
use crate::model::{Span, Target};
use std::sync::Arc;

pub use crate::style::Color;

/// A finished page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width of the sheet.
    pub width: Length,
    /// Height of the sheet.
    pub height: Length,
    /// What is drawn, in drawing order. Reading order is the structure tree's.
    pub items: Vec<Item>,
    /// Areas that lead somewhere.
    pub links: Vec<LinkArea>,
    /// Where in the source its text starts; `None` when all of it is made up, as contents are.
    pub source: Option<SourcePlace>,
}

/// A place in the text of a node: what readers did to the text, and layout to quotation marks and
/// white space, does not move it, as a number of bytes would be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourcePlace {
    /// The innermost node.
    pub node: Span,
    /// How many letters and digits of the node's text come before.
    pub letters: u32,
}

/// Something drawn, and what it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it belongs to.
    pub tag: Tag,
    /// What is drawn.
    pub kind: ItemKind,
}

impl Item {
    /// Moves it.
    pub(super) fn shift(&mut self, dx: Length, dy: Length) {
        match &mut self.kind {
            ItemKind::Glyphs(run) => {
                run.x += dx;
                run.y += dy;
            }
            ItemKind::Rectangle { x, y, .. }
            | ItemKind::Frame { x, y, .. }
            | ItemKind::Image { x, y, .. } => {
                *x += dx;
                *y += dy;
            }
            ItemKind::Path(path) => {
                for segment in &mut path.segments {
                    match segment {
                        Segment::Move(x, y) | Segment::Line(x, y) => {
                            *x += dx;
                            *y += dy;
                        }
                        Segment::Curve(points) => {
                            for (x, y) in points {
                                *x += dx;
                                *y += dy;
                            }
                        }
                        Segment::Close => {}
                    }
                }
            }
        }
    }
}

/// What a drawn item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A [content leaf](super::structure::Role::Content) of the structure tree.
    Content(StructId),
    /// A line of a formula, whose content leaf it is: content where the formula has no parts.
    Line(StructId),
    /// No content: a rule, a background, a leader.
    Layout,
    /// A running head.
    Header,
    /// A folio.
    Footer,
}

/// What an item draws.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// Text.
    Glyphs(Box<GlyphRun>),
    /// A filled rectangle: a rule, a background.
    Rectangle {
        /// Left edge.
        x: Length,
        /// Top edge.
        y: Length,
        /// Width, not negative.
        width: Length,
        /// Height, not negative.
        height: Length,
        /// Fill.
        color: Color,
    },
    /// An outlined rectangle: a box around something, or in the place of a missing glyph.
    Frame {
        /// Left edge.
        x: Length,
        /// Top edge.
        y: Length,
        /// Width, not negative.
        width: Length,
        /// Height, not negative.
        height: Length,
        /// Width of the stroke, drawn inside the rectangle.
        stroke: Length,
        /// Colour of the stroke.
        color: Color,
        /// The text the frame stands for, when it stands for a character.
        actual_text: Option<String>,
    },
    /// A path, filled, stroked or both.
    Path(Box<Path>),
    /// An image of the document's assets, scaled to the rectangle.
    Image {
        /// Key in the document's assets.
        asset: String,
        /// Left edge.
        x: Length,
        /// Top edge.
        y: Length,
        /// Width.
        width: Length,
        /// Height.
        height: Length,
    },
}

/// Glyphs of one face and size on one baseline, in visual order from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// Size of the em.
    pub size: Length,
    /// Where the run starts.
    pub x: Length,
    /// The baseline.
    pub y: Length,
    /// Horizontal scale in thousandths: 1000 unless font expansion changes it. Advances in
    /// `glyphs` are already scaled.
    pub expansion: i32,
    /// White after every glyph, in ten-thousandths of the em and before `expansion`, for a writer
    /// that can say it once for the run. The places in `glyphs` have it already.
    pub letter_space: i32,
    /// Fill.
    pub color: Color,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// The characters the run shows, in logical order; glyphs refer to it by byte ranges.
    pub text: String,
    /// What the whole run says, when the glyphs' characters don't: U+00AD for a hyphen that the
    /// line break put in.
    pub actual_text: Option<String>,
    /// Right to left: the text's order is opposite to the glyphs'.
    pub rtl: bool,
    /// In a formula, the number of the element of each glyph in the structure; `None` for
    /// what is drawn for one that holds others, such as the sign of a root. Empty elsewhere.
    pub parts: Vec<Option<u32>>,
}

impl GlyphRun {
    /// Some of its glyphs, as a run of their own.
    pub(crate) fn cut(&self, glyphs: std::ops::Range<usize>) -> GlyphRun {
        let (start, parts) = (self.glyphs[glyphs.start], self.parts.get(glyphs.clone()));
        let (from, to) = (start.text_start, self.glyphs[glyphs.end - 1].text_end);
        let own = self.glyphs[glyphs].iter().map(|glyph| Glyph {
            x: glyph.x - start.x,
            text_start: glyph.text_start - from,
            text_end: glyph.text_end - from,
            ..*glyph
        });
        GlyphRun {
            x: self.x + start.x,
            glyphs: own.collect(),
            text: self.text.get(from as usize..to as usize).unwrap_or_default().to_owned(),
            actual_text: self.actual_text.clone(),
            parts: parts.unwrap_or_default().to_vec(),
            ..*self
        }
    }
}

/// A glyph in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Glyph id in the face; never 0.
    pub id: u16,
    /// Distance of the glyph's origin from the run's start, everything included: kerning, word
    /// space, offsets, expansion.
    pub x: Length,
    /// Distance above the baseline.
    pub y: Length,
    /// First byte of its cluster in the run's text.
    pub text_start: u32,
    /// One past the last byte. Of the glyphs of one cluster, the first in visual order has the
    /// whole cluster and the others an empty range.
    pub text_end: u32,
}

/// A path in page coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Fill, with the non-zero winding rule.
    pub fill: Option<Color>,
    /// Stroke with its width.
    pub stroke: Option<(Color, Length)>,
}

/// A segment of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Starts a subpath.
    Move(Length, Length),
    /// A straight line.
    Line(Length, Length),
    /// A cubic Bézier curve: two control points and the end.
    Curve([(Length, Length); 3]),
    /// Closes the subpath.
    Close,
}

/// An area that leads somewhere. A link broken over lines has one for each line.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkArea {
    /// Left edge.
    pub x: Length,
    /// Top edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
    /// The link: the same for all its areas, however long its address is.
    pub link: Arc<Link>,
}

/// A link of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it leads. Anchors are those of [`Index::anchors`](super::structure::Index::anchors).
    pub target: Target,
    /// The words of the whole link, for who cannot see it.
    pub contents: String,
    /// The element that is the link: a [`Role::Link`](super::structure::Role::Link), or a note's
    /// reference.
    pub owner: StructId,
}

impl LinkArea {
    /// Moves it.
    pub(super) fn shift(&mut self, dx: Length, dy: Length) {
        self.x += dx;
        self.y += dy;
    }
}
