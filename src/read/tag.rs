//! Tags of HTML, wherever they stand: their attributes, and what those and their names mean.

use crate::model::{Attr, Direction, LanguageTag, Style, Target};
use std::borrow::Cow;
use std::ops::Range;

/// A tag.
#[cfg_attr(not(feature = "markdown"), expect(dead_code, reason = "html5ever reads the tags of pages"))]
pub(super) struct HtmlTag {
    /// In lower case.
    pub name: String,
    pub closing: bool,
    pub attributes: Vec<Attribute>,
}

#[cfg_attr(not(feature = "markdown"), expect(dead_code, reason = "html5ever reads the tags of pages"))]
pub(super) struct Attribute {
    /// In lower case.
    pub name: String,
    pub value: String,
    /// Where it stands, from the tag's `<` on.
    pub range: Range<usize>,
}

/// Sets an attribute that every node can carry; `false` for any other.
pub(super) fn set_attribute(attr: &mut Attr, name: &str, value: &str) -> bool {
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

/// The tag at the start of some HTML and its length. A comment, a declaration and a processing
/// instruction have a length but are no tag; a `<` that begins none of these has neither.
pub(super) fn tag(html: &str) -> (Option<HtmlTag>, usize) {
    let until = |end: &str| html.find(end).map_or(html.len(), |at| at + end.len());
    if let Some(comment) = html.strip_prefix("<!--") {
        return (None, comment.find("-->").map_or(html.len(), |at| at + 7));
    }
    if html.starts_with("<!") {
        return (None, until(">"));
    }
    if html.starts_with("<?") {
        return (None, until("?>"));
    }
    let Some(inside) = html.strip_prefix('<') else { return (None, 0) };
    let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, 0);
    }
    let name_end = inside.find(|c: char| c.is_ascii_whitespace() || "/>".contains(c)).unwrap_or(inside.len());
    let name = inside[..name_end].to_ascii_lowercase();
    let mut rest = &inside[name_end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            // It never ends, so it is text.
            return (None, 0);
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        // The first character belongs to the name whatever it is, so that each round moves on.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..]
            .find(|c: char| c.is_ascii_whitespace() || "=/>".contains(c))
            .map_or(rest.len(), |n| first + n);
        let name = rest[..end].to_ascii_lowercase();
        let start = html.len() - rest.len();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.trim_start().strip_prefix('=') {
            let after = after.trim_start();
            let (raw, remaining) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_at(
                    after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len()),
                ),
            };
            value = unescaped(raw).into_owned();
            rest = remaining;
        }
        attributes.push(Attribute { name, value, range: start..html.len() - rest.len() });
    }
    (Some(HtmlTag { name, closing, attributes }), html.len() - rest.len())
}

/// Styles by tag.
pub(super) const STYLES: [(&str, Style); 25] = [
    ("abbr", Style::Abbreviation),
    ("b", Style::Strong),
    ("bdi", Style::Span),
    ("bdo", Style::Span),
    ("cite", Style::Cite),
    ("del", Style::Strikeout),
    ("dfn", Style::Definition),
    ("em", Style::Emphasis),
    ("i", Style::Emphasis),
    ("ins", Style::Inserted),
    ("kbd", Style::Keyboard),
    ("mark", Style::Mark),
    ("q", Style::Quotation),
    ("s", Style::Strikeout),
    ("samp", Style::Sample),
    ("small", Style::Small),
    ("span", Style::Span),
    ("strike", Style::Strikeout),
    ("strong", Style::Strong),
    ("sub", Style::Subscript),
    ("sup", Style::Superscript),
    ("tt", Style::Sample),
    ("u", Style::Underline),
    ("var", Style::Variable),
    ("time", Style::Span),
];

/// Text with its character references resolved: numbers, and the names that XML has and `nbsp`.
/// Any other name stays as it stands.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';').unwrap_or_default();
        let name = rest.get(1..end).unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{A0}'),
            _ => number.filter(|&n| n != 0).and_then(char::from_u32),
        };
        match c {
            Some(c) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// An anchor with its percent-encoded bytes (RFC 3986, section 2.1) decoded.
fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes().iter();
    while let Some(&byte) = bytes.next() {
        let hex = bytes.as_slice().get(..2).filter(|_| byte == b'%');
        let decoded = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if decoded.is_some() {
            bytes.nth(1);
        }
        out.push(decoded.unwrap_or(byte));
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Where an address leads.
///
/// # Errors
/// The words of a diagnostic, for an address that could run code or read files.
pub(super) fn target(address: &str) -> Result<Target, String> {
    if let Some(anchor) = address.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
        return Ok(Target::Anchor(percent_decoded(anchor)));
    }
    let scheme: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take_while(|&c| c != ':')
        .take(12)
        .collect();
    if ["javascript", "vbscript", "data", "file"].iter().any(|s| scheme.eq_ignore_ascii_case(s))
        && address.contains(':')
    {
        return Err(format!("the link's address starts with '{}:'; its words stay", scheme.to_lowercase()));
    }
    Ok(Target::Url(address.to_owned()))
}
