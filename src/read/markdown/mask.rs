//! What the parser does not know: it is given a text of the same length, in which something that it
//! does know stands at these places. Regions say what was there.

use super::attributes::{self, Attributes};
use super::dialect::Dialect;
use super::{comment, example, fence, formula};
use crate::model::{Aside, NumberStyle, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Stands for a dollar that is no sign of a formula; in no text, for it is removed from all.
const DOLLAR: char = '\u{1}';
/// Stands for a colon that begins no definition.
pub(super) const COLON: char = '\u{3}';
/// Stands for each byte that is left out.
pub(super) const NOTHING: char = '\u{2}';

/// A text as the parser is to have it.
pub(super) struct Masked<'t> {
    pub text: Cow<'t, str>,
    /// What stands at places of the source.
    pub regions: BTreeMap<u32, Region>,
    /// Comments, which are left out.
    pub comments: Vec<Span>,
    /// What looks like mark-up and is not whole.
    pub kept: Vec<(Span, &'static str)>,
    /// The numbers of examples by their labels.
    pub examples: BTreeMap<String, u32>,
}

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

    fn done(self) -> Option<String> {
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

/// The text as the parser is to have it. `start`: where it begins in the source.
pub(super) fn masked(text: &str, start: usize, dialect: Dialect) -> Masked<'_> {
    let mut masked = Masked {
        text: text.into(),
        regions: BTreeMap::new(),
        comments: Vec::new(),
        kept: Vec::new(),
        examples: BTreeMap::new(),
    };
    let options = dialect.options();
    if text.contains([DOLLAR, NOTHING, COLON]) {
        return masked;
    }
    let (others, fences) = (dialect == Dialect::Any, dialect.pandoc());
    if others && let Some(out) = fence::admonitions(text, start, &mut masked.regions) {
        masked.text = out.into();
    }
    let math = options.contains(Options::ENABLE_MATH);
    let prices = math && formula::may_be_prices(text);
    let bracketed = math && (text.contains("\\(") || text.contains("\\["));
    let fenced = fences && text.contains(":::");
    let commented = dialect.obsidian() && text.contains("%%");
    let numbered = fences && example::may_be_lists(text, dialect);
    if !(prices || bracketed || fenced || commented || numbered) {
        return masked;
    }
    let mut edits = Edits { text: &masked.text, kept: Vec::new(), edits: Vec::new() };
    // With definition lists on, the fence of a division would be read as a definition.
    let options = options - Options::ENABLE_DEFINITION_LIST;
    let mut code = 0usize;
    for (event, range) in Parser::new_ext(edits.text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => code += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => code = code.saturating_sub(1),
            Event::Code(_) | Event::InlineHtml(_) => edits.kept.push(range),
            Event::Text(_) | Event::Html(_) if code > 0 => edits.kept.push(range),
            // No price ends a formula (pandoc's rule).
            Event::InlineMath(_) if text.as_bytes().get(range.end).is_some_and(u8::is_ascii_digit) => {
                edits.put(range.end - 1..range.end, "\u{1}");
            }
            _ => {}
        }
    }
    if bracketed {
        formula::brackets(&mut edits);
    }
    if fenced {
        fence::divisions(&mut edits, start, &mut masked.regions, &mut masked.kept);
    }
    if numbered {
        example::lists(&mut edits, start, dialect, &mut masked.regions, &mut masked.examples);
    }
    if commented {
        comment::comments(&mut edits, start, &mut masked.comments);
    }
    if let Some(out) = edits.done() {
        masked.text = out.into();
    }
    masked
}

/// What stands in the source for a text of the parser's.
pub(super) fn unmasked(text: &str) -> Cow<'_, str> {
    if text.contains([DOLLAR, NOTHING, COLON]) {
        text.replace(DOLLAR, "$").replace(COLON, ":").replace(NOTHING, "").into()
    } else {
        text.into()
    }
}

/// The attributes at the start of a text, where it has some.
pub(super) fn leading(text: &str) -> Option<Attributes> {
    attributes::parse(text).filter(|found| found.raw.is_none())
}
