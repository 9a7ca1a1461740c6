//! Where outputs and rows go while a run is on: the main thread's side of an [`Output`].

use super::archive::{Archive, ArchiveKind, beside};
use super::{Folder, Made, Output, line};
use crate::batch::document::Reading;
use crate::batch::manifest::{Manifest, Row};
use crate::batch::reason;
use crate::batch::shard::Shard;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::Sender;

enum Kind {
    /// The workers write to it.
    Folder,
    Archive(Box<Archive>),
    Lines(Box<dyn Write + Send>),
    Readings(Sender<Reading>),
}

/// What workers do with a document.
pub(crate) enum Work {
    /// Read it and hand it over.
    Read,
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
    pub fn open(output: Output, shard: Shard, resume: bool) -> Result<(Self, Work), String> {
        let cannot = |path: &Path, e: &io::Error| format!("'{}': {}", path.display(), reason(e));
        let (kind, work, manifest) = match output {
            Output::Folder(path) => {
                std::fs::create_dir_all(&path).map_err(|e| cannot(&path, &e))?;
                let manifest = Manifest::open(path.join(format!("{}.ndjson", shard.manifest())), resume)?;
                let folder = Folder::open(&path, shard).map_err(|e| cannot(&path, &e))?;
                (Kind::Folder, Work::Write(folder), Some(manifest))
            }
            Output::Archive(path) => {
                let kind = ArchiveKind::of(&path)
                    .ok_or_else(|| format!("'{}' is neither .zip nor .tar", path.display()))?;
                let archive = Archive::create(&path, kind).map_err(|e| cannot(&path, &e))?;
                let work = Work::Archive(kind);
                (Kind::Archive(Box::new(archive)), work, Some(Manifest::open(beside(&path), false)?))
            }
            Output::Lines(out) => (Kind::Lines(out), Work::Make, None),
            Output::Readings(out) => (Kind::Readings(out), Work::Read, None),
        };
        Ok((Destination { kind, manifest }, work))
    }

    /// Whether the order of outputs shows.
    pub fn is_ordered(&self) -> bool {
        !matches!(self.kind, Kind::Folder)
    }

    /// Writes what the worker did not. An error ends the run.
    pub fn take(&mut self, row: &mut Row, made: &[Made], reading: Option<Reading>) -> Result<(), String> {
        match &mut self.kind {
            Kind::Folder => Ok(()),
            Kind::Archive(archive) => {
                let put = archive.put(&row.outputs, made).map_err(|e| reason(&e));
                put.inspect_err(|_| row.outputs.clear())
            }
            Kind::Lines(out) => {
                let line = line(row, made).map_err(|e| e.to_string())?;
                out.write_all(&line).map_err(|e| reason(&e))
            }
            Kind::Readings(out) => {
                let taken = reading.is_none_or(|reading| out.send(reading).is_ok());
                if taken { Ok(()) } else { Err("nobody takes the documents".into()) }
            }
        }
    }

    /// Completes what is written.
    pub fn finish(self) -> io::Result<()> {
        match self.kind {
            Kind::Folder | Kind::Readings(_) => Ok(()),
            Kind::Archive(archive) => archive.finish(),
            Kind::Lines(mut out) => out.flush(),
        }
    }
}
