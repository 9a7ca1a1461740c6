//! What the parser does not know: it is given a text of the same length, in which something that it
//! does know stands at these places. Regions say what was there.

use super::cjk_strong::{self, ASTERISK};
use super::dialect::Dialect;
use super::loose_links::{self, QUOTE, SPACE};
use super::region::{COLON, Edits, NOTHING, Region, lines};
use super::{comment, example, fence, formula, tables, tag_lines, tex};
use crate::model::Span;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Stands for a dollar that is no sign of a formula; in no text, for it is removed from all.
const DOLLAR: char = '\u{1}';

/// All that stands for something else.
const STANDING: [char; 6] = [DOLLAR, NOTHING, COLON, SPACE, QUOTE, ASTERISK];

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

/// The text as the parser is to have it. `start`: where it begins in the source; `drawn`: whether tables
/// that are drawn with lines are looked for.
pub(super) fn masked(text: &str, start: usize, dialect: Dialect, drawn: bool) -> Masked<'_> {
    let mut masked = Masked {
        text: text.into(),
        regions: BTreeMap::new(),
        comments: Vec::new(),
        kept: Vec::new(),
        examples: BTreeMap::new(),
    };
    let options = dialect.options();
    if text.contains(STANDING) {
        return masked;
    }
    let (others, fences) = (dialect == Dialect::Any, dialect.pandoc());
    if others && let Some(out) = fence::admonitions(text, start, &mut masked.regions) {
        masked.text = out.into();
    }
    if fences
        && drawn
        && let Some(out) = tables::tables(&masked.text, start, dialect, &mut masked.regions)
    {
        masked.text = out.into();
    }
    if dialect == Dialect::Pandoc && text.contains('<') {
        let mut edits = Edits { text: &masked.text, kept: Vec::new(), edits: Vec::new() };
        tag_lines::tag_lines(&mut edits, start, options, &mut masked.regions);
        if let Some(out) = edits.done() {
            masked.text = out.into();
        }
    }
    let math = options.contains(Options::ENABLE_MATH);
    let prices = math && formula::may_be_prices(text);
    let bracketed = math && (text.contains("\\(") || text.contains("\\["));
    let fenced = fences && text.contains(":::");
    let commented = dialect.obsidian() && text.contains("%%");
    let numbered = fences && example::may_be_lists(text, dialect);
    let environed = fences && text.contains("\\begin{");
    let loose = loose_links::may_be(text, dialect);
    let tildes = dialect == Dialect::Pandoc && text.contains("~ ");
    let strong = cjk_strong::is_in(text, dialect);
    if !(strong || environed || loose || tildes || prices || bracketed || fenced || commented || numbered) {
        return masked;
    }
    let mut edits = Edits { text: &masked.text, kept: Vec::new(), edits: Vec::new() };
    read(&mut edits, dialect);
    if bracketed {
        formula::brackets(&mut edits);
    }
    if strong {
        cjk_strong::strong(&mut edits);
    }
    if loose {
        loose_links::loose_links(&mut edits, dialect);
    }
    if tildes {
        tildes_as_colons(&mut edits);
    }
    if environed {
        tex::environments(&mut edits, start, dialect == Dialect::Pandoc, &mut masked.regions);
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
    // What is indented under an item that the parser did not know as one seemed to be code.
    for _ in 0..if numbered && dialect == Dialect::Pandoc { DEPTH } else { 0 } {
        let mut edits = Edits { text: &masked.text, kept: Vec::new(), edits: Vec::new() };
        read(&mut edits, dialect);
        edits.edits.clear();
        example::lists(&mut edits, start, dialect, &mut masked.regions, &mut masked.examples);
        match edits.done() {
            Some(out) => masked.text = out.into(),
            None => break,
        }
    }
    masked
}

/// Lists in each other whose numbers the parser does not know are read as deep as this.
const DEPTH: usize = 3;

/// Pandoc's definitions begin with a tilde, too.
fn tildes_as_colons(edits: &mut Edits<'_>) {
    for (at, line) in lines(edits.text) {
        let words = line.trim_start_matches(' ');
        let begin = at + line.len() - words.len();
        if words.starts_with("~ ") && begin < at + 4 && !edits.is_kept(begin) {
            edits.put(begin..begin + 1, ":");
        }
    }
}

/// Finds where code and HTML stand, and masks dollars that end no formula.
fn read(edits: &mut Edits<'_>, dialect: Dialect) {
    // With definition lists on, the fence of a division would be read as a definition.
    let options = dialect.options() - Options::ENABLE_DEFINITION_LIST;
    let mut code = 0usize;
    for (event, range) in Parser::new_ext(edits.text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => code += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => code = code.saturating_sub(1),
            Event::Code(_) | Event::InlineHtml(_) | Event::DisplayMath(_) => edits.kept.push(range),
            Event::Text(_) | Event::Html(_) if code > 0 => edits.kept.push(range),
            // No price ends a formula (pandoc's rule).
            Event::InlineMath(_) if edits.text.as_bytes().get(range.end).is_some_and(u8::is_ascii_digit) => {
                edits.put(range.end - 1..range.end, "\u{1}");
            }
            _ => {}
        }
    }
}

/// What stands in the source for a text of the parser's.
pub(super) fn unmasked(text: &str) -> Cow<'_, str> {
    if text.contains(STANDING) {
        let text = text.replace(DOLLAR, "$").replace(COLON, ":").replace(NOTHING, "");
        text.replace(SPACE, " ").replace(QUOTE, "\"").replace(ASTERISK, "*").into()
    } else {
        text.into()
    }
}
