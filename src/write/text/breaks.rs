//! Where a line may end, and how many columns text takes.
//!
//! Lines end where UAX #14 lets them, with two exceptions. Never between two ASCII characters that
//! no space divides, nor after a hyphen: a hyphenated word or an address is then whole wherever it
//! stands, so that a search finds it. And never so that the next line starts like a list's item: a
//! sentence that ends in a year ("… in 1976. The …") would read as the item 1976.

use crate::text::hyphenate::hyphen_points;
use crate::text::{is_simple, segment, width};
use hypher::Lang;

/// A line that was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    pub text: &'t str,
    /// Its columns, without the hyphen.
    pub columns: usize,
    pub end: End,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The text goes on in the next line.
    Break,
    /// So does the word: a hyphen is due.
    Hyphen,
    /// The text ends.
    Last,
}

/// Cuts text without newlines into lines of at most `room` columns, each handed on; a word wider
/// than that has a line of its own. Words are hyphenated where a language is given.
pub(super) fn fill<'t>(text: &'t str, room: usize, language: Option<Lang>, mut line: impl FnMut(Line<'t>)) {
    match language {
        Some(language) => {
            let mut hyphenate = |word: &str, room| hyphen(word, room, language);
            fill_any(text, room, &mut hyphenate, &mut line);
        }
        None if text.is_ascii() => fill_ascii(text, room, &mut line),
        None if text.chars().all(is_narrow) => fill_narrow(text, room, &mut line),
        None => fill_any(text, room, &mut |_, _| None, &mut line),
    }
}

/// Where the last part of a word that fits in `room` columns with a hyphen ends. Only plain words are
/// hyphenated: addresses, names and abbreviations stay whole.
fn hyphen(word: &str, room: usize, language: Lang) -> Option<usize> {
    let start = word.find(char::is_alphabetic)?;
    let length = word[start..].find(|c: char| !c.is_alphabetic()).unwrap_or(word.len() - start);
    if word[start + length..].contains(char::is_alphanumeric) || word.chars().any(char::is_uppercase) {
        return None;
    }
    let mut points = Vec::new();
    hyphen_points(word, language, &mut points);
    let ends = points.into_iter().map(|point| point.at as usize);
    ends.take_while(|&at| width(&word[..at]) < room).last()
}

/// A line with its spaces widened until it fills `room` columns, as evenly as they can be; as it is
/// when it has too few of them.
pub(super) fn justified(text: &str, columns: usize, room: usize) -> Option<String> {
    let gaps = text.matches(' ').count();
    let extra = room.checked_sub(columns).filter(|&extra| extra > 0 && extra <= 2 * gaps)?;
    let mut out = String::with_capacity(text.len() + extra);
    for (i, word) in text.split(' ').enumerate() {
        if i > 0 {
            // So many of the extra columns stand before the i-th gap ends.
            let wider = i * extra / gaps - (i - 1) * extra / gaps;
            out.extend(std::iter::repeat_n(' ', 1 + wider));
        }
        out.push_str(word);
    }
    Some(out)
}

/// One byte is one column, so the end of a line is found from its far side.
fn fill_ascii<'t>(mut text: &'t str, room: usize, line: &mut impl FnMut(Line<'t>)) {
    while text.len() > room {
        let fits = (1..=room).rev().find(|&at| may_break_ascii(text, at));
        let Some(at) = fits.or_else(|| (room + 1..text.len()).find(|&at| may_break_ascii(text, at))) else {
            break;
        };
        let full = text[..at].trim_end_matches(' ');
        line(Line { text: full, columns: full.len(), end: End::Break });
        text = text[at..].trim_start_matches(' ');
    }
    line(Line { text, columns: text.len(), end: End::Last });
}

/// Whether a line may end at a space: UAX #14, LB13 and LB14, for ASCII.
fn may_break_ascii(text: &str, space: usize) -> bool {
    let bytes = text.as_bytes();
    bytes[space] == b' '
        && !matches!(bytes[space - 1], b' ' | b'(' | b'[' | b'{')
        && match bytes[space + 1..].iter().find(|&&b| b != b' ') {
            Some(b')' | b']' | b'}' | b'!' | b'?' | b'/' | b';' | b':' | b',' | b'.') | None => false,
            Some(_) => !starts_like_item(&text[space + 1..]),
        }
}

