//! The seams: what a reader and a writer are, what they are given, and how they are found.

use crate::account::{Fate, Ledger};
use crate::asset::Loader;
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{Document, Span};
use std::io;
use std::sync::Arc;

pub use crate::limits::Limits;

/// The name of a format and how to recognise it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The name on the command line, such as `markdown`.
    pub name: &'static str,
    /// Other names, such as `md`.
    pub aliases: &'static [&'static str],
    /// File extensions without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// Whether the bytes are text that a terminal can show.
    pub text: bool,
    /// What it is, in a few words.
    pub description: &'static str,
}

impl Format {
    /// Whether `name` is the format's name or one of its aliases.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aliases.iter().any(|a| a.eq_ignore_ascii_case(name))
    }

    /// The usual extension of its files, without the dot.
    pub fn extension(&self) -> &'static str {
        self.extensions.first().copied().unwrap_or(self.name)
    }

    /// Whether files of the format usually end in `extension`.
    pub fn has_extension(&self, extension: &str) -> bool {
        self.extensions.iter().any(|e| e.eq_ignore_ascii_case(extension))
    }
}

/// What readers and writers may use beside their arguments. They touch nothing else: no clock,
/// disk, environment or globals.
pub struct Context<'a> {
    /// Takes diagnostics.
    pub sink: &'a mut dyn Sink,
    /// Bounds on what a document may cost.
    pub limits: &'a Limits,
    /// The input's name as given, a path or `-`: for titles of untitled documents and messages.
    pub source_name: &'a str,
    /// The title by which a collection knows the document, for readers whose format has none.
    pub title: Option<&'a str>,
    /// The bytes that the document was read from, where a writer may attach them to what it writes.
    pub source: Option<&'a [u8]>,
    /// Finds images; without one, none is loaded.
    pub loader: Option<&'a dyn Loader>,
    /// Keeps account of the input's bytes; without one, none is kept.
    pub ledger: Option<&'a mut Ledger>,
    /// Asked often while a document is converted whether to end, and why: the time is over, the
    /// user wants it. What is answered once must be answered ever after.
    pub stop: Option<&'a dyn Fn() -> Option<String>>,
}

impl<'a> Context<'a> {
    /// A context for one input.
    pub fn new(source_name: &'a str, limits: &'a Limits, sink: &'a mut dyn Sink) -> Self {
        Context {
            sink,
            limits,
            source_name,
            title: None,
            source: None,
            loader: None,
            ledger: None,
            stop: None,
        }
    }

    /// Ends a conversion that is to go no further.
    ///
    /// # Errors
    /// When [`stop`](Self::stop) gives a reason.
    pub fn go_on(&self) -> Result<(), Error> {
        match self.stop.and_then(|stop| stop()) {
            Some(reason) => Err(Error::Stopped { reason }),
            None => Ok(()),
        }
    }

    /// Hands a diagnostic to the sink, and the bytes of a loss to the ledger.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        if let Some(span) = diagnostic.span.filter(|_| diagnostic.code.loss) {
            self.claim(span, Fate::Dropped(diagnostic.code));
        }
        self.sink.report(diagnostic);
    }

    /// Says what a span of the input became, where the document that is read can't show it: the
    /// name of a tag, a number that is read into a date. Readers only.
    pub fn claim(&mut self, span: Span, fate: Fate) {
        if let Some(ledger) = &mut self.ledger {
            ledger.claim(span, fate);
        }
    }

    /// Settles the account of the input when its document is read; see [`Ledger::settle`].
    pub fn settle(&mut self, text: &str, document: &Document, marks: &str) {
        if let Some(ledger) = &mut self.ledger {
            ledger.settle(text, document, marks);
        }
    }
}

/// Why a conversion failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is not of the format at all.
    #[error("{message}")]
    Malformed {
        /// What is wrong.
        message: String,
        /// Where, when known.
        span: Option<Span>,
    },
    /// A [limit](Limits) was passed.
    #[error("{what} is over the limit of {limit}; {remedy}")]
    Limit {
        /// What was counted.
        what: &'static str,
        /// The limit.
        limit: usize,
        /// How to raise it.
        remedy: &'static str,
        /// Where, when it is about a place.
        span: Option<Span>,
    },
    /// [`Context::stop`] gave a reason to end.
    #[error("{reason}")]
    Stopped {
        /// The reason.
        reason: String,
    },
    /// No reader or writer of that name.
    #[error("no {role} for the format '{name}'; known: {known}")]
    UnknownFormat {
        /// `reader` or `writer`.
        role: &'static str,
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// Output could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A writer could not make its format; a fault of fanfold or of a library under it.
    #[error("{format}: {message}")]
    Writer {
        /// The format being written.
        format: &'static str,
        /// What went wrong.
        message: String,
    },
}

/// Makes documents from bytes.
pub trait Reader: Send + Sync {
    /// What it reads.
    fn format(&self) -> Format;

    /// How sure it is, from 0 to 100, that input that starts with `head` (at most 4 KiB, decoded)
    /// is of its format.
    fn detect(&self, _head: &str) -> u8 {
        0
    }

    /// Reads a whole input. Recovers and reports; an error only for input that is not this format
    /// at all, or over a limit.
    fn read(&self, source: &[u8], cx: &mut Context<'_>) -> Result<Document, Error>;
}

/// Makes bytes from documents.
pub trait Writer: Send + Sync {
    /// What it writes.
    fn format(&self) -> Format;

    /// Writes a whole document: the same bytes for the same document, in any order, on any
    /// thread, in any process.
    fn write(&self, document: &Document, out: &mut dyn io::Write, cx: &mut Context<'_>) -> Result<(), Error>;
}

/// The readers and writers of a program: a value that its owner builds, no global.
#[derive(Clone, Default)]
pub struct Registry {
    readers: Vec<Arc<dyn Reader>>,
    writers: Vec<Arc<dyn Writer>>,
}

impl Registry {
    /// A registry without any reader or writer.
    pub fn empty() -> Self {
        Registry::default()
    }

    /// Adds a reader; it comes before earlier ones of the same name.
    pub fn with_reader(mut self, reader: impl Reader + 'static) -> Self {
        self.readers.insert(0, Arc::new(reader));
        self
    }

    /// Adds a writer; it comes before earlier ones of the same name.
    pub fn with_writer(mut self, writer: impl Writer + 'static) -> Self {
        self.writers.insert(0, Arc::new(writer));
        self
    }

    /// The readers, the latest registration first.
    pub fn readers(&self) -> impl Iterator<Item = &dyn Reader> {
        self.readers.iter().map(|r| &**r)
    }

    /// The writers, the latest registration first.
    pub fn writers(&self) -> impl Iterator<Item = &dyn Writer> {
        self.writers.iter().map(|w| &**w)
    }

    /// The reader of a name or alias.
    pub fn reader(&self, name: &str) -> Result<&dyn Reader, Error> {
        self.readers().find(|r| r.format().is_named(name)).ok_or_else(|| Error::UnknownFormat {
            role: "reader",
            name: name.to_owned(),
            known: names(self.readers().map(|r| r.format())),
        })
    }

    /// The writer of a name or alias.
    pub fn writer(&self, name: &str) -> Result<&dyn Writer, Error> {
        self.writers().find(|w| w.format().is_named(name)).ok_or_else(|| Error::UnknownFormat {
            role: "writer",
            name: name.to_owned(),
            known: names(self.writers().map(|w| w.format())),
        })
    }
}

fn names(formats: impl Iterator<Item = Format>) -> String {
    let mut names: Vec<_> = formats.map(|f| f.name).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}
