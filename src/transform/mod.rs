//! Passes over a document between reading and writing, one a file.

mod anchors;
mod language;
mod metadata;
pub mod quotes;

pub use anchors::anchors;
pub use language::language;
pub use metadata::metadata;
