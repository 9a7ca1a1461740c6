//! One archive of all outputs, zip or tar. The same documents make the same bytes: entries come in
//! the order of the sources and carry no time.

use crate::batch::document::Made;
use crate::batch::manifest::Written;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// How hard text is compressed, of 9.
const LEVEL: u8 = 6;

/// The kinds of archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArchiveKind {
    Zip,
    Tar,
}

impl ArchiveKind {
    /// The kind by the extension of a name.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("zip") => Some(ArchiveKind::Zip),
            Some("tar") => Some(ArchiveKind::Tar),
            _ => None,
        }
    }
}

/// The manifest of an archive.
pub(crate) fn beside(archive: &Path) -> PathBuf {
    let mut name = archive.file_name().unwrap_or_default().to_owned();
    name.push(".manifest.ndjson");
    archive.with_file_name(name)
}

enum Writer {
    Zip(Box<ZipArchiveWriter<BufWriter<File>>>),
    Tar(Box<tar::Builder<BufWriter<File>>>),
}

/// An archive that is being written, under a temporary name until it is whole.
pub(crate) struct Archive {
    writer: Option<Writer>,
    path: PathBuf,
    temporary: PathBuf,
}

impl Archive {
    pub fn create(path: &Path, kind: ArchiveKind) -> io::Result<Self> {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(".tmp");
        let temporary = path.with_file_name(name);
        let file = BufWriter::new(File::create(&temporary)?);
        let writer = match kind {
            ArchiveKind::Zip => Writer::Zip(Box::new(ZipArchiveWriter::new(file))),
            ArchiveKind::Tar => Writer::Tar(Box::new(tar::Builder::new(file))),
        };
        Ok(Archive { writer: Some(writer), path: path.to_owned(), temporary })
    }

    /// Adds the outputs of a document, packed if the archive packs.
    pub fn put(&mut self, outputs: &BTreeMap<String, Written>, made: &[Made]) -> io::Result<()> {
        for made in made {
            let Some(output) = outputs.get(made.format) else { continue };
            match &mut self.writer {
                Some(Writer::Zip(zip)) => put_zip(zip, output, made)?,
                Some(Writer::Tar(tar)) => put_tar(tar, &output.path, made)?,
                None => {}
            }
        }
        Ok(())
    }

    /// Completes the archive and gives it its name.
    pub fn finish(mut self) -> io::Result<()> {
        let file = match self.writer.take() {
            Some(Writer::Zip(zip)) => zip.finish().map_err(io::Error::other)?,
            Some(Writer::Tar(tar)) => tar.into_inner()?,
            None => return Ok(()),
        };
        let file = file.into_inner().map_err(|e| e.into_error())?;
        file.sync_all()?;
        fs::rename(&self.temporary, &self.path)
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        // After `finish` there is nothing of that name.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Packs outputs as a zip archive has them: the workers' part, so that no thread waits for another.
pub(crate) fn pack(made: &mut [Made]) {
    for made in made {
        // Formats that are no text, PDF and EPUB, are compressed already. They are wrapped all the
        // same: readers that stream can't tell where a stored entry ends.
        let level = if made.text { LEVEL } else { 0 };
        made.packed = Some(rawzip::crc32(&made.bytes));
        made.bytes = miniz_oxide::deflate::compress_to_vec(&made.bytes, level);
    }
}

fn put_zip(zip: &mut ZipArchiveWriter<BufWriter<File>>, output: &Written, made: &Made) -> io::Result<()> {
    let Some(crc) = made.packed else { return Err(io::Error::other("an output is not packed")) };
    let entry = zip.new_file(&output.path).compression_method(CompressionMethod::DEFLATE).start();
    let (mut entry, _) = entry.map_err(io::Error::other)?;
    entry.write_all(&made.bytes)?;
    let descriptor = DataDescriptorOutput::new(crc, output.bytes);
    entry.finish(descriptor).map_err(io::Error::other)?;
    Ok(())
}

fn put_tar(tar: &mut tar::Builder<BufWriter<File>>, path: &str, made: &Made) -> io::Result<()> {
    let mut header = tar::Header::new_ustar();
    header.set_size(made.bytes.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_cksum();
    tar.append_data(&mut header, path, made.bytes.as_slice())
}
