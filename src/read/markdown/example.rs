//! Lists whose numbers CommonMark does not know: examples, numbered through the text (`(@)`,
//! `(@label)`), numbers that are counted (`#.`), and, where pandoc alone is read, letters and roman
//! numerals. The parser is given digits in their place.

use super::dialect::Dialect;
use super::region::{Edits, Region, lines};
use crate::model::NumberStyle;
use std::collections::BTreeMap;

/// Whether there may be any.
pub(super) fn may_be_lists(text: &str, dialect: Dialect) -> bool {
    dialect == Dialect::Pandoc || text.contains("(@") || text.contains("#.")
}

/// Masks the marks of items where a list may begin or goes on.
pub(super) fn lists(
    edits: &mut Edits<'_>,
    start: usize,
    dialect: Dialect,
    regions: &mut BTreeMap<u32, Region>,
    examples: &mut BTreeMap<String, u32>,
) {
    let mut number = 0;
    let mut may_begin = true;
    // How the item before is numbered, and how far it is indented.
    let mut before: Option<(usize, NumberStyle)> = None;
    for (at, line) in lines(edits.text) {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let begin = at + line.len() - words.len();
        if words.is_empty() {
            may_begin = true;
            continue;
        }
        let found =
            mark(words, dialect, before.filter(|(indent, _)| *indent == begin - at).map(|(_, style)| style))
                .filter(|_| may_begin && !edits.is_kept(begin));
        let Some((length, value, style)) = found else {
            // What is not indented ends the list.
            if begin == at {
                before = None;
            }
            may_begin = before.is_some() && begin > at && may_begin;
            continue;
        };
        before = Some((begin - at, style));
        let mut value = value;
        if let Some(label) = words.strip_prefix("(@") {
            number += 1;
            value = number;
            let label = label.split(')').next().unwrap_or_default();
            if !label.is_empty() {
                examples.entry(label.to_owned()).or_insert(number);
            }
        }
        let end = if words.as_bytes()[length - 1] == b')' { ')' } else { '.' };
        let digits = format!("{:0>width$}{end}", 1, width = length - 1);
        regions.insert((start + begin) as u32, Region::Item(value, style));
        edits.put(begin..begin + length, &digits);
    }
}

/// The mark of an item: its length, its number, and how that is written.
fn mark(words: &str, dialect: Dialect, before: Option<NumberStyle>) -> Option<(usize, u32, NumberStyle)> {
    let length = words.find([' ', '\t']).unwrap_or(words.len());
    // The parser takes no more than nine digits.
    if !(2..=10).contains(&length) {
        return None;
    }
    let mark = &words[..length];
    if mark == "#." || (mark.starts_with("(@") && mark.ends_with(')')) {
        return Some((length, 1, NumberStyle::Decimal));
    }
    if dialect != Dialect::Pandoc {
        return None;
    }
    let bracketed = mark.strip_prefix('(').and_then(|m| m.strip_suffix(')'));
    let inside = bracketed.or_else(|| mark.strip_suffix([')', '.']))?;
    if let Ok(number) = inside.parse() {
        return bracketed.map(|_| (length, number, NumberStyle::Decimal));
    }
    let upper = inside.bytes().all(|b| b.is_ascii_uppercase());
    if inside.is_empty() || !(upper || inside.bytes().all(|b| b.is_ascii_lowercase())) {
        return None;
    }
    let (letters, numerals) = match upper {
        true => (NumberStyle::UpperAlpha, NumberStyle::UpperRoman),
        false => (NumberStyle::LowerAlpha, NumberStyle::LowerRoman),
    };
    // A letter and a full stop begin names, too.
    if inside.len() == 1 && upper && mark.ends_with('.') && !words[length..].starts_with("  ") {
        return None;
    }
    let in_style = |style: NumberStyle| (1..=200).find(|n| style.write(*n) == inside).map(|n| n as u32);
    let roman = in_style(numerals);
    match roman {
        Some(number) if inside.len() > 1 || before == Some(numerals) => Some((length, number, numerals)),
        Some(1) if before.is_none() => Some((length, 1, numerals)),
        _ if inside.len() == 1 => Some((length, in_style(letters)?, letters)),
        _ => None,
    }
}
