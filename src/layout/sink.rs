//! Where pages go.

use super::page;
use crate::format::Error;

/// Takes pages as they are finished.
pub trait PageSink {
    /// Takes a page and its number, counted from 0. Pages come in order but for those of the table of contents,
    /// which come last.
    ///
    /// # Errors
    /// When the page can't be taken; typesetting ends with that error.
    fn page(&mut self, number: usize, page: page::Page) -> Result<(), Error>;
}
