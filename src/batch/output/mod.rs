//! Where outputs go: a folder, an archive, lines of JSON, or to the caller as they are.

mod archive;
mod destination;
mod folder;
mod lines;

pub(crate) use super::document::Made;
pub(crate) use archive::{ArchiveKind, beside, pack};
pub(crate) use destination::{Destination, Work};
pub(crate) use folder::Folder;
pub(crate) use lines::line;

use super::document::Handed;
use super::hash;
use super::manifest::Output as Written;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// Where the outputs of a run go.
#[non_exhaustive]
pub enum Output {
    /// Files in a folder.
    Folder(PathBuf),
    /// A zip or tar archive, by the extension of its name.
    Archive(PathBuf),
    /// A line of JSON for each document.
    Lines(Box<dyn io::Write + Send>),
    /// Nothing is written: documents are handed over, in the order of the sources.
    Handed(Sender<Handed>),
}

/// The row's entries for outputs.
pub(crate) fn described(place: &str, made: &[Made]) -> BTreeMap<String, Written> {
    let output = |made: &Made| Written {
        path: format!("{place}.{}", made.extension),
        bytes: made.bytes.len() as u64,
        sha256: hash::hex(&made.bytes),
    };
    made.iter().map(|made| (made.format.to_owned(), output(made))).collect()
}
