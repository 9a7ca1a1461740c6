//! The files of the container: those that epub-builder makes, completed, and the content.

use super::Resource;
use super::navigation;
use super::package::{self, Book};
use super::zip::File;
use crate::format::Error;
use crate::write::html::html_attributes;
use epub_builder::{EpubBuilder, EpubVersion, ZipLibrary};
use miniz_oxide::inflate::decompress_to_vec;
use rawzip::{CompressionMethod, ZipArchive};

/// The folder that epub-builder puts the publication in.
const ROOT: &str = "OEBPS/";

/// All files of the container in their order, `mimetype` first.
pub(super) fn files<'b>(book: &Book<'b>) -> Result<Vec<File<'b>>, Error> {
    let identifier = package::identifier(book);
    let has_fonts = book.resources.iter().any(|r| r.media_type.starts_with("font/"));
    let mut files = Vec::with_capacity(book.resources.len() + 6);
    for (path, data) in skeleton()? {
        let data = match path.strip_prefix(ROOT) {
            // It asks Apple's reader to use the book's fonts rather than its own.
            None if path.ends_with("display-options.xml") && !has_fonts => continue,
            None => data,
            Some("content.opf") => package::document(book, &identifier).into_bytes(),
            Some("nav.xhtml") => {
                let language = book.document.language().map(|l| &l.tag);
                navigation::document(book, &html_attributes(language, true)).into_bytes()
            }
            Some("toc.ncx") => navigation::ncx(book, &identifier).into_bytes(),
            // The book brings its own style sheet.
            Some(_) => continue,
        };
        files.push(File { path, data: data.into() });
    }
    let resource =
        |r: &'b Resource| File { path: format!("{ROOT}{}", r.path), data: r.data.as_slice().into() };
    files.extend(book.resources.iter().map(resource));
    Ok(files)
}

/// Paths and data of the files that epub-builder makes for every book. It is given no content: that
/// would be compressed only to be unpacked again.
fn skeleton() -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut archive = Vec::new();
    let fault = |message: String| Error::Writer { format: "epub", message };
    let build = |archive: &mut Vec<u8>| -> epub_builder::Result<()> {
        let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
        builder.epub_version(EpubVersion::V33);
        // Given, so that neither clock nor random numbers are asked for them.
        builder.set_modified_date(chrono::DateTime::UNIX_EPOCH);
        builder.set_uuid(uuid::Uuid::nil());
        builder.generate(archive)
    };
    build(&mut archive).map_err(|e| fault(e.to_string()))?;

    let unread = |e: rawzip::Error| fault(format!("epub-builder's archive can't be read: {e}"));
    let archive = ZipArchive::from_slice(&archive).map_err(unread)?;
    let mut files = Vec::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(unread)? {
        let path = entry.file_path().try_normalize().map_err(unread)?.as_ref().to_owned();
        let data = archive.get_entry(entry.wayfinder()).map_err(unread)?;
        let data = match entry.compression_method() {
            CompressionMethod::STORE => data.data().to_vec(),
            _ => decompress_to_vec(data.data())
                .map_err(|e| fault(format!("epub-builder's '{path}' can't be unpacked: {e}")))?,
        };
        files.push((path, data));
    }
    Ok(files)
}
