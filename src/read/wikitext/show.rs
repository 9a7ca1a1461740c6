//! What is shown of what can't be.

/// What is shown of a template that no rule knows. The template itself stays in the document in any
/// case, as an [`Unresolved`](crate::model::Unresolved) node without words before them, and a diagnostic says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Show {
    /// Its visible arguments where it stands in a sentence, a cell or a note; nothing where it stands
    /// alone.
    #[default]
    Auto,
    /// Nothing.
    Nothing,
    /// Its name.
    Name,
    /// Its arguments that hold something, as text.
    Arguments,
    /// Its source.
    Source,
}
