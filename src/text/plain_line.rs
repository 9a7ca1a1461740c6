//! Where a line may end in text of words and the usual marks: what UAX #14 says of most paragraphs of Europe,
//! without its tables.

/// What a character is to the end of a line.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Start,
    Space,
    Letter,
    Digit,
    /// What opens, and has something after it.
    Open,
    /// What closes, or parts, and has something before it.
    Close,
    /// Like it, but that a line may end between it and a word.
    Exclamation,
    Hyphen,
    Dash,
}

impl Kind {
    fn of(c: char) -> Option<Kind> {
        Some(match c {
            'a'..='z' | 'A'..='Z' => Kind::Letter,
            ' ' => Kind::Space,
            '0'..='9' => Kind::Digit,
            ',' | '.' | ';' | ':' | ')' | '’' | '”' => Kind::Close,
            '(' | '“' | '‘' | '„' => Kind::Open,
            '!' | '?' => Kind::Exclamation,
            '-' => Kind::Hyphen,
            '–' => Kind::Dash,
            'À'..='ɏ' | 'Α'..='Ω' | 'ά'..='ώ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' => Kind::Letter,
            _ => return None,
        })
    }
}

/// The byte offsets at which a line may start. `None` for text that has anything rare in it.
pub(super) fn line_starts(text: &str) -> Option<Vec<usize>> {
    use Kind::{Close, Dash, Digit, Exclamation, Hyphen, Letter, Open, Space, Start};
    let mut starts = Vec::with_capacity(text.len() / 5);
    let (mut earlier, mut last) = (Start, Start);
    for (at, c) in text.char_indices() {
        let next = Kind::of(c)?;
        let breaks = match (last, next) {
            (Start | Open, Letter | Digit | Open) => false,
            (Letter | Digit, _) => false,
            (Close | Exclamation, Close | Exclamation | Space) => false,
            (Close, Letter | Digit) => false,
            (Space, Letter | Digit | Open | Dash) => true,
            (Hyphen, Letter) => matches!(earlier, Letter | Digit),
            (Dash, Letter | Digit) if matches!(earlier, Letter | Digit) => true,
            (Dash, Space) => false,
            _ => return None,
        };
        if breaks {
            starts.push(at);
        } else if last == Hyphen {
            return None;
        }
        (earlier, last) = (last, next);
    }
    Some(starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::segment::line_ends;

    #[test]
    fn plain_lines_end_as_the_tables_say() {
        let kinds = ['a', '1', ' ', ',', ')', '’', '”', '(', '“', '„', '!', '-', '–', 'é'];
        let mut plain = 0;
        for number in 0..kinds.len().pow(4) {
            let text: String = (0..4).map(|n| kinds[number / kinds.len().pow(n) % kinds.len()]).collect();
            if let Some(starts) = line_starts(&text) {
                plain += 1;
                let mut all: Vec<usize> = line_ends(&text).collect();
                assert_eq!(all.pop(), Some(text.len()));
                assert_eq!(starts, all, "{text:?}");
            }
        }
        assert!(plain > 4_000, "{plain}");
    }

    #[test]
    fn every_plain_letter_is_one() {
        for letter in '\0'..='\u{3000}' {
            for text in [format!("a{letter} {letter}b"), format!("{letter}-{letter}1 ({letter})")] {
                if let Some(starts) = line_starts(&text) {
                    let mut all: Vec<usize> = line_ends(&text).collect();
                    all.pop();
                    assert_eq!(starts, all, "{text:?}");
                }
            }
        }
    }
}
