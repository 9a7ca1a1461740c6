//! The files of the container: those that epub-builder makes, completed, and the content.

use super::Resource;
use super::navigation;
use super::package::{self, Book};
use super::zip::File;
use crate::write::html::html_attributes;

/// Paths and contents of the files that epub-builder makes for every book: `build.rs` has it lay them
/// out. It is given no content, which it would compress only for us to unpack again.
const SKELETON: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/container.rs"));

/// The folder that epub-builder puts the publication in.
const ROOT: &str = "OEBPS/";

/// All files of the container in their order, `mimetype` first.
pub(super) fn files<'b>(book: &Book<'b>) -> Vec<File<'b>> {
    let identifier = package::identifier(book);
    let has_fonts = book.resources.iter().any(|r| r.media_type.starts_with("font/"));
    let mut files = Vec::with_capacity(book.resources.len() + 6);
    for &(path, data) in SKELETON {
        let data: Vec<u8> = match path.strip_prefix(ROOT) {
            // It asks Apple's reader to use the book's fonts rather than its own.
            None if path.ends_with("display-options.xml") && !has_fonts => continue,
            None => data.into(),
            Some("content.opf") => package::document(book, &identifier).into_bytes(),
            Some("nav.xhtml") => {
                let language = book.document.language().map(|l| &l.tag);
                navigation::document(book, &html_attributes(language, true)).into_bytes()
            }
            Some("toc.ncx") => navigation::ncx(book, &identifier).into_bytes(),
            // The book brings its own style sheet.
            Some(_) => continue,
        };
        files.push(File { path: path.into(), data: data.into() });
    }
    let resource =
        |r: &'b Resource| File { path: format!("{ROOT}{}", r.path), data: r.data.as_slice().into() };
    files.extend(book.resources.iter().map(resource));
    files
}
