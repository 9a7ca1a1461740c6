//! Cuts a paragraph's text into pieces of one style, direction, script and face, and shapes them.

use super::collect::{Collected, NEWLINE, OBJECT, RunStyle};
use super::hyphenate::{HyphenPoint, hyphen_points};
use super::paragraph::{After, Content, Font, Hyphen, Paragraph, Piece, letters};
use super::segment::{address_breaks, is_address, opportunities};
use super::shape::{Shaper, TextKind, is_ignorable};
use super::{Family, TextAlign, TextStyle};
use crate::diagnostic::{Diagnostic, code};
use crate::font::{FaceId, FontStyle};
use crate::format::Context;
use crate::layout::Length;
use crate::model::Span;
use std::collections::BTreeSet;
use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_script::{Script, UnicodeScript};

/// Costs of breaks, in the demerits of [`super::breaks`].
const AFTER_HYPHEN: i32 = 80;
const IN_WORD: i32 = 80;
const IN_NAME: i32 = 250;
const IN_ADDRESS: i32 = 60;

/// How much wider than the font's a space is in justified text: three tenths of an em, near to what
/// TeX's own faces have. A wider space varies less in proportion from line to line.
const JUSTIFIED_SPACE: (i64, i64) = (6, 5);

/// Glyphs are a fiftieth wider or narrower at most, which no reader sees.
const EXPANSION: i64 = 20;
/// Letters are so many ten-thousandths of an em further apart or closer at most: a thirtieth of a
/// millimetre on a line of three words, and no reader sees that either.
const LETTER_SPACE: i64 = 30;

pub(super) fn itemise(
    collected: Collected,
    style: &TextStyle,
    shaper: &mut Shaper<'_>,
    missing: &mut BTreeSet<char>,
    cx: &mut Context<'_>,
) -> Paragraph {
    let text = collected.text.as_str();
    let levels = levels(text, style.rtl);
    let languages = collected.languages.iter().map(|tag| shaper.language(tag)).collect();
    let mut itemiser = Itemiser {
        breaks: opportunities(text),
        next_break: 0,
        languages,
        hyphenate: style.hyphenate,
        justify: style.align == TextAlign::Justify,
        leading_script: leading_script(text),
        collected: &collected,
        levels,
        shaper,
        missing,
        cx,
        pieces: Vec::with_capacity(text.len() / 3),
        fonts: Vec::new(),
        objects: 0,
        hyphens: Vec::new(),
        points: Vec::new(),
    };
    itemiser.run();
    let Itemiser { pieces, fonts, hyphens, .. } = itemiser;
    Paragraph {
        pieces,
        fonts,
        hyphens,
        rtl: style.rtl,
        align: style.align,
        indent: style.indent,
        size: style.size,
        // Justified lines may be a little wider or narrower; ragged ones have no need.
        expansion: if style.align == TextAlign::Justify { EXPANSION } else { 0 },
        letter_space: if style.align == TextAlign::Justify { LETTER_SPACE } else { 0 },
        collected,
    }
}

/// The embedding level of each byte, when anything runs from right to left.
fn levels(text: &str, rtl: bool) -> Option<Vec<Level>> {
    if !rtl && !text.chars().any(|c| c >= '\u{590}') {
        return None;
    }
    let level = if rtl { Level::rtl() } else { Level::ltr() };
    let info = ParagraphBidiInfo::new(text, Some(level));
    (rtl || info.levels.iter().any(|l| l.is_rtl())).then_some(info.levels)
}

/// The script of the first character that has one: that of punctuation before it.
fn leading_script(text: &str) -> Script {
    text.chars()
        .map(script_of)
        .find(|s| !matches!(s, Script::Common | Script::Inherited))
        .unwrap_or(Script::Latin)
}

fn script_of(c: char) -> Script {
    match c {
        'A'..='Z' | 'a'..='z' => Script::Latin,
        '\0'..='\u{7F}' => Script::Common,
        c => c.script(),
    }
}

