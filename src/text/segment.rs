//! Where a line may be broken: the Unicode line breaking algorithm (UAX #14), and what typography
//! takes from it or adds.

use super::plain_line;
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_script::Script;

/// The byte offsets at which a line may start, in order. The end of the text is not one.
pub(crate) fn opportunities(text: &str) -> Vec<u32> {
    let good = |at: &usize| *at < text.len() && !spoils_line(text, *at);
    match plain_line::line_starts(text) {
        Some(starts) => starts.into_iter().filter(good).map(|at| at as u32).collect(),
        None => line_ends(text).filter(good).map(|at| at as u32).collect(),
    }
}

/// Where a line may end by the Unicode line breaking algorithm, the end of the text included.
pub(crate) fn line_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let options = LineBreakOptions::default();
    let segmenter = if text.chars().any(needs_dictionary) {
        LineSegmenter::new_auto(options)
    } else {
        LineSegmenter::new_for_non_complex_scripts(options)
    };
    segmenter.segment_str(text).skip(1)
}

/// Scripts without spaces between words: Thai, Lao, Burmese, Khmer and the like.
fn needs_dictionary(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1950}'..='\u{19DF}' | '\u{1A20}'..='\u{1AAF}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AADF}')
}

/// Scripts in which lines end between words or after a mark, with no space there: those with a
/// dictionary, Tibetan, Ethiopic.
pub(crate) fn is_unspaced(c: char) -> bool {
    needs_dictionary(c) || matches!(c, '\u{F00}'..='\u{FFF}' | '\u{1200}'..='\u{139F}')
}

/// Scripts whose letters stand apart, so that they may do so a little more or less.
pub(crate) fn is_spaced(script: Script) -> bool {
    use Script::{Armenian, Cyrillic, Georgian, Greek, Latin};
    matches!(script, Latin | Greek | Cyrillic | Armenian | Georgian)
}

/// Whether a line that starts here would start with a dash or like a list's item, would leave one
/// letter before a hyphen, or would part a name such as `C++` or a number from its sign.
fn spoils_line(text: &str, at: usize) -> bool {
    let next = text[at..].chars().next();
    if next.is_some_and(|c| c.is_ascii_digit()) && starts_like_item(&text[at..]) {
        return true;
    }
    if matches!(next, Some('–' | '—' | '‒' | '―' | '-' | '\u{2010}')) {
        return true;
    }
    let mut before = text[..at].chars().rev();
    match before.next() {
        Some('-' | '\u{2010}') => {
            let letters = before.take_while(|c| c.is_alphanumeric()).take(2).count();
            letters < 2 || text[at..].chars().take_while(|c| c.is_alphanumeric()).take(3).count() < 3
        }
        Some('–' | '−') if next.is_some_and(|c| c.is_ascii_digit()) => {
            before.next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['))
        }
        Some('+') => next == Some('+'),
        _ => false,
    }
}

/// Whether text starts with digits and a full stop or bracket: who reads "… born in / 1980) is …"
/// takes the year for an item's number, and so does what extracts text from pages.
pub(crate) fn starts_like_item(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut rest = rest.chars();
    matches!(rest.next(), Some('.' | ')')) && rest.next().is_none_or(char::is_whitespace)
}

/// Whether a word is an address, which may be broken at its punctuation.
pub(crate) fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.") || word.starts_with("doi:")
}

/// Where an address may be broken: after slashes and before other punctuation, never next to
/// its ends.
pub(crate) fn address_breaks(word: &str) -> impl Iterator<Item = usize> + '_ {
    let mut previous = None;
    word.char_indices().filter_map(move |(at, c)| {
        let before = previous.replace(c);
        let breaks = match before {
            Some('/') => c != '/',
            Some(_) => matches!(c, '.' | '?' | '&' | '=' | '-' | '_' | '#' | '%' | '~' | '+' | ','),
            None => false,
        };
        (breaks && at >= 4 && word.len() - at >= 4).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let mut ends = opportunities(text);
        ends.push(text.len() as u32);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| &text[start as usize..*end as usize]).collect()
    }

    #[test]
    fn lines_start_at_words_and_after_long_hyphens() {
        assert_eq!(
            parts("a well-known e-mail to Mr. X"),
            ["a ", "well-", "known ", "e-mail ", "to ", "Mr. ", "X"]
        );
    }

    #[test]
    fn no_line_starts_with_a_dash() {
        assert_eq!(parts("one — two—three – four"), ["one — ", "two—", "three – ", "four"]);
    }

    #[test]
    fn names_and_numbers_keep_their_signs() {
        assert_eq!(
            parts("in C++ at –5 or (−5) in 1–5"),
            ["in ", "C++ ", "at –5 ", "or ", "(−5) ", "in ", "1–", "5"]
        );
    }

    #[test]
    fn no_line_starts_like_an_item() {
        assert_eq!(parts("in 1980) is 1.5 m"), ["in 1980) ", "is ", "1.5 ", "m"]);
    }

    #[test]
    fn thai_is_cut_into_words() {
        assert_eq!(parts("ภาษาไทยภาษา"), ["ภาษา", "ไทย", "ภาษา"]);
    }

    #[test]
    fn khmer_lao_and_burmese_are_cut_into_words() {
        // "Cambodian language", "Lao language", "Burmese language", each said twice.
        for sample in ["ភាសាខ្មែរភាសាខ្មែរ", "ພາສາລາວພາສາລາວ", "မြန်မာဘာသာမြန်မာဘာသာ"]
        {
            let parts = parts(sample);
            assert!(parts.len() > 1, "{parts:?}");
            assert_eq!(parts.concat(), sample);
        }
    }

    #[test]
    fn kinsoku_keeps_punctuation_with_the_character_before() {
        assert_eq!(parts("日本語。「本」"), ["日", "本", "語。", "「本」"]);
    }

    #[test]
    fn addresses_break_at_their_punctuation() {
        let url = "https://example.org/wiki/A_b?c=d";
        let breaks: Vec<_> = address_breaks(url).map(|at| &url[at..]).collect();
        assert_eq!(
            breaks,
            ["example.org/wiki/A_b?c=d", ".org/wiki/A_b?c=d", "wiki/A_b?c=d", "A_b?c=d", "_b?c=d", "?c=d"]
        );
    }
}
