//! One document from bytes to bytes, whatever happens on the way.
//!
//! A [`Job`] reads once, writes every format that its [`Settings`] name, keeps account where one is
//! wanted, ends when the time is over, holds back what its [`Gate`] does not let pass, and makes of
//! a panic the failure of its own document. It touches no files: bytes come in, bytes go out.
//!
//! ```
//! use fanfold::{Converter, job::{Job, Settings}};
//!
//! let settings = Settings::new(Converter::default(), &["text", "json"])?;
//! let done = Job::new("cat.txt", b"= Cat =\n\nA small animal.\n").run(&settings, &mut Vec::new());
//! assert!(done.failure.is_none());
//! let (text, bytes) = &done.outputs[0];
//! assert_eq!((text.name, bytes.as_ref().unwrap().is_empty()), ("text", false));
//! # Ok::<(), fanfold::format::Error>(())
//! ```

mod deadline;
mod failure;
mod gate;
mod own;
mod settings;

#[cfg(feature = "batch")]
pub(crate) use deadline::patience;
pub use failure::Failure;
pub use gate::{Gate, MaxLoss};
#[doc(hidden)]
pub use settings::Choose;
pub use settings::{Settings, Stop};

use crate::account::{Account, Ledger};
use crate::asset::Loader;
use crate::diagnostic::{Sink, Wording};
use crate::format::{Error, Format, ReadContext};
use crate::model::{Document, Meta};
use deadline::Deadline;
use gate::Watched;
use settings::Limited;
#[cfg(feature = "batch")]
pub(crate) use settings::Loaders;
#[cfg(not(feature = "batch"))]
use settings::Loaders;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A document to convert.
#[derive(Clone)]
pub struct Job<'a> {
    name: &'a str,
    source: &'a [u8],
    title: Option<&'a str>,
    from: Option<&'a str>,
    meta: Option<&'a Meta>,
    loader: Option<&'a dyn Loader>,
}

impl<'a> Job<'a> {
    /// A document by its name, a path or `-`, and its bytes.
    pub fn new(name: &'a str, source: &'a [u8]) -> Self {
        Job { name, source, title: None, from: None, meta: None, loader: None }
    }

    /// The title by which a collection knows it.
    pub fn title(self, title: Option<&'a str>) -> Self {
        Job { title, ..self }
    }

    /// The format that a collection says it has; it goes before that of the settings.
    pub fn from(self, from: Option<&'a str>) -> Self {
        Job { from, ..self }
    }

    /// What else a collection says of it.
    pub fn meta(self, meta: &'a Meta) -> Self {
        Job { meta: Some(meta), ..self }
    }

    /// Finds its images; without one, none is loaded.
    pub fn loader(self, loader: Option<&'a dyn Loader>) -> Self {
        Job { loader, ..self }
    }

    /// Reads the document and writes every format; without formats it is only read.
    pub fn run(&self, settings: &Settings, sink: &mut dyn Sink) -> Done {
        let known = self.meta.map(|meta| settings.converter.knowing(meta));
        let converter = known.as_ref().unwrap_or(&settings.converter);
        let from = self.from.or(settings.from.as_deref());
        self.make(settings, sink, |cx| converter.read(self.source, from, cx))
    }

