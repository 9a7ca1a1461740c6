//! Why a run can't begin or can't go on.

use crate::input::files::reason;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Why a run can't begin or can't go on. What fails one document is told in its [row](super::Row).
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A glob is badly formed.
    #[error("'{glob}' is no glob: {message}")]
    Glob {
        /// The glob.
        glob: String,
        /// What is wrong with it.
        message: String,
    },
    /// Outputs of two formats would have one name.
    #[error("{first} and {second} would both be written to '.{extension}': make two runs of them")]
    SameName {
        /// One format.
        first: &'static str,
        /// The other one.
        second: &'static str,
        /// The extension of both.
        extension: &'static str,
    },
    /// The name of an archive says of no kind that is written.
    #[error("'{}' is neither .zip nor .tar", .path.display())]
    UnknownArchive {
        /// The archive.
        path: PathBuf,
    },
    /// Another run has the manifest.
    #[error("another run is writing '{}'", .path.display())]
    Locked {
        /// The manifest.
        path: PathBuf,
    },
    /// Something that is no file is where the manifest belongs.
    #[error("'{}' is in the way: it is no file of its own", .path.display())]
    InTheWay {
        /// The manifest's path.
        path: PathBuf,
    },
    /// A file or folder can't be used.
    #[error("'{}': {}", .path.display(), reason(.source))]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: Arc<io::Error>,
    },
    /// Standard input, an output that is a stream, or a thread can't be had.
    #[error("{}", reason(.source))]
    Io {
        /// What the system says.
        source: Arc<io::Error>,
    },
    /// Who is to take the [documents](super::Output::Handed) is gone.
    #[doc(hidden)]
    #[error("nobody takes the documents")]
    NoReceiver,
    /// So many documents took too long and can't be stopped.
    #[error("{count} documents that took too long can't be stopped")]
    Unstoppable {
        /// How many.
        count: usize,
    },
}

impl Error {
    /// An error about a file or folder.
    pub(crate) fn file(path: impl Into<PathBuf>, source: io::Error) -> Self {
        Error::File { path: path.into(), source: Arc::new(source) }
    }
}

#[doc(hidden)]
impl From<io::Error> for Error {
    fn from(source: io::Error) -> Self {
        Error::Io { source: Arc::new(source) }
    }
}
