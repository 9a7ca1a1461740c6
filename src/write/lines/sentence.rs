//! Where sentences begin, by Unicode (UAX #29), but for full stops that end none.

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

/// Words that a full stop shortens, and after which a sentence goes on with a capital letter.
const SHORTENED: &[&str] = &[
    "abb", "abs", "apr", "art", "aug", "av", "bd", "bzw", "ca", "capt", "cf", "col", "dec", "dez", "dr",
    "dra", "ed", "eds", "feb", "fig", "figs", "ft", "geb", "gen", "gest", "gov", "hl", "hon", "hr", "hrsg",
    "jan", "jr", "jul", "jun", "lt", "maj", "mar", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "nr", "núm",
    "oct", "okt", "pp", "pres", "prof", "pág", "rep", "rev", "sen", "sep", "sept", "sgt", "sog", "sr", "sra",
    "st", "ste", "str", "tel", "tzw", "ul", "vgl", "vol", "vs", "вв", "гг", "им", "каз", "род", "св", "см",
    "ул",
];

/// The bytes at which sentences begin, but for the first.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    segmenter.segment_str(text).skip(1).filter(|&at| at < text.len() && !goes_on(&text[..at]))
}

/// Whether a sentence goes on after what looks like its end: a title, an initial, a day of the month.
fn goes_on(before: &str) -> bool {
    let trimmed = before.trim_end_matches([' ', '\u{A0}']);
    let Some(rest) = trimmed.strip_suffix('.') else { return false };
    let from = rest.rfind(|c: char| c.is_whitespace() || "([\"'“‘«".contains(c));
    let word = from.map_or(rest, |at| rest[at..].trim_start_matches(|c: char| !c.is_alphanumeric()));
    // "e.g.", "U.S.", "z.B."
    let mut parts = word.split('.');
    let initials = parts.all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    });
    let day = word.len() <= 2 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    initials || day || word.len() <= 12 && SHORTENED.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    fn sentences(text: &str) -> Vec<&str> {
        let ends = super::starts(text).chain([text.len()]);
        let mut from = 0;
        ends.map(|end| text[std::mem::replace(&mut from, end)..end].trim_end()).collect()
    }

    #[test]
    fn titles_initials_and_days_end_no_sentence() {
        assert_eq!(
            sentences("Mr. J. R. Smith met Dr. Who (cf. Fig. 3). It rained. \"No. 5\" won."),
            ["Mr. J. R. Smith met Dr. Who (cf. Fig. 3).", "It rained.", "\"No. 5\" won."]
        );
        assert_eq!(
            sentences("Am 3. Oktober 1990, z. B. Berlin. Es regnete."),
            ["Am 3. Oktober 1990, z. B. Berlin.", "Es regnete."]
        );
        assert_eq!(sentences("日本語の文章。長い文章です。"), ["日本語の文章。", "長い文章です。"]);
    }

    #[test]
    fn a_line_that_ends_is_an_end() {
        assert_eq!(sentences("one\ntwo"), ["one", "two"]);
    }
}
