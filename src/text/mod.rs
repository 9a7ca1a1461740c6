//! What plain text and set pages share: where lines may end, where words are hyphenated, which
//! quotation marks a language has, how wide characters are.

pub(crate) mod hyphenate;
#[cfg(any(feature = "html", feature = "epub", feature = "pdf"))]
pub(crate) mod quotes;
pub(crate) mod segment;
#[cfg(feature = "markdown")]
pub(crate) mod slug;

use unicode_width::UnicodeWidthStr;

/// Columns that text has on a terminal: two for wide characters, none for combining ones.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}
