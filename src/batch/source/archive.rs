//! Archives. Names in them that lead out of the archive are recorded and not read.

use super::{Kind, Sources, Visit};
use crate::batch::entry::Found;
use crate::batch::members::{Members, inside, open};
use crate::batch::reason;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Bytes of a zip archive's name buffer.
const HEADER: usize = 1 << 17;

impl Sources {
    /// Visits the files of a tar archive, in its order.
    pub(super) fn tar(
        &self,
        bytes: &mut dyn BufRead,
        id: &str,
        images: Option<&Arc<Members>>,
        visit: &mut Visit<'_>,
    ) -> ControlFlow<()> {
        let mut archive = tar::Archive::new(bytes);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return visit(Found::fault(id, damaged(&error))),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                // The next header can't be found behind a damaged one.
                Err(error) => return visit(Found::fault(id, damaged(&error))),
            };
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let mut entry = BufReader::new(entry);
            self.member(&mut entry, id, &name, images, visit)?;
        }
        ControlFlow::Continue(())
    }

    /// Visits the files of a zip archive, in the order of its directory.
    pub(super) fn zip(&self, path: &Path, id: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let mut header = vec![0; HEADER];
        let images = if self.images { Members::of_zip(path, &mut header).map(Arc::new) } else { None };
        let opened = std::fs::File::open(path).map_err(|e| reason(&e));
        let archive = opened.and_then(|file| {
            rawzip::ZipArchive::from_file(file, &mut header)
                .map_err(|e| format!("no readable zip archive: {e}"))
        });
        let archive = match archive {
            Ok(archive) => archive,
            Err(message) => return visit(Found::fault(id, message)),
        };
        let mut entries = archive.entries(&mut header);
        loop {
            let entry = match entries.next_entry() {
                Ok(Some(entry)) => entry,
                Ok(None) => return ControlFlow::Continue(()),
                Err(error) => return visit(Found::fault(id, format!("the archive is damaged: {error}"))),
            };
            if entry.is_dir() || entry.mode().is_symlink() {
                continue;
            }
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
            let method = entry.compression_method();
            match open(&archive, entry.wayfinder(), method) {
                Ok(member) => self.member(&mut BufReader::new(member), id, &name, images.as_ref(), visit)?,
                Err(message) => visit(Found::fault(format!("{id}#{name}"), message))?,
            }
        }
    }

    fn member(
        &self,
        bytes: &mut dyn BufRead,
        archive: &str,
        name: &str,
        images: Option<&Arc<Members>>,
        visit: &mut Visit<'_>,
    ) -> ControlFlow<()> {
        let id = format!("{archive}#{name}");
        let Some(place) = inside(name) else {
            return visit(Found::fault(id, "its name leads out of the archive; it is not read"));
        };
        let hidden = place.iter().any(|c| c.starts_with('.'));
        if hidden || !self.takes(&place.join("/")) {
            return ControlFlow::Continue(());
        }
        match Kind::of(name) {
            Kind::Tar | Kind::Zip => visit(Found::fault(id, "an archive inside an archive is not read")),
            _ => self.stream(bytes, &id, &place, images, visit),
        }
    }
}

fn damaged(error: &io::Error) -> String {
    format!("the archive is damaged: {}", reason(error))
}
