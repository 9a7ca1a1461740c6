//! Who finds the bytes of images, and why they can't be had.

use crate::diagnostic::Remedy;
use crate::input::files::reason;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// Finds the bytes of an image by the address that the source gives.
///
/// A loader decides what may be read: [`Files`](super::asset::Files) in a folder, a map in memory, or one of your own. Without
/// one, nothing is read; fanfold itself never opens a file or a connection.
pub trait Loader {
    /// The bytes at `source`: all of them, or when there are more than `limit`, at least one more
    /// than that.
    ///
    /// # Errors
    /// Why there are none, without the address.
    fn load(&self, source: &str, limit: usize) -> Result<Vec<u8>, LoadError>;

    /// The bytes of a text that a document wants to have in it, in the same way. None is read unless a loader
    /// has it so: whoever wrote the document would choose which.
    ///
    /// # Errors
    /// Why there are none, without the name.
    fn text(&self, _name: &str, _limit: usize) -> Result<Vec<u8>, LoadError> {
        Err(LoadError::Outside)
    }
}

/// Images in memory, by the addresses that sources use.
///
/// ```
/// use fanfold::{Converter, diagnostic::Ignore, format::{ReadContext, Limits}};
/// use std::collections::BTreeMap;
///
/// let images = BTreeMap::from([("dot.gif".to_owned(), b"GIF89a...".to_vec())]);
/// let (limits, mut sink) = (Limits::default(), Ignore);
/// let mut cx = ReadContext::new("cat.md", &limits, &mut sink).with_loader(&images);
/// let document = Converter::default().read(b"![A dot](dot.gif)", None, &mut cx)?;
/// assert_eq!(document.assets["dot.gif"].media_type, "image/gif");
/// # Ok::<(), fanfold::format::Error>(())
/// ```
impl Loader for BTreeMap<String, Vec<u8>> {
    fn load(&self, source: &str, _: usize) -> Result<Vec<u8>, LoadError> {
        self.get(source).cloned().ok_or(LoadError::NotFound)
    }
}

/// Why an image can't be had or can't be shown. Messages are without its address, which whoever asks for
/// it names.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// Nothing loads images here.
    #[error("images are not loaded here")]
    NoLoader,
    /// None has that address.
    #[error("there is none of that name")]
    NotFound,
    /// Its address leads out of what may be read.
    #[error("it lies outside of what may be read")]
    Outside,
    /// Its address is one of the network.
    #[error("images are not fetched from the network")]
    Network,
    /// Its file can't be read.
    #[error("{}", reason(.source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It has more bytes than one image may have.
    #[error("it has more than {limit} bytes")]
    Bytes {
        /// The limit.
        limit: usize,
    },
    /// With it, the images of the document have more bytes than they may have together.
    #[error("with it, images have more than {limit} bytes")]
    TotalBytes {
        /// The limit.
        limit: usize,
    },
    /// It has more pixels than one image may have.
    #[error("it has more than {limit} pixels")]
    Pixels {
        /// The limit.
        limit: usize,
    },
    /// Anything else, in words.
    #[error("{0}")]
    Other(Cow<'static, str>),
}

impl LoadError {
    /// What to set against it.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            LoadError::Bytes { .. } => Some(Remedy::ImageBytes),
            LoadError::TotalBytes { .. } => Some(Remedy::TotalImageBytes),
            LoadError::Pixels { .. } => Some(Remedy::ImagePixels),
            LoadError::Outside => Some(Remedy::Root),
            LoadError::Network => Some(Remedy::MediaMap),
            _ => None,
        }
    }
}

impl From<&'static str> for LoadError {
    fn from(message: &'static str) -> Self {
        LoadError::Other(message.into())
    }
}

impl From<String> for LoadError {
    fn from(message: String) -> Self {
        LoadError::Other(message.into())
    }
}
