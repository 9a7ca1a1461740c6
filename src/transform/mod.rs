//! Passes over a document between reading and writing, one a file.

mod anchors;
mod assets;
mod attribution;
mod book;
mod citations;
mod common_words;
mod direction;
mod elsewhere;
mod formulas;
mod included;
mod includes;
mod language;
mod limits;
mod line_ends;
mod metadata;
mod parts;
mod words;

pub(crate) use anchors::anchors;
pub(crate) use assets::assets;
pub(crate) use attribution::{attribution, licence};
pub use book::book;
pub(crate) use citations::citations;
pub(crate) use direction::direction;
#[doc(hidden)]
pub use elsewhere::elsewhere;
pub(crate) use formulas::formulas;
pub(crate) use includes::includes;
pub(crate) use language::language;
pub(crate) use limits::limits;
pub(crate) use line_ends::line_ends;
pub(crate) use metadata::metadata;
pub(crate) use metadata::override_with;
