//! Strong text beside East Asian signs, `**「words」**です`: by CommonMark's rule, two asterisks between a
//! letter and a sign of punctuation open or end nothing, for it takes for granted that words are spaced.

use super::dialect::Dialect;
use super::region::{Edits, lines};
use crate::text::is_ideograph;

/// Stands for an asterisk that the parser is not to pair.
pub(super) const ASTERISK: char = '\u{6}';

/// Whether there may be any.
pub(super) fn is_in(text: &str, dialect: Dialect) -> bool {
    let bytes = text.as_bytes();
    let beside = |at: usize| bytes.get(at).is_some_and(|b| *b >= 0x80);
    !matches!(dialect, Dialect::CommonMark | Dialect::GitHub)
        && text.match_indices("**").any(|(at, _)| at > 0 && beside(at - 1) || beside(at + 2))
}

/// Masks pairs of two asterisks on a line, where one of them would be none for CommonMark beside an East
/// Asian sign: what reads the rest of the mark-up pairs them.
pub(super) fn strong(edits: &mut Edits<'_>) {
    let text = edits.text;
    for (start, line) in lines(text) {
        let mut open: Option<usize> = None;
        let mut at = 0;
        while let Some(found) = line[at..].find('*').map(|found| at + found) {
            let length = line[found..].len() - line[found..].trim_start_matches('*').len();
            at = found + length;
            let escaped = line[..found].ends_with('\\');
            if length > 2 {
                open = None;
            }
            if length != 2 || escaped || edits.is_kept(start + found) {
                continue;
            }
            let before = |at: usize| line[..at].chars().next_back();
            let after = |at: usize| line[at + 2..].chars().next();
            let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
            match open {
                Some(begin) if !is_space(before(found)) && found > begin + 2 => {
                    let opens = flanks(before(begin), after(begin));
                    let ends = flanks(after(found), before(found));
                    if !(opens && ends) {
                        for sign in [begin, found] {
                            edits.put(start + sign..start + sign + 2, SIGN);
                        }
                    }
                    open = None;
                }
                _ => open = Some(found).filter(|_| !is_space(after(found))),
            }
        }
    }
}

/// Where such asterisks stand in a text as the parser has it.
pub(super) fn signs(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(SIGN).map(|(at, _)| at)
}

const SIGN: &str = "\u{6}\u{6}";

/// Whether asterisks between what is outside and what is inside are a sign for CommonMark; where no East
/// Asian sign is beside them, its rule is right.
fn flanks(outside: Option<char>, inside: Option<char>) -> bool {
    let hangul = |c: char| matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7FF}');
    let east_asian = |c: Option<char>| c.is_some_and(|c| is_ideograph(c) || hangul(c));
    let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let spaced = outside.is_none_or(|c| c.is_whitespace() || sign(c));
    let words = inside.is_some_and(|c| !sign(c));
    words || spaced || !(east_asian(outside) || east_asian(inside))
}
