//! MediaWiki XML dumps: each page a document.

use super::multistream::Damaged;
use super::page::{self, Site};
use super::{Sources, Visit};
use crate::batch::entry::Found;
use crate::batch::reason;
use crate::mediawiki::{Cutter, Page, Piece};
use std::io::BufRead;
use std::ops::ControlFlow;

impl Sources {
    /// Visits the pages of a dump.
    pub(super) fn dump(&self, bytes: &mut dyn BufRead, id: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let mut cutter = Cutter::new(bytes, self.document_bytes);
        let mut site = Site::default();
        let part = |offset: u64| format!("{id}#@{offset}");
        loop {
            match cutter.next() {
                Ok(Piece::Header(header)) => site = Site::read(&header),
                Ok(Piece::Page { offset, xml }) => {
                    let page = if self.texts { Page::read(&xml) } else { Page::head(&xml) };
                    if let Some(found) = page::found(page, &site, &self.namespaces, id, offset) {
                        visit(found)?;
                    }
                }
                Ok(Piece::Fault { offset, message }) => visit(Found::fault(part(offset), message))?,
                Ok(Piece::End(end)) => {
                    return end
                        .fault()
                        .map_or(ControlFlow::Continue(()), |message| visit(Found::fault(id, message)));
                }
                // Behind a damaged stream of a multistream dump comes the next one.
                Err(error) if error.get_ref().is_some_and(|e| e.is::<Damaged>()) => {
                    visit(Found::fault(part(cutter.offset), reason(&error)))?;
                }
                Err(error) => return visit(Found::fault(id, reason(&error))),
            }
        }
    }
}
