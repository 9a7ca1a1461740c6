//! A face with some characters only, as pages and books embed it. Unlike a subset for PDF, which
//! shows glyphs, it keeps what turns characters into glyphs.

use super::{Face, FontError, Outlines};
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{GlyphId, NameId, Tag};
use skrifa::raw::{FontRef, ReadError, TableProvider};
use std::collections::BTreeSet;
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;

/// A font file for pages and books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebFont {
    /// The family it says it belongs to.
    pub family: String,
    /// From 1 to 1000; 400 is regular, 700 bold.
    pub weight: u16,
    /// Whether it is italic or oblique.
    pub italic: bool,
    /// Media type (RFC 8081).
    pub media_type: &'static str,
    /// The extension of such files.
    pub extension: &'static str,
    /// The file.
    pub data: Vec<u8>,
}

const CFF: Tag = Tag::new(b"CFF ");

/// Characters that stand for each other where the direction changes.
const MIRRORED: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];

impl Face {
    /// The face with the characters that it has of these, and all glyphs that shaping may put in
    /// their place.
    ///
    /// # Errors
    /// When the font's tables contradict each other.
    pub fn web_font(&self, characters: &BTreeSet<char>) -> Result<WebFont, FontError> {
        let data = self.web_data(characters).ok_or(FontError::Unreadable)?;
        let (media_type, extension) = match self.metrics().outlines {
            Outlines::Cff => ("font/otf", "otf"),
            Outlines::Glyf => ("font/ttf", "ttf"),
        };
        Ok(WebFont {
            family: self.family_name().unwrap_or_else(|| self.name().to_owned()),
            weight: self.metrics().weight.clamp(1, 1000),
            italic: self.leans(),
            media_type,
            extension,
            data,
        })
    }

    fn web_data(&self, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
        let font = FontRef::from_index(self.data(), self.index()).ok()?;
        let mut unicodes: IntSet<u32> = characters.iter().map(|&c| u32::from(c)).collect();
        for (open, close) in MIRRORED {
            if characters.contains(&open) || characters.contains(&close) {
                unicodes.extend([u32::from(open), u32::from(close)]);
            }
        }
        let glyphs = reachable(&font, &unicodes).ok()?;
        let mut drop: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
        drop.extend([CFF, Tag::new(b"MATH")]);
        let features = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
        // Copyright, names, trademark and licence go with every part of a font.
        let names = (0..=7).chain([13, 14]).map(NameId::new).collect();
        let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING
            | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE
            | SubsetFlags::SUBSET_FLAGS_NO_LAYOUT_CLOSURE
            | SubsetFlags::SUBSET_FLAGS_NO_BIDI_CLOSURE;
        let english = [0x0409].into_iter().collect();
        let plan =
            Plan::new(&glyphs, &unicodes, &font, flags, &drop, &IntSet::all(), &features, &names, &english);
        let subset = subset_font(&font, &plan).ok()?;
        if self.metrics().outlines == Outlines::Glyf {
            return Some(subset);
        }
        // skera leaves cubic outlines to others. Both number glyphs by their old order.
        let kept: Vec<u16> = glyphs.iter().filter_map(|g| u16::try_from(g.to_u32()).ok()).collect();
        let outlines =
            subsetter::subset(self.data(), self.index(), &GlyphRemapper::new_from_glyphs_sorted(&kept))
                .ok()?;
        let (subset, outlines) = (FontRef::new(&subset).ok()?, FontRef::new(&outlines).ok()?);
        if usize::from(subset.maxp().ok()?.num_glyphs()) != kept.len() {
            return None;
        }
        let mut builder = FontBuilder::new();
        builder.add_raw(CFF, outlines.table_data(CFF)?.as_bytes());
        Some(builder.copy_missing_tables(subset).build())
    }
}

/// The glyphs of characters and those that the font's common features put in their place.
fn reachable(font: &FontRef<'_>, unicodes: &IntSet<u32>) -> Result<IntSet<GlyphId>, ReadError> {
    let cmap = font.cmap()?;
    let mut glyphs: IntSet<GlyphId> = unicodes.iter().filter_map(|c| cmap.map_codepoint(c)).collect();
    glyphs.insert(GlyphId::NOTDEF);
    let Ok(gsub) = font.gsub() else { return Ok(glyphs) };
    let list = gsub.feature_list()?;
    let mut lookups = IntSet::empty();
    for record in list.feature_records() {
        if DEFAULT_LAYOUT_FEATURES.contains(&record.feature_tag()) {
            let feature = record.feature(list.offset_data())?;
            lookups.extend(feature.lookup_list_indices().iter().map(|index| index.get()));
        }
    }
    gsub.closure_glyphs(&lookups, &mut glyphs)?;
    Ok(glyphs)
}

#[cfg(test)]
mod tests {
    use super::super::{FontLibrary, FontStyle};
    use super::*;
    use unicode_script::Script;

    fn cut(face: &Face, text: &str) -> WebFont {
        face.web_font(&text.chars().collect()).expect("an embedded face")
    }

    #[test]
    fn a_face_keeps_what_its_characters_need() {
        let library = FontLibrary::embedded();
        let serif = library.face(library.styled(library.serif(), FontStyle { bold: true, italic: false }));
        let font = cut(serif, "office (");
        assert_eq!((font.family.as_str(), font.weight, font.italic), ("Libertinus Serif", 700, false));
        assert_eq!((font.extension, font.media_type), ("otf", "font/otf"));
        assert!(font.data.len() < serif.data().len() / 5, "{} bytes", font.data.len());
        let face = Face::from_bytes(font.data.clone().into(), 0).expect("a font");
        for (c, there) in [('o', true), (')', true), ('x', false), ('ж', false)] {
            assert_eq!(face.covers(c), there, "{c}");
        }
        // Seven letters and two brackets, a space, .notdef, and ligatures.
        assert!((11..40).contains(&face.num_glyphs()), "{}", face.num_glyphs());
        assert_eq!(cut(serif, "office (").data, font.data);
    }

    #[test]
    fn joined_letters_keep_their_forms() {
        let library = FontLibrary::embedded();
        let style = FontStyle::default();
        let arabic = library.candidates(library.serif(), style, Script::Arabic).nth(1).expect("a face");
        let arabic = library.face(arabic);
        let font = cut(arabic, "كتاب");
        assert_eq!(font.extension, "ttf");
        let face = Face::from_bytes(font.data.into(), 0).expect("a font");
        // Four letters, of which two have four forms and two have two.
        assert!(face.num_glyphs() >= 11, "{}", face.num_glyphs());
    }
}
