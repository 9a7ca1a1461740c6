//! Character references of HTML: numbers, and the names of the HTML Standard (section 13.5).

use std::borrow::Cow;
use web_atoms::NAMED_ENTITIES;

/// Replaces the references in a text by their characters; what is none stays.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match reference(rest) {
            Some((characters, length)) => {
                out.extend(characters);
                length
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The characters of the reference that a text starts with, and the reference's length. It ends in
/// a semicolon: what does not is more often an address than a reference.
pub(crate) fn reference(text: &str) -> Option<(impl Iterator<Item = char> + use<>, usize)> {
    // No name is longer; leading zeros are allowed in numbers.
    let end = text.bytes().take(40).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let characters = match name.strip_prefix('#') {
        Some(number) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    u32::from_str_radix(hex, 16).ok()?
                }
                None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            let c = char::from_u32(number).filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'));
            (c?, None)
        }
        None => {
            // Names that only begin one stand for nothing.
            let &(first, second) = NAMED_ENTITIES.get(text.get(1..=end)?)?;
            let character = |code| char::from_u32(code).filter(|c| *c != '\0');
            (character(first)?, character(second))
        }
    };
    Some((std::iter::once(characters.0).chain(characters.1), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_is_a_reference() {
        assert_eq!(decode("a&nbsp;b &ndash; &#x41;&#65;&#Xee;"), "a\u{a0}b – AAî");
        assert_eq!(decode("caf&eacute; &NotEqualTilde; &amp"), "café ≂̸ &amp");
        assert_eq!(decode("a & b &amp;amp; &#xsee; &nosuch; &no; &"), "a & b &amp; &#xsee; &nosuch; &no; &");
        assert_eq!(decode("&#0;&#1;"), "&#0;&#1;");
    }
}
