//! Words become glyphs. A word that was shaped once is not shaped again.

use super::Family;
use crate::font::{FaceId, FontLibrary, FontStyle};
use crate::model::LanguageTag;
use harfrust::{Buffer, ClusterLevel, Direction, Feature, ShapeOptions, ShapePlan, ShaperFont, Tag, shape};
use std::collections::HashMap;
use std::rc::Rc;
use unicode_script::Script;

/// Longer words are not kept: they hardly come again.
const KEPT_LENGTH: usize = 48;
/// So many words are kept for each kind of text before they are forgotten.
const KEPT_WORDS: usize = 50_000;

/// What decides how a word is shaped, beside its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextKind {
    pub family: Family,
    pub style: FontStyle,
    pub small_caps: bool,
    pub script: Script,
    pub rtl: bool,
    /// Number of the language, from [`Shaper::language`].
    pub language: Option<u16>,
}

/// A shaped word, in the faces that have its characters.
#[derive(Debug)]
pub(super) struct Word {
    pub parts: Box<[Part]>,
}

/// A stretch of a word in one face.
#[derive(Debug)]
pub(super) struct Part {
    /// The face; `None` for a character that no face has.
    pub face: Option<FaceId>,
    /// Bytes of the word.
    pub start: u32,
    pub end: u32,
    pub glyphs: Rc<Glyphs>,
}

/// Glyphs in visual order, in font units.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    pub glyphs: Box<[ShapedGlyph]>,
    pub advance: i32,
}

/// A glyph and its place, in font units.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShapedGlyph {
    pub id: u16,
    pub advance: i32,
    pub x_offset: i32,
    pub y_offset: i32,
    /// First byte of its cluster, counted from the part's start.
    pub cluster: u32,
}

/// Shapes words and remembers them.
pub(super) struct Shaper<'a> {
    pub fonts: &'a FontLibrary,
    faces: Vec<Option<ShaperFont<'a, 'static>>>,
    kinds: Vec<Kind>,
    languages: Vec<Language>,
    buffer: Option<Buffer>,
    /// The kind asked for last, which is most often asked for again.
    last: usize,
}

/// A language, as the shaper and the hyphenation know it.
struct Language {
    tag: LanguageTag,
    shaping: Option<harfrust::Language>,
    pub hyphenation: Option<hypher::Lang>,
}

struct Kind {
    kind: TextKind,
    plans: Vec<(FaceId, ShapePlan)>,
    words: HashMap<Box<str>, Rc<Word>>,
}

impl<'a> Shaper<'a> {
    pub fn new(fonts: &'a FontLibrary) -> Self {
        Shaper {
            fonts,
            faces: (0..fonts.len()).map(|_| None).collect(),
            kinds: Vec::new(),
            languages: Vec::new(),
            buffer: None,
            last: 0,
        }
    }

    /// The number of a language.
    pub fn language(&mut self, tag: &LanguageTag) -> u16 {
        if let Some(at) = self.languages.iter().position(|l| l.tag == *tag) {
            return at as u16;
        }
        let code = <[u8; 2]>::try_from(tag.primary().as_bytes()).ok();
        self.languages.push(Language {
            tag: tag.clone(),
            shaping: harfrust::Language::new(tag.as_str()),
            // Chinese, Japanese and the like have no patterns, and then no hyphens.
            hyphenation: code.and_then(hypher::Lang::from_iso),
        });
        (self.languages.len() - 1) as u16
    }

    /// The hyphenation patterns of a language.
    pub fn hyphenation(&self, language: u16) -> Option<hypher::Lang> {
        self.languages[usize::from(language)].hyphenation
    }

    /// The family that a kind of text asks for first.
    fn family(&self, kind: &TextKind) -> crate::font::FamilyId {
        match kind.family {
            Family::Serif => self.fonts.serif(),
            Family::Mono => self.fonts.mono(),
        }
    }

    /// The face that a kind of text is set in when the face has its characters.
    pub fn first_face(&self, kind: &TextKind) -> FaceId {
        self.fonts.styled(self.family(kind), kind.style)
    }

