use super::embedded::{EmbeddedFace, FAMILIES};
use super::source::Catalogue;
use super::{Face, FaceId, Family, FamilyId, FontError, FontSource, FontStyle, script};
use crate::model::LanguageTag;
use skrifa::raw::FileRef;
use std::sync::Arc;
use unicode_script::Script;

/// The embedded family that formulas are set in.
const MATH: &str = "Libertinus Math";

/// The embedded family of emoji. It has digits and signs too, which are no emoji by themselves, so that it is asked last.
const EMOJI: &str = "Noto Emoji";

/// The faces a document can be set in. Built once and shared; cloning shares the faces.
///
/// A character is looked for in the family asked for, then in the others: those made for its
/// script first, then those of many scripts, in the order in which they were added. Only when no
/// family has it, the faces of a [`FontSource`] are looked at, if there is one: what the families
/// have is set the same on every machine.
#[derive(Clone, Debug)]
pub struct FontLibrary {
    faces: Vec<Arc<Face>>,
    /// Faces that are listed and read when they are needed; their numbers go on after `faces`.
    more: Option<Arc<Catalogue>>,
    families: Vec<Family>,
    /// The scripts each family was made for; empty for families of many scripts.
    scripts: Vec<&'static [Script]>,
    serif: FamilyId,
    mono: FamilyId,
    /// Where it is not the one for running text.
    heading: Option<FamilyId>,
}

impl FontLibrary {
    /// The embedded faces alone: what is set with them depends on no machine.
    #[cfg(feature = "fonts")]
    pub fn embedded() -> Self {
        FontLibrary::own(|face| Face::embedded(face.name, face.bytes))
    }

