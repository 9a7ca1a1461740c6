//! The container, as epub-builder lays it out. The finish takes the files that it makes and puts in the
//! place of package document and navigation those that say what it has no words for: properties of the
//! manifest, page lists, languages, accessibility.

use super::book::Book;
use super::navigation;
use super::package;
use super::resource::Resource;
use crate::format::Error;
use crate::write::html::html_attributes;
use crate::write::zip::File;
use epub_builder::{EpubBuilder, EpubVersion, ZipLibrary};
use std::sync::LazyLock;

/// The folder that epub-builder puts the publication in.
const ROOT: &str = "OEBPS/";

/// All files of the container in their order, `mimetype` first.
///
/// # Errors
/// When epub-builder makes none.
pub(super) fn files<'b>(book: &Book<'b>) -> Result<Vec<File<'b>>, Error> {
    let archive = LAID_OUT.as_ref().map_err(|e| fault(e))?;
    let archive = rawzip::ZipArchive::from_slice(archive).map_err(|e| fault(&e))?;
    let identifier = package::identifier(book);
    let has_fonts = book.resources.iter().any(|r| r.media_type.starts_with("font/"));
    let mut files = Vec::with_capacity(book.resources.len() + 6);
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(|e| fault(&e))? {
        let path = entry.file_path().try_normalize().map_err(|e| fault(&e))?.as_ref().to_owned();
        let data = match path.strip_prefix(ROOT) {
            // It asks Apple's reader to use the book's fonts rather than its own.
            None if path.ends_with("display-options.xml") && !has_fonts => continue,
            None => {
                let data = archive.get_entry(entry.wayfinder()).map_err(|e| fault(&e))?;
                match entry.compression_method() {
                    rawzip::CompressionMethod::STORE => data.data().to_vec(),
                    _ => miniz_oxide::inflate::decompress_to_vec(data.data()).map_err(|e| fault(&e))?,
                }
            }
            Some("content.opf") => package::document(book, &identifier).into_bytes(),
            Some("nav.xhtml") => {
                let language = book.document.language().map(|l| &l.tag);
                navigation::document(book, &html_attributes(language, true)).into_bytes()
            }
            Some("toc.ncx") => navigation::ncx(book, &identifier).into_bytes(),
            // A style sheet of its own.
            Some(_) => continue,
        };
        files.push(File { path, data: data.into() });
    }
    let resource =
        |r: &'b Resource| File { path: format!("{ROOT}{}", r.path), data: r.data.as_slice().into() };
    files.extend(book.resources.iter().map(resource));
    Ok(files)
}

/// What epub-builder makes, which is the same for every book.
static LAID_OUT: LazyLock<Result<Vec<u8>, String>> = LazyLock::new(|| lay_out().map_err(|e| e.to_string()));

/// Has epub-builder make a book. It is told nothing of what is in it: that it would compress, file by file and
/// with the time of day, and name in a package document that the finish replaces.
fn lay_out() -> epub_builder::Result<Vec<u8>> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    // Given, so that neither clock nor random numbers are asked for them.
    builder.set_modified_date(chrono::DateTime::UNIX_EPOCH);
    builder.set_uuid(uuid::Uuid::nil());
    let mut archive = Vec::new();
    builder.generate(&mut archive)?;
    Ok(archive)
}

fn fault(why: &dyn std::fmt::Display) -> Error {
    Error::Writer { format: "epub", message: format!("epub-builder made no container: {why}") }
}
