//! The PDF writer: tagged, archival and reproducible without being asked.
//!
//! [`typeset`] hands over pages one after another. Each becomes a content
//! stream by way of printpdf and is written at once; what belongs to the whole file (fonts, the
//! structure tree, metadata) is written with lopdf's objects after the last page.

mod ahead;
mod attachments;
mod check;
mod destinations;
mod drawing;
mod emit;
mod file;
mod finish;
mod fonts;
mod images;
mod labels;
mod links;
mod metadata;
mod ops;
mod outline;
mod pages;
mod picture;
mod pixels;
mod segment;
mod shifted_glyphs;
mod show;
mod srgb;
mod standard;
mod tags;
mod text_string;
mod to_unicode;
mod tree;

#[cfg(test)]
mod tests;

pub use attachments::{Attachment, Relationship};
pub use standard::Standards;

use crate::font::FontLibrary;
use crate::format::{Error, Format, WriteContext, Writer};
use crate::layout::structure::Index;
use crate::layout::{ImageSizes, PageStyle, typeset};
use crate::model::Document;
use crate::write::described::described;
use file::File;
use fonts::FontSet;
use images::ImageSet;
use metadata::Metadata;
use pages::Pages;
use std::io;
use std::sync::Arc;

/// Writes PDF 1.7.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pdf {
    /// The faces to set text in.
    pub(crate) fonts: Arc<FontLibrary>,
    /// How the pages look.
    pub style: PageStyle,
    /// The standards that the file shall meet.
    pub standards: Standards,
    /// Files to attach. Only PDF/A-3 allows files of any kind; with PDF/A-2 they are left out. With
    /// PDF/A-3 the [source](WriteContext::with_source), where it is known, and the JSON of the document are
    /// attached without being asked for.
    pub attachments: Vec<Attachment>,
}

crate::format::options!(Pdf);

impl Pdf {
    /// A writer with everything but the fonts at its default.
    pub fn new(fonts: Arc<FontLibrary>) -> Self {
        Pdf { fonts, style: PageStyle::default(), standards: Standards::default(), attachments: Vec::new() }
    }

    /// Writes the pages that `typeset` makes.
    fn write_pages(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
        typeset: impl FnOnce(&ImageSizes, &mut Pages<'_>, &mut WriteContext<'_>) -> Result<Index, Error>,
    ) -> Result<(), Error> {
        let (title, language) = check::check(document, self.standards, cx);
        let metadata = Metadata::new(&described(document), title, language);
        let version = self.standards.version();
        let mut file = File::new(out, version)?;
        let (images, sizes) = ImageSet::write(document, &self.style, &self.fonts, &mut file, cx)?;
        let mut pages = Pages::new(file, version, FontSet::new(&self.fonts), images);
        let index = typeset(&sizes, &mut pages, cx)?;
        let mut attachments =
            if self.standards.holds_files() { self.attachments.clone() } else { Vec::new() };
        if self.standards.holds_origins() {
            attachments.extend(attachments::origins(document, cx)?);
        }
        finish::finish(pages, &index, &metadata, self.standards, &attachments, cx)
    }
}

#[cfg(feature = "fonts")]
impl Default for Pdf {
    /// With the embedded faces.
    fn default() -> Self {
        Pdf::new(Arc::default())
    }
}

impl Writer for Pdf {
    fn format(&self) -> Format {
        Format {
            name: "pdf",
            aliases: &[],
            extensions: &["pdf"],
            media_type: "application/pdf",
            text: false,
            description: "PDF 1.7, typeset, tagged (PDF/UA-1) and archival (PDF/A-2a)",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        self.write_pages(document, out, cx, |sizes, pages, cx| {
            match cx.threads() > 1 && ahead::is_worth_it(document) {
                true => ahead::typeset_ahead(document, sizes, &self.fonts, &self.style, cx, pages),
                false => typeset(document, sizes, &self.fonts, &self.style, cx, pages),
            }
        })
    }
}
