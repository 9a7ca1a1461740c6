//! What plain text and set pages share: where lines may end, where words are hyphenated, which
//! quotation marks a language has, how wide characters are.

pub(crate) mod citation;
#[cfg(any(feature = "html", feature = "epub", feature = "pdf"))]
pub(crate) mod code;
#[cfg(any(feature = "markdown", feature = "epub", feature = "pdf"))]
pub(crate) mod date;
pub(crate) mod hyphenate;
mod plain_line;
#[cfg(any(feature = "html", feature = "epub", feature = "pdf"))]
pub(crate) mod quotes;
pub(crate) mod raised;
pub(crate) mod segment;
#[cfg(feature = "markdown")]
pub(crate) mod slug;

use unicode_width::UnicodeWidthStr;

/// Whether words are written without spaces in the character's script.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character is of those that most texts of Europe are made of, and of which each takes a
/// column: ASCII, the letters of the Latin, Greek and Cyrillic blocks that are in use, en and em dashes.
pub(crate) fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | 'À'..='ɏ' | 'Α'..='Ω' | 'ά'..='ώ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | '–' | '—')
}

/// Columns that text has on a terminal: two for wide characters, none for combining ones.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut columns = 0;
    for c in text.chars() {
        if !is_simple(c) {
            return text.width();
        }
        columns += 1;
    }
    columns
}
