//! Where a word may be hyphenated: by the patterns of its language, two letters or more before and
//! three or more after.

use hypher::Lang;

/// Letters before a hyphen, at least.
const BEFORE: usize = 2;
/// Letters after a hyphen, at least.
const AFTER: usize = 3;
/// Longer stretches of letters are no words.
const LONGEST: usize = 100;

/// A place where a word may be hyphenated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HyphenPoint {
    /// Byte of the text before which the hyphen stands.
    pub at: u32,
    /// In a capitalised word: a name, which is better left whole.
    pub capitalised: bool,
}

/// Finds the places in a text without spaces, which may hold punctuation beside its words.
pub(crate) fn hyphen_points(text: &str, language: Lang, out: &mut Vec<HyphenPoint>) {
    let mut start = 0;
    while let Some(first) = text[start..].find(char::is_alphabetic) {
        start += first;
        let length = text[start..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - start);
        let word = &text[start..start + length];
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let initial = word.starts_with(char::is_uppercase);
        // German writes every noun so.
        let capitalised = initial && language != Lang::German;
        // Abbreviations and mixed spellings have no syllables.
        if word.len() >= BEFORE + AFTER && length <= LONGEST && capitals <= usize::from(initial) {
            let (before, after) = language.bounds();
            let mut at = start;
            for syllable in hypher::hyphenate_bounded(word, language, before.max(BEFORE), after.max(AFTER)) {
                if at > start {
                    out.push(HyphenPoint { at: at as u32, capitalised });
                }
                at += syllable.len();
            }
        }
        start += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hyphenated(text: &str, language: Lang) -> String {
        let mut points = Vec::new();
        hyphen_points(text, language, &mut points);
        let mut out = text.to_owned();
        for point in points.iter().rev() {
            out.insert(point.at as usize, if point.capitalised { '=' } else { '-' });
        }
        out
    }

    #[test]
    fn two_letters_stay_before_and_three_after() {
        assert_eq!(hyphenated("“extensive,", Lang::English), "“ex-ten-sive,");
        assert_eq!(hyphenated("again", Lang::English), "again");
        assert_eq!(hyphenated("really", Lang::English), "re-ally");
    }

    #[test]
    fn names_are_marked_and_abbreviations_left_whole() {
        assert_eq!(hyphenated("Petersburg", Lang::English), "Pe=ters=burg");
        assert_eq!(hyphenated("UNESCO", Lang::English), "UNESCO");
        assert_eq!(hyphenated("Weltwunder", Lang::German), "Welt-wun-der");
    }

    #[test]
    fn cyrillic_is_counted_in_letters() {
        assert_eq!(hyphenated("писатель", Lang::Russian), "пи-са-тель");
    }
}
