//! Why a formula could not be read.

/// Why a formula could not be read, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Byte of the formula.
    pub at: usize,
    /// What is the matter, such as `\foo is not known`.
    pub why: String,
}

impl Unread {
    pub(super) fn new(at: usize, why: impl Into<String>) -> Self {
        Unread { at, why: why.into() }
    }
}
