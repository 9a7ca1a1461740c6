//! What stretches of code are.

use std::ops::Range;

/// What a stretch of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word of the language, a tag, a command.
    Keyword,
    /// A type, a variable with its mark, an attribute, a key.
    Name,
    /// A text.
    String,
    /// A number, or another value that has a name.
    Number,
    /// A comment.
    Comment,
}

/// The stretches that are something, in order.
pub(super) type Marks = Vec<(Range<usize>, Kind)>;

/// Adds a stretch; it goes on from one of its kind before it.
pub(super) fn push(marks: &mut Marks, range: Range<usize>, kind: Kind) {
    match marks.last_mut() {
        Some((before, same)) if before.end == range.start && *same == kind => before.end = range.end,
        _ => marks.push((range, kind)),
    }
}
