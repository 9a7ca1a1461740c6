//! Where outputs go: a folder, an archive, lines of JSON, or to the caller as they are.

mod archive;
mod destination;
mod folder;
mod lines;

pub(crate) use super::document::Made;
pub(crate) use archive::{ArchiveKind, beside, pack};
pub use destination::Output;
pub(crate) use destination::{Destination, Work};
pub(crate) use folder::Folder;
pub(crate) use lines::line;
