//! An export in pieces, one page after another, never the whole file at once.

use std::io::{self, BufRead, Read};

/// Most bytes before the first page: the wiki's name and namespaces.
const HEADER: usize = 1 << 22;

/// A part of an export.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece {
    /// What the export says of its wiki.
    Header(Vec<u8>),
    /// A page: its place in the export and its XML.
    Page { offset: u64, xml: Vec<u8> },
    /// A page that is lost, and why.
    Fault { offset: u64, message: String },
    /// The end, and how it came.
    End(End),
}

/// How an export ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// After its last page.
    Whole,
    /// Before it said that it does.
    Early,
    /// It never was one.
    NoExport,
}

impl End {
    /// What is wrong, if anything is.
    pub fn fault(self) -> Option<&'static str> {
        match self {
            End::Whole => None,
            End::Early => Some("the dump ends early: '</mediawiki>' is missing"),
            End::NoExport => Some("it is no MediaWiki XML dump"),
        }
    }
}

const PAGE: &[u8] = b"<page>";

/// Cuts an export into pieces.
pub(crate) struct Cutter<R> {
    bytes: R,
    /// Bytes read so far.
    pub offset: u64,
    /// Most bytes of a page.
    limit: usize,
    /// Whether the header was read.
    started: bool,
    /// Whether the first tag of the next page was read already.
    begun: bool,
    /// Whether the end of the dump was seen.
    ended: bool,
}

impl<R: BufRead> Cutter<R> {
    /// A cutter of an export whose pages have at most so many bytes.
    pub fn new(bytes: R, limit: usize) -> Self {
        Cutter { bytes, offset: 0, limit, started: false, begun: false, ended: false }
    }

    /// The next piece.
    ///
    /// # Errors
    /// Those of reading; what comes after may be readable again.
    pub fn next(&mut self) -> io::Result<Piece> {
        if !self.started {
            return self.header();
        }
        // What stands between pages is white space or the end.
        let mut between = Vec::new();
        while !self.begun {
            between.clear();
            if self.through_tag(&mut between)? == 0 {
                return Ok(self.end());
            }
            if between.ends_with(b"</mediawiki>") {
                self.ended = true;
            } else {
                self.begun = between.ends_with(PAGE);
            }
        }
        self.page()
    }

    fn end(&self) -> Piece {
        Piece::End(match (self.started, self.ended) {
            (false, _) => End::NoExport,
            (true, false) => End::Early,
            (true, true) => End::Whole,
        })
    }

    fn header(&mut self) -> io::Result<Piece> {
        let mut header = Vec::new();
        loop {
            if self.through_tag(&mut header)? == 0 {
                return Ok(self.end());
            }
            self.ended = header.ends_with(b"</mediawiki>");
            self.begun = header.ends_with(PAGE);
            if self.ended || self.begun || header.ends_with(b"</siteinfo>") {
                self.started = header.windows(10).any(|w| w == b"<mediawiki");
                return Ok(if self.started { Piece::Header(header) } else { self.end() });
            }
            if header.len() > HEADER {
                return Ok(self.end());
            }
        }
    }

    /// The rest of a page of which the first tag was read.
    fn page(&mut self) -> io::Result<Piece> {
        let offset = self.offset - PAGE.len() as u64;
        self.begun = false;
        let fault = |message: String| Ok(Piece::Fault { offset, message });
        let mut xml = PAGE.to_vec();
        let mut long = false;
        loop {
            if self.through_tag(&mut xml)? == 0 {
                return fault("the dump ends within a page".into());
            }
            if xml.ends_with(b"</page>") {
                return match long {
                    true => fault(format!("the page is longer than the limit of {} bytes", self.limit)),
                    false => Ok(Piece::Page { offset, xml }),
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
    fn through_tag(&mut self, out: &mut Vec<u8>) -> io::Result<usize> {
        let most = self.limit.max(HEADER) as u64;
        let read = (&mut self.bytes).take(most).read_until(b'>', out)?;
        self.offset += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(dump: &[u8], limit: usize) -> Vec<Piece> {
        let mut cutter = Cutter::new(dump, limit);
        let mut pieces = Vec::new();
        while !matches!(pieces.last(), Some(Piece::End(_))) {
            pieces.push(cutter.next().expect("bytes in memory"));
        }
        pieces
    }

    #[test]
    fn a_page_without_end_or_over_the_limit_is_lost_alone() {
        let dump = b"<mediawiki><siteinfo></siteinfo> <page>a</page><page>b<page>c</page>\
            <page>dddddddddddddddddddddddddddd<x>ddddddddddddddd</page><page>e</page></mediawiki>";
        let page = |offset, xml: &str| Piece::Page { offset, xml: xml.into() };
        let [header, a, b, c, d, e, end] = &pieces(dump, 30)[..] else { panic!("{:?}", pieces(dump, 30)) };
        assert!(matches!(header, Piece::Header(_)));
        assert_eq!(*a, page(33, "<page>a</page>"));
        assert!(matches!(b, Piece::Fault { offset: 47, .. }), "{b:?}");
        assert_eq!(*c, page(54, "<page>c</page>"));
        assert!(matches!(d, Piece::Fault { message, .. } if message.contains("limit of 30")), "{d:?}");
        assert!(matches!(e, Piece::Page { .. }));
        assert_eq!(*end, Piece::End(End::Whole));
        assert_eq!(pieces(b"<html><page></page></html>", 30), [Piece::End(End::NoExport)]);
        assert_eq!(pieces(b"<mediawiki><siteinfo></siteinfo>", 30).last(), Some(&Piece::End(End::Early)));
        // Wherever it ends before its last tag, that is told.
        for end in 0..dump.len() {
            let told = |piece: &Piece| matches!(piece, Piece::End(End::Early | End::NoExport));
            assert!(pieces(&dump[..end], 30).iter().any(told), "{end}");
        }
    }
}
