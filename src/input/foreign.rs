//! Files of kinds that no reader here reads, known by what they begin with or by their extension.

use super::name::extension;
use crate::asset;

/// A kind of file that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Foreign {
    /// What it is, such as `a Word document (DOCX)`.
    pub what: &'static str,
    /// How it can be read all the same.
    pub way: Option<Way>,
}

/// How a file of a foreign kind can be read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Way {
    /// Pandoc reads it, as a format of this name, and writes JSON that is read here.
    Pandoc(&'static str),
    /// Its text can be taken out by a program for it.
    Text,
    /// It holds files, which a batch reads.
    Batch,
}

const fn kind(what: &'static str, way: Option<Way>) -> Foreign {
    Foreign { what, way }
}

const fn pandoc(what: &'static str, name: &'static str) -> Foreign {
    kind(what, Some(Way::Pandoc(name)))
}

const PDF: Foreign = kind("a PDF", Some(Way::Text));
const RTF: Foreign = pandoc("a rich text document (RTF)", "rtf");
const DOCX: Foreign = pandoc("a Word document (DOCX)", "docx");
const ODT: Foreign = pandoc("an OpenDocument text (ODT)", "odt");
const EPUB: Foreign = pandoc("an e-book (EPUB)", "epub");
const LATEX: Foreign = pandoc("LaTeX", "latex");
const POSTSCRIPT: Foreign = kind("PostScript", None);
const OFFICE: Foreign = kind("a document of an office program", None);
const PICTURE: Foreign = kind("a picture", None);
const ARCHIVE: Foreign = kind("an archive", Some(Way::Batch));
const PACKED: Foreign = kind("a compressed file", Some(Way::Batch));
const OTHER: Foreign = kind("an archive of a kind that is not unpacked here", None);

/// Kinds that are text, or may be, by their extensions.
const EXTENSIONS: &[(&str, Foreign)] = &[
    ("pdf", PDF),
    ("rtf", RTF),
    ("docx", DOCX),
    ("odt", ODT),
    ("epub", EPUB),
    ("ps", POSTSCRIPT),
    ("eps", POSTSCRIPT),
    ("doc", OFFICE),
    ("tex", LATEX),
    ("latex", LATEX),
    ("rst", pandoc("reStructuredText", "rst")),
    ("org", pandoc("an Org document", "org")),
    ("textile", pandoc("Textile", "textile")),
    ("typ", pandoc("Typst", "typst")),
    ("ipynb", pandoc("a Jupyter notebook", "ipynb")),
    ("fb2", pandoc("an e-book (FB2)", "fb2")),
    ("xlsx", OFFICE),
    ("pptx", OFFICE),
    ("adoc", kind("AsciiDoc", None)),
    ("svg", PICTURE),
    ("png", PICTURE),
    ("jpg", PICTURE),
    ("jpeg", PICTURE),
    ("gif", PICTURE),
    ("webp", PICTURE),
    ("tiff", PICTURE),
    ("zip", ARCHIVE),
    ("tar", ARCHIVE),
    ("gz", PACKED),
    ("bz2", PACKED),
    ("7z", OTHER),
    ("rar", OTHER),
    ("xz", OTHER),
    ("zst", OTHER),
];

/// What a file is that no reader here reads, as far as that can be told.
pub fn foreign(name: &str, source: &[u8]) -> Option<Foreign> {
    let extension = extension(name).unwrap_or_default();
    by_content(source).or_else(|| {
        let known = EXTENSIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
        known
            .map(|(_, kind)| *kind)
            .or_else(|| (extension.is_empty() && is_drawing(source)).then_some(PICTURE))
    })
}

/// Whether a file is a drawing in SVG and nothing more. One in a page is text of the page.
fn is_drawing(source: &[u8]) -> bool {
    asset::media_type(source) == Some("image/svg+xml") && source.trim_ascii_end().ends_with(b"</svg>")
}

fn by_content(source: &[u8]) -> Option<Foreign> {
    match source {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(PDF),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(RTF),
        _ if source.starts_with(b"\\documentclass") => Some(LATEX),
        _ if source.starts_with(b"%!PS") => Some(POSTSCRIPT),
        [b'P', b'K', 3, 4, ..] => Some(zipped(source)),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(OFFICE),
        [0x1F, 0x8B, ..] | [b'B', b'Z', b'h', b'1'..=b'9', 0x31, ..] => Some(PACKED),
        [b'7', b'z', 0xBC, 0xAF, ..] | [0xFD, b'7', b'z', b'X', b'Z', ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] => {
            Some(OTHER)
        }
        _ if source.get(257..262) == Some(b"ustar") => Some(ARCHIVE),
        // SVG is text, which a page may well begin with.
        _ => asset::media_type(source).filter(|kind| *kind != "image/svg+xml").map(|_| PICTURE),
    }
}

/// What a zip archive is by the names in it: those of the first entry, and of the directory at its end.
fn zipped(source: &[u8]) -> Foreign {
    const NEAR: usize = 1 << 16;
    let (start, end) = (&source[..source.len().min(NEAR)], &source[source.len().saturating_sub(NEAR)..]);
    let names =
        |name: &str| [start, end].iter().any(|part| part.windows(name.len()).any(|w| w == name.as_bytes()));
    match () {
        () if names("application/epub+zip") => EPUB,
        () if names("application/vnd.oasis.opendocument.text") => ODT,
        () if names("word/document.xml") => DOCX,
        () => ARCHIVE,
    }
}