    /// The same faces where they are not compiled in: `read` is given a path in fanfold's folder `fonts`, such as
    /// `libertinus/LibertinusSerif-Regular.otf`, when that file is first needed, and returns its bytes.
    ///
    /// What is set with them panics when it gets anything else.
    pub fn from_files(read: fn(&'static str) -> &'static [u8]) -> Self {
        FontLibrary::own(|face| Face::own(face.name, face.file, read))
    }

    fn own(open: impl Fn(&EmbeddedFace) -> Face) -> Self {
        let mut library = FontLibrary {
            faces: Vec::new(),
            more: None,
            families: Vec::new(),
            scripts: Vec::new(),
            serif: FamilyId(0),
            mono: FamilyId(1),
            heading: None,
        };
        for embedded in FAMILIES {
            let mut family = Family::new(embedded.name);
            for face in embedded.faces {
                family.add(face.style, library.push(open(face)));
            }
            library.families.push(family);
            library.scripts.push(embedded.scripts);
        }
        library
    }

    /// Adds all faces of a font file. They are asked after the embedded ones of the same script.
    ///
    /// # Errors
    /// When the bytes are no font or one that a PDF cannot embed.
    pub fn with_faces(mut self, file: impl Into<Arc<[u8]>>) -> Result<Self, FontError> {
        self.add(file.into())?;
        Ok(self)
    }

    /// Adds all faces of a font file and makes their family the one for running text.
    ///
    /// # Errors
    /// As [`with_faces`](Self::with_faces).
    pub fn with_main(mut self, file: impl Into<Arc<[u8]>>) -> Result<Self, FontError> {
        self.serif = self.add(file.into())?;
        Ok(self)
    }

    /// Makes a family the one for running text: one that is there already, or one of the
    /// [`FontSource`], all faces of which are added. Case does not matter.
    ///
    /// # Errors
    /// [`FontError::Unknown`] when there is none of that name, otherwise as
    /// [`with_faces`](Self::with_faces).
    pub fn with_main_family(mut self, name: &str) -> Result<Self, FontError> {
        self.serif = self.named(name)?;
        Ok(self)
    }

    /// The same for titles and headings, from a font file.
    ///
    /// # Errors
    /// As [`with_faces`](Self::with_faces).
    pub fn with_heading(mut self, file: impl Into<Arc<[u8]>>) -> Result<Self, FontError> {
        self.heading = Some(self.add(file.into())?);
        Ok(self)
    }

    /// The same for titles and headings, by name.
    ///
    /// # Errors
    /// As [`with_main_family`](Self::with_main_family).
    pub fn with_heading_family(mut self, name: &str) -> Result<Self, FontError> {
        self.heading = Some(self.named(name)?);
        Ok(self)
    }

    /// The same for code, from a font file.
    ///
    /// # Errors
    /// As [`with_faces`](Self::with_faces).
    pub fn with_mono(mut self, file: impl Into<Arc<[u8]>>) -> Result<Self, FontError> {
        self.mono = self.add(file.into())?;
        Ok(self)
    }

    /// The same for code, by name.
    ///
    /// # Errors
    /// As [`with_main_family`](Self::with_main_family).
    pub fn with_mono_family(mut self, name: &str) -> Result<Self, FontError> {
        self.mono = self.named(name)?;
        Ok(self)
    }

    /// The family of a name: one that is there, or one of the source.
    fn named(&mut self, name: &str) -> Result<FamilyId, FontError> {
        let named = |library: &Self| library.families.iter().position(|f| f.name.eq_ignore_ascii_case(name));
        if named(self).is_none() {
            for file in self.more.as_ref().map(|more| more.files_of(name)).unwrap_or_default() {
                self.add(file)?;
            }
        }
        Ok(FamilyId(named(self).ok_or(FontError::Unknown)? as u16))
    }

    /// Takes a source of further faces, which is asked for what the families don't have.
    pub fn with_source(mut self, source: impl FontSource + 'static) -> Self {
        self.more = Some(Arc::new(Catalogue::new(source)));
        self
    }

    /// Whether a face of a font file can be set with and embedded.
    ///
    /// # Errors
    /// What is wrong with it.
    #[doc(hidden)]
    pub fn check(bytes: &[u8], index: u32) -> Result<(), FontError> {
        Face::check(bytes, index)
    }

    /// The family for running text.
    pub(crate) fn serif(&self) -> FamilyId {
        self.serif
    }

    /// The family for code.
    pub(crate) fn mono(&self) -> FamilyId {
        self.mono
    }

    /// The family for titles and headings.
    pub(crate) fn heading(&self) -> FamilyId {
        self.heading.unwrap_or(self.serif)
    }

    /// The face for formulas.
    #[doc(hidden)]
    pub fn math(&self) -> FaceId {
        self.own_face(MATH)
    }

    /// The face for emoji.
    pub(crate) fn emoji(&self) -> FaceId {
        self.own_face(EMOJI)
    }

    /// The regular face of an embedded family.
    fn own_face(&self, name: &str) -> FaceId {
        let family = FAMILIES.iter().position(|family| family.name == name).unwrap_or(0);
        self.styled(FamilyId(family as u16), FontStyle::default())
    }

    /// One face.
    #[doc(hidden)]
    pub fn face(&self, id: FaceId) -> &Face {
        let number = usize::from(id.0);
        let more = || self.more.as_ref()?.face(number - self.faces.len());
        // The number of a face of the source is only given out once the face is there.
        self.faces.get(number).map(|face| &**face).or_else(more).unwrap_or(&self.faces[0])
    }

    /// All faces, for another library that shares them.
    pub(crate) fn shared_faces(&self) -> impl Iterator<Item = Arc<Face>> + '_ {
        self.faces.iter().cloned()
    }

    /// How many faces there are, without those of the source; their numbers count from 0.
    pub(crate) fn len(&self) -> usize {
        self.faces.len()
    }

    /// The face of a family that comes nearest to a style.
    pub(crate) fn styled(&self, family: FamilyId, style: FontStyle) -> FaceId {
        // A family is made with its first face.
        self.families[usize::from(family.0)].face(style).unwrap_or(FaceId(0))
    }

