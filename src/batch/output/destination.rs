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
    /// The workers write to it themselves.
    Folder,
    Archive(Box<Archive>),
    Lines(Box<dyn Write + Send>),
    Readings(Sender<Reading>),
}

/// Where outputs and rows go.
pub(crate) struct Destination {
    kind: Kind,
    /// For the workers.
    pub folder: Option<Folder>,
    pub manifest: Option<Manifest>,
}

impl Destination {
    pub fn open(output: Output, shard: Shard, resume: bool) -> Result<Self, String> {
        let cannot = |path: &Path, e: &io::Error| format!("'{}': {}", path.display(), reason(e));
        let (kind, folder, manifest) = match output {
            Output::Folder(path) => {
                std::fs::create_dir_all(&path).map_err(|e| cannot(&path, &e))?;
                let manifest = Manifest::open(path.join(format!("{}.ndjson", shard.manifest())), resume)?;
                let folder = Folder::open(&path, shard).map_err(|e| cannot(&path, &e))?;
                (Kind::Folder, Some(folder), Some(manifest))
            }
            Output::Archive(path) => {
                let kind = ArchiveKind::of(&path)
                    .ok_or_else(|| format!("'{}' is neither .zip nor .tar", path.display()))?;
                let archive = Archive::create(&path, kind).map_err(|e| cannot(&path, &e))?;
                (Kind::Archive(Box::new(archive)), None, Some(Manifest::open(beside(&path), false)?))
            }
            Output::Lines(out) => (Kind::Lines(out), None, None),
            Output::Readings(out) => (Kind::Readings(out), None, None),
        };
        Ok(Destination { kind, folder, manifest })
    }

    /// Whether the order of outputs shows.
    pub fn is_ordered(&self) -> bool {
        !matches!(self.kind, Kind::Folder)
    }

    /// Writes what the worker did not. An error ends the run.
    pub fn take(
        &mut self,
        row: &mut Row,
        made: &[Made],
        reading: Option<Reading>,
        place: &str,
    ) -> Result<(), String> {
        match &mut self.kind {
            Kind::Folder => Ok(()),
            Kind::Archive(archive) => {
                row.outputs = archive.put(place, made).map_err(|e| reason(&e))?;
                Ok(())
            }
            Kind::Lines(out) => {
                let line = line(row, made).map_err(|e| e.to_string())?;
                out.write_all(&line).map_err(|e| reason(&e))
            }
            Kind::Readings(out) => {
                let handed = reading.map_or(Ok(()), |reading| out.send(reading));
                handed.map_err(|_| "nobody takes the documents".into())
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