/// Whether text, spaces in front aside, starts with the marker of a list's item.
fn starts_like_item(text: &str) -> bool {
    let text = text.trim_start_matches(' ');
    match text.bytes().next() {
        Some(b'-' | b'*' | b'+') => text[1..].starts_with(' '),
        Some(b'0'..=b'9') => segment::starts_like_item(text),
        _ => false,
    }
}

/// Cuts text at the last of some places that fits, or in the word after it where `hyphen` finds a
/// place that fits.
fn fill_at<'t>(
    text: &'t str,
    breaks: impl Iterator<Item = usize>,
    room: usize,
    hyphen: &mut impl FnMut(&str, usize) -> Option<usize>,
    line: &mut impl FnMut(Line<'t>),
) {
    // A line is text[start..end], `columns` wide; the next piece begins at `from`.
    let (mut start, mut end, mut columns, mut from) = (0, 0, 0, 0);
    let bytes = text.as_bytes();
    for at in breaks {
        let inside =
            at < bytes.len() && bytes[at - 1] != b' ' && bytes[at - 1].is_ascii() && bytes[at].is_ascii();
        if inside || bytes[at - 1] == b'-' || starts_like_item(&text[at..]) {
            continue;
        }
        let piece = text[from..at].trim_end_matches(' ');
        let (gap, piece_columns) = (from - end, width(piece));
        if columns > 0 && columns + gap + piece_columns > room {
            let cut = hyphen(piece, room.saturating_sub(columns + gap));
            match cut.map(|cut| from + cut) {
                Some(cut) => {
                    columns += gap + width(&text[from..cut]);
                    line(Line { text: &text[start..cut], columns, end: End::Hyphen });
                    (start, columns) = (cut, width(&text[cut..from + piece.len()]));
                }
                None => {
                    line(Line { text: &text[start..end], columns, end: End::Break });
                    (start, columns) = (from, piece_columns);
                }
            }
        } else {
            columns += gap + piece_columns;
        }
        end = from + piece.len();
        from = at;
    }
    line(Line { text: &text[start..end], columns, end: End::Last });
}

/// Characters that take a column each whatever stands beside them: the simple ones, and signs and quotation
/// marks that stand among them.
fn is_narrow(c: char) -> bool {
    is_simple(c)
        || matches!(c, '\u{A0}'..='¬' | '®'..='¿' | 'Ḁ'..='ỿ' | 'ა'..='ჺ' | '‘'..='‟' | '…' | '′' | '″' | '‹' | '›' | '−' | '€')
}

/// The same for text of which each character takes one column. Only what stands about a line's end is asked
/// where it may be parted.
fn fill_narrow<'t>(text: &'t str, room: usize, line: &mut impl FnMut(Line<'t>)) {
    let bytes = text.as_bytes();
    // The part that was asked last, and where it may be parted: `part.end` is one of these places.
    let (mut part, mut places) = (0..0, Vec::new());
    let mut start = 0;
    // The first byte that no longer fits.
    while let Some((end, _)) = text[start..].char_indices().nth(room).map(|(n, c)| (start + n, c)) {
        if end >= part.end {
            // A space may still stand behind what fits.
            let (first, last) = around(text, part.end, (end + 1).min(text.len()));
            part = first..last;
            places.clear();
            let asked = &text[part.clone()];
            let may_part = |at: &usize| {
                let inside = *at < bytes.len() && bytes[at - 1].is_ascii_graphic() && bytes[*at].is_ascii();
                !inside && bytes[at - 1] != b'-' && !starts_like_item(&text[*at..])
            };
            if asked.chars().all(is_simple) {
                places.extend(simple_breaks(asked).map(|at| first + at).filter(may_part));
            } else {
                places.extend(segment::line_ends(asked).map(|at| first + at).filter(may_part));
            }
        }
        let after = places.partition_point(|&at| at <= start);
        let behind = places.partition_point(|&at| text[..at].trim_end_matches(' ').len() <= end);
        let at = match places[after.min(behind)..behind].last() {
            Some(&at) => at,
            None if part.start > start => part.start,
            None => match places.get(after) {
                Some(&at) => at,
                None => break,
            },
        };
        if at == text.len() {
            break;
        }
        let full = text[start..at].trim_end_matches(' ');
        line(Line { text: full, columns: full.chars().count(), end: End::Break });
        start = at;
    }
    let text = &text[start..];
    line(Line { text, columns: text.chars().count(), end: End::Last });
}

