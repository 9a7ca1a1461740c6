//! Many documents in one run.
//!
//! ```text
//! sources ─▶ entries ─▶ [ read, transform, write every format ] ─▶ outputs, manifest
//!  one thread              as many threads as asked for             in order where order shows
//! ```
//!
//! The pipeline is bounded: however many documents there are, only a few are in memory. A document
//! that fails, or that makes a part of fanfold panic, is that document's failure alone. What is
//! written depends on the sources and the options, never on the number of threads or on who was
//! first. The [manifest](Row) tells of every document; with it a run goes on where an earlier one
//! was stopped, even by a loss of power.
//!
//! This part of the crate reads and writes files; the rest of the library does not.
//!
//! ```no_run
//! use fanfold::batch::{Batch, Output, Settings, Sources};
//! use fanfold::convert::Converter;
//!
//! let settings = Settings::new(Converter::default(), &["text", "epub"])?;
//! let registry = settings.converter.registry();
//! let sources = Sources::new(vec!["articles".into()], registry, false, &[], &[])?;
//! let batch = Batch::new(settings, sources, Output::Folder("books".into()));
//! let summary = batch.run(&mut |_| {})?;
//! println!("{} done, {} failed", summary.done, summary.failed);
//! # Ok::<(), String>(())
//! ```

mod deadline;
mod document;
mod entry;
mod hash;
mod images;
mod manifest;
mod name;
mod output;
mod pipe;
mod run;
mod shard;
mod source;
mod window;
mod worker;

pub use deadline::Deadline;
pub use document::Reading;
pub use entry::{Content, Entry, Found};
pub use hash::digest;
pub use images::Images;
pub use manifest::{Output as WrittenOutput, Row, Source, Status};
pub use name::Layout;
pub use output::Output;
pub use pipe::Pipe;
pub use run::{Batch, Event, Summary};
pub use shard::Shard;
pub use source::{Sources, Visit};

use crate::account::Totals;
use crate::convert::Converter;
use crate::diagnostic::Diagnostic;
use crate::format::Format;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Says of a diagnostic whether it fails its document.
pub type Deny = Arc<dyn Fn(&Diagnostic) -> bool + Send + Sync>;

/// Says of a document's account whether so much may be lost.
pub type Allows = Arc<dyn Fn(Totals) -> bool + Send + Sync>;

/// How each document is converted.
#[derive(Clone)]
pub struct Settings {
    /// Reads and writes, within its limits.
    pub converter: Converter,
    /// The format of documents whose source does not say; otherwise name and content decide.
    pub from: Option<String>,
    /// The formats to write.
    pub formats: Vec<Format>,
    /// Most bytes of one output.
    pub output_bytes: usize,
    /// Longest time for one document. One that takes longer fails, and its thread is left behind.
    pub time: Option<Duration>,
    /// Which diagnostics fail a document.
    pub deny: Deny,
    /// Whether so much of a document may be lost; without it no account is kept.
    pub allows: Option<Allows>,
    /// Stands for all options that change outputs: work done under other options is done again.
    pub options: String,
}

impl Settings {
    /// Defaults, for these formats.
    ///
    /// # Errors
    /// When a format has no writer.
    pub fn new(converter: Converter, formats: &[&str]) -> Result<Self, String> {
        let format = |name: &&str| converter.registry().writer(name).map(|w| w.format());
        let formats = formats.iter().map(format).collect::<Result<_, _>>().map_err(|e| e.to_string())?;
        Ok(Settings {
            converter,
            from: None,
            formats,
            output_bytes: 1 << 30,
            time: None,
            deny: Arc::new(|_| false),
            allows: None,
            options: String::new(),
        })
    }

    /// A hash of everything but its bytes that decides what becomes of a document.
    fn key(&self, entry: &Entry) -> String {
        let formats: Vec<_> = self.formats.iter().map(|f| f.name).collect();
        let parts = serde_json::json!([
            env!("CARGO_PKG_VERSION"),
            self.options,
            self.from,
            formats,
            entry.title,
            entry.format,
            entry.meta,
        ]);
        hash::hex(parts.to_string().as_bytes())
    }
}

/// Why an operation failed, in plain words and without the system's error number.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => "permission denied".into(),
        io::ErrorKind::StorageFull => "no space is left on the device".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".into(),
        io::ErrorKind::NotADirectory => "a part of the path is not a folder".into(),
        _ => error.to_string(),
    }
}
