//! The images of an archive, for the articles that lie beside them.

use super::{hash, reason};
use crate::asset::LoadError;
use rawzip::{CompressionMethod, FileReader, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Component, Path};

/// Most bytes of the images that are kept of an archive in which nothing can be found again
/// without unpacking it from its beginning: a compressed tar.
const KEPT: usize = 64 << 20;

/// Names that images have. What they are decides their content, when it is loaded.
const EXTENSIONS: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// The images of an archive by the hash of their path in it. Of two with one name the last one
/// counts, as it does when the archive is unpacked.
pub(crate) enum Members {
    Zip(ZipArchive<FileReader>, HashMap<u64, (ZipArchiveEntryWayfinder, CompressionMethod)>),
    /// Where each begins, and its length.
    Tar(FileReader, HashMap<u64, (u64, u64)>),
    /// None for one that there was no room for.
    Packed(HashMap<u64, Option<Vec<u8>>>),
}

impl Members {
    /// The images of a zip archive. What is damaged in it is told when its articles are read.
    pub fn of_zip(path: &Path, buffer: &mut [u8]) -> Option<Self> {
        let archive = ZipArchive::from_file(File::open(path).ok()?, buffer).ok()?;
        let mut found = HashMap::new();
        let mut entries = archive.entries(buffer);
        while let Ok(Some(entry)) = entries.next_entry() {
            let name = String::from_utf8_lossy(entry.file_path().as_bytes());
            if !entry.is_dir()
                && !entry.mode().is_symlink()
                && let Some(name) = image(&name)
            {
                found.insert(name, (entry.wayfinder(), entry.compression_method()));
            }
        }
        Some(Members::Zip(archive, found))
    }

    /// The images of a tar archive that is not compressed.
    pub fn of_tar(path: &Path) -> Option<Self> {
        let mut archive = tar::Archive::new(File::open(path).ok()?);
        let mut found = HashMap::new();
        for entry in archive.entries_with_seek().ok()?.map_while(Result::ok) {
            if entry.header().entry_type().is_file()
                && let Some(name) = image(&String::from_utf8_lossy(&entry.path_bytes()))
            {
                found.insert(name, (entry.raw_file_position(), entry.size()));
            }
        }
        Some(Members::Tar(archive.into_inner().into(), found))
    }

    /// The images of a tar archive that is a stream.
    pub fn of_stream(bytes: &mut dyn BufRead) -> Option<Self> {
        let mut archive = tar::Archive::new(bytes);
        let (mut found, mut kept) = (HashMap::new(), 0);
        for entry in archive.entries().ok()?.map_while(Result::ok) {
            if entry.header().entry_type().is_file()
                && let Some(name) = image(&String::from_utf8_lossy(&entry.path_bytes()))
            {
                let room = KEPT - kept;
                let mut bytes = Vec::new();
                let read = entry.take(room as u64 + 1).read_to_end(&mut bytes);
                let fits = read.is_ok() && bytes.len() <= room;
                kept += if fits { bytes.len() } else { 0 };
                found.insert(name, fits.then_some(bytes));
            }
        }
        Some(Members::Packed(found))
    }

    /// The bytes of an image, at most one more than `limit`.
    pub fn load(&self, path: &str, limit: u64) -> Result<Vec<u8>, LoadError> {
        let key = hash::number(path);
        let none = || LoadError::from("the archive has no such file");
        let mut bytes = Vec::new();
        let most = limit.saturating_add(1);
        let read = match self {
            Members::Zip(archive, found) => {
                let &(place, method) = found.get(&key).ok_or_else(none)?;
                let member = open(archive, place, method)?;
                member.take(most).read_to_end(&mut bytes)
            }
            Members::Tar(file, found) => {
                let &(offset, length) = found.get(&key).ok_or_else(none)?;
                let read = Part { file, offset }.take(length.min(most)).read_to_end(&mut bytes);
                if read.is_ok() && (bytes.len() as u64) < length.min(most) {
                    return Err("the archive ends within it".into());
                }
                read
            }
            Members::Packed(found) => {
                let full = || {
                    let up_to =
                        format!("images of a compressed archive are kept up to {KEPT} bytes together");
                    format!("{up_to}; unpack it first")
                };
                let kept = found.get(&key).ok_or_else(none)?.as_deref().ok_or_else(full)?;
                kept.take(most).read_to_end(&mut bytes)
            }
        };
        read.map_err(|e| reason(&e))?;
        Ok(bytes)
    }
}

/// Opens a file of a zip archive. Its length and checksum are looked at as it is read.
pub(super) fn open(
    archive: &ZipArchive<FileReader>,
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
) -> Result<Box<dyn Read + '_>, String> {
    let member = archive.get_entry(place).map_err(|e| format!("the archive is damaged: {e}"))?;
    match method {
        CompressionMethod::STORE => Ok(Box::new(member.verifying_reader(member.reader()))),
        CompressionMethod::DEFLATE => {
            let plain = flate2::read::DeflateDecoder::new(member.reader());
            Ok(Box::new(member.verifying_reader(plain)))
        }
        method => Err(format!("it is compressed by a method that is not read ({method:?})")),
    }
}

/// The path of a file in an archive, if it leads nowhere else.
pub(super) fn inside(name: &str) -> Option<Vec<String>> {
    let path = Path::new(name);
    let inside = |c: Component<'_>| matches!(c, Component::Normal(_) | Component::CurDir);
    (path.components().all(inside) && !name.contains('\\')).then(|| components(path))
}

/// The hash of an image's path; none for what is no image.
fn image(name: &str) -> Option<u64> {
    let extension = crate::detect::extension(name)?.to_ascii_lowercase();
    if !EXTENSIONS.contains(&extension.as_str()) {
        return None;
    }
    inside(name).map(|path| hash::number(&path.join("/")))
}

/// A file from some place on.
struct Part<'f> {
    file: &'f FileReader,
    offset: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buffer, self.offset)?;
        self.offset += read as u64;
        Ok(read)
    }
}

/// The names in a path, without the root and without `.` and `..`.
pub(super) fn components(path: &Path) -> Vec<String> {
    let name = |c: Component<'_>| match c {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    path.components().filter_map(name).collect()
}