    /// A face, ready to shape with.
    pub fn font(&mut self, face: FaceId) -> &ShaperFont<'a, 'static> {
        let fonts = self.fonts;
        self.faces[usize::from(face.0)].get_or_insert_with(|| ShaperFont::new(fonts.face(face).font()))
    }

    /// The glyph of a character in a face, with its advance in font units.
    pub fn glyph(&mut self, face: FaceId, c: char) -> Option<(u16, i32)> {
        let font = self.font(face);
        let glyph = font.default_nominal_glyph(u32::from(c)).filter(|g| g.to_u32() != 0)?;
        Some((u16::try_from(glyph.to_u32()).ok()?, font.default_glyph_h_advance(glyph)))
    }

    /// Shapes a word: text without spaces, of one kind.
    pub fn word(&mut self, text: &str, kind: TextKind) -> Rc<Word> {
        let at = self.kind(kind);
        if let Some(word) = self.kinds[at].words.get(text) {
            return word.clone();
        }
        let word = Rc::new(Word { parts: self.set(text, at) });
        if text.len() <= KEPT_LENGTH {
            let words = &mut self.kinds[at].words;
            if words.len() >= KEPT_WORDS {
                words.clear();
            }
            words.insert(text.into(), word.clone());
        }
        word
    }

    /// Shapes a word without joining letters into ligatures, so that it can be cut anywhere.
    pub fn unligated(&mut self, text: &str, face: FaceId, kind: TextKind) -> Glyphs {
        let at = self.kind(kind);
        let off = [b"liga", b"clig", b"dlig"].map(|tag| Feature::new(Tag::new(tag), 0, ..));
        self.run(text, face, at, &off)
    }

    fn kind(&mut self, kind: TextKind) -> usize {
        if self.kinds.get(self.last).is_none_or(|k| k.kind != kind) {
            self.last = self.kinds.iter().position(|k| k.kind == kind).unwrap_or_else(|| {
                self.kinds.push(Kind { kind, plans: Vec::new(), words: HashMap::new() });
                self.kinds.len() - 1
            });
        }
        self.last
    }