    /// Faces to ask for text of a script, in this order, each once.
    pub(crate) fn candidates(
        &self,
        family: FamilyId,
        style: FontStyle,
        script: Script,
    ) -> impl Iterator<Item = FaceId> + '_ {
        self.ranked(family, style, script, 4)
    }

    /// The candidates that all of a text of a script may be set in: not those made for other
    /// scripts or for code.
    pub(crate) fn faces_for(
        &self,
        family: FamilyId,
        style: FontStyle,
        script: Script,
    ) -> impl Iterator<Item = FaceId> + '_ {
        self.ranked(family, style, script, 2)
    }

    /// The face of the first family made for a script.
    pub(crate) fn made_for(&self, script: Script, style: FontStyle) -> Option<FaceId> {
        let at = self.scripts.iter().position(|scripts| scripts.contains(&script))?;
        Some(self.styled(FamilyId(at as u16), style))
    }

    fn ranked(
        &self,
        family: FamilyId,
        style: FontStyle,
        script: Script,
        ranks: u8,
    ) -> impl Iterator<Item = FaceId> + '_ {
        let others = move |rank: u8| {
            let ranked = self.scripts.iter().enumerate().map(|(at, scripts)| (FamilyId(at as u16), scripts));
            let ranked = ranked.filter(move |(other, scripts)| {
                let own = match () {
                    _ if scripts.contains(&script) => 0,
                    // Running text looks odd in the letters of code, and digits in those of emoji.
                    _ if *other == self.mono || self.families[usize::from(other.0)].name == EMOJI => 3,
                    _ if scripts.is_empty() => 1,
                    _ => 2,
                };
                own == rank && *other != family
            });
            ranked.map(|(other, _)| other)
        };
        std::iter::once(family)
            .chain((0..ranks).flat_map(others))
            .map(move |family| self.styled(family, style))
    }

    /// A face of the [`FontSource`] that has all characters of a text.
    pub(crate) fn beyond(
        &self,
        text: &str,
        script: Script,
        language: Option<&LanguageTag>,
        style: FontStyle,
        mono: bool,
    ) -> Option<FaceId> {
        let preferred = script::families(script, language, mono);
        let number = self.more.as_ref()?.find(text, &preferred, style, mono)?;
        u16::try_from(self.faces.len() + number).ok().map(FaceId)
    }

    fn push(&mut self, face: Face) -> FaceId {
        self.faces.push(Arc::new(face));
        FaceId((self.faces.len() - 1) as u16)
    }

    fn add(&mut self, file: Arc<[u8]>) -> Result<FamilyId, FontError> {
        let count = match FileRef::new(&file).map_err(|_| FontError::Unreadable)? {
            FileRef::Font(_) => 1,
            FileRef::Collection(collection) => collection.len(),
        };
        if self.faces.len() + count as usize > usize::from(u16::MAX) {
            return Err(FontError::Unsupported);
        }
        let mut first = None;
        for index in 0..count {
            let face = Face::from_bytes(file.clone(), index)?;
            let name = face.family_name().unwrap_or_else(|| face.name().to_owned());
            let style = FontStyle { bold: face.metrics().weight >= 600, italic: face.leans() };
            let id = self.push(face);
            // The embedded families end at the table's end: a user's file never mixes with them.
            let own = FAMILIES.len();
            let at = match self.families[own..].iter().position(|f| f.name == name) {
                Some(at) => own + at,
                None => {
                    self.families.push(Family::new(name));
                    self.scripts.push(&[]);
                    self.families.len() - 1
                }
            };
            self.families[at].add(style, id);
            first.get_or_insert(FamilyId(at as u16));
        }
        first.ok_or(FontError::Unreadable)
    }
}

#[cfg(feature = "fonts")]
#[doc(hidden)]
impl Default for FontLibrary {
    fn default() -> Self {
        FontLibrary::embedded()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_asked_for_comes_first_then_those_of_the_script() {
        let library = FontLibrary::embedded();
        let names: Vec<_> = library
            .candidates(library.serif(), FontStyle { bold: true, italic: true }, Script::Hebrew)
            .map(|id| library.face(id).name().to_owned())
            .collect();
        assert_eq!(
            names[..3],
            ["LibertinusSerif-BoldItalic", "NotoSerifHebrew-Bold", "NotoSerif-BoldItalic"]
        );
        assert_eq!(names.len(), FAMILIES.len());
    }

    #[test]
    fn a_users_file_becomes_the_main_family() {
        let embedded = FontLibrary::embedded();
        let noto = embedded.styled(FamilyId(2), FontStyle { bold: true, italic: false });
        let library = FontLibrary::embedded().with_main(embedded.face(noto).data()).expect("a font");
        let main = library.styled(library.serif(), FontStyle::default());
        assert_eq!(library.face(main).name(), "NotoSerif-Bold");
        assert_eq!(usize::from(main.0), embedded.len());
    }

    #[test]
    fn threads_share_a_library() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&FontLibrary::embedded());
    }

    #[test]
    fn bytes_that_are_no_font_are_refused() {
        assert_eq!(FontLibrary::embedded().with_faces(*b"not a font").err(), Some(FontError::Unreadable));
        let broken = &FontLibrary::embedded().face(FaceId(0)).data()[..4000].to_vec();
        assert!(FontLibrary::embedded().with_faces(broken.as_slice()).is_err());
    }
}
