//! Passes over a document between reading and writing, one a file.

mod anchors;
mod assets;
mod attribution;
mod book;
mod common_words;
mod direction;
mod elsewhere;
mod language;
mod limits;
mod metadata;
mod words;

pub use anchors::anchors;
pub use assets::assets;
pub use attribution::{attribution, licence};
pub use book::book;
pub use direction::direction;
pub use elsewhere::elsewhere;
pub use language::language;
pub use limits::limits;
pub use metadata::metadata;
pub(crate) use metadata::override_with;
