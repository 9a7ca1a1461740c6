//! Tags as they stand in a text, and their attributes.

use crate::model::{Attr, Direction, LanguageTag};
use std::ops::Range;

/// An attribute of a tag.
pub(crate) struct Attribute {
    /// In lower case.
    pub name: String,
    /// Where it stands, from the tag's `<` on.
    pub range: Range<usize>,
}

/// Sets an attribute that every node can carry; `false` for any other.
pub(crate) fn set_attribute(attr: &mut Attr, name: &str, value: &str) -> bool {
    match name {
        "id" if !value.is_empty() => attr.id = Some(value.to_owned()),
        "class" => attr.classes.extend(value.split_ascii_whitespace().map(str::to_owned)),
        "title" if !value.is_empty() => attr.title = Some(value.to_owned()),
        "lang" | "xml:lang" => match LanguageTag::new(value.trim()) {
            Some(tag) => attr.lang = Some(tag),
            None => return false,
        },
        "dir" if value.eq_ignore_ascii_case("ltr") => attr.dir = Some(Direction::Ltr),
        "dir" if value.eq_ignore_ascii_case("rtl") => attr.dir = Some(Direction::Rtl),
        _ => return false,
    }
    true
}

/// The attributes of the tag at the start of some HTML, and the tag's length; `None` where there is
/// no tag, or one that never ends.
pub(crate) fn attributes(html: &str) -> Option<(Vec<Attribute>, usize)> {
    let inside = html.strip_prefix('<')?;
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = inside.find(|c: char| c.is_ascii_whitespace() || "/>".contains(c)).unwrap_or(inside.len());
    let mut rest = &inside[name_end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((attributes, html.len() - after.len()));
        }
        // The first character belongs to the name whatever it is, so that each round moves on.
        let first = rest.chars().next()?.len_utf8();
        let end = rest[first..]
            .find(|c: char| c.is_ascii_whitespace() || "=/>".contains(c))
            .map_or(rest.len(), |n| first + n);
        let name = rest[..end].to_ascii_lowercase();
        let start = html.len() - rest.len();
        rest = &rest[end..];
        if let Some(after) = rest.trim_start().strip_prefix('=') {
            let after = after.trim_start();
            rest = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).map_or("", |(_, rest)| rest),
                _ => after.trim_start_matches(|c: char| !c.is_ascii_whitespace() && c != '>'),
            };
        }
        attributes.push(Attribute { name, range: start..html.len() - rest.len() });
    }
}
