//! Words become glyphs. A word that was shaped once is not shaped again.

use super::east_asian::{self, Side};
use super::emoji::{is_emoji, shows_emoji};
use super::glyphs::{Glyphs, ShapedGlyph};
use super::style::Family;
use crate::font::{FaceId, FontLibrary, FontStyle};
use crate::model::LanguageTag;
use crate::text::hyphenate::{HyphenPoint, hyphen_points};
use harfrust::{
    BufferClusterLevel, Direction, Feature, ShapeOptions, ShapePlan, ShaperData, Tag, UnicodeBuffer,
};
use icu_segmenter::GraphemeClusterSegmenter;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use unicode_script::Script;

/// Longer words are not kept: they hardly come again.
const KEPT_LENGTH: usize = 48;
/// So many words are kept for each kind of text before they are forgotten.
const KEPT_WORDS: usize = 50_000;
/// The glyph that stands for what a face has not (OpenType, `glyf` and `cmap`).
const NOTDEF: u16 = 0;

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
    /// What it is to its neighbours, when it is a mark whose white was taken away.
    pub trimmed: Option<Side>,
    /// Where it may be hyphenated, once that was asked.
    pub hyphens: OnceCell<Box<[WordHyphen]>>,
}

impl Part {
    fn new(face: Option<FaceId>, bytes: Range<usize>, glyphs: Glyphs) -> Part {
        Part {
            face,
            start: bytes.start as u32,
            end: bytes.end as u32,
            glyphs: glyphs.into(),
            trimmed: None,
            hyphens: OnceCell::new(),
        }
    }
}

/// A place where a part of a word may be hyphenated.
#[derive(Debug)]
pub(super) struct WordHyphen {
    /// Bytes from the part's start.
    pub at: u32,
    /// In a capitalised word.
    pub capitalised: bool,
    /// The part without ligatures, when the place is in the middle of one.
    pub whole: Option<Rc<Glyphs>>,
}

/// Shapes words and remembers them.
pub(super) struct Shaper<'a> {
    pub fonts: &'a FontLibrary,
    faces: Vec<Option<Ready<'a>>>,
    kinds: Vec<Kind>,
    languages: Vec<Language>,
    buffer: Option<UnicodeBuffer>,
    /// The kind asked for last, which is most often asked for again.
    last: usize,
}

/// A face, ready to shape with.
struct Ready<'a> {
    font: FontRef<'a>,
    charmap: Charmap<'a>,
    metrics: GlyphMetrics<'a>,
    data: ShaperData,
}

/// A language, as the shaper and the hyphenation know it.
struct Language {
    tag: LanguageTag,
    shaping: Option<harfrust::Language>,
    hyphenation: Option<hypher::Lang>,
}

