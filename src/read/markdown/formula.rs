//! Formulas: which dollars stand for none, and those between `\(` and `\)`, `\[` and `\]`, as chat
//! models write them, also with two backslashes, as mdBook has them.
//!
//! The parser knows formulas between dollars alone, and lets a dollar before a digit end one.

use super::region::Edits;

/// Whether a dollar stands before a digit.
pub(super) fn may_be_prices(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0] == b'$' && pair[1].is_ascii_digit())
}

/// Finds pairs of bracketed formulas in one paragraph, with TeX between them.
pub(super) fn brackets(edits: &mut Edits<'_>) {
    let (text, mut at) = (edits.text, Vec::new());
    let bytes = text.as_bytes();
    let mut kept = edits.kept.iter().peekable();
    // Where one begins, how many backslashes it has, and the sign that ends it.
    let mut open: Option<(usize, usize, u8)> = None;
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
        // Two are a line's end in what began with one.
        let two = bytes[place..].starts_with(b"\\\\") && open.is_none_or(|(_, length, _)| length == 2);
        let length = if two && bytes.get(place + 2).is_some_and(|b| b"()[]".contains(b)) { 2 } else { 1 };
        match (bytes[place], bytes[place + length]) {
            (b'\\', sign @ (b'(' | b'[')) => {
                open = Some((place, length, sign + if sign == b'(' { 1 } else { 2 }));
                place += length + 1;
            }
            (b'\\', sign @ (b')' | b']')) => {
                if let Some((start, length, _)) = open.take_if(|open| (open.1, open.2) == (length, sign))
                    && is_tex(&text[start + length + 1..place], sign == b')')
                {
                    at.push((start..start + length + 1, place..place + length + 1));
                }
                place += length + 1;
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
    for (open, close) in at {
        let two = open.len() > 2;
        edits.put(open, if two { BEGIN } else { "$$" });
        edits.put(close, if two { END } else { "$$" });
    }
}

/// What begins and ends one that has two backslashes: one more is left out.
const BEGIN: &str = "\u{2}$$";
const END: &str = "$$\u{2}";

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
    // A backslash before a mark is Markdown's.
    let command = words
        .match_indices('\\')
        .any(|(at, _)| words[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
    balanced && says && depth == 0 && (letter || command || words.contains(['^', '_', '=', '<', '>', '+']))
}
