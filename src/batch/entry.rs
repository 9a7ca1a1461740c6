//! What a source holds: documents, and what is no document but must be recorded.

use super::images::Images;
use crate::model::Meta;
use std::path::{Path, PathBuf};

/// Something found in a source.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all of them are documents, and few are alive at once")]
#[non_exhaustive]
pub enum Found {
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
        Found::Fault { id: id.into(), message: message.into() }
    }
}

/// A document as a source knows it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Entry {
    /// The identifier, unique among the sources: the path, or the source's name, `#` and the
    /// document's own identifier in it.
    pub id: String,
    /// Where it lies in its source: folders, then the name without its extension.
    pub path: Vec<String>,
    /// The title by which the source knows it.
    pub title: Option<String>,
    /// The format, when the source says.
    pub format: Option<String>,
    /// What else the source says of it.
    pub meta: Meta,
    /// Where its images are.
    pub images: Option<Images>,
    /// The document itself.
    pub content: Content,
}

impl Entry {
    /// A document in a file, known by a name, with its images beside it.
    pub fn file(id: impl Into<String>, file: &Path) -> Self {
        Entry {
            id: id.into(),
            path: file.file_stem().map(|stem| vec![stem.to_string_lossy().into_owned()]).unwrap_or_default(),
            images: Some(Images::beside(file)),
            content: Content::File(file.to_owned()),
            ..Entry::default()
        }
    }
}

/// The bytes of a document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Content {
    /// In a file, not read yet.
    File(PathBuf),
    /// In memory.
    Bytes(Vec<u8>),
}

impl Default for Content {
    fn default() -> Self {
        Content::Bytes(Vec::new())
    }
}