struct Kind {
    kind: TextKind,
    plans: Vec<(FaceId, ShapePlan)>,
    words: HashMap<Box<str>, Rc<Word>>,
    /// The face from beyond the library's families that was found first.
    beyond: Option<FaceId>,
    /// What no face beyond them has.
    nowhere: HashSet<Box<str>>,
    /// The face that punctuation is set in, once it is known.
    punctuation: Option<Option<FaceId>>,
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
            shaping: tag.as_str().parse().ok(),
            // Chinese, Japanese and the like have no patterns, and then no hyphens.
            hyphenation: code.and_then(hypher::Lang::from_iso),
        });
        (self.languages.len() - 1) as u16
    }

    /// The family that a kind of text asks for first.
    fn family(&self, kind: &TextKind) -> crate::font::FamilyId {
        match kind.family {
            Family::Serif => self.fonts.serif(),
            Family::Mono => self.fonts.mono(),
            Family::Heading => self.fonts.heading(),
        }
    }

    /// The face that a kind of text is set in when the face has its characters.
    pub fn first_face(&self, kind: &TextKind) -> FaceId {
        self.fonts.styled(self.family(kind), kind.style)
    }

    /// A face, ready to shape with.
    fn font(&mut self, face: FaceId) -> &Ready<'a> {
        let (fonts, at) = (self.fonts, usize::from(face.0));
        // Faces from beyond the library's families come as they are needed.
        if at >= self.faces.len() {
            self.faces.resize_with(at + 1, || None);
        }
        self.faces[at].get_or_insert_with(|| {
            let face = fonts.face(face);
            let font = face.font();
            Ready {
                charmap: face.charmap(),
                metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
                data: ShaperData::new(&font),
                font,
            }
        })
    }

    /// The glyph of a character in a face, with its advance in font units.
    pub fn glyph(&mut self, face: FaceId, c: char) -> Option<(u16, i32)> {
        let font = self.font(face);
        let glyph = font.charmap.map(c).filter(|g| g.to_u32() != u32::from(NOTDEF))?;
        Some((u16::try_from(glyph.to_u32()).ok()?, font.metrics.advance_width(glyph)? as i32))
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

    /// The places where a part of a word may be hyphenated.
    pub fn hyphens(&mut self, text: &str, part: &Part, kind: TextKind) -> Box<[WordHyphen]> {
        let language = kind.language.and_then(|l| self.languages[usize::from(l)].hyphenation);
        let (Some(language), Some(face), 5..) = (language, part.face, text.len()) else {
            return Box::default();
        };
        let mut points = Vec::new();
        hyphen_points(text, language, &mut points);
        let mut unligated: Option<Rc<Glyphs>> = None;
        let hyphen = |HyphenPoint { at, capitalised }| {
            let cuts_ligature = !part.glyphs.glyphs.iter().any(|g| g.cluster == at);
            let whole = cuts_ligature
                .then(|| unligated.get_or_insert_with(|| self.unligated(text, face, kind).into()).clone());
            WordHyphen { at, capitalised, whole }
        };
        points.into_iter().map(hyphen).collect()
    }

    /// Shapes a word without joining letters into ligatures, so that it can be cut anywhere.
    fn unligated(&mut self, text: &str, face: FaceId, kind: TextKind) -> Glyphs {
        let at = self.kind(kind);
        let off = [b"liga", b"clig", b"dlig"].map(|tag| Feature::new(Tag::new(tag), 0, ..));
        self.run(text, face, at, &off)
    }

    fn kind(&mut self, kind: TextKind) -> usize {
        if self.kinds.get(self.last).is_none_or(|k| k.kind != kind) {
            self.last = self.kinds.iter().position(|k| k.kind == kind).unwrap_or_else(|| {
                self.kinds.push(Kind {
                    kind,
                    plans: Vec::new(),
                    words: HashMap::new(),
                    beyond: None,
                    nowhere: HashSet::new(),
                    punctuation: None,
                });
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
        if !east_asian::takes_own_face(kind.script, text) && !text.chars().any(shows_emoji) {
            let marks = text.chars().any(is_combining);
            let punctuation = self.punctuation_face(text, at);
            // A word is not set in the letters of another script for the sake of its full stop.
            let alike = fonts.faces_for(family, kind.style, kind.script);
            for face in punctuation.into_iter().chain(alike) {
                // Shaping tells whether the face has it all; the first letter mostly tells that it has not.
                if !text.chars().next().is_some_and(|c| self.has(face, c)) {
                    continue;
                }
                let Some(glyphs) = self.embeddable(text, face, at) else { continue };
                if !marks || self.marks_are_placed(text, &glyphs) {
                    return Box::new([Part::new(Some(face), 0..text.len(), glyphs)]);
                }
            }
        }
        // What no face has stands alone, cluster by cluster.
        let mut stretches: Vec<(Option<FaceId>, usize, usize)> = Vec::new();
        let mut start = 0;
        for end in GraphemeClusterSegmenter::new().segment_str(text).skip(1) {
            let face = self.face_of(&text[start..end], at);
            match stretches.last_mut() {
                Some(last) if last.0 == face && face.is_some() => last.2 = end,
                _ => stretches.push((face, start, end)),
            }
            start = end;
        }
        let mut parts = Vec::with_capacity(stretches.len());
        for (face, start, end) in stretches {
            let Some(face) = face else {
                parts.push(Part::new(None, start..end, Glyphs::default()));
                continue;
            };
            match self.embeddable(&text[start..end], face, at) {
                Some(mut glyphs) => {
                    let trimmed = self.trim(&text[start..end], face, at, &mut glyphs);
                    parts.push(Part { trimmed, ..Part::new(Some(face), start..end, glyphs) });
                }
                None => self.set_by_characters(text, start..end, face, at, &mut parts),
            }
        }
        parts.into()
    }

    /// Sets what a face has of a text that it has not whole, such as a base whose mark is in no face.
    fn set_by_characters(
        &mut self,
        text: &str,
        range: Range<usize>,
        face: FaceId,
        at: usize,
        parts: &mut Vec<Part>,
    ) {
        let mut known = range.start..range.start;
        for (offset, c) in text[range.clone()].char_indices() {
            let start = range.start + offset;
            let end = start + c.len_utf8();
            if self.has_glyph(face, c) {
                known.end = end;
                continue;
            }
            self.set_known(text, known, face, at, parts);
            if !is_ignorable(c) {
                parts.push(Part::new(None, start..end, Glyphs::default()));
            }
            known = end..end;
        }
        self.set_known(text, known, face, at, parts);
    }

    /// Sets characters that a face has, if its glyphs are not broken.
    fn set_known(&mut self, text: &str, range: Range<usize>, face: FaceId, at: usize, parts: &mut Vec<Part>) {
        if range.is_empty() {
            return;
        }
        match self.embeddable(&text[range.clone()], face, at) {
            Some(glyphs) => parts.push(Part::new(Some(face), range, glyphs)),
            // Each is a box of its own, so that each is told.
            None => parts.extend(text[range.clone()].char_indices().map(|(offset, c)| {
                let start = range.start + offset;
                Part::new(None, start..start + c.len_utf8(), Glyphs::default())
            })),
        }
    }

    /// The glyphs of a text in a face, if it has all of them and they are not broken.
    fn embeddable(&mut self, text: &str, face: FaceId, at: usize) -> Option<Glyphs> {
        let glyphs = self.run(text, face, at, &[]);
        let embeds = |glyph: &ShapedGlyph| glyph.id != NOTDEF && self.fonts.face(face).embeds(glyph.id);
        glyphs.glyphs.iter().all(embeds).then_some(glyphs)
    }

    /// The face for a cluster. Of a base and its marks the base counts, if no face has all of them.
    fn face_of(&mut self, cluster: &str, at: usize) -> Option<FaceId> {
        let kind = self.kinds[at].kind;
        let (fonts, family) = (self.fonts, self.family(&kind));
        let emoji = fonts.emoji();
        if is_emoji(cluster) && cluster.chars().all(|c| self.has(emoji, c)) {
            return Some(emoji);
        }
        let own = east_asian::takes_own_face(kind.script, cluster);
        if own && let Some(face) = self.beyond(cluster, at) {
            return Some(face);
        }
        if let Some(face) = self.punctuation_face(cluster, at)
            && cluster.chars().all(|c| self.has(face, c))
        {
            return Some(face);
        }
        let base = cluster.get(..cluster.chars().next().map_or(0, char::len_utf8))?;
        for text in [cluster, base] {
            let known = fonts
                .candidates(family, kind.style, kind.script)
                .find(|face| text.chars().all(|c| self.has(*face, c)));
            let face = known.or_else(|| self.beyond(text, at));
            if face.is_some() || text.len() == base.len() {
                return face;
            }
        }
        None
    }

    /// The face that text without letters and digits is set in: the one made for the script around
    /// it, where the main face has no letters of that script.
    fn punctuation_face(&mut self, text: &str, at: usize) -> Option<FaceId> {
        if text.chars().any(char::is_alphanumeric) {
            return None;
        }
        if let Some(known) = self.kinds[at].punctuation {
            return known;
        }
        let (kind, fonts) = (self.kinds[at].kind, self.fonts);
        let own = fonts.made_for(kind.script, kind.style).filter(|own| {
            let letter = fonts.face(*own).letter_of(kind.script);
            let main = self.first_face(&kind);
            letter.is_some_and(|letter| self.glyph(main, letter).is_none())
        });
        self.kinds[at].punctuation = Some(own);
        own
    }

    /// A face for a cluster that no family of the library has.
    fn beyond(&mut self, cluster: &str, at: usize) -> Option<FaceId> {
        if let Some(face) = self.kinds[at].beyond
            && cluster.chars().all(|c| self.has(face, c))
        {
            return Some(face);
        }
        let visible: String =
            cluster.chars().filter(|c| !is_ignorable(*c) && *c != char::REPLACEMENT_CHARACTER).collect();
        if visible.is_empty() {
            return None;
        }
        if self.kinds[at].nowhere.contains(visible.as_str()) {
            return None;
        }
        let TextKind { style, script, family, language, .. } = self.kinds[at].kind;
        let language = language.map(|l| &self.languages[usize::from(l)].tag);
        let face = self.fonts.beyond(&visible, script, language, style, family == Family::Mono);
        match face {
            Some(face) => _ = self.kinds[at].beyond.get_or_insert(face),
            None => _ = self.kinds[at].nowhere.insert(visible.into()),
        }
        face
    }

    /// Takes the white from a bracket, comma or full stop of East Asian text.
    fn trim(&mut self, text: &str, face: FaceId, at: usize, glyphs: &mut Glyphs) -> Option<Side> {
        if !crate::font::is_east_asian(self.kinds[at].kind.script) {
            return None;
        }
        let mut chars = text.chars();
        let (Some(mark), None) = (chars.next().and_then(east_asian::mark), chars.next()) else { return None };
        let id = glyphs.glyphs.first()?.id;
        let ink = self.font(face).metrics.bounds(id.into())?;
        let ink = (ink.x_min as i32, ink.x_max as i32);
        let em = self.fonts.face(face).metrics().units_per_em;
        east_asian::trim(mark, glyphs, ink, em).then_some(mark)
    }

    /// Whether a face has a character, or the character needs no glyph.
    fn has(&mut self, face: FaceId, c: char) -> bool {
        is_ignorable(c) || self.has_glyph(face, c)
    }

    fn has_glyph(&mut self, face: FaceId, c: char) -> bool {
        c != char::REPLACEMENT_CHARACTER
            && self.glyph(face, c).is_some_and(|(glyph, _)| self.fonts.face(face).embeds(glyph))
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
        let kind = &self.kinds[at].kind;
        let direction = if kind.rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        let script = harfrust::Script::from_iso15924_tag(Tag::new(&tag_of(kind.script)));
        let language = kind.language.and_then(|l| self.languages[usize::from(l)].shaping.clone());
        let caps = [Feature::new(Tag::new(b"smcp"), 1, ..)];
        let caps: &[Feature] = if kind.small_caps { &caps } else { &[] };
        buffer.push_str(text);
        buffer.set_direction(direction);
        if let Some(script) = script {
            buffer.set_script(script);
        }
        if let Some(language) = &language {
            buffer.set_language(language.clone());
        }
        buffer.set_cluster_level(BufferClusterLevel::MonotoneGraphemes);
        self.font(face);
        // Made on the line above.
        let Some(ready) = &self.faces[usize::from(face.0)] else { return Glyphs::default() };
        let shaper = ready.data.shaper(&ready.font).build();
        let shaped = if features.is_empty() {
            let plans = &mut self.kinds[at].plans;
            let plan = match plans.iter().position(|(of, _)| *of == face) {
                Some(at) => at,
                None => {
                    plans.push((face, ShapePlan::new(&shaper, direction, script, language.as_ref(), caps)));
                    plans.len() - 1
                }
            };
            shaper.shape(buffer, ShapeOptions::new().plan(Some(&plans[plan].1)).features(caps))
        } else {
            shaper.shape(buffer, ShapeOptions::new().features(features))
        };
        let placed = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        let glyphs: Box<[ShapedGlyph]> = placed
            .map(|(info, position)| ShapedGlyph {
                id: info.glyph_id as u16,
                advance: position.x_advance,
                x_offset: position.x_offset,
                y_offset: position.y_offset,
                cluster: info.cluster,
            })
            .collect();
        self.buffer = Some(shaped.clear());
        Glyphs { advance: glyphs.iter().map(|g| g.advance).sum(), glyphs }
    }
}

/// Marks that go with Latin, Greek and Cyrillic letters.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
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
