//! What a source holds: documents, and what is no document but must be recorded.

use super::images::Images;
use crate::asset::Files;
use crate::diagnostic::Remedy;
use crate::model::Meta;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something found in a source.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all of them are documents, and few are alive at once")]
pub(crate) enum Found {
    /// A document to convert.
    Document(Entry),
    /// A page that only leads to another one.
    Redirect {
        /// Its identifier.
        id: String,
        /// Its title.
        title: String,
        /// The title it leads to.
        target: String,
    },
    /// Something that can't be converted as a document, such as a page of program code.
    Skipped {
        /// Its identifier.
        id: String,
        /// Why.
        reason: String,
    },
    /// A source, or a part of one, that can't be read.
    Fault {
        /// The identifier of the part, or the source's name.
        id: String,
        /// What is wrong.
        message: String,
        /// What to set against it.
        remedy: Option<Remedy>,
    },
}

impl Found {
    /// The identifier: by it shards are told apart, names made unique and work resumed.
    pub fn id(&self) -> &str {
        match self {
            Found::Document(Entry { id, .. })
            | Found::Redirect { id, .. }
            | Found::Skipped { id, .. }
            | Found::Fault { id, .. } => id,
        }
    }

    pub(crate) fn fault(id: impl Into<String>, message: impl Into<String>) -> Self {
        Found::Fault { id: id.into(), message: message.into(), remedy: None }
    }

    /// A document over the limit on its bytes.
    pub(crate) fn too_long(id: impl Into<String>, limit: usize) -> Self {
        let message = format!("it is longer than the limit of {limit} bytes");
        Found::Fault { id: id.into(), message, remedy: Some(Remedy::InputBytes) }
    }
}

/// A document as a source knows it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The identifier, unique among the sources: the path, or the source's name, `#` and the
    /// document's own identifier in it.
    pub(crate) id: String,
    /// Where it lies in its source: folders, then the name without its extension.
    pub(crate) path: Vec<String>,
    /// The title by which the source knows it.
    pub(crate) title: Option<String>,
    /// The format, when the source says.
    pub(crate) format: Option<String>,
    /// What else the source says of it.
    pub(crate) meta: Meta,
    /// Where its images are.
    pub(crate) images: Option<Images>,
    /// The document itself.
    pub(crate) content: Content,
}

impl Entry {
    /// A document in a file, known by a name, with its images beside it.
    pub fn file(id: impl Into<String>, file: &Path) -> Self {
        Entry {
            id: id.into(),
            path: file.file_stem().map(|stem| vec![stem.to_string_lossy().into_owned()]).unwrap_or_default(),
            images: Some(Images::Disk(Files::beside(file))),
            content: Content::File(file.to_owned()),
            ..Entry::default()
        }
    }

    /// A document in memory, known by a name and without images of its own.
    pub fn bytes(id: impl Into<String>, bytes: Vec<u8>) -> Self {
        Entry { id: id.into(), ..Entry::default() }.with_bytes(bytes)
    }

    /// The same with these bytes instead of the file's.
    pub fn with_bytes(self, bytes: Vec<u8>) -> Self {
        Entry { content: Content::Bytes(Arc::new(bytes)), ..self }
    }
}

/// The bytes of a document.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// In a file, not read yet.
    File(PathBuf),
    /// In memory, shared with the source that still holds them: they may be a gigabyte.
    Bytes(Arc<Vec<u8>>),
}

impl Default for Content {
    fn default() -> Self {
        Content::Bytes(Arc::default())
    }
}
