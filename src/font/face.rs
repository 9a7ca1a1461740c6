use skrifa::attribute::Style;
use skrifa::charmap::{Charmap, MappingIndex};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use std::borrow::Cow;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};
use subsetter::GlyphRemapper;
use unicode_script::{Script, UnicodeScript};

/// One face of a font file. What is known of it is read when it is first asked for.
pub struct Face {
    name: Cow<'static, str>,
    bytes: Bytes,
    index: u32,
    mapping: OnceLock<MappingIndex>,
    metrics: OnceLock<FaceMetrics>,
    /// What is known of each glyph: 0 nothing, 1 that it can't be embedded, 2 that it can.
    embeds: OnceLock<Box<[AtomicU8]>>,
}

/// A font file: compiled in, read when it is first needed, or shared with whoever loaded it.
enum Bytes {
    #[cfg(feature = "fonts")]
    Static(&'static [u8]),
    Own {
        path: &'static str,
        read: fn(&'static str) -> &'static [u8],
        bytes: OnceLock<&'static [u8]>,
    },
    Shared(Arc<[u8]>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            #[cfg(feature = "fonts")]
            Bytes::Static(bytes) => bytes,
            Bytes::Own { path, read, bytes } => bytes.get_or_init(|| read(path)),
            Bytes::Shared(bytes) => bytes,
        }
    }
}

/// The font file.
impl AsRef<[u8]> for Face {
    fn as_ref(&self) -> &[u8] {
        self.data()
    }
}

/// Why bytes are no usable font.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FontError {
    /// Neither OpenType nor TrueType, or broken.
    #[error("not a readable OpenType or TrueType font")]
    Unreadable,
    /// No outlines that a PDF can embed: bitmaps or colour layers only.
    #[error("the font has no outlines")]
    NoOutlines,
    /// A variable font in the CFF2 format, or one with more faces than can be numbered.
    #[error("the font's format is not supported")]
    Unsupported,
    /// No family of the name asked for.
    #[error("no font family has this name")]
    Unknown,
}

/// What the outlines are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlines {
    /// Cubic curves, in a `CFF ` table.
    Cff,
    /// Quadratic curves, in a `glyf` table.
    Glyf,
}

/// Measures of a face as a whole, in font units unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaceMetrics {
    /// Font units in an em.
    pub units_per_em: i32,
    /// Height above the baseline that a line of it takes.
    pub ascent: i32,
    /// Depth below the baseline, negative.
    pub descent: i32,
    /// Height of capital letters.
    pub cap_height: i32,
    /// Height of small letters without ascender.
    pub x_height: i32,
    /// Degrees counter-clockwise from the vertical: negative for a face that leans to the right.
    pub italic_angle: f64,
    /// Box around all glyphs: left, bottom, right, top.
    pub bounds: [i32; 4],
    /// Weight from 1 to 1000; 400 is regular, 700 bold.
    pub weight: u16,
    /// Whether all advances are equal.
    pub monospaced: bool,
    /// Top of the underline relative to the baseline, and its thickness.
    pub underline: (i32, i32),
    /// What the outlines are made of.
    pub outlines: Outlines,
}

impl Face {
    fn new(name: Cow<'static, str>, bytes: Bytes, index: u32) -> Self {
        let (mapping, metrics, embeds) = Default::default();
        Face { name, bytes, index, mapping, metrics, embeds }
    }

    /// A face compiled into the binary. Its name is known, so nothing is read yet.
    #[cfg(feature = "fonts")]
    pub(super) fn embedded(name: &'static str, bytes: &'static [u8]) -> Self {
        Face::new(name.into(), Bytes::Static(bytes), 0)
    }

    /// The same face by its path in `fonts/`, read by need.
    pub(super) fn own(
        name: &'static str,
        path: &'static str,
        read: fn(&'static str) -> &'static [u8],
    ) -> Self {
        Face::new(name.into(), Bytes::Own { path, read, bytes: OnceLock::new() }, 0)
    }

    /// Whether a face of a font file can be shaped with and embedded.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(bytes: &[u8], index: u32) -> Result<(), FontError> {
        let font = FontRef::from_index(bytes, index).map_err(|_| FontError::Unreadable)?;
        match (font.glyf().is_ok() && font.loca(None).is_ok(), font.cff().is_ok()) {
            (false, false) if font.cff2().is_ok() => return Err(FontError::Unsupported),
            (false, false) => return Err(FontError::NoOutlines),
            _ => {}
        }
        let whole = font.head().is_ok_and(|head| (16..=16384).contains(&head.units_per_em()))
            && font.maxp().is_ok_and(|maxp| maxp.num_glyphs() > 0)
            && font.hhea().is_ok()
            && font.hmtx().is_ok()
            && font.cmap().is_ok();
        // The subset of no character meets what every subset will.
        if whole && subsetter::subset(bytes, index, &GlyphRemapper::new()).is_ok() {
            Ok(())
        } else {
            Err(FontError::Unreadable)
        }
    }

    /// A face of a font file, by its index in the file.
    pub(super) fn from_bytes(bytes: Arc<[u8]>, index: u32) -> Result<Self, FontError> {
        Face::check(&bytes, index)?;
        let font = FontRef::from_index(&bytes, index).map_err(|_| FontError::Unreadable)?;
        let postscript = name(&font, StringId::POSTSCRIPT_NAME);
        // Names end up in PDF name objects and in dumps: printable ASCII only (OpenType, name ID 6).
        let name: String = postscript
            .unwrap_or_default()
            .chars()
            .filter(|c| c.is_ascii_graphic() && !"[](){}<>/%".contains(*c))
            .take(63)
            .collect();
        let name = if name.is_empty() { "Unnamed".to_owned() } else { name };
        Ok(Face::new(name.into(), Bytes::Shared(bytes), index))
    }

