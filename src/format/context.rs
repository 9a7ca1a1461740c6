//! What readers and writers may use beside their arguments.

use super::{Error, Limits};
use crate::account::{Fate, Ledger};
use crate::asset::{LoadError, Loader};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{Document, Source, Span};

/// Asked often while a document is converted whether to end, and why.
type Stop<'a> = &'a dyn Fn() -> Option<String>;

/// What a reader may use beside the source. It touches nothing else: no clock, disk, environment
/// or globals.
pub struct ReadContext<'a> {
    sink: &'a mut dyn Sink,
    limits: &'a Limits,
    source_name: &'a str,
    title: Option<&'a str>,
    encoding: Option<&'a str>,
    loader: Option<&'a dyn Loader>,
    ledger: Option<&'a mut Ledger>,
    stop: Option<Stop<'a>>,
    cites: bool,
}

impl<'a> ReadContext<'a> {
    /// The context of one input, which is called as it was given: a path or `-`.
    pub fn new(source_name: &'a str, limits: &'a Limits, sink: &'a mut dyn Sink) -> Self {
        let (title, encoding, loader, ledger, stop) = (None, None, None, None, None);
        ReadContext { sink, limits, source_name, title, encoding, loader, ledger, stop, cites: false }
    }

    /// The title by which a collection knows the document, for readers whose format has none.
    pub fn with_title(mut self, title: impl Into<Option<&'a str>>) -> Self {
        self.title = title.into();
        self
    }

    /// The encoding of the source by its [label](crate::decode::encoding), instead of what it declares or
    /// looks like; a byte order mark goes before it.
    pub fn with_encoding(mut self, encoding: Option<&'a str>) -> Self {
        self.encoding = encoding;
        self
    }

    /// Finds images; without a loader, none is loaded.
    pub fn with_loader(mut self, loader: &'a dyn Loader) -> Self {
        self.loader = Some(loader);
        self
    }

    /// Keeps account of the input's bytes; without a ledger, none is kept.
    pub fn with_ledger(mut self, ledger: impl Into<Option<&'a mut Ledger>>) -> Self {
        self.ledger = ledger.into();
        self
    }

    /// Is asked often whether to end, and why: the time is over, the user wants it. What is answered
    /// once must be answered ever after.
    pub fn with_stop(mut self, stop: &'a dyn Fn() -> Option<String>) -> Self {
        self.stop = Some(stop);
        self
    }

    /// Says that lists of works are at hand, so that keys in running text cite them.
    #[cfg(feature = "citations")]
    pub(crate) fn citing(&mut self) {
        self.cites = true;
    }

    /// Whether keys in running text cite works.
    #[cfg(feature = "markdown")]
    pub(crate) fn cites(&self) -> bool {
        self.cites
    }

