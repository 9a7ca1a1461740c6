//! The whole way from bytes to bytes: read, transform, write.

use crate::detect;
use crate::diagnostic::{Diagnostic, Sink, code};
use crate::format::{Error, Limits, ReadContext, Reader, Registry, WriteContext, Writer};
use crate::model::{Document, InlineKind, LanguageTag, Meta, Node, Span};
use crate::transform;
use std::io;

/// Converts documents. Built once, shared by threads.
///
/// ```
/// use fanfold::{Converter, diagnostic::Ignore};
///
/// let (converter, mut sink) = (Converter::default(), Ignore);
/// let mut cx = converter.read_context("cat.txt", &mut sink);
/// let document = converter.read(b"= Cat =\n\nA small animal.\n", None, &mut cx)?;
/// assert_eq!(document.title().as_deref(), Some("Cat"));
/// # Ok::<(), fanfold::format::Error>(())
/// ```
#[derive(Clone)]
pub struct Converter {
    registry: Registry,
    meta: Meta,
    licence: bool,
    link_base: Option<String>,
    default_language: Option<LanguageTag>,
    limits: Limits,
    #[cfg(feature = "citations")]
    works: crate::Works,
}

impl Default for Converter {
    /// With every reader and writer of the build, at their defaults.
    fn default() -> Self {
        Converter::builder().build()
    }
}

/// Sets a [`Converter`] up; see [`Converter::builder`].
#[derive(Clone)]
pub struct Builder {
    /// That of the build, unless it is given or added to.
    registry: Option<Registry>,
    meta: Meta,
    licence: bool,
    link_base: Option<String>,
    default_language: Option<LanguageTag>,
    limits: Limits,
    #[cfg(feature = "citations")]
    works: crate::Works,
}

impl Builder {
    /// These readers and writers instead of those of the build.
    pub fn registry(mut self, registry: Registry) -> Self {
        self.registry = Some(registry);
        self
    }

    /// Adds a reader, in the place of one of the same name.
    pub fn reader(mut self, reader: impl Reader + 'static) -> Self {
        self.registry = Some(self.registry.unwrap_or_else(crate::registry).with_reader(reader));
        self
    }

    /// Adds a writer, one of one's own or a built-in one with other options, in the place of one of the
    /// same name.
    pub fn writer(mut self, writer: impl Writer + 'static) -> Self {
        self.registry = Some(self.registry.unwrap_or_else(crate::registry).with_writer(writer));
        self
    }

    /// Metadata that overrides what the sources say, field by field.
    pub fn meta(mut self, meta: Meta) -> Self {
        self.meta = meta;
        self
    }

    /// Reports documents of which nothing says under which licence they may be used.
    pub fn licence_check(mut self) -> Self {
        self.licence = true;
        self
    }

    /// Where articles lie that links lead to and the document has not: the address before their
    /// titles, or one with `$1` in their place. Without it such links are words.
    pub fn link_base(mut self, base: impl Into<String>) -> Self {
        self.link_base = Some(base.into());
        self
    }

    /// The language of texts in Latin or Cyrillic letters that nothing says the language of, and that are too
    /// short for it to be found; `und` otherwise.
    pub fn default_language(mut self, tag: LanguageTag) -> Self {
        self.default_language = Some(tag);
        self
    }

    /// Works that documents may cite, beside those of the lists that they name themselves.
    #[cfg(feature = "citations")]
    pub fn works(mut self, works: crate::Works) -> Self {
        self.works = works;
        self
    }

    /// Bounds on what one document may cost, instead of the default ones.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The converter.
    pub fn build(self) -> Converter {
        Converter {
            registry: self.registry.unwrap_or_else(crate::registry),
            meta: self.meta,
            licence: self.licence,
            link_base: self.link_base,
            default_language: self.default_language,
            limits: self.limits,
            #[cfg(feature = "citations")]
            works: self.works,
        }
    }
}

