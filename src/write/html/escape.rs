//! Text and attribute values as markup that is well-formed in HTML and XML alike.

use std::borrow::Cow;

/// Appends text content. Returns how many characters no markup can hold and were left out.
pub(crate) fn push_text(out: &mut String, text: &str) -> usize {
    push(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        // A parser would make it a newline; a space is what it means in running text.
        b'\r' => Some(" "),
        _ => None,
    })
}

/// Appends the value of an attribute, for double quotes.
pub(crate) fn push_attribute(out: &mut String, value: &str) -> usize {
    push(out, value, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\t' | b'\n' | b'\r' => Some(" "),
        _ => None,
    })
}

/// Text content as a string of its own.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}

/// The text without the characters that no markup can hold.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_forbidden) {
        text.chars().filter(|&c| !is_forbidden(c)).collect::<String>().into()
    } else {
        text.into()
    }
}

fn push(out: &mut String, text: &str, replacement: impl Fn(u8) -> Option<&'static str>) -> usize {
    let (mut done, mut removed) = (0, 0);
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if let Some(with) = replacement(byte) {
            out.push_str(&text[done..at]);
            out.push_str(with);
            done = at + 1;
            continue;
        }
        // First bytes that a forbidden character can have; nearly every byte of text is none.
        if !matches!(byte, 0..0x20 | 0x7F | 0xC2 | 0xEF | 0xF0..) {
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if is_forbidden(c) {
            out.push_str(&text[done..at]);
            done = at + c.len_utf8();
            removed += 1;
        }
    }
    out.push_str(&text[done..]);
    removed
}

/// Control characters but white space, and noncharacters: XML 1.0 forbids most of them, HTML
/// calls each a parse error.
pub(super) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(text("a < b & c > d \"e\""), "a &lt; b &amp; c &gt; d \"e\"");
        let mut out = String::new();
        push_attribute(&mut out, "\"a\"\n<b>");
        assert_eq!(out, "&quot;a&quot; &lt;b&gt;");
    }

    #[test]
    fn what_no_markup_can_hold_is_left_out_and_counted() {
        let mut out = String::new();
        let removed =
            push_text(&mut out, "a\u{1}b\u{B}c\u{85}d\u{FFFE}e\u{1FFFF}f\u{FDD0}\tg\u{FFFD}\u{A0}é😀\n");
        assert_eq!((out.as_str(), removed), ("abcdef\tg\u{FFFD}\u{A0}é😀\n", 6));
        assert_eq!(clean("a\u{1}b"), "ab");
    }
}
