//! How JSON is written without control characters: as JSON has it, those up to U+001F are escaped;
//! those after them, which steer terminals as well, are too. So are U+2028 and U+2029, at which some programs
//! that read a line after the other would end one.

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// JSON on one line.
pub(crate) struct Compact;

impl Formatter for Compact {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        fragment(out, text)
    }
}

/// Writes a value as JSON on one line.
pub(crate) fn to_writer(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Compact))
}

/// Writes a part of a string that holds nothing JSON itself wants escaped.
pub(crate) fn fragment<W: ?Sized + Write>(out: &mut W, text: &str) -> io::Result<()> {
    let bytes = text.as_bytes();
    // DEL, the first byte of those from U+0080 to U+009F, and the separators of lines and paragraphs.
    let separates = |three: &[u8]| matches!(three, [0xE2, 0x80, 0xA8 | 0xA9]);
    let separated = bytes.contains(&0xE2) && bytes.windows(3).any(separates);
    if !bytes.contains(&0x7F) && !bytes.contains(&0xC2) && !separated {
        return out.write_all(bytes);
    }
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        let (before, from) = rest.split_at(at);
        let mut after = from.chars();
        let control = after.next().map_or(0, u32::from);
        write!(out, "{before}\\u{control:04x}")?;
        rest = after.as_str();
    }
    out.write_all(rest.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_ends_a_line_is_escaped_and_nothing_else() {
        let text = "a\u{7F}é\u{9B}2J\u{A0}\n\"\u{1B}\u{2028}“\u{2029}\u{85}";
        let mut out = Vec::new();
        to_writer(&mut out, text).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out, "\"a\\u007fé\\u009b2J\u{A0}\\n\\\"\\u001b\\u2028“\\u2029\\u0085\"");
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
    }
}
