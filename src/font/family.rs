/// The number of a face in its [`FontLibrary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// The number of a family in its [`FontLibrary`](super::FontLibrary).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyId(pub u16);

/// Bold and italic, each or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FontStyle {
    /// Bold.
    pub bold: bool,
    /// Italic or oblique.
    pub italic: bool,
}

/// Faces that belong together: one for each style the family has.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// Its name, as the faces give it.
    pub name: String,
    faces: [Option<FaceId>; 4],
}

impl Family {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Family { name: name.into(), faces: [None; 4] }
    }

    /// Adds a face; the first of a style stays.
    pub(super) fn add(&mut self, style: FontStyle, face: FaceId) {
        self.faces[slot(style)].get_or_insert(face);
    }

    /// Adds a face; one of the same style is replaced if the new one is better.
    pub(super) fn add_if(&mut self, style: FontStyle, face: FaceId, better: impl Fn(FaceId) -> bool) {
        let place = &mut self.faces[slot(style)];
        if place.is_none_or(better) {
            *place = Some(face);
        }
    }

    /// The face that comes nearest to a style: the weight is kept rather than the slant, because
    /// scripts without italics still have bold.
    pub fn face(&self, style: FontStyle) -> Option<FaceId> {
        let FontStyle { bold, italic } = style;
        [(bold, italic), (bold, !italic), (!bold, italic), (!bold, !italic)]
            .into_iter()
            .find_map(|(bold, italic)| self.faces[slot(FontStyle { bold, italic })])
    }
}

fn slot(style: FontStyle) -> usize {
    usize::from(style.bold) + 2 * usize::from(style.italic)
}