/// The part of a text about a place: from the last spot up to there at which a line may always start, however
/// far back what stands before it reaches, to the next one. Such spots are behind a space between two letters;
/// `least` is one, or the text's start.
fn around(text: &str, least: usize, place: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let is_spot = |space: usize| {
        let before = text[..space].chars().next_back().is_some_and(is_letter);
        before && text[space + 1..].chars().next().is_some_and(is_letter)
    };
    let before = memchr::memrchr_iter(b' ', &bytes[least..place]).map(|n| least + n);
    let first =
        before.filter(|space| *space > least).find(|&space| is_spot(space)).map_or(least, |space| space + 1);
    let after = memchr::memchr_iter(b' ', &bytes[place..]).map(|n| place + n);
    let last = after.into_iter().find(|&space| is_spot(space)).map_or(text.len(), |space| space + 1);
    (first, last)
}

/// Letters of class AL, of which each takes a column.
fn is_letter(c: char) -> bool {
    is_simple(c) && (c.is_ascii_alphabetic() || !matches!(c, ' '..='~' | '–' | '—'))
}

fn fill_any<'t>(
    text: &'t str,
    room: usize,
    hyphen: &mut impl FnMut(&str, usize) -> Option<usize>,
    line: &mut impl FnMut(Line<'t>),
) {
    if text.chars().all(is_simple) {
        fill_at(text, simple_breaks(text), room, hyphen, line);
    } else {
        fill_at(text, segment::line_ends(text), room, hyphen, line);
    }
}

