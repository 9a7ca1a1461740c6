//! The scanner of tags.

use super::kind::{Kind, Marks, push};

pub(super) fn marks(text: &str) -> Marks {
    let (mut marks, mut at) = (Vec::new(), 0);
    while let Some(found) = text[at..].find(['<', '&']) {
        at += found;
        let rest = &text[at..];
        if rest.starts_with('&') {
            let length = reference(rest);
            if length > 1 {
                push(&mut marks, at..at + length, Kind::Number);
            }
            at += length;
        } else if rest.starts_with("<!--") {
            let length = rest.find("-->").map_or(rest.len(), |end| end + 3);
            push(&mut marks, at..at + length, Kind::Comment);
            at += length;
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            at = tag(text, at, &mut marks);
        } else {
            at += 1;
        }
    }
    marks
}

/// How long a character reference is; 1 when it is none.
fn reference(text: &str) -> usize {
    let name = text.bytes().skip(1).take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    if name > 0 && text[name + 1..].starts_with(';') { name + 2 } else { 1 }
}

/// Marks a tag; returns where it ends.
fn tag(text: &str, start: usize, marks: &mut Marks) -> usize {
    let in_name = |c: char| c.is_alphanumeric() || "-_:.".contains(c);
    let name = |from: usize| text[from..].find(|c| !in_name(c)).map_or(text.len(), |end| from + end);
    let mut at = start + 1;
    at += usize::from(text[at..].starts_with(['/', '!', '?']));
    at = name(at);
    push(marks, start..at, Kind::Keyword);
    while let Some(c) = text[at..].chars().next() {
        let from = at;
        match c {
            '>' => {
                push(marks, at..at + 1, Kind::Keyword);
                return at + 1;
            }
            '<' => return at,
            '/' | '?' => {
                at += 1;
                push(marks, from..at, Kind::Keyword);
            }
            '"' | '\'' => {
                at = text[at + 1..].find(c).map_or(text.len(), |end| at + end + 2);
                push(marks, from..at, Kind::String);
            }
            c if in_name(c) => {
                at = name(at);
                push(marks, from..at, Kind::Name);
            }
            c => at += c.len_utf8(),
        }
    }
    at
}
