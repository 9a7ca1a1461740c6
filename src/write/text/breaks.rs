//! Where a line may end, and how many columns text takes.
//!
//! Lines end where UAX #14 lets them, with two exceptions. Never between two ASCII characters that
//! no space divides, nor after a hyphen: a hyphenated word or an address is then whole wherever it
//! stands, so that a search finds it. And never so that the next line starts like a list's item: a
//! sentence that ends in a year ("… in 1976. The …") would read as the item 1976.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_width::UnicodeWidthStr;

/// Columns on a terminal: two for wide characters, none for combining ones.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Cuts text without newlines into lines of at most `room` columns, each handed on with its
/// columns; a word wider than that has a line of its own.
pub(super) fn fill<'t>(text: &'t str, room: usize, mut line: impl FnMut(&'t str, usize)) {
    if text.is_ascii() { fill_ascii(text, room, &mut line) } else { fill_any(text, room, &mut line) }
}

/// One byte is one column, so the end of a line is found from its far side.
fn fill_ascii<'t>(mut text: &'t str, room: usize, line: &mut impl FnMut(&'t str, usize)) {
    while text.len() > room {
        let bytes = text.as_bytes();
        let fits = (1..=room).rev().find(|&at| may_break_ascii(bytes, at));
        let Some(at) = fits.or_else(|| (room + 1..bytes.len()).find(|&at| may_break_ascii(bytes, at))) else {
            break;
        };
        let full = text[..at].trim_end_matches(' ');
        line(full, full.len());
        text = text[at..].trim_start_matches(' ');
    }
    line(text, text.len());
}

/// Whether a line may end at a space: UAX #14, LB13 and LB14, for ASCII.
fn may_break_ascii(text: &[u8], space: usize) -> bool {
    text[space] == b' '
        && !matches!(text[space - 1], b' ' | b'(' | b'[' | b'{')
        && match text[space + 1..].iter().find(|&&b| b != b' ') {
            Some(b')' | b']' | b'}' | b'!' | b'?' | b'/' | b';' | b':' | b',' | b'.') | None => false,
            Some(_) => !starts_like_item(&text[space + 1..]),
        }
}

/// Whether text, spaces in front aside, starts with the marker of a list's item.
fn starts_like_item(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    match text.iter().position(|b| !b.is_ascii_digit()) {
        Some(0) => matches!(text, [b'-' | b'*' | b'+', b' ', ..]),
        Some(digits) => matches!(text[digits..], [b'.' | b')', b' ', ..] | [b'.' | b')']),
        None => false,
    }
}

fn fill_any<'t>(text: &'t str, room: usize, line: &mut impl FnMut(&'t str, usize)) {
    if text.chars().all(is_simple) {
        fill_at(text, simple_breaks(text), room, line);
    } else {
        let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
        fill_at(text, segmenter.segment_str(text).skip(1), room, line);
    }
}

/// Cuts text at the last of some places that fits.
fn fill_at<'t>(
    text: &'t str,
    breaks: impl Iterator<Item = usize>,
    room: usize,
    line: &mut impl FnMut(&'t str, usize),
) {
    // A line is text[start..end], `columns` wide; the next piece begins at `from`.
    let (mut start, mut end, mut columns, mut from) = (0, 0, 0, 0);
    let bytes = text.as_bytes();
    for at in breaks {
        let inside =
            at < bytes.len() && bytes[at - 1] != b' ' && bytes[at - 1].is_ascii() && bytes[at].is_ascii();
        if inside || bytes[at - 1] == b'-' || starts_like_item(&bytes[at..]) {
            continue;
        }
        let piece = text[from..at].trim_end_matches(' ');
        let (gap, piece_columns) = (from - end, width(piece));
        if columns > 0 && columns + gap + piece_columns > room {
            line(&text[start..end], columns);
            (start, columns) = (from, piece_columns);
        } else {
            columns += gap + piece_columns;
        }
        end = from + piece.len();
        from = at;
    }
    line(&text[start..end], columns);
}

/// Whether a character is of the kinds that [`simple_breaks`] knows: ASCII, the letters of the
/// Latin, Greek and Cyrillic blocks that are in use, en and em dashes. Most texts of Europe are
/// made of these and need no table.
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | 'À'..='ɏ' | 'Α'..='Ω' | 'ά'..='ώ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | '–' | '—')
}

