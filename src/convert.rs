//! The whole way from bytes to bytes: read, transform, write.

use crate::detect;
use crate::format::{Context, Error, Reader, Registry, Writer};
use crate::model::{Document, Meta};
use crate::transform;
use std::io;

/// Converts documents. Built once, shared by threads.
///
/// ```
/// use fanfold::{convert::Converter, diagnostic::Ignore, format::{Context, Limits}};
///
/// let converter = Converter::default();
/// let limits = Limits::default();
/// let mut sink = Ignore;
/// let mut cx = Context::new("cat.txt", &limits, &mut sink);
/// let document = converter.read(b"= Cat =\n\nA small animal.\n", None, &mut cx)?;
/// assert_eq!(document.title().as_deref(), Some("Cat"));
/// # Ok::<(), fanfold::format::Error>(())
/// ```
#[derive(Clone)]
pub struct Converter {
    registry: Registry,
    meta: Meta,
}

impl Default for Converter {
    /// With every reader and writer of the build, at their defaults.
    fn default() -> Self {
        Converter::new(crate::registry())
    }
}

impl Converter {
    /// A converter that uses these readers and writers.
    pub fn new(registry: Registry) -> Self {
        Converter { registry, meta: Meta::default() }
    }

    /// Metadata that overrides what the sources say, field by field.
    pub fn with_meta(mut self, meta: Meta) -> Self {
        self.meta = meta;
        self
    }

    /// The readers and writers.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Reads a source and runs the transforms. Without a format, the name's extension decides,
    /// then the content.
    ///
    /// # Errors
    /// For a format without a reader, input that is not of the format, or input over a limit.
    pub fn read(&self, source: &[u8], format: Option<&str>, cx: &mut Context<'_>) -> Result<Document, Error> {
        let reader: &dyn Reader = match format {
            Some(name) => self.registry.reader(name)?,
            None => detect::reader(&self.registry, source, cx.source_name)?,
        };
        let mut document = reader.read(source, cx)?;
        transform::metadata(&mut document, &self.meta);
        transform::language(&mut document, cx);
        transform::anchors(&mut document, cx);
        transform::assets(&mut document, cx);
        Ok(document)
    }

    /// Writes a document.
    ///
    /// # Errors
    /// For a format without a writer, and when `out` can't take the bytes.
    pub fn write(
        &self,
        document: &Document,
        format: &str,
        out: &mut dyn io::Write,
        cx: &mut Context<'_>,
    ) -> Result<(), Error> {
        let writer: &dyn Writer = self.registry.writer(format)?;
        writer.write(document, out, cx)
    }
}