    /// PostScript name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The font file.
    pub fn data(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    /// Index of the face in the file, for collections.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// The tables of the font.
    pub(crate) fn font(&self) -> FontRef<'_> {
        // Faces of users were read when they came in; a test reads every one of fanfold's own.
        FontRef::from_index(self.data(), self.index).expect("an embedded face that tests read")
    }

    /// From characters to glyphs.
    pub(crate) fn charmap(&self) -> Charmap<'_> {
        let font = self.font();
        self.mapping.get_or_init(|| MappingIndex::new(&font)).charmap(&font)
    }

    /// How many glyphs there are.
    pub(crate) fn num_glyphs(&self) -> u16 {
        self.font().maxp().map_or(0, |maxp| maxp.num_glyphs())
    }

    /// Measures of the face as a whole.
    pub fn metrics(&self) -> &FaceMetrics {
        self.metrics.get_or_init(|| measure(self))
    }

    /// Whether a glyph can be embedded. Those of fanfold's own faces can.
    pub(crate) fn embeds(&self, glyph: u16) -> bool {
        if !matches!(self.bytes, Bytes::Shared(_)) {
            return true;
        }
        // A glyph comes again and again, and in one document after another.
        let all = self.embeds.get_or_init(|| (0..self.num_glyphs()).map(|_| AtomicU8::new(0)).collect());
        let Some(known) = all.get(usize::from(glyph)) else { return false };
        match known.load(Ordering::Relaxed) {
            0 => {
                let embeds = self.try_embedding(glyph);
                known.store(1 + u8::from(embeds), Ordering::Relaxed);
                embeds
            }
            known => known == 2,
        }
    }

    fn try_embedding(&self, glyph: u16) -> bool {
        // The subsetter refuses more than who only draws, but takes as long as the file is large.
        const SMALL: usize = 1 << 20;
        if self.data().len() <= SMALL {
            let alone = GlyphRemapper::new_from_glyphs(&[glyph]);
            return subsetter::subset(self.data(), self.index, &alone).is_ok();
        }
        let Ok(font) = FontRef::from_index(self.data(), self.index) else { return false };
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        let outline = font.outline_glyphs().get(glyph.into());
        outline.is_some_and(|outline| outline.draw(settings, &mut Nowhere).is_ok())
    }

    /// Whether the face has a glyph for a character.
    pub fn covers(&self, c: char) -> bool {
        self.charmap().map(c).is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// A letter of a script, if the face has any.
    pub(crate) fn letter_of(&self, script: Script) -> Option<char> {
        let charmap = self.charmap();
        let mut characters = charmap.mappings().filter_map(|(c, _)| char::from_u32(c));
        characters.find(|c| c.is_alphabetic() && c.script() == script)
    }

    /// The name of the family the face says it belongs to.
    pub(crate) fn family_name(&self) -> Option<String> {
        let font = self.font();
        name(&font, StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(&font, StringId::FAMILY_NAME))
    }

    /// Whether the face is upright or leans, by its own account.
    pub(super) fn leans(&self) -> bool {
        self.font().attributes().style != Style::Normal
    }
}

/// Takes an outline and forgets it.
struct Nowhere;

impl OutlinePen for Nowhere {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({}, {} bytes)", self.name, self.data().len())
    }
}

pub(super) fn name(font: &FontRef<'_>, id: StringId) -> Option<String> {
    Some(font.localized_strings(id).english_or_first()?.chars().collect())
}

fn measure(face: &Face) -> FaceMetrics {
    let font = face.font();
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let attributes = font.attributes();
    let units = i32::from(metrics.units_per_em);
    let height_of = |c: char| {
        let glyph = face.charmap().map(c)?;
        let bounds = font.glyph_metrics(Size::unscaled(), LocationRef::default()).bounds(glyph);
        bounds.map(|bounds| bounds.y_max as i32)
    };
    let bounds = metrics.bounds.unwrap_or_default();
    let underline = metrics.underline.map(|u| (u.offset as i32, u.thickness as i32));
    let has_line = metrics.ascent != 0.0 || metrics.descent != 0.0;
    let height = |told: Option<f32>| told.map(|h| h as i32).filter(|h| *h > 0);
    FaceMetrics {
        units_per_em: units,
        ascent: if has_line { metrics.ascent as i32 } else { units * 4 / 5 },
        descent: if has_line { metrics.descent as i32 } else { -units / 5 },
        cap_height: height(metrics.cap_height).or_else(|| height_of('H')).unwrap_or(units * 7 / 10),
        x_height: height(metrics.x_height).or_else(|| height_of('x')).unwrap_or(units / 2),
        italic_angle: f64::from(metrics.italic_angle),
        bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|v| v as i32),
        weight: attributes.weight.value() as u16,
        monospaced: metrics.is_monospace,
        underline: underline.filter(|u| u.1 > 0).unwrap_or((-units / 10, units / 20)),
        outlines: if font.cff().is_ok() { Outlines::Cff } else { Outlines::Glyf },
    }
}