struct Itemiser<'p, 'a, 'c, 'x> {
    collected: &'p Collected,
    levels: Option<Vec<Level>>,
    breaks: Vec<u32>,
    next_break: usize,
    languages: Vec<u16>,
    hyphenate: bool,
    justify: bool,
    leading_script: Script,
    shaper: &'c mut Shaper<'a>,
    missing: &'c mut BTreeSet<char>,
    cx: &'c mut Context<'x>,
    pieces: Vec<Piece>,
    fonts: Vec<Font>,
    /// Objects met so far.
    objects: usize,
    hyphens: Vec<Hyphen>,
    /// Kept from word to word, to allocate once.
    points: Vec<HyphenPoint>,
}

impl Itemiser<'_, '_, '_, '_> {
    fn run(&mut self) {
        let collected = self.collected;
        let end = collected.text.len() as u32;
        let mut script = self.leading_script;
        for (index, &(start, number)) in collected.runs.iter().enumerate() {
            let next = collected.runs.get(index + 1);
            let stop = next.map_or(end, |run| run.0);
            self.style_run(start as usize, stop as usize, number, &mut script);
            // No line starts with a raised number or an exponent.
            if let (Some(next), Some(piece)) = (next, self.pieces.last_mut()) {
                let (this, following) =
                    (&collected.styles[number as usize], &collected.styles[next.1 as usize]);
                if following.rise != this.rise
                    && !matches!(piece.content, Content::Space { .. } | Content::Newline)
                {
                    piece.after = After::Join;
                }
            }
        }
    }

