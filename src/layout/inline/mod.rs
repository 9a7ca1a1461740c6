//! Setting running text: inlines become lines of positioned glyphs. One pass a file.
//!
//! `collect` makes one string of the inlines, `itemise` cuts it into units of one style, script,
//! direction and face, `shape` turns words into glyphs, `candidates` finds where lines may end,
//! `breaks` chooses the line breaks of the whole paragraph and `justify` places the glyphs of each
//! line. `shaped` and `glyphs` are what they hand on.

mod article;
mod breaks;
mod candidates;
mod code;
mod collect;
mod east_asian;
mod emoji;
mod glyphs;
mod itemise;
mod justify;
mod line;
mod missing;
mod protrude;
mod shape;
mod shaped;
mod style;
#[cfg(test)]
mod tests;
mod typesetter;

pub use article::{ArticleCx, FirstCall, ImageSize, note_anchor, note_call_anchor, note_labels};
pub use code::CodeLine;
pub use shaped::{Line, LineShape, Paragraph};
pub use style::{Family, TextAlign, TextStyle};
pub use typesetter::Typesetter;
