//! The dialects that are written.

/// Whose Markdown is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flavour {
    /// GitHub's, with what fanfold's own reader reads beside it: links to other articles in double
    /// brackets, classes and languages in braces, divisions.
    #[default]
    Any,
    /// CommonMark and nothing else.
    CommonMark,
    /// GitHub's.
    GitHub,
    /// Pandoc's.
    Pandoc,
}

impl Flavour {
    pub(super) fn has_tables(self) -> bool {
        self != Flavour::CommonMark
    }

    pub(super) fn has_notes(self) -> bool {
        self != Flavour::CommonMark
    }

    pub(super) fn has_math(self) -> bool {
        self != Flavour::CommonMark
    }

    pub(super) fn has_front_matter(self) -> bool {
        self != Flavour::CommonMark
    }

    /// Attributes in braces, divisions, definition lists, notes in the text.
    pub(super) fn has_attributes(self) -> bool {
        matches!(self, Flavour::Any | Flavour::Pandoc)
    }

    pub(super) fn has_alerts(self) -> bool {
        matches!(self, Flavour::Any | Flavour::GitHub)
    }
}
