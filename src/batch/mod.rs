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
//! use fanfold::batch::{Batch, Output, Sources};
//! use fanfold::{Converter, job::Settings};
//!
//! let settings = Settings::new(Converter::default(), &["text", "epub"])?;
//! let registry = settings.converter.registry();
//! let sources = Sources::new(vec!["articles".into()], registry, false, &[], &[])?;
//! let batch = Batch::new(settings, sources, Output::Folder("books".into()));
//! let summary = batch.run(&mut |_| {})?;
//! println!("{} done, {} failed", summary.done, summary.failed);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod document;
mod entry;
mod error;
mod gone;
mod hash;
mod images;
mod manifest;
mod members;
mod name;
mod output;
mod pipe;
mod run;
mod shard;
mod source;
mod window;
mod worker;

#[doc(hidden)]
pub use document::{Handed, Watch};
#[doc(hidden)]
pub use entry::Entry;
pub use error::Error;
#[doc(hidden)]
pub use hash::digest;
pub use manifest::{Row, Source, Status, Written};
pub use name::Naming;
pub use output::Output;
pub use pipe::Pipe;
pub use run::{Batch, Event, Summary};
pub use shard::Shard;
pub use source::Sources;

use crate::input::files::{open, reason};
