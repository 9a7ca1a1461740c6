//! How a paragraph's text is set.

use crate::layout::length::Length;
use crate::layout::page::Color;
use crate::model::LanguageTag;
use crate::style::Ratio;

/// The family of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Family {
    /// Running text.
    #[default]
    Serif,
    /// Code.
    Mono,
    /// Titles and headings.
    Heading,
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
    /// Small letters are small capitals.
    pub small_caps: bool,
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
    /// Indent of the lines that go on where one had no room.
    pub hang: Length,
    /// What is behind marked text.
    pub marks: Color,
    /// The colour of links, and whether they are underlined.
    pub links: (Color, bool),
    /// Size of code among it, in sizes of the text's.
    pub code_size: Ratio,
}

impl Default for TextStyle {
    fn default() -> Self {
        TextStyle {
            family: Family::Serif,
            size: Length::pt(11),
            leading: Length::milli_pt(14_500),
            bold: false,
            italic: false,
            small_caps: false,
            color: Color::BLACK,
            language: None,
            hyphenate: true,
            rtl: false,
            align: TextAlign::Justify,
            indent: Length::ZERO,
            hang: Length::ZERO,
            marks: Color(255, 243, 176),
            links: (Color::BLACK, false),
            code_size: Ratio(86),
        }
    }
}
