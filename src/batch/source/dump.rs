//! MediaWiki XML dumps.
//!
//! A dump is cut into pages before any XML is understood: `<page>` and `</page>` can't stand in
//! the text of a page, where `<` is written `&lt;`. So a page that is badly formed is lost alone,
//! and reading goes on at the next.

use super::multistream::Damaged;
use super::page::{self, Site};
use super::{Sources, Visit};
use crate::batch::entry::Found;
use crate::batch::reason;
use std::io::BufRead;
use std::ops::ControlFlow;

/// Bytes before the first page: the wiki's name and namespaces.
const HEADER: usize = 1 << 22;

impl Sources {
    /// Visits the pages of a dump.
    pub(super) fn dump(&self, bytes: &mut dyn BufRead, id: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let mut cutter = Cutter {
            bytes,
            offset: 0,
            limit: self.document_bytes,
            started: false,
            begun: false,
            ended: false,
        };
        let mut site = Site::default();
        loop {
            match cutter.next() {
                Piece::Header(header) => site = Site::read(&header),
                Piece::Page { offset, xml } => {
                    if let Some(found) = page::read(&xml, &site, &self.namespaces, id, offset) {
                        visit(found)?;
                    }
                }
                Piece::Fault { offset, message } => visit(Found::fault(format!("{id}#@{offset}"), message))?,
                Piece::End if !cutter.started => {
                    return visit(Found::fault(id, "it is no MediaWiki XML dump"));
                }
                Piece::End if !cutter.ended => {
                    return visit(Found::fault(id, "the dump ends early: '</mediawiki>' is missing"));
                }
                Piece::End => return ControlFlow::Continue(()),
                Piece::Broken(message) => return visit(Found::fault(id, message)),
            }
        }
    }
}

/// A part of a dump.
#[derive(Debug, PartialEq)]
enum Piece {
    Header(Vec<u8>),
    Page {
        offset: u64,
        xml: Vec<u8>,
    },
    Fault {
        offset: u64,
        message: String,
    },
    /// Nothing more can be read, because of an error.
    Broken(String),
    End,
}

const PAGE: &[u8] = b"<page>";

struct Cutter<'r> {
    bytes: &'r mut dyn BufRead,
    /// Bytes read so far.
    offset: u64,
    /// Most bytes of a page.
    limit: usize,
    /// Whether the header was read.
    started: bool,
    /// Whether the first tag of the next page was read already.
    begun: bool,
    /// Whether the end of the dump was seen.
    ended: bool,
}

impl Cutter<'_> {
    fn next(&mut self) -> Piece {
        if !self.started {
            return self.header();
        }
        // What stands between pages is white space or the end.
        let mut between = Vec::new();
        while !self.begun {
            between.clear();
            match self.through_tag(&mut between) {
                Ok(0) => return Piece::End,
                Ok(_) if between.ends_with(b"</mediawiki>") => self.ended = true,
                Ok(_) => self.begun = between.ends_with(PAGE),
                Err(error) => return self.broken(&error),
            }
        }
        self.page()
    }

    fn header(&mut self) -> Piece {
        let mut header = Vec::new();
        loop {
            match self.through_tag(&mut header) {
                Ok(0) => return Piece::End,
                Ok(_) => {}
                Err(error) => return self.broken(&error),
            }
            self.ended = header.ends_with(b"</mediawiki>");
            self.begun = header.ends_with(PAGE);
            if self.ended || self.begun || header.ends_with(b"</siteinfo>") {
                self.started = header.windows(10).any(|w| w == b"<mediawiki");
                return if self.started { Piece::Header(header) } else { Piece::End };
            }
            if header.len() > HEADER {
                return Piece::End;
            }
        }
    }

    /// The rest of a page of which the first tag was read.
    fn page(&mut self) -> Piece {
        let offset = self.offset - PAGE.len() as u64;
        self.begun = false;
        let fault = |message: String| Piece::Fault { offset, message };
        let mut xml = PAGE.to_vec();
        let mut long = false;
        loop {
            match self.through_tag(&mut xml) {
                Ok(0) => return fault("the dump ends within a page".into()),
                Ok(_) => {}
                Err(error) => return self.broken(&error),
            }
            if xml.ends_with(b"</page>") {
                return match long {
                    true => fault(format!("the page is longer than the limit of {} bytes", self.limit)),
                    false => Piece::Page { offset, xml },
                };
            }
            if xml.ends_with(PAGE) {
                self.begun = true;
                return fault("the page has no end; another begins in it".into());
            }
            if xml.len() > self.limit {
                // A tag may lie across the cut.
                xml.drain(..xml.len().saturating_sub(16));
                long = true;
            }
        }
    }

    /// Reads to the end of a tag, or as far as a page may go: so a text without tags stays within
    /// bounds too.
    fn through_tag(&mut self, out: &mut Vec<u8>) -> std::io::Result<usize> {
        use std::io::Read;
        let most = self.limit.max(HEADER) as u64;
        let read = (&mut self.bytes).take(most).read_until(b'>', out)?;
        self.offset += read as u64;
        Ok(read)
    }

    /// An error of reading. Behind a damaged stream of a multistream dump comes the next one.
    fn broken(&mut self, error: &std::io::Error) -> Piece {
        let message = reason(error);
        if error.get_ref().is_some_and(|e| e.is::<Damaged>()) {
            return Piece::Fault { offset: self.offset, message };
        }
        Piece::Broken(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(mut dump: &[u8], limit: usize) -> Vec<Piece> {
        let mut cutter =
            Cutter { bytes: &mut dump, offset: 0, limit, started: false, begun: false, ended: false };
        let mut pieces = Vec::new();
        loop {
            match cutter.next() {
                Piece::End => return pieces,
                piece => pieces.push(piece),
            }
        }
    }

    #[test]
    fn a_page_without_end_or_over_the_limit_is_lost_alone() {
        let dump = b"<mediawiki><siteinfo></siteinfo> <page>a</page><page>b<page>c</page>\
            <page>dddddddddddddddddddddddddddd<x>ddddddddddddddd</page><page>e</page></mediawiki>";
        let page = |offset, xml: &str| Piece::Page { offset, xml: xml.into() };
        let [header, a, b, c, d, e] = &pieces(dump, 30)[..] else { panic!("{:?}", pieces(dump, 30)) };
        assert!(matches!(header, Piece::Header(_)));
        assert_eq!(*a, page(33, "<page>a</page>"));
        assert!(matches!(b, Piece::Fault { offset: 47, .. }), "{b:?}");
        assert_eq!(*c, page(54, "<page>c</page>"));
        assert!(matches!(d, Piece::Fault { message, .. } if message.contains("limit of 30")), "{d:?}");
        assert!(matches!(e, Piece::Page { .. }));
        assert_eq!(pieces(b"<html><page></page></html>", 30), []);
    }
}