impl Converter {
    /// Starts from every reader and writer of the build.
    ///
    /// ```
    /// use fanfold::{Converter, write::Text};
    ///
    /// let converter = Converter::builder().writer(Text::default().with(|text| text.width = 100)).build();
    /// assert!(converter.registry().writer("text").is_ok());
    /// ```
    pub fn builder() -> Builder {
        Builder {
            registry: None,
            meta: Meta::default(),
            licence: false,
            link_base: None,
            default_language: None,
            limits: Limits::default(),
            #[cfg(feature = "citations")]
            works: crate::Works::default(),
        }
    }

    #[doc(hidden)]
    /// The same converter with other metadata that overrides what the sources say.
    pub fn with_meta(&self, meta: Meta) -> Self {
        Converter { meta, ..self.clone() }
    }

    #[doc(hidden)]
    /// The same converter, which leaves links to other articles to who joins them.
    pub fn without_link_base(&self) -> Self {
        Converter { link_base: None, ..self.clone() }
    }

    #[doc(hidden)]
    /// Where other articles lie.
    pub fn link_base(&self) -> Option<&str> {
        self.link_base.as_deref()
    }

    /// The metadata that overrides what the sources say.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The same converter for a document of which a collection says more than the document itself:
    /// that goes before what the source says and behind what [`Builder::meta`] gave.
    pub(crate) fn knowing(&self, meta: &Meta) -> Self {
        let mut known = meta.clone();
        transform::override_with(&mut known, &self.meta);
        self.with_meta(known)
    }

    /// Bounds on what one document may cost.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What one input is read with, within the converter's limits.
    pub fn read_context<'a>(&'a self, source_name: &'a str, sink: &'a mut dyn Sink) -> ReadContext<'a> {
        ReadContext::new(source_name, &self.limits, sink)
    }

    /// What a document is written with, within the converter's limits.
    pub fn write_context<'a>(&'a self, source_name: &'a str, sink: &'a mut dyn Sink) -> WriteContext<'a> {
        WriteContext::new(source_name, &self.limits, sink)
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
    pub fn read(
        &self,
        source: &[u8],
        format: Option<&str>,
        cx: &mut ReadContext<'_>,
    ) -> Result<Document, Error> {
        let reader: &dyn Reader = match format {
            Some(name) => self.registry.reader(name)?,
            None => detect::reader(&self.registry, source, cx.source_name())?,
        };
        cx.go_on()?;
        #[cfg(feature = "citations")]
        if !self.works.is_empty() {
            cx.citing();
        }
        let mut document = reader.read(source, cx)?;
        cx.go_on()?;
        transform::includes(&mut document, reader, cx);
        cx.go_on()?;
        transform::limits(&document, cx)?;
        if let (Some(title), [article]) = (cx.title(), document.articles.as_mut_slice())
            && article.meta.title.is_empty()
            && document.meta.title.is_empty()
        {
            let text = InlineKind::Text { text: title.to_owned() };
            article.meta.title = vec![Node::new(text, Span::default())];
        }
        transform::formulas(&mut document);
        transform::line_ends(&mut document);
        transform::direction(&document, cx);
        transform::metadata(&mut document, &self.meta);
        transform::language(&mut document, self.default_language.as_ref(), cx);
        transform::citations(
            &mut document,
            #[cfg(feature = "citations")]
            &self.works,
            cx,
        );
        if self.licence {
            transform::licence(&document, cx);
        }
        transform::attribution(&mut document, &self.meta);
        transform::anchors(&mut document, cx);
        if let Some(base) = &self.link_base {
            transform::elsewhere(&mut document, base);
        }
        transform::assets(&mut document, cx);
        cx.go_on()?;
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
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let writer: &dyn Writer = self.registry.writer(format)?;
        cx.go_on()?;
        for own in document.articles.iter().filter_map(|article| article.own.as_ref()) {
            let message =
                "the options that the document gives for itself are for the program, which takes them";
            cx.report(Diagnostic::new(&code::OPTION_DROPPED, own.span, message));
        }
        writer.write(document, out, cx)
    }
}
