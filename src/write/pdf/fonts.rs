//! The fonts of a file: which glyphs of which faces it uses, their codes, widths and characters,
//! and at the end the embedded subsets (PDF 32000-1, 9.7).
//!
//! A glyph's code is its number in order of first use, so pages can be written before it is known
//! which glyphs later pages need: the subset numbers its glyphs in the same order. A glyph of a
//! TrueType face may have several codes, under which it says different characters or is drawn beside
//! its place.

use super::file::File;
use super::shifted_glyphs;
use super::to_unicode;
use crate::font::{Face, FaceId, FontLibrary, FontStyle};
use crate::format::Error;
use crate::style::Length;
use lopdf::{Dictionary, Object, ObjectId};
use md5::{Digest, Md5};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::raw::{FontRef, TableProvider, types::Tag};
use skrifa::{GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// The fonts that a file uses, in order of first use.
pub(super) struct FontSet<'a> {
    library: &'a FontLibrary,
    fonts: Vec<Font<'a>>,
}

/// The number of a font in its [`FontSet`]; its resource is named `F` and this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FontIndex(pub(super) usize);

/// A face in use.
pub(super) struct Font<'a> {
    id: FaceId,
    face: &'a Face,
    charmap: Charmap<'a>,
    metrics: GlyphMetrics<'a>,
    units_per_em: i64,
    object: ObjectId,
    /// Whether its outlines are those of TrueType.
    truetype: bool,
    /// The code of each glyph of the face; 0 when it has none yet.
    codes: Vec<u16>,
    /// The further codes of glyphs, under which they say something else or stand beside their place.
    more: BTreeMap<(u16, Shift, Box<str>), u16>,
    /// What is used, by code.
    glyphs: Vec<UsedGlyph>,
}

/// A glyph in use.
pub(super) struct UsedGlyph {
    /// Its id in the face.
    id: u16,
    /// How far from its place in the face it is drawn.
    shift: Shift,
    /// Advance width in thousandths of a glyph space unit, of which an em has 1000.
    pub(super) width: i64,
    /// What it says.
    says: Says,
}

/// What a glyph says wherever nothing else is said.
enum Says {
    Nothing,
    /// Written in the file, though each use so far has its text beside it.
    Fallback(Box<str>),
    /// What uses rely on.
    Text(Box<str>),
}

/// A distance in font units: to the right and upwards.
pub(super) type Shift = (i16, i16);

impl<'a> FontSet<'a> {
    pub(super) fn new(library: &'a FontLibrary) -> Self {
        FontSet { library, fonts: Vec::new() }
    }

    /// The font of a face, taken into the file if it isn't there yet.
    pub(super) fn index(&mut self, id: FaceId, file: &mut File<'_>) -> Result<FontIndex, Error> {
        if let Some(index) = self.fonts.iter().position(|f| f.id == id) {
            return Ok(FontIndex(index));
        }
        let font = Font::new(id, self.library.face(id), file.reserve())?;
        self.fonts.push(font);
        Ok(FontIndex(self.fonts.len() - 1))
    }

    /// The font of running text.
    pub(super) fn main(&mut self, file: &mut File<'_>) -> Result<FontIndex, Error> {
        let plain = FontStyle { bold: false, italic: false };
        self.index(self.library.styled(self.library.serif(), plain), file)
    }

    /// One font.
    pub(super) fn get_mut(&mut self, index: FontIndex) -> &mut Font<'a> {
        &mut self.fonts[index.0]
    }

    /// The resources: a name for each font.
    pub(super) fn resources(&self) -> Dictionary {
        self.fonts
            .iter()
            .enumerate()
            .map(|(n, font)| (format!("F{n}"), Object::Reference(font.object)))
            .collect()
    }

    /// Embeds the subsets.
    pub(super) fn write(&self, file: &mut File<'_>) -> Result<(), Error> {
        self.fonts.iter().try_for_each(|font| font.write(file))
    }
}

impl<'a> Font<'a> {
    fn new(id: FaceId, face: &'a Face, object: ObjectId) -> Result<Self, Error> {
        let parsed = FontRef::from_index(face.data(), face.index()).map_err(|e| broken(face, e))?;
        let metrics = parsed.glyph_metrics(Size::unscaled(), LocationRef::default());
        let mut font = Font {
            id,
            face,
            charmap: parsed.charmap(),
            units_per_em: i64::from(parsed.head().map_err(|e| broken(face, e))?.units_per_em()).max(1),
            truetype: parsed.table_data(Tag::new(b"glyf")).is_some(),
            codes: vec![0; metrics.glyph_count() as usize],
            more: BTreeMap::new(),
            glyphs: Vec::new(),
            metrics,
            object,
        };
        font.push(0, (0, 0));
        Ok(font)
    }

    fn push(&mut self, id: u16, shift: Shift) -> u16 {
        let advance = self.metrics.advance_width(GlyphId::from(id)).unwrap_or_default() as i64;
        let width = (advance * 1_000_000 + self.units_per_em / 2) / self.units_per_em;
        self.glyphs.push(UsedGlyph { id, shift, width, says: Says::Nothing });
        (self.glyphs.len() - 1) as u16
    }

