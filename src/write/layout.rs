use super::controls::Plain;
use crate::font::FontLibrary;
use crate::format::{Error, Format, WriteContext, Writer};
use crate::layout::{PageStyle, dump::dump};
use crate::model::Document;
use std::io;
use std::sync::Arc;

/// Writes the display list as text: what is set where, for tests and for who wants to know.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Layout {
    /// The faces to set text in.
    pub(crate) fonts: Arc<FontLibrary>,
    /// How the document is set.
    pub style: PageStyle,
}

crate::format::options!(Layout);

impl Layout {
    /// A writer with these faces and the default style.
    pub fn new(fonts: Arc<FontLibrary>) -> Self {
        Layout { fonts, style: PageStyle::default() }
    }
}

impl Writer for Layout {
    fn format(&self) -> Format {
        Format {
            name: "layout",
            aliases: &[],
            extensions: &["layout"],
            media_type: "text/plain",
            text: true,
            description: "the display list: what is set where on each page",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let mut out = Plain::new(out);
        dump(document, &self.fonts, &self.style, &mut out, cx)?;
        out.report(document, cx);
        Ok(())
    }
}
