//! Text whose characters are no mark-up.

use super::Flavour;
use crate::markup::emoji;

/// Adds text to a line. `before`: the character before it; the start of a line is a line break.
///
/// Of brackets that are text the closing ones have a backslash: before opening ones, one would begin a
/// formula. `in_brackets`: in those of a link, where an opening one would take the link's end for its own.
pub(super) fn push_text(out: &mut String, text: &str, flavour: Flavour, in_cell: bool, in_brackets: bool) {
    let mut before = out.chars().next_back();
    let alone = ['~', '^', '$'].map(|c| (c, text.matches(c).nth(1).is_none()));
    let last_semicolon = text.rfind(';');
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next();
        let starts = matches!(before, None | Some('\n'));
        let place = Place {
            before,
            after,
            rest: &text[at..],
            starts,
            numbered: matches!(c, '.' | ')') && ends_in_number(out, flavour),
            alone: alone.contains(&(c, true)),
            referred: last_semicolon > Some(at),
        };
        if needs_backslash(c, &place, flavour, in_cell) {
            out.push('\\');
        }
        match c {
            '[' if in_brackets => out.push_str("&#91;"),
            // A line break in text is a space.
            '\n' | '\r' => out.push(' '),
            // White space at the start of a line would be left out.
            ' ' | '\t' if starts => {}
            _ => out.push(c),
        }
        before = Some(c);
    }
}

/// What stands around a character.
struct Place<'t> {
    before: Option<char>,
    after: Option<char>,
    rest: &'t str,
    /// It is the first of its line.
    starts: bool,
    /// Nothing but a number stands before it on its line.
    numbered: bool,
    /// There is no other like it in the text, which it could pair with.
    alone: bool,
    /// A semicolon comes after it, which could end a character reference.
    referred: bool,
}

/// Whether the last line is a number that a list could start with; pandoc's may be a letter or Roman.
fn ends_in_number(out: &str, flavour: Flavour) -> bool {
    let digits = out.bytes().rev().take(10).take_while(u8::is_ascii_alphanumeric).count();
    let (line, number) = out.split_at(out.len() - digits);
    let roman = |b: u8| b"ivxlcdm".contains(&b.to_ascii_lowercase());
    let is_number = number.bytes().all(|b| b.is_ascii_digit())
        || flavour == Flavour::Pandoc && (digits == 1 || number.bytes().all(roman));
    (1..10).contains(&digits) && is_number && (line.is_empty() || line.ends_with('\n'))
}

fn needs_backslash(c: char, place: &Place<'_>, flavour: Flavour, in_cell: bool) -> bool {
    let Place { before, after, rest, starts, numbered, alone, referred } = *place;
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let extended = flavour != Flavour::CommonMark;
    match c {
        '\\' => true,
        '`' | ']' => true,
        '*' => !(space(before) && space(after)) || starts,
        '_' => !(word(before) && word(after) || space(before) && space(after)),
        '<' => !space(after),
        '&' => after.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()) && referred,
        '#' => starts,
        '>' => starts,
        '-' if flavour == Flavour::Pandoc && [before, after].contains(&Some('-')) => true,
        // Three of them are an ellipsis.
        '.' if flavour == Flavour::Pandoc && [before, after].contains(&Some('.')) => true,
        // It would begin a table.
        '+' if starts && extended && after.is_some_and(|c| "-=:".contains(c)) => true,
        '+' | '-' => starts && (space(after) || after == Some(c)),
        '=' => {
            let opens = rest.starts_with("==") && !word(before) && !space(rest[2..].chars().next());
            (starts && rest.trim_matches(['=', ' ']).is_empty()) || (extended && opens)
        }
        // After a number at the start of a line it would begin a list.
        '.' | ')' => numbered && space(after),
        '$' => extended && !(alone && (space(after) || after.is_some_and(|c| c.is_ascii_digit()))),
        '~' => starts && (rest.starts_with("~~~") || space(after)) || extended && !alone,
        '^' => extended && (!alone || (space(before) && word(after))),
        '|' => in_cell || (starts && extended),
        ':' => {
            extended
                && ((starts && (space(after) || rest.starts_with(":::")))
                    || (!word(before) && is_emoji(rest)))
        }
        '{' => extended && rest.starts_with("{{#"),
        '%' => extended && ((starts && space(after)) || [before, after].contains(&Some('%'))),
        '!' => rest.starts_with("!["),
        '(' => extended && rest.starts_with("(@"),
        '?' => starts && rest.starts_with("???"),
        _ => false,
    }
}

/// Whether a text starts with the short name of an emoji.
fn is_emoji(rest: &str) -> bool {
    rest[1..].split_once(':').is_some_and(|(name, _)| emoji::named(name).is_some())
}

/// An address between the brackets of a link.
pub(super) fn address(url: &str) -> String {
    let plain = !url.is_empty()
        && !url.starts_with('<')
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '\\'));
    if plain {
        // What looks like an entity would be read as one.
        return url.replace('&', if url.contains(';') { "&amp;" } else { "&" });
    }
    let mut out = String::from("<");
    for c in url.chars() {
        match c {
            '<' | '>' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push_str("%0A"),
            _ => out.push(c),
        }
    }
    out + ">"
}

/// Words in quotation marks: a title, the value of an attribute.
pub(super) fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' | '<' | '`' | '*' | '_' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out + "\""
}

/// The value of an attribute of HTML.
pub(super) fn attribute(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('\n', " ")
}

/// Code between enough backticks.
pub(super) fn code(text: &str, in_cell: bool) -> String {
    let text = text.replace('\n', " ");
    let text = if in_cell { text.replace('|', "\\|") } else { text };
    let most = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(if most == 0 { 1 } else { most + 1 });
    let blank = text.trim().is_empty();
    let padded =
        text.starts_with('`') || text.ends_with('`') || (text.starts_with(' ') && text.ends_with(' '));
    match padded && !blank {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}
