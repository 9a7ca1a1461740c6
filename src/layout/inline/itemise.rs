//! Cuts a paragraph's text into units of one style, direction, script and face, and shapes them.

use super::collect::{Collected, NEWLINE, OBJECT, Object, RunStyle};
use super::east_asian::{self, Side, White};
use super::glyphs::letters;
use super::missing::Missing;
use super::shape::{Part, Shaper, TextKind, is_ignorable};
use super::shaped::{After, Content, Font, Hyphen, Paragraph, Unit};
use super::style::{Family, TextAlign, TextStyle};
use crate::font::{FaceId, FontStyle, is_east_asian};
use crate::layout::length::Length;
use crate::model::{LanguageTag, Span};
use crate::text::segment::{address_breaks, is_address, is_spaced, is_unspaced, opportunities};
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
    missing: &mut Missing,
) -> Paragraph {
    let text = collected.text.as_str();
    let levels = levels(text, style.rtl);
    let languages = collected.languages.iter().map(|tag| shaper.language(tag)).collect();
    let mut itemiser = Itemiser {
        breaks: opportunities(text),
        next_break: 0,
        languages,
        hyphenate: style.hyphenate,
        address: false,
        justify: style.align == TextAlign::Justify,
        leading_script: leading_script(text),
        collected: &collected,
        levels,
        shaper,
        missing,
        units: Vec::with_capacity(text.len() / 3),
        fonts: Vec::new(),
        objects: 0,
        hyphens: Vec::new(),
        trimmed: (0, Side::Other),
    };
    itemiser.run();
    let Itemiser { units, fonts, hyphens, leading_script, .. } = itemiser;
    let justify = style.align == TextAlign::Justify;
    let pliable = justify && !is_east_asian(leading_script);
    Paragraph {
        units,
        fonts,
        hyphens,
        rtl: style.rtl,
        align: style.align,
        indent: style.indent,
        hang: style.hang,
        size: style.size,
        // Justified lines may be a little wider or narrower; ragged ones have no need, and squares
        // stay square.
        expansion: if pliable { EXPANSION } else { 0 },
        letter_space: if pliable { LETTER_SPACE } else { 0 },
        hangs: pliable,
        collected,
    }
}

/// The embedding level of each byte, when anything runs from right to left.
fn levels(text: &str, rtl: bool) -> Option<Vec<Level>> {
    if !rtl && !text.chars().any(turns) {
        return None;
    }
    let level = if rtl { Level::rtl() } else { Level::ltr() };
    let info = ParagraphBidiInfo::new(text, Some(level));
    (rtl || info.levels.iter().any(|l| l.is_rtl())).then_some(info.levels)
}

/// Whether a character may make text of a left-to-right paragraph run from right to left: a letter or
/// digit of a script that does, or a control. Dashes and quotation marks don't, which are common.
fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{202B}' | '\u{202E}' | '\u{2067}' | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
    )
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

struct Itemiser<'p, 'a, 'c> {
    collected: &'p Collected,
    levels: Option<Vec<Level>>,
    breaks: Vec<u32>,
    next_break: usize,
    languages: Vec<u16>,
    hyphenate: bool,
    /// In the middle of an address.
    address: bool,
    justify: bool,
    leading_script: Script,
    shaper: &'c mut Shaper<'a>,
    missing: &'c mut Missing,
    units: Vec<Unit>,
    fonts: Vec<Font>,
    /// Objects met so far.
    objects: usize,
    hyphens: Vec<Hyphen>,
    /// Where the last mark ended whose white was taken away, and what it is to its neighbours.
    trimmed: (usize, Side),
}

