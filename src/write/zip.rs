//! The archive (OCF): `mimetype` first and stored, fixed times, sizes known before the data.
//!
//! Local headers carry the sizes instead of a descriptor after the data, because readers that
//! stream can't tell where a stored entry with a descriptor ends.

use crate::diagnostic::Remedy;
use crate::format::Error;
use crate::write::deflate::Deflate;
use std::borrow::Cow;
use std::io;

/// A file of the archive.
#[derive(Debug)]
pub(super) struct File<'d> {
    pub path: String,
    pub data: Cow<'d, [u8]>,
}

/// 1 January 1980, the first day that ZIP can tell.
const DATE: u16 = 1 << 5 | 1;
/// File names are UTF-8 (APPNOTE 4.4.4, bit 11).
const UTF8: u16 = 1 << 11;
/// Version 2.0: deflate.
const VERSION: u16 = 20;

/// Writes the archive.
pub(super) fn write(files: &[File<'_>], out: &mut dyn io::Write) -> Result<(), Error> {
    let mut directory = Vec::new();
    let mut offset = 0u32;
    let mut deflate = Deflate::raw();
    for file in files {
        let deflated = (!is_stored(&file.path)).then(|| deflate.compress(&file.data));
        let deflated = deflated.filter(|d| d.len() < file.data.len());
        let (method, data) = match &deflated {
            Some(deflated) => (8u16, deflated.as_slice()),
            None => (0, &*file.data),
        };
        let name = file.path.as_bytes();
        let flags = if file.path.is_ascii() { 0 } else { UTF8 };
        let mut shared = Vec::with_capacity(26);
        for field in [VERSION, flags, method, 0, DATE] {
            shared.extend_from_slice(&field.to_le_bytes());
        }
        for field in [rawzip::crc32(&file.data), size(data.len())?, size(file.data.len())?] {
            shared.extend_from_slice(&field.to_le_bytes());
        }
        // Names are made by this crate and short; the extra field is empty.
        shared.extend_from_slice(&(name.len() as u16).to_le_bytes());
        shared.extend_from_slice(&0u16.to_le_bytes());

        out.write_all(b"PK\x03\x04")?;
        out.write_all(&shared)?;
        out.write_all(name)?;
        out.write_all(data)?;

        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&VERSION.to_le_bytes());
        directory.extend_from_slice(&shared);
        // No comment, first disk, no attributes.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name);
        let length = size(4 + shared.len() + name.len() + data.len())?;
        offset = offset.checked_add(length).ok_or(TOO_LARGE)?;
    }
    let entries = u16::try_from(files.len()).map_err(|_| Error::Limit {
        what: "the number of files in the book",
        limit: usize::from(u16::MAX),
        remedy: Remedy::SplitLevel,
        span: None,
    })?;
    let directory_size = size(directory.len())?;
    out.write_all(&directory)?;
    out.write_all(b"PK\x05\x06\0\0\0\0")?;
    out.write_all(&entries.to_le_bytes())?;
    out.write_all(&entries.to_le_bytes())?;
    out.write_all(&directory_size.to_le_bytes())?;
    out.write_all(&offset.to_le_bytes())?;
    out.write_all(&[0, 0])?;
    Ok(())
}

/// `mimetype` must be stored; images are compressed already.
fn is_stored(path: &str) -> bool {
    path == "mimetype" || [".png", ".jpg", ".gif", ".webp"].iter().any(|e| path.ends_with(e))
}

const TOO_LARGE: Error = Error::Limit {
    what: "the book's size in bytes",
    limit: u32::MAX as usize,
    remedy: Remedy::SeveralBooks,
    span: None,
};

fn size(bytes: usize) -> Result<u32, Error> {
    u32::try_from(bytes).map_err(|_| TOO_LARGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_reader_finds_every_file() {
        let text = "word ".repeat(100).into_bytes();
        let files = [
            File { path: "mimetype".into(), data: b"application/epub+zip".into() },
            File { path: "EPUB/é.txt".into(), data: text.as_slice().into() },
        ];
        let mut bytes = Vec::new();
        write(&files, &mut bytes).unwrap();
        assert_eq!(&bytes[..58], b"PK\x03\x04\x14\0\0\0\0\0\0\0\x21\0\x6F\x61\xAB\x2C\x14\0\0\0\x14\0\0\0\x08\0\0\0mimetypeapplication/epub+zip");
        let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
        let mut entries = archive.entries();
        entries.next_entry().unwrap().unwrap();
        let entry = entries.next_entry().unwrap().unwrap();
        assert_eq!(entry.file_path().try_normalize().unwrap().as_ref(), "EPUB/é.txt");
        let data = archive.get_entry(entry.wayfinder()).unwrap();
        assert_eq!(miniz_oxide::inflate::decompress_to_vec(data.data()).unwrap(), text);
        assert_eq!(entry.crc32(), rawzip::crc32(&text));
        assert!(entries.next_entry().unwrap().is_none());
    }
}