    /// The code of a glyph.
    pub(super) fn code(&mut self, id: u16) -> u16 {
        match self.codes.get(usize::from(id)).copied() {
            None => 0,
            Some(0) if id != 0 => {
                let code = self.push(id, (0, 0));
                self.codes[usize::from(id)] = code;
                code
            }
            Some(code) => code,
        }
    }

    /// The code under which a glyph says `text`, drawn `shift` away from its place; `None` when the
    /// face cannot have one glyph twice and the glyph says something else already.
    pub(super) fn telling(&mut self, id: u16, shift: Shift, text: &str) -> Option<u16> {
        if shift == (0, 0) {
            let code = self.code(id);
            if code == 0 || self.say(code, text) {
                return Some(code);
            }
        }
        if !self.truetype || self.glyphs.len() > usize::from(u16::MAX) - 1 {
            return None;
        }
        let key = (id, shift, Box::from(text));
        if let Some(code) = self.more.get(&key) {
            return Some(*code);
        }
        // The glyph itself is part of the subset, for the shifted one is made of it.
        self.code(id);
        let code = self.push(id, shift);
        self.say(code, text);
        self.more.insert(key, code);
        Some(code)
    }

    /// The advance width of a glyph of the face, in font units.
    pub(super) fn width(&self, id: u16) -> i32 {
        self.metrics.advance_width(GlyphId::from(id)).unwrap_or_default() as i32
    }

    /// Whether the glyphs of the face can be drawn beside their place under a code of their own.
    pub(super) fn shifts(&self) -> bool {
        self.truetype
    }

    /// A length as font units of a run of text.
    pub(super) fn units(&self, length: Length, size: Length, expansion: i32) -> Option<i16> {
        let unit = i128::from(size.0) * i128::from(expansion);
        let scaled = i128::from(length.0) * i128::from(self.units_per_em) * 1000;
        i16::try_from((scaled + unit / 2).div_euclid(unit)).ok()
    }

    /// Font units as a length of a run of text.
    pub(super) fn length(&self, units: i32, size: Length, expansion: i32) -> Length {
        Length(size.0 * i64::from(units) * i64::from(expansion) / (self.units_per_em * 1000))
    }

    /// A glyph in use.
    pub(super) fn glyph(&self, code: u16) -> &UsedGlyph {
        &self.glyphs[usize::from(code)]
    }

    /// Whether the face's own character map gives this glyph for a character.
    pub(super) fn maps(&self, c: char, id: u16) -> bool {
        self.charmap.map(c) == Some(GlyphId::from(id))
    }

    /// The glyph of the space, for invisible text.
    pub(super) fn space(&self) -> Option<u16> {
        self.charmap.map(' ').and_then(|id| u16::try_from(id.to_u32()).ok())
    }

    /// Whether uses of a code rely on it to say `text`.
    pub(super) fn says(&self, code: u16, text: &str) -> bool {
        matches!(&self.glyphs[usize::from(code)].says, Says::Text(said) if &**said == text)
    }

    /// Lets a glyph say `text`, if it says nothing else already.
    pub(super) fn say(&mut self, code: u16, text: &str) -> bool {
        let says = &mut self.glyphs[usize::from(code)].says;
        match says {
            // A space that forbids a break is a space to who reads it.
            Says::Text(said) => &**said == text || (&**said == " " && text == "\u{A0}"),
            _ => {
                *says = Says::Text(if text == "\u{A0}" { " ".into() } else { text.into() });
                true
            }
        }
    }

    /// What a glyph shall say if no use ever relies on it: each glyph needs a character (PDF/A-2u
    /// and PDF/UA-1 alike).
    pub(super) fn fall_back(&mut self, code: u16, text: &str) {
        let says = &mut self.glyphs[usize::from(code)].says;
        if matches!(says, Says::Nothing) && !text.is_empty() {
            *says = Says::Fallback(text.into());
        }
    }

