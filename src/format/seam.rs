//! What a reader and a writer are.

use super::{Error, Format, ReadContext, WriteContext};
use crate::model::Document;
use std::io;

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
    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error>;
}

/// Makes bytes from documents.
pub trait Writer: Send + Sync {
    /// What it writes.
    fn format(&self) -> Format;

    /// Writes a whole document: the same bytes for the same document, in any order, on any
    /// thread, in any process.
    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error>;
}
