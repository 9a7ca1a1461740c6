//! Links as pandoc takes them and CommonMark does not: with spaces in the address, or quotation marks in
//! the title.

use super::dialect::Dialect;
use super::region::{Edits, lines};

/// Stands for a space in an address.
pub(super) const SPACE: char = '\u{7f}';

/// Stands for a quotation mark in a title.
pub(super) const QUOTE: char = '\u{5}';

/// No link is looked at further than this, in bytes.
const MOST: usize = 400;

/// CommonMark's limit of parentheses inside each other in an address.
const MOST_OPEN: usize = 32;

/// Whether there may be any.
pub(super) fn may_be(text: &str, dialect: Dialect) -> bool {
    dialect.pandoc() && (text.contains("](") || text.contains("]: "))
}

/// Masks what CommonMark would stop at.
pub(super) fn loose_links(edits: &mut Edits<'_>, dialect: Dialect) {
    let text = edits.text;
    for (at, _) in text.match_indices("](") {
        if edits.is_kept(at) {
            continue;
        }
        let open = at + 2;
        let rest = &text[open..text.floor_char_boundary(open + MOST)];
        let rest = rest.split('\n').next().unwrap_or_default();
        if let Some((address, title)) = parts(rest) {
            put(edits, open, rest, address, title, dialect);
        }
    }
    if dialect != Dialect::Pandoc {
        return;
    }
    for (at, line) in lines(text) {
        let words = line.trim_start_matches([' ', '>']);
        let Some(colon) = words.strip_prefix('[').and_then(|rest| rest.find("]: ")) else { continue };
        let begin = colon + 4;
        let rest = words[begin..].trim_end();
        let title = rest.find(" \"").filter(|at| rest.ends_with('"') && rest.len() > at + 2);
        let place = at + line.len() - words.len() + begin;
        if !edits.is_kept(place) && !words.starts_with("[^") && rest.len() < MOST {
            let title = title.map(|at| (at + 1, rest.len()));
            put(edits, place, rest, (0, title.map_or(rest.len(), |(at, _)| at)), title, dialect);
        }
    }
}

/// Where the address and the title in the brackets of a link stand.
type Parts = ((usize, usize), Option<(usize, usize)>);

fn parts(rest: &str) -> Option<Parts> {
    let mut depth = 0;
    let mut title = None;
    for (at, c) in rest.char_indices() {
        match c {
            // A title of another kind, perhaps.
            '(' | '\'' if rest[..at].ends_with(' ') => return None,
            '(' if depth == MOST_OPEN => return None,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(((0, at), None)),
            ')' => depth -= 1,
            '"' if rest[..at].ends_with(' ') => {
                title = Some(at);
                break;
            }
            _ => {}
        }
    }
    let title = title?;
    let mut end = title + 1;
    loop {
        end += rest[end..].find('"')?;
        if rest[end + 1..].trim_start().starts_with(')') {
            return Some(((0, title), Some((title, end + 1))));
        }
        end += 1;
    }
}

fn put(
    edits: &mut Edits<'_>,
    place: usize,
    rest: &str,
    address: (usize, usize),
    title: Option<(usize, usize)>,
    dialect: Dialect,
) {
    let words = &rest[address.0..address.1];
    let from = words.len() - words.trim_start().len();
    let to = words.trim_end().len();
    let whole = words.trim();
    // Elsewhere than in pandoc's, what has spaces is an address where it is surely a file's.
    let extension = whole.rsplit_once('.').map_or("", |(_, extension)| extension);
    let file = (2..6).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    if !whole.starts_with('<') && (dialect == Dialect::Pandoc || (file && title.is_none())) {
        for (at, _) in words[from.min(to)..to].match_indices(' ') {
            let at = place + address.0 + from + at;
            edits.put(at..at + 1, SPACE.encode_utf8(&mut [0; 4]));
        }
    }
    if let Some((open, end)) = title.filter(|_| dialect == Dialect::Pandoc) {
        for (at, _) in rest[open + 1..end - 1].match_indices('"') {
            // The parser knows those that have a backslash.
            let slashes = rest[open + 1..open + 1 + at].bytes().rev().take_while(|b| *b == b'\\');
            if slashes.count() % 2 == 1 {
                continue;
            }
            let at = place + open + 1 + at;
            edits.put(at..at + 1, QUOTE.encode_utf8(&mut [0; 4]));
        }
    }
}