    #[doc(hidden)]
    /// Writes a document that is made otherwise than by reading the source, such as a book.
    pub fn make(
        &self,
        settings: &Settings,
        sink: &mut dyn Sink,
        make: impl FnOnce(&mut ReadContext<'_>) -> Result<Document, Error>,
    ) -> Done {
        let mut watched = Watched::new(&settings.gate, sink);
        // What a panic leaves half done is dropped with the document; the converter is not changed
        // by converting.
        let result = catch_unwind(AssertUnwindSafe(|| self.done(settings, &mut watched, make)));
        let mut done = result.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Done::failed(Failure::Panic(text.unwrap_or("of unknown cause").to_owned()))
        });
        done.failure = done.failure.or(watched.denied);
        done
    }

    fn done(
        &self,
        settings: &Settings,
        sink: &mut Watched<'_>,
        make: impl FnOnce(&mut ReadContext<'_>) -> Result<Document, Error>,
    ) -> Done {
        let deadline = settings.time.map(Deadline::after);
        let asked = || settings.stop.as_ref().and_then(|stop| stop());
        let late = || deadline.and_then(|deadline| deadline.passed());
        let stop = || asked().or_else(|| late().map(|late| late.to_string()));
        // Who stopped it: what is answered once is answered ever after.
        let stopped = |error| match asked() {
            None => late().unwrap_or(Failure::Error(error)),
            Some(_) => Failure::Error(error),
        };
        let mut ledger = settings.keeps_account().then(Ledger::default);
        let cx = settings.converter.read_context(self.name, sink).with_title(self.title);
        let cx = cx.with_encoding(settings.encoding.as_deref());
        let mut cx = cx.with_ledger(ledger.as_mut()).with_stop(&stop);
        let loaders = Loaders { own: self.loader, further: settings.loader.as_deref() };
        if loaders.own.is_some() || loaders.further.is_some() {
            cx = cx.with_loader(&loaders);
        }
        let made = make(&mut cx).map(|mut document| {
            let own = own::taken(&mut document, settings, &mut cx);
            (document, own)
        });
        let mut done = Done { ledger, ..Done::default() };
        let (document, own) = match made {
            Ok(made) => made,
            Err(error @ Error::Stopped { .. }) => return Done { failure: Some(stopped(error)), ..done },
            Err(error) => return Done { failure: Some(Failure::Error(error)), ..done },
        };
        let totals = done.account().map(Account::totals);
        if let Some(totals) = totals.filter(|totals| !settings.gate.allows(*totals)) {
            return Done { failure: Some(Failure::Lost(totals)), document: Some(document), ..done };
        }
        let converter = own.as_ref().unwrap_or(&settings.converter);
        for format in &settings.formats {
            sink.next_step();
            let mut out = Limited { bytes: Vec::new(), limit: settings.output_bytes };
            let cx = converter.write_context(self.name, sink);
            let mut cx = cx.with_stop(&stop).with_threads(settings.threads);
            if !self.source.is_empty() {
                cx = cx.with_source(self.source);
            }
            match converter.write(&document, format.name, &mut out, &mut cx) {
                Ok(()) => done.outputs.push((*format, Ok(out.bytes))),
                // What one format stopped, the others are not to begin.
                Err(error @ Error::Stopped { .. }) => {
                    done.failure = Some(stopped(error));
                    break;
                }
                Err(error) => done.outputs.push((*format, Err(error))),
            }
        }
        Done { document: Some(document), ..done }
    }
}

/// What became of a document.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Done {
    /// What was read; none when it could not be.
    pub document: Option<Document>,
    /// What was made of it, by format: nothing of it is to be kept when there is a
    /// [failure](Self::failure).
    pub outputs: Vec<(Format, Result<Vec<u8>, Error>)>,
    /// Why the document failed as a whole.
    pub failure: Option<Failure>,
    ledger: Option<Ledger>,
}

impl Done {
    fn failed(failure: Failure) -> Self {
        Done { failure: Some(failure), ..Done::default() }
    }

    /// What became of the source's bytes, where account was kept.
    pub fn account(&self) -> Option<&Account> {
        self.ledger.as_ref().and_then(Ledger::account)
    }

    /// Why anything asked for is not there, in words.
    pub fn fault(&self) -> Option<String> {
        self.fault_in(|remedy| remedy.to_string())
    }

    /// The same, with remedies in these words.
    pub(crate) fn fault_in(&self, wording: Wording) -> Option<String> {
        let mut outputs = self.outputs.iter().filter_map(|(_, made)| made.as_ref().err());
        match &self.failure {
            Some(failure) if !matches!(failure, Failure::Denied(_)) => Some(failure.text(wording)),
            denied => {
                let first = outputs.next().map(|error| error.text(wording));
                first.or(denied.as_ref().map(|denied| denied.text(wording)))
            }
        }
    }
}
