//! The record of a run: a line of JSON for each document, added when the document is done.
//!
//! A run that is killed leaves at most one line half written; it is cut off when the next run
//! begins. Of several lines about a document the last one counts.

use super::shard::Shard;
use super::{Error, hash};
use crate::json::compact;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What became of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Row {
    /// The identifier.
    pub id: String,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How it went.
    pub status: Status,
    /// Why it failed or was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The title that a redirect leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Hash of the options, the formats and what the source says beside the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<String>,
    /// What was written, by format.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub outputs: BTreeMap<String, Written>,
    /// Hashes of the images that were used, by their address in the source.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub images: BTreeMap<String, String>,
    /// How many diagnostics there were of each code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub diagnostics: BTreeMap<String, u64>,
    /// How many of them were warnings or errors.
    #[serde(skip_serializing_if = "is_zero")]
    pub warnings: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// How it went with a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// Every output is written.
    Done,
    /// Nothing is written.
    #[default]
    Failed,
    /// It is nothing to convert.
    Skipped,
    /// It leads to another page.
    Redirect,
    /// The sources held it when an earlier run read them; what that made of it is removed.
    Gone,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its length.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The path below the output folder, with `/`.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
}

impl Row {
    pub(crate) fn fail(&mut self, message: impl Into<String>) {
        self.status = Status::Failed;
        self.error = Some(message.into());
    }
}

/// The manifest of a run, open for adding to.
pub(crate) struct Manifest {
    file: File,
    path: PathBuf,
    /// Length up to the last whole line.
    length: u64,
}

impl Manifest {
    /// Opens the manifest of a shard in a folder, empty unless the run resumes an earlier one.
    pub fn open(path: PathBuf, resume: bool) -> Result<Self, Error> {
        let fail = |e: io::Error| Error::file(&path, e);
        if fs::symlink_metadata(&path).is_ok_and(|m| !m.is_file()) {
            return Err(Error::InTheWay { path });
        }
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Locked { path });
            }
            // A file system without locks is no reason not to run.
            Err(TryLockError::Error(_)) => {}
        }
        let length = if resume { whole_lines(&mut file).map_err(fail)? } else { 0 };
        file.set_len(length).map_err(fail)?;
        Ok(Manifest { file, path, length })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a row, whole or not at all.
    pub fn add(&mut self, row: &Row) -> io::Result<()> {
        let mut line = Vec::new();
        compact::to_writer(&mut line, row)?;
        line.push(b'\n');
        if let Err(error) = self.file.write_all(&line) {
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.length += line.len() as u64;
        Ok(())
    }

    /// Makes sure that the rows outlast a loss of power.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

/// The length of a file up to its last line break.
fn whole_lines(file: &mut File) -> io::Result<u64> {
    let length = file.metadata()?.len();
    let mut end = length;
    let mut block = [0; 4096];
    while end > 0 {
        let start = end.saturating_sub(block.len() as u64);
        let part = &mut block[..(end - start) as usize];
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(part)?;
        if let Some(at) = part.iter().rposition(|&b| b == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

/// The rows of earlier runs into a folder, of every shard, found by identifier. Rows stay on the
/// disk; only where they are is kept.
#[derive(Default)]
pub(crate) struct Earlier {
    files: Vec<Mutex<BufReader<File>>>,
    rows: HashMap<u64, (u32, u64)>,
}

impl Earlier {
    /// Looks into the manifests of a folder, a shard's own last.
    pub fn read(folder: &Path, shard: Shard) -> io::Result<Self> {
        let own = format!("{}.ndjson", shard.manifest());
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if name != own && name.starts_with("manifest") && name.ends_with(".ndjson") && path.is_file() {
                paths.push(path);
            }
        }
        paths.sort();
        paths.push(folder.join(own));
        let mut earlier = Earlier::default();
        for path in paths {
            match File::open(&path) {
                Ok(file) => earlier.index(file)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(earlier)
    }

    fn index(&mut self, file: File) -> io::Result<()> {
        #[derive(Deserialize)]
        struct Id {
            id: String,
        }
        let number = self.files.len() as u32;
        let mut reader = BufReader::new(file);
        let (mut offset, mut line) = (0, Vec::new());
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            if let Ok(Id { id }) = serde_json::from_slice(&line) {
                self.rows.insert(hash::number(&id), (number, offset));
            }
            offset += read as u64;
        }
        self.files.push(Mutex::new(reader));
        Ok(())
    }

    /// The last row about a document.
    pub fn row(&self, id: &str) -> Option<Row> {
        let (file, offset) = self.rows.get(&hash::number(id))?;
        self.row_at(*file, *offset).filter(|row| row.id == id)
    }

    /// The last rows about all documents but these, by the hashes of their identifiers.
    pub fn others(&self, but: &HashSet<u64>) -> impl Iterator<Item = Row> {
        let mut places: Vec<_> =
            self.rows.iter().filter(|(id, _)| !but.contains(id)).map(|(_, place)| *place).collect();
        places.sort_unstable();
        places.into_iter().filter_map(|(file, offset)| self.row_at(file, offset))
    }

    fn row_at(&self, file: u32, offset: u64) -> Option<Row> {
        let mut file = self.files[file as usize].lock().ok()?;
        file.seek(SeekFrom::Start(offset)).ok()?;
        let mut line = Vec::new();
        file.read_until(b'\n', &mut line).ok()?;
        serde_json::from_slice(&line).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, status: Status) -> Row {
        Row { id: id.into(), status, ..Row::default() }
    }

    #[test]
    fn a_half_written_row_is_cut_off_and_the_last_row_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.ndjson");
        let mut manifest = Manifest::open(path.clone(), false).unwrap();
        assert!(Manifest::open(path.clone(), true).is_err(), "it is locked");
        manifest.add(&row("a", Status::Failed)).unwrap();
        manifest.add(&row("b", Status::Done)).unwrap();
        manifest.add(&row("a", Status::Done)).unwrap();
        drop(manifest);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, [&whole[..], b"{\"id\":\"c\",\"sta"].concat()).unwrap();
        drop(Manifest::open(path.clone(), true).unwrap());
        assert_eq!(fs::read(&path).unwrap(), whole);
        let earlier = Earlier::read(folder.path(), Shard::default()).unwrap();
        assert_eq!(earlier.row("a").unwrap().status, Status::Done);
        assert!(earlier.row("c").is_none());
        drop(Manifest::open(path.clone(), false).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"");
    }
}
