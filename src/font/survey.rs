//! What a font file has, for lists of fonts.

use super::face::name;
use super::{Face, FontError, FontLibrary};
use skrifa::raw::FileRef;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use std::collections::{BTreeMap, BTreeSet};
use unicode_script::{Script, UnicodeScript};

/// A face as a list of fonts tells of it.
#[derive(Clone, Debug)]
pub struct FaceSurvey {
    /// The name of its family.
    pub family: String,
    /// What it says of its licence, or where that stands, in a line.
    pub licence: Option<String>,
    characters: Vec<u32>,
}

impl FaceSurvey {
    /// The faces of a font file.
    ///
    /// # Errors
    /// When the bytes are no font, or have a face that a PDF cannot embed.
    pub fn of_file(bytes: &[u8]) -> Result<Vec<Self>, FontError> {
        let count = match FileRef::new(bytes).map_err(|_| FontError::Unreadable)? {
            FileRef::Font(_) => 1,
            FileRef::Collection(collection) => collection.len(),
        };
        let face = |index| {
            Face::check(bytes, index)?;
            FontRef::from_index(bytes, index).map(|font| Self::of(&font)).map_err(|_| FontError::Unreadable)
        };
        (0..count).map(face).collect()
    }

    /// The faces of a library, without those of its source.
    pub fn of_library(library: &FontLibrary) -> Vec<Self> {
        library.shared_faces().map(|face| Self::of(&face.font())).collect()
    }

    fn of(font: &FontRef<'_>) -> Self {
        let first = |ids: &[StringId]| ids.iter().find_map(|id| name(font, *id));
        let licence = first(&[StringId::LICENSE_DESCRIPTION, StringId::LICENSE_URL]);
        let mappings = font.charmap().mappings().filter(|(_, glyph)| glyph.to_u32() != 0);
        FaceSurvey {
            family: first(&[StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME]).unwrap_or_default(),
            licence: licence.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
            characters: mappings.map(|(c, _)| c).collect(),
        }
    }
}

/// The characters that some faces have.
#[derive(Clone, Debug, Default)]
pub struct Repertoire(BTreeSet<u32>);

impl Repertoire {
    /// Adds those of a face; how many are new, by the names of their scripts. Signs of no script count for none.
    pub fn add(&mut self, face: &FaceSurvey) -> BTreeMap<&'static str, usize> {
        let mut gained = BTreeMap::new();
        for c in &face.characters {
            let script = char::from_u32(*c).map_or(Script::Unknown, |c| c.script());
            let counts = !matches!(script, Script::Common | Script::Inherited | Script::Unknown);
            if self.0.insert(*c) && counts {
                *gained.entry(script.full_name()).or_default() += 1;
            }
        }
        gained
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_brings_a_script_once() {
        let library = FontLibrary::embedded();
        let faces = FaceSurvey::of_library(&library);
        let hebrew = faces.iter().find(|face| face.family == "Noto Serif Hebrew").expect("a face");
        assert!(hebrew.licence.as_ref().is_some_and(|text| text.contains("Open Font License")));
        let mut known = Repertoire::default();
        assert!(known.add(hebrew)["Hebrew"] > 80);
        assert!(known.add(hebrew).is_empty());
        let file = library.face(library.math()).data();
        assert_eq!(FaceSurvey::of_file(file).expect("a font")[0].family, "Libertinus Math");
        assert_eq!(FaceSurvey::of_file(b"none").err(), Some(FontError::Unreadable));
    }
}