    /// The same for another text of the document, which says what there is to say to another sink.
    pub(crate) fn for_part<'b>(&'b self, name: &'b str, sink: &'b mut dyn Sink) -> ReadContext<'b>
    where
        'a: 'b,
    {
        let mut part = ReadContext::new(name, self.limits, sink);
        (part.loader, part.stop, part.cites) = (self.loader, self.stop, self.cites);
        part
    }

    /// Bounds on what the document may cost.
    pub fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// The input's name as given, a path or `-`: for titles of untitled documents and messages.
    pub fn source_name(&self) -> &'a str {
        self.source_name
    }

    /// The title by which a collection knows the document.
    pub fn title(&self) -> Option<&'a str> {
        self.title
    }

    /// The label of the source's encoding, where it is given.
    pub fn encoding(&self) -> Option<&'a str> {
        self.encoding
    }

    /// Ends a conversion that is to go no further.
    ///
    /// # Errors
    /// When [who may stop it](Self::with_stop) gives a reason.
    pub fn go_on(&self) -> Result<(), Error> {
        go_on(self.stop)
    }

    /// Hands a diagnostic to the sink, and the bytes of a loss to the ledger.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        if let Some(span) = diagnostic.span.filter(|_| diagnostic.code.loss) {
            self.claim(span, Fate::Dropped(diagnostic.code));
        }
        self.sink.report(diagnostic);
    }

    /// Says what a span of the input became, where the document that is read can't show it: the
    /// name of a tag, a number that is read into a date.
    pub fn claim(&mut self, span: Span, fate: Fate) {
        if let Some(ledger) = &mut self.ledger {
            ledger.claim(span, fate);
        }
    }

    /// Whether an account is kept.
    #[cfg(feature = "wikitext")]
    pub(crate) fn keeps_account(&self) -> bool {
        self.ledger.is_some()
    }

    /// Settles the account of the input when it is read into a document whose spans point into it. `marks`
    /// are the ASCII punctuation characters that the format marks with: where nothing else speaks for one,
    /// it is syntax.
    pub fn settle(&mut self, text: &str, document: &Document, marks: &str) {
        if let Some(ledger) = &mut self.ledger {
            ledger.settle(text, document, marks);
        }
    }

    /// Settles the account of an input of which every byte is claimed.
    pub(crate) fn settle_claims(&mut self, text: &str, source: Source, marks: &str) {
        if let Some(ledger) = &mut self.ledger {
            ledger.settle_claims(text, source, marks);
        }
    }

    /// Loads an image within the limits, when so many bytes of others are loaded.
    ///
    /// # Errors
    /// Why there is none.
    #[doc(hidden)]
    pub fn load(&self, source: &str, loaded: usize) -> Result<Vec<u8>, LoadError> {
        let (one, all) = (self.limits.image_bytes, self.limits.total_image_bytes);
        let loader = self.loader.ok_or(LoadError::NoLoader)?;
        let bytes = loader.load(source, one.min(all.saturating_sub(loaded)))?;
        self.within(bytes, loaded)
    }

    /// Loads a text that is to stand in the document, within the limits of images.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn load_text(&self, name: &str, loaded: usize) -> Result<Vec<u8>, LoadError> {
        let most = self.limits.total_image_bytes.saturating_sub(loaded).min(self.limits.image_bytes);
        let loader = self.loader.ok_or(LoadError::Outside)?;
        self.within(loader.text(name, most)?, loaded)
    }

    /// Bytes, when they are no more than may be, with so many that others have.
    fn within(&self, bytes: Vec<u8>, loaded: usize) -> Result<Vec<u8>, LoadError> {
        let (one, all) = (self.limits.image_bytes, self.limits.total_image_bytes);
        if bytes.len() > one {
            return Err(LoadError::Bytes { limit: one });
        }
        if bytes.len().saturating_add(loaded) > all {
            return Err(LoadError::TotalBytes { limit: all });
        }
        Ok(bytes)
    }

    /// Asked whether to end, for what outlives a borrow of the context.
    #[cfg(feature = "wikitext")]
    pub(crate) fn stop(&self) -> Option<&'a dyn Fn() -> Option<String>> {
        self.stop
    }
}

/// What a writer may use beside the document. It touches nothing else: no clock, disk, environment
/// or globals.
pub struct WriteContext<'a> {
    sink: &'a mut dyn Sink,
    limits: &'a Limits,
    source_name: &'a str,
    source: Option<&'a [u8]>,
    stop: Option<Stop<'a>>,
    threads: usize,
}

impl<'a> WriteContext<'a> {
    /// The context of a document that was read from the input of that name: a path or `-`.
    pub fn new(source_name: &'a str, limits: &'a Limits, sink: &'a mut dyn Sink) -> Self {
        WriteContext { sink, limits, source_name, source: None, stop: None, threads: 1 }
    }

    /// The bytes that the document was read from, which a writer may attach to what it writes.
    pub fn with_source(mut self, source: &'a [u8]) -> Self {
        self.source = Some(source);
        self
    }

    /// Is asked often whether to end, and why: the time is over, the user wants it. What is answered
    /// once must be answered ever after.
    pub fn with_stop(mut self, stop: &'a dyn Fn() -> Option<String>) -> Self {
        self.stop = Some(stop);
        self
    }

    /// A writer may keep so many threads busy: 1 if nobody says more. It writes the same bytes with any number.
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// How many threads a writer may keep busy.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Bounds on what the document may cost.
    pub fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// The input's name as given, a path or `-`: for titles of untitled documents and messages.
    pub fn source_name(&self) -> &'a str {
        self.source_name
    }

    /// The bytes that the document was read from, where they are known.
    pub fn source(&self) -> Option<&'a [u8]> {
        self.source
    }

    /// Ends a conversion that is to go no further.
    ///
    /// # Errors
    /// When [who may stop it](Self::with_stop) gives a reason.
    pub fn go_on(&self) -> Result<(), Error> {
        go_on(self.stop)
    }

    /// Hands a diagnostic to the sink.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic);
    }

    /// The same, saying what there is to say to another sink.
    #[cfg(feature = "pdf")]
    pub(crate) fn telling<'b>(&'b self, sink: &'b mut dyn Sink) -> WriteContext<'b> {
        let WriteContext { limits, source_name, source, stop, threads, .. } = *self;
        WriteContext { sink, limits, source_name, source, stop, threads }
    }
}

fn go_on(stop: Option<Stop<'_>>) -> Result<(), Error> {
    match stop.and_then(|stop| stop()) {
        Some(reason) => Err(Error::Stopped { reason }),
        None => Ok(()),
    }
}
