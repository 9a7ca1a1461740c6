//! Where outputs and rows go while a run is on: the main thread's side of it.

use super::archive::{Archive, ArchiveKind, beside};
use super::{Folder, Made, line};
use crate::batch::Error;
use crate::batch::document::Handed;
use crate::batch::manifest::{Manifest, Row};
use crate::batch::shard::Shard;
use std::io::{self, Write};
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
    #[doc(hidden)]
    /// Nothing is written: documents are handed over, in the order of the sources.
    Handed(Sender<Box<Handed>>),
}

enum Kind {
    /// The workers write to it.
    Folder,
    Archive(Box<Archive>),
    Lines(Box<dyn Write + Send>),
    Handed(Sender<Box<Handed>>),
}

/// What workers do with a document.
pub(crate) enum Work {
    /// Convert it and hand it over.
    HandOver,
    /// Make its outputs and hand them over.
    Make,
    /// The same for an archive, described and, for zip, packed.
    Archive(ArchiveKind),
    /// Make its outputs and write them.
    Write(Folder),
}

/// Where outputs and rows go.
pub(crate) struct Destination {
    kind: Kind,
    pub manifest: Option<Manifest>,
}

impl Destination {
    /// The destination, and what it leaves to the workers.
    pub fn open(output: Output, shard: Shard, resume: bool) -> Result<(Self, Work), Error> {
        let (kind, work, manifest) = match output {
            Output::Folder(path) => {
                std::fs::create_dir_all(&path).map_err(|e| Error::file(&path, e))?;
                let manifest = Manifest::open(path.join(format!("{}.ndjson", shard.manifest())), resume)?;
                let folder = Folder::open(&path, shard).map_err(|e| Error::file(&path, e))?;
                (Kind::Folder, Work::Write(folder), Some(manifest))
            }
            Output::Archive(path) => {
                let unknown = || Error::UnknownArchive { path: path.clone() };
                let kind = ArchiveKind::of(&path).ok_or_else(unknown)?;
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
                }
                // Its lock is held before anything of an earlier run is touched.
                let manifest = Manifest::open(beside(&path), false)?;
                let archive = Archive::create(&path, kind).map_err(|e| Error::file(&path, e))?;
                (Kind::Archive(Box::new(archive)), Work::Archive(kind), Some(manifest))
            }
            Output::Lines(out) => (Kind::Lines(out), Work::Make, None),
            Output::Handed(out) => (Kind::Handed(out), Work::HandOver, None),
        };
        Ok((Destination { kind, manifest }, work))
    }

    /// Whether the order of outputs shows.
    pub fn is_ordered(&self) -> bool {
        !matches!(self.kind, Kind::Folder)
    }

    /// Writes what the worker did not. An error ends the run.
    pub fn take(&mut self, row: &mut Row, made: &[Made], handed: Option<Handed>) -> Result<(), Error> {
        match &mut self.kind {
            Kind::Folder => Ok(()),
            Kind::Archive(archive) => {
                let put = archive.put(&row.outputs, made).map_err(Error::from);
                put.inspect_err(|_| row.outputs.clear())
            }
            Kind::Lines(out) => {
                let line = line(row, made).map_err(io::Error::from)?;
                Ok(out.write_all(&line)?)
            }
            Kind::Handed(out) => {
                let taken = handed.is_none_or(|handed| out.send(Box::new(handed)).is_ok());
                if taken { Ok(()) } else { Err(Error::NoReceiver) }
            }
        }
    }

    /// Completes what is written.
    pub fn finish(self) -> io::Result<()> {
        match self.kind {
            Kind::Folder | Kind::Handed(_) => Ok(()),
            Kind::Archive(archive) => archive.finish(),
            Kind::Lines(mut out) => out.flush(),
        }
    }
}