/// Where lines of simple text may end, the end of the text included: after spaces, after dashes,
/// before em dashes (UAX #14: classes SP, BA, B2).
fn simple_breaks(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            let previous = std::mem::replace(&mut before, c);
            let next = chars.peek().map(|&(_, c)| c);
            let may_break = match (previous, c) {
                (_, ' ') => {
                    next != Some(' ')
                        && may_break_ascii(bytes, at)
                        && !(next == Some('—') && text[..at].trim_end_matches(' ').ends_with('—'))
                }
                ('–', '–') | ('—', '—') => false,
                (' ', _) => false,
                ('–', _) => {
                    !matches!(c, ')' | ']' | '}' | '!' | '?' | '/' | ',' | '.' | ';' | ':' | '"' | '\'' | '-')
                }
                ('—', _) => !matches!(
                    c,
                    ')' | ']' | '}' | '!' | '?' | '/' | ',' | '.' | ';' | ':' | '"' | '\'' | '-' | '–'
                ),
                (_, '—') => !matches!(previous, '(' | '[' | '{' | '"' | '\''),
                // Between ASCII characters no break is taken, whatever is said here.
                ('/' | '|' | '!' | '?' | '}', _) => !c.is_ascii() && c != '–',
                _ => false,
            };
            if may_break {
                // Spaces stay with what they follow.
                return Some(if c == ' ' { at + 1 } else { at });
            }
            if next.is_none() {
                return Some(bytes.len());
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, room: usize) -> Vec<&str> {
        let mut lines = Vec::new();
        fill(text, room, |l, _| lines.push(l));
        lines
    }

    #[test]
    fn words_fill_a_line_to_its_last_column() {
        assert_eq!(filled("aaa bbb ccc", 7), ["aaa bbb", "ccc"]);
        assert_eq!(filled("aaa bbb ccc", 6), ["aaa", "bbb", "ccc"]);
        assert_eq!(filled("", 6), [""]);
    }

    #[test]
    fn a_word_wider_than_the_line_stands_whole() {
        assert_eq!(filled("a https://example.org/x-y/z b", 8), ["a", "https://example.org/x-y/z", "b"]);
        assert_eq!(filled("é https://example.org/x-y/z b", 8), ["é", "https://example.org/x-y/z", "b"]);
    }

    #[test]
    fn no_line_starts_like_an_item() {
        assert_eq!(filled("it was in 1976. The", 10), ["it was", "in 1976.", "The"]);
        assert_eq!(filled("été en 1976. Le", 7), ["été", "en 1976.", "Le"]);
        assert_eq!(filled("one - two", 4), ["one -", "two"]);
    }

    #[test]
    fn a_hyphenated_word_is_whole() {
        assert_eq!(filled("на Карл-Маркс-Аллее", 9), ["на", "Карл-Маркс-Аллее"]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_break_anywhere() {
        assert_eq!(filled("日本語の文章", 5), ["日本", "語の", "文章"]);
        assert_eq!(filled("日本語。文", 6), ["日本", "語。文"]);
    }

    #[test]
    fn combining_marks_and_joined_emoji_take_no_columns_of_their_own() {
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("👩\u{200D}👩\u{200D}👧"), 2);
    }

    #[test]
    fn simple_text_breaks_where_the_segmenter_does() {
        let text = "é – a—b été 1980–1990. (x) — (— y) Борис Бондарев; «z» 5–6, a–b (1—2) c—\"d\" e–. f — —g Ωμέγα a-b – é/ü d’e x?é x!é x|é {x}é é{x é$ é% x)é x,é /– |— $é %é #é";
        let simple: String = text.chars().filter(|&c| is_simple(c)).collect();
        let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
        for room in 1..70 {
            let (mut fast, mut full) = (Vec::new(), Vec::new());
            fill_at(&simple, simple_breaks(&simple), room, &mut |l, c| fast.push((l, c)));
            fill_at(&simple, segmenter.segment_str(&simple).skip(1), room, &mut |l, c| full.push((l, c)));
            assert_eq!(fast, full, "at {room} columns");
        }
    }

    #[test]
    fn ascii_breaks_where_the_segmenter_does() {
        let text = "( a ) b !c \"d e\" f / g .5 h .i [j k] l: m , n {o} p-q r?s";
        for room in 1..text.len() {
            let (mut fast, mut full) = (Vec::new(), Vec::new());
            fill_ascii(text, room, &mut |l, c| fast.push((l, c)));
            fill_any(text, room, &mut |l, c| full.push((l, c)));
            assert_eq!(fast, full, "at {room} columns");
        }
    }
}
