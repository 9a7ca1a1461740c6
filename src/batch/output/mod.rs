//! Where outputs go: a folder, an archive, lines of JSON, or to the caller as they are read.

mod archive;
mod destination;
mod folder;
mod lines;

pub(crate) use super::document::Made;
pub(crate) use archive::beside;
pub(crate) use destination::Destination;
pub(crate) use folder::Folder;
pub(crate) use lines::line;

use super::document::Reading;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// Where the outputs of a run go.
pub enum Output {
    /// Files in a folder.
    Folder(PathBuf),
    /// A zip or tar archive, by the extension of its name.
    Archive(PathBuf),
    /// A line of JSON for each document.
    Lines(Box<dyn io::Write + Send>),
    /// Nothing is written: documents are read and handed over, in the order of the sources.
    Readings(Sender<Reading>),
}
