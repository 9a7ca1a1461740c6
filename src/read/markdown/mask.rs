//! What the parser does not know: it is given a text of the same length, in which something that it
//! does know stands at these places. Regions say what was there.

use super::dialect::Dialect;
use super::region::{COLON, Edits, NOTHING, Region};
use super::{comment, example, fence, formula, tables};
use crate::model::Span;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Stands for a dollar that is no sign of a formula; in no text, for it is removed from all.
const DOLLAR: char = '\u{1}';

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
    if text.contains([DOLLAR, NOTHING, COLON]) {
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