/// Where lines of simple text may end, the end of the text included: after spaces, after dashes,
/// before em dashes (UAX #14: classes SP, BA, B2).
fn simple_breaks(text: &str) -> impl Iterator<Item = usize> {
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    let mut end = (!text.is_empty()).then_some(text.len());
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            let previous = std::mem::replace(&mut before, c);
            let next = chars.peek().map(|&(_, c)| c);
            let may_break = match (previous, c) {
                (_, ' ') => {
                    next != Some(' ')
                        && may_break_ascii(text, at)
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
        }
        end.take()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, room: usize) -> Vec<&str> {
        let mut lines = Vec::new();
        fill(text, room, None, |line| lines.push(line.text));
        lines
    }

    /// Lines with the hyphens that are due.
    fn hyphenated(text: &str, room: usize, language: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        fill(text, room, Some(language), |line| {
            let hyphen = if line.end == End::Hyphen { "-" } else { "" };
            assert!(width(line.text) == line.columns && line.columns + hyphen.len() <= room);
            lines.push(format!("{}{hyphen}", line.text));
        });
        lines
    }

    #[test]
    fn words_are_hyphenated_where_that_fills_a_line() {
        assert_eq!(hyphenated("an extensive dispute", 10, Lang::English), ["an exten-", "sive dis-", "pute"]);
        assert_eq!(
            hyphenated("он известный писатель", 11, Lang::Russian),
            ["он извест-", "ный писа-", "тель"]
        );
        let whole = "a https://example.org/extensive Petersburg";
        assert_eq!(hyphenated(whole, 40, Lang::English), ["a https://example.org/extensive", "Petersburg"]);
    }

    #[test]
    fn spaces_are_widened_evenly_and_within_bounds() {
        assert_eq!(justified("a b c d", 7, 10).as_deref(), Some("a  b  c  d"));
        assert_eq!(justified("a b c d", 7, 8).as_deref(), Some("a b c  d"));
        assert_eq!(justified("a b c d", 7, 14), None, "too wide to be read as a line");
        assert_eq!(justified("abc", 3, 4), None);
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
    fn the_last_character_stays_behind_a_dash() {
        for text in ["won 4–2", "4–2", "à 4–é", "one—2", "日 4–2"] {
            assert_eq!(filled(text, 20), [text]);
            assert_eq!(hyphenated(text, 20, Lang::English), [text]);
        }
        assert_eq!(filled("4–2", 2), ["4–", "2"]);
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
        for room in 1..70 {
            let (mut fast, mut full) = (Vec::new(), Vec::new());
            fill_at(&simple, simple_breaks(&simple), room, &mut |_, _| None, &mut |l| fast.push(l));
            fill_at(&simple, segment::line_ends(&simple), room, &mut |_, _| None, &mut |l| full.push(l));
            assert_eq!(fast, full, "at {room} columns");
        }
    }

    #[test]
    fn narrow_text_breaks_where_the_segmenter_does() {
        let text = "il dit « oui, non » à l’heure — “a quoted word” and 5 °C à Жуков ¿qué? (été) „so“ a\u{A0}b 5\u{A0}% \
            3 € or “ four ” é « é » a ·b· c ·d e — f — g–h ‘i’ j— k —l “m n” o” p ×q× ÷r …s… t… u 7–8 9. The 10) a - b \
            Việt Nam là một, საქართველო (არის) −5 ±6 §7 ¼ 8′ 9″ https://example.org/a-b/c?d=é&e x-y-z é/ü Karl-Marx \
            “so” (and “so”), “so.” So «é», «é». é? é! é; α β γ — δ \u{A0} ε \u{A0}— ζ – \u{A0}η";
        let start: String = text.chars().take(20).collect();
        let texts = [
            text.to_owned(),
            start,
            text.replace(' ', "\u{A0}"),
            text.replace(' ', "  "),
            text.replace(' ', "é"),
        ];
        for text in texts.iter().map(|text| text.trim_matches(' ')) {
            assert!(text.chars().all(is_narrow) && !text.is_ascii());
            for room in 1..100 {
                let (mut fast, mut full) = (Vec::new(), Vec::new());
                fill_narrow(text, room, &mut |l| fast.push(l));
                fill_at(text, segment::line_ends(text), room, &mut |_, _| None, &mut |l| full.push(l));
                assert_eq!(fast, full, "at {room} columns");
            }
        }
        for c in ('\0'..=char::MAX).filter(|&c| is_narrow(c)) {
            assert_eq!(unicode_width::UnicodeWidthStr::width(c.to_string().as_str()), 1, "{c:?}");
        }
    }

    #[test]
    fn ascii_breaks_where_the_segmenter_does() {
        let text = "( a ) b !c \"d e\" f / g .5 h .i [j k] l: m , n {o} p-q r?s";
        for room in 1..text.len() {
            let (mut fast, mut full) = (Vec::new(), Vec::new());
            fill_ascii(text, room, &mut |l| fast.push(l));
            fill_any(text, room, &mut |_, _| None, &mut |l| full.push(l));
            assert_eq!(fast, full, "at {room} columns");
        }
    }

    /// The tests of UAX #14, as Unicode publishes them, but for those with characters of Southeast
    /// Asian scripts: the algorithm leaves their breaks to a dictionary.
    #[test]
    fn lines_may_break_where_unicode_says() {
        let complex = |c: char| {
            matches!(c, '\u{E01}'..='\u{EDF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
                | '\u{1950}'..='\u{19DF}' | '\u{1A20}'..='\u{1AAD}' | '\u{A9E0}'..='\u{A9FF}'
                | '\u{AA60}'..='\u{AADF}' | '\u{11700}'..='\u{1174F}')
        };
        let (mut held, mut left) = (0, 0);
        for case in include_str!("../../../tests/unicode/LineBreakTest.txt").lines() {
            if case.starts_with('#') {
                continue;
            }
            let (mut text, mut breaks) = (String::new(), Vec::new());
            for part in case.split_whitespace() {
                match part {
                    "×" => {}
                    "÷" => breaks.push(text.len()),
                    hex => text.extend(char::from_u32(u32::from_str_radix(hex, 16).unwrap())),
                }
            }
            if text.chars().any(complex) {
                left += 1;
                continue;
            }
            held += 1;
            let found: Vec<usize> = segment::line_ends(&text).collect();
            assert_eq!(found, breaks, "{case}");
        }
        assert_eq!((held, left), (9_486, 788));
    }

    /// Widths against Unicode's tables: wide and fullwidth characters take two columns, combining
    /// marks none, other printable ones one.
    #[test]
    #[rustfmt::skip]
    fn characters_are_as_wide_as_unicode_says() {
        let range = |line: &str| {
            let mut ends = line.split("..").map(|hex| u32::from_str_radix(hex, 16).unwrap());
            let first = ends.next().unwrap();
            first..=ends.next().unwrap_or(first)
        };
        let data = |text: &'static str| text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        let marks: Vec<_> =
            data(include_str!("../../../tests/unicode/CombiningMarks.txt")).map(range).collect();
        let (mut wide, mut zero, mut one, mut other) = (0, 0, 0, Vec::new());
        for line in data(include_str!("../../../tests/unicode/EastAsianWidth.txt")) {
            let (codes, class) = line.split_once(';').unwrap();
            for c in range(codes).filter_map(char::from_u32) {
                let mark = marks.iter().any(|range| range.contains(&u32::from(c)));
                let said = match class {
                    _ if mark => 0,
                    "W" | "F" => 2,
                    _ => 1,
                };
                match (width(&c.to_string()), said) {
                    (found, said) if found != said => other.push(c),
                    (2, _) => wide += 1,
                    (1, _) => one += 1,
                    _ => zero += 1,
                }
            }
        }
        // What terminals do otherwise, and why.
        let excepted: &[std::ops::RangeInclusive<u32>] = &[
            // Invisible: controls of format and Hangul fillers.
            0xAD..=0xAD, 0x605..=0x605, 0x61C..=0x61C, 0x70F..=0x70F, 0x890..=0x891, 0x8E2..=0x8E2, 0x180E..=0x180E,
            0x200B..=0x200F, 0x202A..=0x202E, 0x2060..=0x206F, 0x3164..=0x3164, 0xFEFF..=0xFEFF, 0xFFA0..=0xFFA0,
            0x1BCA0..=0x1BCA3, 0x1D173..=0x1D17A, 0xE0001..=0xE007F,
            // Vowels and finals of Hangul, which are in the syllable before them.
            0x1160..=0x11FF, 0xD7B0..=0xD7FB,
            // Marks that Unicode says have a place of their own, but that extend the letter before them.
            0x9BE..=0x9BE, 0x9D7..=0x9D7, 0xB3E..=0xB3E, 0xB57..=0xB57, 0xBBE..=0xBBE, 0xBD7..=0xBD7, 0xCC0..=0xCD6,
            0xD3E..=0xD57, 0xDCF..=0xDDF, 0x1715..=0x1734, 0x1B35..=0x1B44, 0x1BAA..=0x1BF3, 0x302E..=0x302F,
            0xA953..=0xA953, 0xA9C0..=0xA9C0, 0x111C0..=0x111C3, 0x11235..=0x11235, 0x1133E..=0x11357, 0x114B0..=0x114BD,
            0x115AF..=0x115AF, 0x116B6..=0x116B6, 0x11930..=0x11941, 0x11A84..=0x11A89, 0x11D46..=0x11D46,
            0x11F02..=0x11F41, 0x16FF0..=0x16FF1, 0x1D165..=0x1D172,
            // Wide since Unicode 16; the table is of 15.
            0x2630..=0x2637, 0x268A..=0x268F, 0x4DC0..=0x4DFF, 0x1D300..=0x1D376,
            // Signs that stand for several letters, and two marks that are seen.
            0x17A4..=0x17A4, 0x17D8..=0x17D8, 0x2D7F..=0x2D7F, 0xA8FA..=0xA8FA, 0x1171E..=0x1171E,
        ];
        other.retain(|c| !excepted.iter().any(|range| range.contains(&u32::from(*c))));
        assert_eq!(other, Vec::<char>::new());
        assert_eq!((wide, zero, one), (182_504, 1_996, 162_686));
    }
}