    /// Sets a word in the first face that can set it whole; otherwise each cluster in the first
    /// face that has it.
    fn set(&mut self, text: &str, at: usize) -> Box<[Part]> {
        let kind = self.kinds[at].kind;
        let fonts = self.fonts;
        let family = self.family(&kind);
        let marks = text.chars().any(is_combining);
        for face in fonts.candidates(family, kind.style, kind.script) {
            if text.chars().all(|c| self.has(face, c)) {
                let glyphs = self.run(text, face, at, &[]);
                if !marks || self.marks_are_placed(text, &glyphs) {
                    return Box::new([Part {
                        face: Some(face),
                        start: 0,
                        end: text.len() as u32,
                        glyphs: glyphs.into(),
                    }]);
                }
            }
        }
        let mut parts: Vec<(Option<FaceId>, usize, usize)> = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let end = cluster_end(text, start);
            let cluster = &text[start..end];
            // Of a base and its marks the base counts, if no face has all of them.
            let face = fonts
                .candidates(family, kind.style, kind.script)
                .find(|face| cluster.chars().all(|c| self.has(*face, c)))
                .or_else(|| {
                    let base = cluster.chars().next()?;
                    fonts.candidates(family, kind.style, kind.script).find(|face| self.has(*face, base))
                });
            match parts.last_mut() {
                Some(last) if last.0 == face && face.is_some() => last.2 = end,
                _ => parts.push((face, start, end)),
            }
            start = end;
        }
        let shaped = parts.into_iter().map(|(face, start, end)| {
            let glyphs = face.map(|face| self.run(&text[start..end], face, at, &[])).unwrap_or_default();
            Part { face, start: start as u32, end: end as u32, glyphs: glyphs.into() }
        });
        shaped.collect()
    }

    /// Whether a face has a character, or the character needs no glyph.
    fn has(&mut self, face: FaceId, c: char) -> bool {
        is_ignorable(c) || (c != char::REPLACEMENT_CHARACTER && self.glyph(face, c).is_some())
    }

    /// Whether each combining mark was moved to its base: a face without anchors for the base
    /// leaves it where it is.
    fn marks_are_placed(&self, text: &str, glyphs: &Glyphs) -> bool {
        let mut clusters = glyphs.glyphs.iter().map(|g| g.cluster).collect::<Vec<_>>();
        clusters.dedup();
        // All marks were composed with their bases when every cluster has one glyph.
        clusters.len() == glyphs.glyphs.len()
            || glyphs.glyphs.windows(2).all(|pair| {
                let mark = pair[1].cluster == pair[0].cluster && pair[1].advance == 0;
                let latin_mark = text[pair[1].cluster as usize..].chars().nth(1).is_some_and(is_combining);
                !(mark && latin_mark) || pair[1].x_offset != 0 || pair[1].y_offset != 0
            })
    }

    fn run(&mut self, text: &str, face: FaceId, at: usize, features: &[Feature]) -> Glyphs {
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.reset();
        let kind = &self.kinds[at].kind;
        let direction = if kind.rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        let script = harfrust::Script::from_iso15924_tag(Tag::new(&tag_of(kind.script)));
        let language = kind.language.and_then(|l| self.languages[usize::from(l)].shaping.clone());
        let caps = [Feature::new(Tag::new(b"smcp"), 1, ..)];
        let caps: &[Feature] = if kind.small_caps { &caps } else { &[] };
        buffer.push_str(text);
        buffer.set_direction(direction);
        buffer.set_script(script);
        buffer.set_language(language.clone());
        buffer.set_cluster_level(ClusterLevel::MonotoneGraphemes);
        self.font(face);
        // Made on the line above.
        let Some(font) = &self.faces[usize::from(face.0)] else { return Glyphs::default() };
        let shaped = if features.is_empty() {
            let plans = &mut self.kinds[at].plans;
            let plan = match plans.iter().position(|(of, _)| *of == face) {
                Some(at) => at,
                None => {
                    plans.push((face, ShapePlan::new(font, direction, script, language.as_ref(), caps)));
                    plans.len() - 1
                }
            };
            shape(font, &mut buffer, ShapeOptions::new().plan(Some(&plans[plan].1)).features(caps))
        } else {
            shape(font, &mut buffer, ShapeOptions::new().features(features))
        };
        let mut glyphs = Glyphs::default();
        // The plan was made for this direction and script, so shaping can't fail.
        if shaped.is_ok() {
            let placed = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
            glyphs.glyphs = placed
                .map(|(info, position)| ShapedGlyph {
                    id: info.glyph_id as u16,
                    advance: position.x_advance,
                    x_offset: position.x_offset,
                    y_offset: position.y_offset,
                    cluster: info.cluster,
                })
                .collect();
            glyphs.advance = glyphs.glyphs.iter().map(|g| g.advance).sum();
        }
        self.buffer = Some(buffer);
        glyphs
    }
}

/// Where the cluster that starts at a byte ends: a base with its marks and joiners.
fn cluster_end(text: &str, start: usize) -> usize {
    let mut joined = false;
    for (at, c) in text[start..].char_indices().skip(1) {
        let joins = is_combining(c) || is_ignorable(c) || is_mark(c) || joined;
        joined = c == '\u{200D}';
        if !joins {
            return start + at;
        }
    }
    text.len()
}

/// Marks that go with Latin, Greek and Cyrillic letters.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

/// Marks of any script, by their width of no columns.
fn is_mark(c: char) -> bool {
    c > '\u{300}' && unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

/// Characters that are not seen when nothing knows them (Unicode, 5.21).
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// The ISO 15924 tag of a script.
fn tag_of(script: Script) -> [u8; 4] {
    <[u8; 4]>::try_from(script.short_name().as_bytes()).unwrap_or(*b"Zyyy")
}