    fn write(&self, file: &mut File<'_>) -> Result<(), Error> {
        let glyphs: Vec<u16> = self.glyphs.iter().map(|g| g.id).collect();
        let remapper = GlyphRemapper::new_from_glyphs(&glyphs[1..]);
        let mut subset = subsetter::subset(self.face.data(), self.face.index(), &remapper)
            .map_err(|e| broken(self.face, e))?;
        // Codes are the subset's own glyph numbers, unless some glyph has several.
        let mut numbers = Vec::new();
        if !self.more.is_empty() {
            let own = FontRef::new(&subset).and_then(|font| font.maxp()).map(|maxp| maxp.num_glyphs());
            let first_shifted = own.map_err(|e| broken(self.face, e))?;
            let mut shifted = Vec::new();
            for glyph in &self.glyphs {
                let number = remapper.get(glyph.id).unwrap_or_default();
                numbers.push(match glyph.shift {
                    (0, 0) => number,
                    shift => {
                        shifted.push(shifted_glyphs::Shifted { of: number, shift });
                        first_shifted + (shifted.len() - 1) as u16
                    }
                });
            }
            if !shifted.is_empty() {
                subset = shifted_glyphs::add(&subset, &shifted)
                    .ok_or_else(|| broken(self.face, "its tables contradict each other"))?;
            }
        }
        // The bare CFF table is smaller than the font around it; TrueType outlines need theirs.
        let cff = FontRef::new(&subset).ok().and_then(|f| f.table_data(Tag::new(b"CFF ")));
        let name = format!("{}+{}", subset_tag(&glyphs), self.face.name());

        let program = file.reserve();
        let mut dict = Dictionary::new();
        match &cff {
            Some(cff) => {
                dict.set("Subtype", "CIDFontType0C");
                file.stream(program, dict, cff.as_bytes())?;
            }
            None => {
                dict.set("Length1", subset.len() as i64);
                file.stream(program, dict, &subset)?;
            }
        }

        let mut descriptor = self.descriptor(&name);
        descriptor.set(if cff.is_some() { "FontFile3" } else { "FontFile2" }, program);
        let descriptor = file.add(descriptor)?;

        let mut system = Dictionary::new();
        system.set("Registry", Object::string_literal("Adobe"));
        system.set("Ordering", Object::string_literal("Identity"));
        system.set("Supplement", 0);
        let mut descendant = Dictionary::new();
        descendant.set("Type", "Font");
        descendant.set("Subtype", if cff.is_some() { "CIDFontType0" } else { "CIDFontType2" });
        descendant.set("BaseFont", name.as_str());
        descendant.set("CIDSystemInfo", system);
        descendant.set("FontDescriptor", descriptor);
        let widths = self.glyphs.iter().map(|g| thousandths(g.width)).collect();
        descendant.set("W", vec![0.into(), Object::Array(widths)]);
        if cff.is_none() {
            if numbers.is_empty() {
                descendant.set("CIDToGIDMap", "Identity");
            } else {
                let map = file.reserve();
                let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_be_bytes()).collect();
                file.stream(map, Dictionary::new(), &bytes)?;
                descendant.set("CIDToGIDMap", map);
            }
        }
        let descendant = file.add(descendant)?;

        let map = file.reserve();
        let says = self.glyphs.iter().enumerate().skip(1).map(|(code, glyph)| match &glyph.says {
            Says::Text(text) | Says::Fallback(text) => (code as u16, &**text),
            // Only glyphs beside others of their cluster: an invisible character of no width.
            Says::Nothing => (code as u16, "\u{200B}"),
        });
        file.stream(map, Dictionary::new(), to_unicode::cmap(says).as_bytes())?;

        let mut font = Dictionary::new();
        font.set("Type", "Font");
        font.set("Subtype", "Type0");
        font.set("BaseFont", name);
        font.set("Encoding", "Identity-H");
        font.set("DescendantFonts", vec![descendant.into()]);
        font.set("ToUnicode", map);
        file.object(self.object, font)
    }

    fn descriptor(&self, name: &str) -> Dictionary {
        const FIXED_PITCH: i64 = 1;
        const SYMBOLIC: i64 = 1 << 2;
        const ITALIC: i64 = 1 << 6;

        let metrics = self.face.metrics();
        let units = |n: i32| Object::Integer((i64::from(n) * 1000).div_euclid(self.units_per_em));
        // Symbolic: the codes are no standard encoding's.
        let mut flags = SYMBOLIC;
        if metrics.monospaced {
            flags |= FIXED_PITCH;
        }
        if metrics.italic_angle != 0.0 {
            flags |= ITALIC;
        }
        let mut dict = Dictionary::new();
        dict.set("Type", "FontDescriptor");
        dict.set("FontName", name);
        dict.set("Flags", flags);
        dict.set("FontBBox", metrics.bounds.map(units).to_vec());
        dict.set("ItalicAngle", Object::Real(metrics.italic_angle as f32));
        dict.set("Ascent", units(metrics.ascent));
        dict.set("Descent", units(metrics.descent));
        dict.set("CapHeight", units(metrics.cap_height));
        // No table has it; the usual estimate from the weight.
        dict.set("StemV", 10 + 220 * (i64::from(metrics.weight) - 50) / 900);
        dict
    }
}

/// A number in thousandths as an integer where it is one.
pub(super) fn thousandths(n: i64) -> Object {
    if n % 1000 == 0 { Object::Integer(n / 1000) } else { Object::Real((n as f64 / 1000.0) as f32) }
}

/// Six capital letters that tell subsets of one font apart (9.6.4), made from the glyphs.
fn subset_tag(glyphs: &[u16]) -> String {
    let mut digest = Md5::new();
    for glyph in glyphs {
        digest.update(glyph.to_be_bytes());
    }
    digest.finalize().iter().take(6).map(|b| char::from(b'A' + b % 26)).collect()
}

fn broken(face: &Face, error: impl std::fmt::Display) -> Error {
    Error::Writer { format: "pdf", message: format!("the font {} cannot be embedded: {error}", face.name()) }
}