impl Itemiser<'_, '_, '_> {
    fn run(&mut self) {
        let collected = self.collected;
        let end = collected.text.len() as u32;
        let mut script = self.leading_script;
        for (index, &(start, number)) in collected.runs.iter().enumerate() {
            let next = collected.runs.get(index + 1);
            let stop = next.map_or(end, |run| run.0);
            self.style_run(start as usize, stop as usize, number, &mut script);
            // No line starts with a raised number or an exponent.
            if let (Some(next), Some(unit)) = (next, self.units.last_mut()) {
                let (this, following) =
                    (&collected.styles[number as usize], &collected.styles[next.1 as usize]);
                if following.rise != this.rise
                    && !matches!(unit.content, Content::Space { .. } | Content::Newline)
                {
                    unit.after = After::Join;
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
        // After a mark of East Asian text, which is a word of its own.
        let mut after_mark = false;
        for (offset, c) in text.char_indices() {
            let at = start + offset;
            let own = self.script_at(c, at, style, *script);
            if !matches!(own, Script::Common | Script::Inherited) {
                *script = own;
            }
            let stands_alone = matches!(c, ' ' | '\u{A0}' | NEWLINE | OBJECT | '\u{AD}')
                || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FFFD}');
            let boundary = stands_alone
                || (*script != word_script && !matches!(own, Script::Common | Script::Inherited))
                || self.breaks_before(at)
                || std::mem::take(&mut after_mark)
                || (is_east_asian(*script) && east_asian::mark(c).is_some())
                || self.levels.as_ref().is_some_and(|l| at > word && l[at] != l[word]);
            if boundary {
                self.word(word, at, number, style, word_script);
                word = at;
                word_script = *script;
            }
            after_mark = is_east_asian(*script) && east_asian::mark(c).is_some();
            if stands_alone {
                self.single(c, at, number, style);
                word = at + c.len_utf8();
            }
        }
        self.word(word, stop, number, style, word_script);
    }

    /// The script of a character at a byte after text of a script: its own, or if it is a mark of
    /// East Asian text, that of the text before or of ideographs.
    fn script_at(&self, c: char, at: usize, style: &RunStyle, before: Script) -> Script {
        let own = script_of(c);
        if own != Script::Common || c < '\u{B7}' || is_east_asian(before) {
            return own;
        }
        let text = &self.collected.text;
        let (last, next) = (text[..at].chars().next_back(), text[at..].chars().nth(1));
        let shared = || !style.verbatim && east_asian::is_shared_mark(c, last, next, self.language(style));
        if east_asian::side(c) == Side::Wide || shared() { Script::Han } else { own }
    }

    fn language(&self, style: &RunStyle) -> Option<&LanguageTag> {
        self.collected.languages.get(usize::from(style.language?))
    }

    /// Whether a line may start at a byte. Asked in rising order.
    fn breaks_before(&mut self, at: usize) -> bool {
        while self.breaks.get(self.next_break).is_some_and(|b| (*b as usize) < at) {
            self.next_break += 1;
        }
        self.breaks.get(self.next_break).is_some_and(|b| *b as usize == at)
    }

    /// What comes after a unit that ends at a byte and with a character.
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

    /// A character that is a unit of its own, or none at all.
    fn single(&mut self, c: char, at: usize, number: u32, style: &RunStyle) {
        let level = self.level(at);
        let end = at + c.len_utf8();
        let kind = self.kind(style, Script::Common, level);
        let face = self.shaper.first_face(&kind);
        let font = self.font(face);
        let (width, content, after) = match c {
            ' ' | '\u{A0}' => {
                self.address = false;
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
                let object = &self.collected.objects[number];
                let after = match (self.after(end, None), object) {
                    (After::Break(_), Object::Formula { cost, .. }) => After::Break(*cost),
                    (after, _) => after,
                };
                (object.width(), Content::Object(number as u32), after)
            }
            '\u{AD}' => {
                if let Some(unit) = self.units.last_mut() {
                    unit.after = After::SoftHyphen;
                }
                return;
            }
            char::REPLACEMENT_CHARACTER => {
                self.missing(c, at, style, Script::Common);
                (missing_width(style.size), Content::Missing(c), self.after(end, None))
            }
            // Controls of direction and joining did their work in the passes before.
            _ => {
                let after = self.after(end, None);
                if let (Some(unit), After::Break(_)) = (self.units.last_mut(), after)
                    && unit.after == After::Join
                {
                    unit.after = after;
                }
                return;
            }
        };
        self.units.push(Unit {
            content,
            style: number,
            font,
            level,
            start: at as u32,
            end: end as u32,
            width,
            letters: 0,
            hyphenates: false,
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
        let level = self.level(start);
        let kind = self.kind(style, script, level);
        let word = self.shaper.word(text, kind);
        let trimmed = word.parts.first().and_then(|part| part.trimmed);
        self.white_before(start, trimmed, number, style, &kind);
        if let Some(side) = trimmed {
            self.trimmed = (end, side);
        }
        // What follows without a space belongs to the address too.
        self.address |= is_address(text);
        let hyphenates = self.hyphenate && !style.verbatim && !self.address;
        let spaced = self.justify && !style.verbatim && level.is_ltr() && is_spaced(script);
        for part in &word.parts {
            let (from, to) = (start + part.start as usize, start + part.end as usize);
            let unit_text = &self.collected.text[from..to];
            let face = part.face.unwrap_or_else(|| self.shaper.first_face(&kind));
            let font = self.font(face);
            let (content, width) = match part.face {
                Some(_) => {
                    self.missing.shown(unit_text);
                    let width = self.fonts[usize::from(font)].scale(part.glyphs.advance, style.size);
                    (Content::Glyphs(part.glyphs.clone()), width)
                }
                None => {
                    let c = unit_text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
                    self.missing(c, from, style, script);
                    (Content::Missing(c), missing_width(style.size))
                }
            };
            let after = if to == end { self.after(end, unit_text.chars().next_back()) } else { After::Join };
            let unit = self.units.len() as u32;
            self.units.push(Unit {
                content,
                style: number,
                font,
                level,
                start: from as u32,
                end: to as u32,
                width,
                letters: if spaced { letters(&part.glyphs.glyphs) } else { 0 },
                hyphenates,
                after,
            });
            if self.address {
                let breaks = address_breaks(unit_text);
                let plain = breaks.map(|at| Hyphen {
                    unit,
                    at: at as u32,
                    cost: IN_ADDRESS,
                    hyphen: false,
                    whole: None,
                });
                self.hyphens.extend(plain);
            } else if hyphenates && part.face.is_some() {
                self.hyphenate(unit, unit_text, part, kind);
            }
        }
    }

    /// Adds the places where a part of a word may be hyphenated; they are found once for each word.
    fn hyphenate(&mut self, unit: u32, text: &str, part: &Part, kind: TextKind) {
        let hyphens = part.hyphens.get_or_init(|| self.shaper.hyphens(text, part, kind));
        self.hyphens.extend(hyphens.iter().map(|hyphen| Hyphen {
            unit,
            at: hyphen.at,
            cost: if hyphen.capitalised { IN_NAME } else { IN_WORD },
            hyphen: true,
            whole: hyphen.whole.clone(),
        }));
    }

    /// White between a word and what it touches, where the script has it but no space.
    fn white_before(
        &mut self,
        at: usize,
        trimmed: Option<Side>,
        number: u32,
        style: &RunStyle,
        kind: &TextKind,
    ) {
        let text = &self.collected.text;
        let (Some(before), Some(next)) = (text[..at].chars().next_back(), text[at..].chars().next()) else {
            return;
        };
        if before < '\u{E00}' && next < '\u{E00}' {
            return;
        }
        let Some(unit) = self.units.last_mut() else { return };
        if matches!(unit.content, Content::Space { .. } | Content::Newline) {
            return;
        }
        let between_words = matches!(unit.after, After::Break(_)) && is_unspaced(before) && is_unspaced(next);
        let before = if self.trimmed.0 == at { self.trimmed.1 } else { east_asian::side(before) };
        let next = trimmed.unwrap_or_else(|| east_asian::side(next));
        let white = match east_asian::white_between(before, next, style.size) {
            Some(white) => white,
            // Nothing else could fill a line of words without spaces.
            None if between_words => {
                White { width: Length::ZERO, stretch: style.size / 8, shrink: Length::ZERO }
            }
            None => return,
        };
        let after = std::mem::replace(&mut unit.after, After::Join);
        let face = self.shaper.first_face(kind);
        let font = self.font(face);
        self.units.push(Unit {
            content: Content::Space { stretch: white.stretch, shrink: white.shrink },
            style: number,
            font,
            level: self.level(at),
            start: at as u32,
            end: at as u32,
            width: white.width,
            letters: 0,
            hyphenates: false,
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

    fn missing(&mut self, c: char, at: usize, style: &RunStyle, script: Script) {
        // What has a script of its own is known by it, whatever stands before.
        let script = match script_of(c) {
            Script::Common | Script::Inherited if is_east_asian(script) => script,
            own => own,
        };
        self.missing.note(c, script, self.language(style).cloned(), self.span(at));
    }

    /// The place in the source of the inline that a byte of the text comes from.
    fn span(&self, at: usize) -> Option<Span> {
        let spans = &self.collected.spans;
        let after = spans.partition_point(|(start, _)| *start as usize <= at);
        Some(spans.get(after.checked_sub(1)?)?.1)
    }
}

/// Width of the box that stands for a character.
fn missing_width(size: Length) -> Length {
    size.scale(6, 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_bidi::BidiClass::{AL, AN, R, RLE, RLI, RLO};

    #[test]
    fn every_character_that_turns_text_is_known_to() {
        for c in '\0'..=char::MAX {
            let turning = matches!(unicode_bidi::bidi_class(c), AL | AN | R | RLE | RLI | RLO);
            assert!(turns(c) || !turning, "{:04X}", c as u32);
        }
        assert!(!"“It’s – plain…” €".chars().any(turns));
    }
}