    fn style_run(&mut self, start: usize, stop: usize, number: u32, script: &mut Script) {
        let collected = self.collected;
        let style = &collected.styles[number as usize];
        let text = &collected.text[start..stop];
        let mut word = start;
        let mut word_script = *script;
        for (offset, c) in text.char_indices() {
            let at = start + offset;
            let own = script_of(c);
            if !matches!(own, Script::Common | Script::Inherited) {
                *script = own;
            }
            let stands_alone = matches!(c, ' ' | '\u{A0}' | NEWLINE | OBJECT | '\u{AD}')
                || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FFFD}');
            let boundary = stands_alone
                || (*script != word_script && !matches!(own, Script::Common | Script::Inherited))
                || self.breaks_before(at)
                || self.levels.as_ref().is_some_and(|l| at > word && l[at] != l[word]);
            if boundary {
                self.word(word, at, number, style, word_script);
                word = at;
                word_script = *script;
            }
            if stands_alone {
                self.single(c, at, number, style);
                word = at + c.len_utf8();
            }
        }
        self.word(word, stop, number, style, word_script);
    }

    /// Whether a line may start at a byte. Asked in rising order.
    fn breaks_before(&mut self, at: usize) -> bool {
        while self.breaks.get(self.next_break).is_some_and(|b| (*b as usize) < at) {
            self.next_break += 1;
        }
        self.breaks.get(self.next_break).is_some_and(|b| *b as usize == at)
    }

    /// What comes after a piece that ends at a byte and with a character.
    fn after(&mut self, end: usize, last: Option<char>) -> After {
        if !self.breaks_before(end) {
            return After::Join;
        }
        match last {
            Some('-' | '\u{2010}') => After::Break(AFTER_HYPHEN),
            Some('/') => After::Break(IN_ADDRESS),
            _ => After::Break(0),
        }
    }

    fn level(&self, at: usize) -> Level {
        self.levels.as_ref().map_or(Level::ltr(), |levels| levels[at])
    }

    fn kind(&self, style: &RunStyle, script: Script, level: Level) -> TextKind {
        TextKind {
            family: style.family,
            style: FontStyle { bold: style.bold, italic: style.italic },
            small_caps: style.small_caps,
            script,
            rtl: level.is_rtl(),
            language: style.language.and_then(|l| self.languages.get(usize::from(l)).copied()),
        }
    }

    /// A character that is a piece of its own, or none at all.
    fn single(&mut self, c: char, at: usize, number: u32, style: &RunStyle) {
        let level = self.level(at);
        let end = at + c.len_utf8();
        let kind = self.kind(style, Script::Common, level);
        let face = self.shaper.first_face(&kind);
        let font = self.font(face);
        let (width, content, after) = match c {
            ' ' | '\u{A0}' => {
                let font = &self.fonts[usize::from(font)];
                let mut width = font.scale(font.space.1, style.size);
                if self.justify && style.family == Family::Serif {
                    width = width.scale(JUSTIFIED_SPACE.0, JUSTIFIED_SPACE.1);
                }
                // The proportions that TeX gives to its own faces.
                let content = Content::Space { stretch: width / 2, shrink: width / 3 };
                (width, content, if c == ' ' { self.after(end, None) } else { After::Join })
            }
            NEWLINE => (Length::ZERO, Content::Newline, After::Forced),
            OBJECT => {
                let number = self.objects;
                self.objects += 1;
                let width = self.collected.objects[number].width;
                (width, Content::Object(number as u32), self.after(end, None))
            }
            '\u{AD}' => {
                if let Some(piece) = self.pieces.last_mut() {
                    piece.after = After::SoftHyphen;
                }
                return;
            }
            char::REPLACEMENT_CHARACTER => {
                self.report_missing(c, at);
                (missing_width(style.size), Content::Missing(c), self.after(end, None))
            }
            // Controls of direction and joining did their work in the passes before.
            _ => {
                let after = self.after(end, None);
                if let (Some(piece), After::Break(_)) = (self.pieces.last_mut(), after)
                    && piece.after == After::Join
                {
                    piece.after = after;
                }
                return;
            }
        };
        self.pieces.push(Piece {
            content,
            style: number,
            font,
            level,
            start: at as u32,
            end: end as u32,
            width,
            letters: 0,
            after,
        });
    }

    /// Text without spaces, of one style, script and direction.
    fn word(&mut self, start: usize, end: usize, number: u32, style: &RunStyle, script: Script) {
        if start >= end {
            return;
        }
        let text = &self.collected.text[start..end];
        if text.chars().all(is_ignorable) {
            return;
        }
        self.space_between_scripts(start, number, style, script);
        let level = self.level(start);
        let kind = self.kind(style, script, level);
        let word = self.shaper.word(text, kind);
        let address = is_address(text);
        let spaced = self.justify && !style.verbatim && level.is_ltr() && is_spaced(script);
        for part in &word.parts {
            let (from, to) = (start + part.start as usize, start + part.end as usize);
            let piece_text = &self.collected.text[from..to];
            let face = part.face.unwrap_or_else(|| self.shaper.first_face(&kind));
            let font = self.font(face);
            let (content, width) = match part.face {
                Some(_) => {
                    let width = self.fonts[usize::from(font)].scale(part.glyphs.advance, style.size);
                    (Content::Glyphs(part.glyphs.clone()), width)
                }
                None => {
                    let c = piece_text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
                    self.report_missing(c, from);
                    (Content::Missing(c), missing_width(style.size))
                }
            };
            let after = if to == end { self.after(end, piece_text.chars().next_back()) } else { After::Join };
            let piece = self.pieces.len() as u32;
            self.pieces.push(Piece {
                content,
                style: number,
                font,
                level,
                start: from as u32,
                end: to as u32,
                width,
                letters: if spaced { letters(&part.glyphs.glyphs) } else { 0 },
                after,
            });
            if address {
                let breaks = address_breaks(piece_text);
                let plain = breaks.map(|at| Hyphen {
                    piece,
                    at: at as u32,
                    cost: IN_ADDRESS,
                    hyphen: false,
                    whole: None,
                });
                self.hyphens.extend(plain);
            } else if self.hyphenate && !style.verbatim && part.face.is_some() {
                self.hyphenate(piece, piece_text, face, kind);
            }
        }
    }

    fn hyphenate(&mut self, piece: u32, text: &str, face: FaceId, kind: TextKind) {
        let Some(language) = kind.language.and_then(|l| self.shaper.hyphenation(l)) else { return };
        if text.len() < 5 {
            return;
        }
        let mut points = std::mem::take(&mut self.points);
        points.clear();
        hyphen_points(text, language, &mut points);
        let mut unligated = None;
        for point in &points {
            let Content::Glyphs(glyphs) = &self.pieces[piece as usize].content else { break };
            let cuts_ligature = !glyphs.glyphs.iter().any(|g| g.cluster == point.at);
            let whole = cuts_ligature.then(|| {
                unligated
                    .get_or_insert_with(|| std::rc::Rc::new(self.shaper.unligated(text, face, kind)))
                    .clone()
            });
            let cost = if point.capitalised { IN_NAME } else { IN_WORD };
            self.hyphens.push(Hyphen { piece, at: point.at, cost, hyphen: true, whole });
        }
        self.points = points;
    }

    /// A quarter of an em between han or kana and Latin letters or digits that touch (JLREQ, 3.2.3);
    /// room to stretch between ideographs, which have no spaces.
    fn space_between_scripts(&mut self, at: usize, number: u32, style: &RunStyle, script: Script) {
        let text = &self.collected.text;
        let (Some(before), Some(next)) = (text[..at].chars().next_back(), text[at..].chars().next()) else {
            return;
        };
        if before < '\u{2E80}' && next < '\u{2E80}' {
            return;
        }
        let Some(piece) = self.pieces.last_mut() else { return };
        if matches!(piece.content, Content::Space { .. } | Content::Newline) {
            return;
        }
        let (left, right) = (is_wide(before), is_wide(next));
        let meet = |c: char| c.is_alphanumeric();
        let quarter = left != right && meet(before) && meet(next);
        if !(quarter || left && right) {
            return;
        }
        let after = std::mem::replace(&mut piece.after, After::Join);
        let (width, stretch) =
            if quarter { (style.size / 4, style.size / 8) } else { (Length::ZERO, style.size / 12) };
        let kind = self.kind(style, script, Level::ltr());
        let face = self.shaper.first_face(&kind);
        let font = self.font(face);
        self.pieces.push(Piece {
            content: Content::Space { stretch, shrink: width / 3 },
            style: number,
            font,
            level: self.level(at),
            start: at as u32,
            end: at as u32,
            width,
            letters: 0,
            after,
        });
    }

    /// The index of a face among those of the paragraph.
    fn font(&mut self, face: FaceId) -> u16 {
        let at = self.fonts.iter().position(|f| f.face == face).unwrap_or_else(|| {
            let metrics = self.shaper.fonts.face(face).metrics();
            let (units_per_em, ascent, descent) = (metrics.units_per_em, metrics.ascent, metrics.descent);
            let underline = metrics.underline;
            let space = self.shaper.glyph(face, ' ').unwrap_or((0, units_per_em / 4));
            let hyphen = self.shaper.glyph(face, '\u{2010}').or_else(|| self.shaper.glyph(face, '-'));
            self.fonts.push(Font { face, units_per_em, ascent, descent, underline, space, hyphen });
            self.fonts.len() - 1
        });
        at as u16
    }

    fn report_missing(&mut self, c: char, at: usize) {
        if !self.missing.insert(c) {
            return;
        }
        let message = if c == char::REPLACEMENT_CHARACTER {
            "U+FFFD stands for bytes that could not be read; a box is drawn".to_owned()
        } else {
            format!("no face has the character U+{:04X}; a box is drawn", u32::from(c))
        };
        let diagnostic = Diagnostic::new(&code::MISSING_GLYPH, self.span(at), message);
        self.cx.report(diagnostic.help("give a font that has it"));
    }

    /// The place in the source of the inline that a byte of the text comes from.
    fn span(&self, at: usize) -> Option<Span> {
        let spans = &self.collected.spans;
        let after = spans.partition_point(|(start, _)| *start as usize <= at);
        Some(spans.get(after.checked_sub(1)?)?.1)
    }
}

/// Scripts whose letters stand apart, so that they may do so a little more or less.
fn is_spaced(script: Script) -> bool {
    use Script::{Armenian, Cyrillic, Georgian, Greek, Latin};
    matches!(script, Latin | Greek | Cyrillic | Armenian | Georgian)
}

/// Width of the box that stands for a character.
fn missing_width(size: Length) -> Length {
    size.scale(6, 10)
}

/// Ideographs, kana and full-width forms.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}
