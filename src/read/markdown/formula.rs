//! Formulas: which dollars stand for none, and those between `\(` and `\)`, `\[` and `\]`, as chat
//! models write them.
//!
//! The parser knows formulas between dollars alone, and lets a dollar before a digit end one. So it is
//! given a text of the same length, in which other signs stand at these places.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// Stands for a dollar that is no sign of a formula; in no text, for it is removed from all.
const DOLLAR: char = '\u{1}';

/// The text as the parser is to have it.
pub(super) fn masked(text: &str, options: Options) -> Option<String> {
    let bytes = text.as_bytes();
    let prices = bytes.windows(2).any(|pair| pair[0] == b'$' && pair[1].is_ascii_digit());
    let bracketed = text.contains("\\(") || text.contains("\\[");
    if !(prices || bracketed) || text.contains(DOLLAR) {
        return None;
    }
    // Where nothing is changed: code and HTML.
    let mut kept: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at: Vec<(usize, [u8; 2], usize)> = Vec::new();
    let mut code = 0usize;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => code += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => code = code.saturating_sub(1),
            Event::Code(_) | Event::InlineHtml(_) => kept.push(range),
            Event::Text(_) | Event::Html(_) if code > 0 => kept.push(range),
            // No price ends a formula (pandoc's rule).
            Event::InlineMath(_) if bytes.get(range.end).is_some_and(u8::is_ascii_digit) => {
                at.push((range.end - 1, [DOLLAR as u8; 2], 1));
            }
            _ => {}
        }
    }
    if bracketed {
        brackets(text, &kept, &mut at);
    }
    if at.is_empty() {
        return None;
    }
    let mut out = bytes.to_vec();
    for (place, signs, length) in at {
        out[place..place + length].copy_from_slice(&signs[..length]);
    }
    String::from_utf8(out).ok()
}

/// Finds pairs of bracketed formulas in one paragraph, with TeX between them.
fn brackets(text: &str, kept: &[std::ops::Range<usize>], at: &mut Vec<(usize, [u8; 2], usize)>) {
    let bytes = text.as_bytes();
    let mut kept = kept.iter().peekable();
    let mut open: Option<(usize, u8)> = None;
    let mut place = 0;
    while place + 1 < bytes.len() {
        while kept.peek().is_some_and(|range| range.end <= place) {
            kept.next();
        }
        if kept.peek().is_some_and(|range| range.start <= place) {
            place = kept.next().map_or(place, |range| range.end);
            open = None;
            continue;
        }
        match (bytes[place], bytes[place + 1]) {
            (b'\\', sign @ (b'(' | b'[')) => {
                open = Some((place, sign + if sign == b'(' { 1 } else { 2 }));
                place += 2;
            }
            (b'\\', sign @ (b')' | b']')) => {
                if let Some((start, _)) = open.take_if(|(_, end)| *end == sign)
                    && is_tex(&text[start + 2..place], sign == b')')
                {
                    at.extend([(start, *b"$$", 2), (place, *b"$$", 2)]);
                }
                place += 2;
            }
            // The character after it is an ordinary one.
            (b'\\', _) => place += 2,
            (b'\n', b'\n') | (b'$' | b'`', _) => {
                open = None;
                place += 1;
            }
            _ => place += 1,
        }
    }
}

/// Whether what stands between brackets with a backslash before each is TeX, and no text whose
/// brackets are to be no mark-up.
fn is_tex(inside: &str, running: bool) -> bool {
    let words = inside.trim();
    let mut depth = 0i32;
    let balanced = words.bytes().all(|b| {
        depth += i32::from(b == b'{') - i32::from(b == b'}');
        depth >= 0
    });
    let letter = running && words.len() == 1 && words.bytes().all(|b| b.is_ascii_alphabetic());
    let says = words.bytes().any(|b| b.is_ascii_alphanumeric());
    balanced && says && depth == 0 && (letter || words.contains(['\\', '^', '_', '=', '<', '>', '+']))
}

/// What stands in the source for a text of the parser's.
pub(super) fn unmasked(text: &str) -> Cow<'_, str> {
    if text.contains(DOLLAR) { text.replace(DOLLAR, "$").into() } else { text.into() }
}
