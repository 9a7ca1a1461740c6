//! Chinese, Japanese and Korean text: which characters belong to it, and the white between them
//! (JLREQ 3.1 and 3.2, CLREQ 3.1).
//!
//! A bracket, comma or full stop of an em's width is half ink and half white. It is set as its ink
//! with white beside it, which goes at the ends of lines and between two such marks, and gives way
//! first when a line is tight.

use super::glyphs::Glyphs;
use crate::layout::length::Length;
use crate::model::LanguageTag;
use unicode_script::Script;

/// What stands on a side of a place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// An ideograph, kana or full-width form.
    Wide,
    /// A letter or digit of another script.
    Letter,
    /// A mark with its white before it taken away.
    Opening,
    /// A mark with its white after it taken away.
    Closing,
    /// Anything else.
    Other,
}

/// White between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct White {
    pub width: Length,
    pub stretch: Length,
    pub shrink: Length,
}

/// The white between two characters of text whose em is `size`; `None` where there is none.
pub(super) fn white_between(before: Side, next: Side, size: Length) -> Option<White> {
    let white = |width, stretch, shrink| Some(White { width, stretch, shrink });
    match (before, next) {
        // Room to stretch between ideographs, which have no spaces.
        (Side::Wide, Side::Wide) => white(Length::ZERO, size / 12, Length::ZERO),
        // A quarter of an em between scripts (JLREQ 3.2.3).
        (Side::Wide, Side::Letter) | (Side::Letter, Side::Wide) => white(size / 4, size / 8, size / 12),
        (Side::Closing, Side::Opening | Side::Wide | Side::Letter)
        | (Side::Wide | Side::Letter, Side::Opening) => white(size / 2, Length::ZERO, size / 2),
        _ => None,
    }
}

/// What a character is to its neighbours, but for marks that [`trim`] took the white from.
pub(super) fn side(c: char) -> Side {
    // Korean has spaces, and none between its own letters and ideographs.
    let hangul = matches!(c, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}');
    if is_wide(c) {
        Side::Wide
    } else if c.is_alphanumeric() && !hangul {
        Side::Letter
    } else {
        Side::Other
    }
}

/// Ideographs, kana and full-width forms.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

/// What a mark is that may have white to take away.
pub(super) fn mark(c: char) -> Option<Side> {
    match c {
        '「' | '『' | '（' | '［' | '｛' | '〔' | '〈' | '《' | '【' | '〖' | '〘' | '〝' | '“' | '‘' => {
            Some(Side::Opening)
        }
        '」' | '』' | '）' | '］' | '｝' | '〕' | '〉' | '》' | '】' | '〗' | '〙' | '〟' | '”' | '’'
        | '、' | '。' | '，' | '．' => Some(Side::Closing),
        _ => None,
    }
}

/// Takes the white from the glyph of a mark: half its advance, if its ink stands in the other half.
/// `ink` is where its ink starts and ends, `em` the em, both in font units. Whether it did.
pub(super) fn trim(mark: Side, glyphs: &mut Glyphs, ink: (i32, i32), em: i32) -> bool {
    let [glyph] = &mut *glyphs.glyphs else { return false };
    let half = glyph.advance / 2;
    // Chinese of Taiwan has its commas in the middle, and some faces have narrow brackets.
    let white_is_there = match mark {
        Side::Opening => ink.0 >= half - em / 20,
        _ => ink.1 <= half + em / 20,
    };
    if glyph.advance < em - em / 10 || !white_is_there {
        return false;
    }
    if mark == Side::Opening {
        glyph.x_offset -= half;
    }
    glyph.advance -= half;
    glyphs.advance -= half;
    true
}

/// Quotation marks, dashes and dots that Chinese and Japanese share with other scripts and set an
/// em wide. `before` and `next`: the characters beside it.
pub(super) fn is_shared_mark(
    c: char,
    before: Option<char>,
    next: Option<char>,
    language: Option<&LanguageTag>,
) -> bool {
    if !matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '‥' | '·') {
        return false;
    }
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_wide(c));
    matches!(language.map(LanguageTag::primary), Some("zh" | "ja" | "yue" | "cmn"))
        && !(latin(before) && latin(next))
}

/// Whether the face for a script is asked for a character before any other: all but what belongs to
/// Latin text within it.
pub(super) fn takes_own_face(script: Script, text: &str) -> bool {
    crate::font::is_east_asian(script) && text.chars().all(|c| c >= '\u{2000}' || c == '·')
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::ShapedGlyph;
    use super::*;

    fn glyphs(advance: i32) -> Glyphs {
        let glyph = ShapedGlyph { id: 1, advance, x_offset: 0, y_offset: 0, cluster: 0 };
        Glyphs { glyphs: Box::new([glyph]), advance }
    }

    fn trimmed(c: char, advance: i32, ink: (i32, i32)) -> Option<(i32, i32)> {
        let mut glyphs = glyphs(advance);
        let mark = mark(c).expect("a mark");
        let done = trim(mark, &mut glyphs, ink, 1000);
        assert_eq!(glyphs.advance, glyphs.glyphs[0].advance);
        done.then_some((glyphs.glyphs[0].x_offset, glyphs.advance))
    }

    #[test]
    fn marks_lose_the_half_without_ink() {
        assert_eq!(trimmed('「', 1000, (600, 950)), Some((-500, 500)));
        assert_eq!(trimmed('。', 1000, (70, 380)), Some((0, 500)));
    }

    #[test]
    fn marks_in_the_middle_and_narrow_ones_stay() {
        assert_eq!(trimmed('，', 1000, (420, 580)), None);
        assert_eq!(trimmed('“', 450, (50, 400)), None);
    }

    #[test]
    fn white_stands_on_the_open_side_of_marks_and_between_scripts() {
        let em = Length::pt(12);
        let width = |before, next| white_between(before, next, em).map(|white| white.width.0 * 12 / em.0);
        assert_eq!(width(Side::Wide, Side::Wide), Some(0));
        assert_eq!(width(Side::Wide, Side::Letter), Some(3));
        assert_eq!(width(Side::Wide, Side::Opening), Some(6));
        assert_eq!(width(Side::Closing, Side::Wide), Some(6));
        assert_eq!(width(Side::Closing, Side::Opening), Some(6), "not twice");
        for (before, next) in [
            (Side::Closing, Side::Closing),
            (Side::Opening, Side::Opening),
            (Side::Opening, Side::Wide),
            (Side::Wide, Side::Closing),
            (Side::Wide, Side::Other),
            (Side::Letter, Side::Letter),
        ] {
            assert_eq!(width(before, next), None, "{before:?} {next:?}");
        }
        assert_eq!(
            [side('漢'), side('한'), side('x'), side('-')],
            [Side::Wide, Side::Other, Side::Letter, Side::Other]
        );
    }

    #[test]
    fn quotation_marks_go_with_the_language_but_apostrophes_with_the_word() {
        let zh = LanguageTag::new("zh");
        assert!(is_shared_mark('“', Some('说'), Some('人'), zh.as_ref()));
        assert!(is_shared_mark('”', Some('o'), Some('，'), zh.as_ref()));
        assert!(!is_shared_mark('’', Some('n'), Some('t'), zh.as_ref()));
        assert!(!is_shared_mark('“', None, Some('人'), LanguageTag::new("en").as_ref()));
    }
}
