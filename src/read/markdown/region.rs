//! What stands in the place of what the parser does not know, and how it is put there.

use super::attributes::{self, Attributes};
use super::drawn::Drawn;
use super::place::Place;
use crate::model::{Aside, NumberStyle, Span};
use std::ops::Range;

/// Stands for a colon that begins no definition.
pub(super) const COLON: char = '\u{3}';

/// Stands for each byte that is left out.
pub(super) const NOTHING: char = '\u{2}';

/// What the parser does not know.
pub(super) enum Region {
    /// A division begins: the line that says so, and what it is.
    Open(Span, Division),
    /// One ends.
    Close(Span),
    /// Stands only for the parser.
    Nothing,
    /// An item of a list with its own kind of number.
    Item(u32, NumberStyle),
    /// TeX, and whether it is a formula.
    Tex(Span, bool),
    /// A line of HTML.
    Html(Span),
    /// A table that is drawn with lines.
    Table(Box<Drawn>),
}

impl Region {
    /// The region of a text that stands at a place of the source.
    pub fn moved(self, place: &Place) -> Region {
        match self {
            Region::Open(span, division) => {
                let title = division.title.map(|title| place.moved(title));
                Region::Open(place.moved(span), Division { title, ..division })
            }
            Region::Close(span) => Region::Close(place.moved(span)),
            Region::Tex(span, formula) => Region::Tex(place.moved(span), formula),
            Region::Html(span) => Region::Html(place.moved(span)),
            Region::Table(drawn) => Region::Table(Box::new(drawn.moved(place))),
            Region::Nothing | Region::Item(..) => self,
        }
    }
}

/// What a division is.
#[derive(Default)]
pub(super) struct Division {
    pub role: Option<Aside>,
    pub title: Option<Span>,
    /// Words that stand for a title where there is none.
    pub named: Option<String>,
    pub attributes: Attributes,
}

/// Edits of a text, each as long as what it replaces.
pub(super) struct Edits<'t> {
    pub text: &'t str,
    /// Where code and HTML stand, in order.
    pub kept: Vec<Range<usize>>,
    pub edits: Vec<(usize, Vec<u8>)>,
}

impl Edits<'_> {
    /// Whether a place is in code or HTML.
    pub fn is_kept(&self, at: usize) -> bool {
        let after = self.kept.partition_point(|range| range.start <= at);
        after > 0 && self.kept[after - 1].end > at
    }

    /// Writes something over a range; what is left of it becomes spaces.
    pub fn put(&mut self, range: Range<usize>, sign: &str) {
        let mut bytes = sign.as_bytes().to_vec();
        bytes.resize(range.len().max(sign.len()), b' ');
        self.edits.push((range.start, bytes));
    }

    pub fn done(self) -> Option<String> {
        if self.edits.is_empty() {
            return None;
        }
        let mut out = self.text.as_bytes().to_vec();
        for (at, bytes) in self.edits {
            out[at..at + bytes.len()].copy_from_slice(&bytes);
        }
        String::from_utf8(out).ok()
    }
}

/// Lines of a text with their offsets, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// The attributes at the start of a text, where it has some.
pub(super) fn leading(text: &str) -> Option<Attributes> {
    attributes::parse(text).filter(|found| found.raw.is_none())
}
