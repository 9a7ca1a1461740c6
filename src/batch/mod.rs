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
mod gone;
mod hash;
mod images;
mod manifest;
mod members;
mod name;
mod output;
mod pipe;
mod resources;
mod run;
mod shard;
mod source;
mod window;
mod worker;

pub use document::Handed;
pub use entry::{Content, Entry, Found};
pub use hash::digest;
pub use images::Images;
pub use manifest::{Output as WrittenOutput, Row, Source, Status};
pub use name::Layout;
pub use output::Output;
pub use pipe::Pipe;
pub use resources::Resources;
pub use run::{Batch, Event, Summary};
pub use shard::Shard;
pub use source::{Sources, Visit};
pub use worker::Watch;

use std::fs::File;
use std::io;
use std::path::Path;

/// Opens a file to read. A pipe or a device is refused before it is opened, for it might never answer,
/// unless the process was given it open, as a shell does for `<(command)`.
///
/// # Errors
/// When it can't be opened, and for a folder, a pipe or a device.
pub fn open(path: &Path) -> io::Result<File> {
    let meta = std::fs::metadata(path)?;
    let given = ["/dev/stdin", "/dev/fd", "/proc/self/fd"].iter().any(|open| path.starts_with(open));
    match meta.is_file() || given {
        true => File::open(path),
        false if meta.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        false => Err(io::Error::other("it is a pipe or a device, and no file")),
    }
}

/// Why an operation failed, in plain words and without the system's error number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => "permission denied".into(),
        io::ErrorKind::StorageFull => "no space is left on the device".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".into(),
        io::ErrorKind::NotADirectory => "a part of the path is not a folder".into(),
        _ => error.to_string(),
    }
}
