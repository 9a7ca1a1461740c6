//! Setting running text: inlines become lines of positioned glyphs. One pass a file.
//!
//! `collect` makes one string of the inlines, `itemise` cuts it into pieces of one style, script,
//! direction and face, `shape` turns words into glyphs, `breaks` chooses the line breaks of the
//! whole paragraph and `justify` places the glyphs of each line.

mod breaks;
mod code;
mod collect;
mod east_asian;
mod hyphenate;
mod itemise;
mod justify;
mod missing;
mod paragraph;
mod protrude;
mod segment;
mod shape;
#[cfg(test)]
mod tests;

pub use paragraph::Paragraph;

use super::Length;
use super::page::{Color, Item, LinkArea, SourcePlace};
use super::structure::{StructId, Structure};
use crate::font::FontLibrary;
use crate::format::Context;
use crate::model::{Image, Inline, LanguageTag, Note, NoteId};
use missing::Missing;
use shape::Shaper;

/// Sets paragraphs of one document: keeps shape plans, shaped words and what was reported.
pub struct Typesetter<'a> {
    shaper: Shaper<'a>,
    quotes: bool,
    /// Characters that no face has.
    missing: Missing,
}

impl<'a> Typesetter<'a> {
    /// A typesetter with nothing shaped yet. `quotes`: quotation marks are set as the language has
    /// them; otherwise they stay as they stand in the source.
    pub fn new(fonts: &'a FontLibrary, quotes: bool) -> Self {
        Typesetter { shaper: Shaper::new(fonts), quotes, missing: Missing::default() }
    }

    /// Collects, itemises and shapes a paragraph. Nodes for links, references, code and so on, and
    /// the leaves they contain, are added under `parent` in reading order.
    pub fn paragraph(
        &mut self,
        content: &[Inline],
        style: &TextStyle,
        parent: StructId,
        structure: &mut Structure,
        article: ArticleCx<'_>,
        cx: &mut Context<'_>,
    ) -> Paragraph {
        let collected = collect::collect(content, style, parent, structure, article, self.quotes, cx);
        itemise::itemise(collected, style, &mut self.shaper, &mut self.missing)
    }

    /// Reports the characters that no face has, once for each script; then forgets them.
    pub fn report_missing(&mut self, cx: &mut Context<'_>) {
        std::mem::take(&mut self.missing).report(cx);
    }
}

/// The family of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Family {
    /// Running text.
    #[default]
    Serif,
    /// Code.
    Mono,
}

/// How lines are aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextAlign {
    /// Both ends, except for the last line.
    #[default]
    Justify,
    /// At the start.
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// How a paragraph's text is set, before its inlines say otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// The family.
    pub family: Family,
    /// Size of the em.
    pub size: Length,
    /// Distance between baselines.
    pub leading: Length,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Fill.
    pub color: Color,
    /// The language: for hyphenation, shaping and quotation marks.
    pub language: Option<LanguageTag>,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// Whether the paragraph's direction is right to left.
    pub rtl: bool,
    /// How its lines are aligned.
    pub align: TextAlign,
    /// Indent of the first line.
    pub indent: Length,
}

impl Default for TextStyle {
    fn default() -> Self {
        TextStyle {
            family: Family::Serif,
            size: Length::pt(11),
            leading: Length::milli_pt(14_500),
            bold: false,
            italic: false,
            color: Color::BLACK,
            language: None,
            hyphenate: true,
            rtl: false,
            align: TextAlign::Justify,
            indent: Length::ZERO,
        }
    }
}

/// Says at what width and height an inline image is set.
pub type ImageSize<'a> = dyn Fn(&Image) -> Option<(Length, Length)> + 'a;

/// What a paragraph has to know of the article around it.
#[derive(Clone, Copy, Default)]
pub struct ArticleCx<'a> {
    /// The number of the article in its document, for the names of anchors.
    pub index: usize,
    /// The article's notes, for the labels of calls.
    pub notes: &'a [Note],
    /// At what size an inline image is set; its alternative text is set when there is no such
    /// function or it has no answer.
    pub image_size: Option<&'a ImageSize<'a>>,
}

/// What a note is called by: its number in its group, after the group's name if it has one.
pub fn note_label(notes: &[Note], id: NoteId) -> String {
    let index = id.0 as usize;
    let group = notes.get(index).and_then(|note| note.group.as_deref());
    let number = 1 + notes.iter().take(index).filter(|note| note.group.as_deref() == group).count();
    Note::label(group, number)
}

/// The anchor of a note's text.
pub fn note_anchor(article: usize, note: usize) -> String {
    format!("fanfold.note.{article}.{note}")
}

/// The anchor of the place that calls a note.
pub fn note_call_anchor(article: usize, note: usize) -> String {
    format!("fanfold.call.{article}.{note}")
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
