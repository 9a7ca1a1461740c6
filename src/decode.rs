//! From bytes to text: byte order marks, invalid sequences, NUL.

use crate::diagnostic::{Diagnostic, code};
use crate::format::{Context, Error};
use crate::model::Span;
use std::borrow::Cow;

/// A source decoded to UTF-8. Spans count bytes of `text`; a byte order mark stays in it, so that
/// in a UTF-8 file they are the file's own offsets.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Name of the encoding it was in, such as `UTF-8` or `UTF-16LE`.
    pub encoding: &'static str,
}

impl Decoded<'_> {
    /// Where the text proper starts: after the byte order mark, if there is one.
    pub fn start(&self) -> usize {
        if self.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }
    }
}

/// Decodes a source. UTF-16 is recognised by its byte order mark only; all else is UTF-8.
///
/// Invalid sequences and NUL become U+FFFD, each with a diagnostic (after the tenth of a kind,
/// only the count is reported).
///
/// # Errors
/// When the source is over [`Limits::input_bytes`](crate::format::Limits::input_bytes).
pub fn decode<'a>(source: &'a [u8], cx: &mut Context<'_>) -> Result<Decoded<'a>, Error> {
    if source.len() > cx.limits.input_bytes {
        return Err(Error::Limit {
            what: "the input's size in bytes",
            limit: cx.limits.input_bytes,
            remedy: "split it, or raise --max-input-bytes",
        });
    }
    let (text, encoding, invalid) = match source {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, "UTF-16LE"),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, "UTF-16BE"),
        _ => utf8(source),
    };
    Replaced { code: &code::INVALID_ENCODING, what: "invalid", encoding }.report(&invalid, cx);
    let text = if text.contains('\0') { replace_nul(&text, encoding, cx).into() } else { text };
    Ok(Decoded { text, encoding })
}

/// A place where U+FFFD was put: its span in the decoded text, its offset in the original.
type Place = (Span, usize);

fn utf8(source: &[u8]) -> (Cow<'_, str>, &'static str, Vec<Place>) {
    if let Ok(text) = std::str::from_utf8(source) {
        return (text.into(), "UTF-8", Vec::new());
    }
    let mut text = String::with_capacity(source.len() + 16);
    let mut invalid = Vec::new();
    let mut offset = 0;
    for chunk in source.utf8_chunks() {
        text.push_str(chunk.valid());
        offset += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            invalid.push((Span::new(text.len(), text.len() + 3), offset));
            text.push('\u{FFFD}');
            offset += chunk.invalid().len();
        }
    }
    (text.into(), "UTF-8", invalid)
}

fn utf16(
    source: &[u8],
    unit: fn([u8; 2]) -> u16,
    name: &'static str,
) -> (Cow<'static, str>, &'static str, Vec<Place>) {
    let (pairs, odd) = source.as_chunks::<2>();
    let mut text = String::with_capacity(source.len());
    let mut invalid = Vec::new();
    // The mark itself is two bytes and was taken off.
    let mut offset = 2;
    for c in char::decode_utf16(pairs.iter().map(|&p| unit(p))) {
        match c {
            Ok(c) => {
                text.push(c);
                offset += 2 * c.len_utf16();
            }
            Err(_) => {
                invalid.push((Span::new(text.len(), text.len() + 3), offset));
                text.push('\u{FFFD}');
                offset += 2;
            }
        }
    }
    if !odd.is_empty() {
        invalid.push((Span::new(text.len(), text.len() + 3), offset));
        text.push('\u{FFFD}');
    }
    (text.into(), name, invalid)
}

fn replace_nul(text: &str, encoding: &'static str, cx: &mut Context<'_>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut places = Vec::new();
    for (offset, c) in text.char_indices() {
        if c == '\0' {
            places.push((Span::new(out.len(), out.len() + 3), offset));
            out.push('\u{FFFD}');
        } else {
            out.push(c);
        }
    }
    Replaced { code: &code::NUL_CHARACTER, what: "a NUL character", encoding }.report(&places, cx);
    out
}

struct Replaced {
    code: &'static crate::diagnostic::Code,
    what: &'static str,
    encoding: &'static str,
}

impl Replaced {
    /// How many places are named before only their number is given.
    const NAMED: usize = 10;

    fn report(&self, places: &[Place], cx: &mut Context<'_>) {
        let Replaced { code, what, encoding } = self;
        for (span, offset) in places.iter().take(Self::NAMED) {
            let message = match *what {
                "invalid" => format!("invalid {encoding} at byte {offset}, shown as U+FFFD"),
                what => format!("{what} at byte {offset}, shown as U+FFFD"),
            };
            cx.report(Diagnostic::new(code, *span, message));
        }
        if let Some((span, offset)) = places.get(Self::NAMED) {
            let more = places.len() - Self::NAMED;
            cx.report(
                Diagnostic::new(code, *span, format!("{more} more such places from byte {offset} on"))
                    .help("save the file as UTF-8"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;

    fn decoded(source: &[u8]) -> (String, &'static str, Vec<String>) {
        let (limits, mut sink) = (Limits::default(), Vec::new());
        let d = decode(source, &mut Context::new("-", &limits, &mut sink)).unwrap();
        (d.text.into_owned(), d.encoding, sink.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn invalid_bytes_are_replaced_and_named_by_their_offset() {
        let (text, _, messages) = decoded(b"a\xFFb\xC3");
        assert_eq!(text, "a\u{FFFD}b\u{FFFD}");
        assert_eq!(
            messages,
            ["invalid UTF-8 at byte 1, shown as U+FFFD", "invalid UTF-8 at byte 3, shown as U+FFFD"]
        );
    }

    #[test]
    fn utf16_is_known_by_its_mark() {
        assert_eq!(decoded(b"\xFF\xFEa\0\x3D\xD8\x00\xDE").0, "a\u{1F600}");
        let (text, encoding, messages) = decoded(b"\xFE\xFF\0a\xD8\x3D\0");
        assert_eq!((text.as_str(), encoding), ("a\u{FFFD}\u{FFFD}", "UTF-16BE"));
        assert_eq!(messages.len(), 2);
    }

    #[test]
    fn many_faults_are_counted() {
        let (_, _, messages) = decoded(&[0; 30]);
        assert_eq!(messages.len(), 11);
        assert_eq!(messages[10], "20 more such places from byte 10 on");
    }

    #[test]
    fn over_the_limit_is_an_error() {
        let (limits, mut sink) = (Limits { input_bytes: 3, ..Limits::default() }, Vec::new());
        assert!(matches!(
            decode(b"four", &mut Context::new("-", &limits, &mut sink)),
            Err(Error::Limit { limit: 3, .. })
        ));
    }
}
