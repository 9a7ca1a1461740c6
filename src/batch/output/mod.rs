//! Where outputs go: a folder, an archive, or lines of JSON.

mod archive;
mod folder;
mod lines;

pub(crate) use super::document::Made;
pub(crate) use archive::{Archive, ArchiveKind};
pub(crate) use folder::Folder;
pub(crate) use lines::line;

use std::io;
use std::path::PathBuf;

/// Where the outputs of a run go.
pub enum Output {
    /// Files in a folder.
    Folder(PathBuf),
    /// A zip or tar archive, by the extension of its name.
    Archive(PathBuf),
    /// A line of JSON for each document.
    Lines(Box<dyn io::Write + Send>),
}
