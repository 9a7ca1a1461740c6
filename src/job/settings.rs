//! What holds for every document of a run.

use super::Gate;
use crate::asset::{LoadError, Loader};
use crate::convert::Converter;
use crate::diagnostic::Wording;
use crate::format::{Error, Format, ReadContext};
use crate::model::Own;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Asked often whether to end what is under way, and why. What is answered once must be answered ever
/// after.
pub type Stop = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// Makes of the options that a document gives for itself the converter that writes it, and tells which of
/// them it does not take; none where they change nothing.
#[doc(hidden)]
pub type Choose = Arc<dyn Fn(&Own, &mut ReadContext<'_>) -> Option<Converter> + Send + Sync>;

/// How documents are converted.
#[derive(Clone)]
#[non_exhaustive]
pub struct Settings {
    /// Reads and writes, within its limits.
    pub converter: Converter,
    /// The format of documents whose source does not say; otherwise name and content decide.
    pub from: Option<String>,
    /// The encoding of sources, by a [label](crate::decode::encoding); otherwise each tells.
    pub encoding: Option<String>,
    /// The formats to write.
    pub formats: Vec<Format>,
    /// Most bytes of one output: 1 GiB.
    pub output_bytes: usize,
    /// Longest time for one document; one that takes longer fails.
    pub time: Option<Duration>,
    /// Ends what is under way from outside.
    pub stop: Option<Stop>,
    /// What fails a document that could be converted.
    pub gate: Gate,
    /// Finds the images that a document's own loader has not.
    pub loader: Option<Arc<dyn Loader + Send + Sync>>,
    /// Folders whose images any document in a file may show, beside those of its own folder.
    pub roots: Vec<PathBuf>,
    /// Takes the options that a document gives for itself; without it, that they are not taken is told.
    #[doc(hidden)]
    pub own: Option<Choose>,
    /// How remedies are worded where messages are made: in manifests, and in answers of a pipe.
    pub wording: Wording,
    /// How many threads may work on one document: 1.
    pub threads: usize,
    /// Whether account is kept of the source's bytes; it is too where the gate bounds the loss.
    pub account: bool,
}

impl Settings {
    /// Defaults, for these formats.
    ///
    /// # Errors
    /// When a format has no writer.
    pub fn new(converter: Converter, formats: &[&str]) -> Result<Self, Error> {
        let format = |name: &&str| converter.registry().writer(name).map(|w| w.format());
        let formats = formats.iter().map(format).collect::<Result<_, _>>()?;
        Ok(Settings {
            converter,
            from: None,
            encoding: None,
            formats,
            output_bytes: 1 << 30,
            time: None,
            stop: None,
            gate: Gate::default(),
            loader: None,
            roots: Vec::new(),
            own: None,
            wording: |remedy| remedy.to_string(),
            threads: 1,
            account: false,
        })
    }

    pub(super) fn keeps_account(&self) -> bool {
        self.account || self.gate.max_loss.is_some()
    }
}

/// A document's own images, and those for all documents.
pub(crate) struct Loaders<'a> {
    pub own: Option<&'a dyn Loader>,
    pub further: Option<&'a (dyn Loader + Send + Sync)>,
}

impl Loader for Loaders<'_> {
    fn load(&self, source: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        let own = self.own.map_or(Err(LoadError::NoLoader), |own| own.load(source, limit));
        own.or_else(|why| match self.further {
            Some(further) => further.load(source, limit).map_err(|_| why),
            None => Err(why),
        })
    }

    fn text(&self, name: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        self.own.map_or(Err(LoadError::Outside), |own| own.text(name, limit))
    }
}

/// Takes bytes up to a limit.
pub(super) struct Limited {
    pub bytes: Vec<u8>,
    pub limit: usize,
}

impl Write for Limited {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(buffer.len()) > self.limit {
            return Err(io::Error::other(format!("the output is over the limit of {} bytes", self.limit)));
        }
        self.bytes.extend_from_slice(buffer);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
