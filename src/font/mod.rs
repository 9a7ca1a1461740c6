//! Fonts: the embedded faces, those of the system, and which face has which character.

/// The number of a face in its [`FontLibrary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// The faces a document can be set in. Built once and shared.
#[derive(Clone, Debug, Default)]
pub struct FontLibrary {
    faces: Vec<Face>,
}

/// One face.
#[derive(Clone, Debug)]
pub struct Face {
    /// The font file.
    pub data: std::sync::Arc<[u8]>,
    /// Index in the file, for collections.
    pub index: u32,
    /// PostScript name.
    pub name: String,
}

impl FontLibrary {
    /// One face.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0 as usize]
    }
}
