//! From bytes to text: byte order marks, declared encodings, invalid sequences, NUL.

#[cfg(feature = "html")]
mod declared;

mod replacing;
mod western;

#[cfg(not(feature = "html"))]
mod declared {
    /// Only readers of pages bring the tables of other encodings.
    pub(super) fn decode(_: &[u8]) -> Option<(&'static str, super::Replacing)> {
        None
    }

    pub(super) fn name(_: &str) -> Option<&'static str> {
        None
    }

    pub(super) fn decode_as(_: &str, _: &[u8]) -> Option<(&'static str, super::Replacing)> {
        None
    }
}

use crate::diagnostic::{Code, Diagnostic, Remedy, code};
use crate::format::{Error, Format, ReadContext};
use crate::model::{Article, Document, Source, Span};
use replacing::{NAMED, Places, Replacing};
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

    /// The lines of the text proper, without their ends, each with its place.
    pub fn lines(&self) -> impl Iterator<Item = (&str, Span)> {
        let mut at = self.start();
        self.text[at..].split_inclusive('\n').map(move |whole| {
            let line = whole.trim_end_matches(['\n', '\r']);
            let span = Span::new(at, at + line.len());
            at += whole.len();
            (line, span)
        })
    }

    /// A document whose only article is the whole text, with the account of its bytes settled: `marks`
    /// are the characters that the format marks with, see [`ReadContext::settle`].
    pub fn document(
        &self,
        article: Article,
        format: &Format,
        marks: &str,
        cx: &mut ReadContext<'_>,
    ) -> Document {
        let span = Span::new(self.start(), self.text.len());
        let document = Document {
            sources: vec![self.source(cx.source_name(), format.name)],
            articles: vec![Article { span, ..article }],
            ..Document::default()
        };
        cx.settle(&self.text, &document, marks);
        document
    }

    /// The source for spans to point into, as a format of this name reads it.
    pub fn source(&self, name: &str, format: &str) -> Source {
        Source {
            name: name.to_owned(),
            format: format.to_owned(),
            encoding: self.encoding.to_owned(),
            length: Span::new(0, self.text.len()).end,
            ..Source::default()
        }
    }
}

/// Decodes a source. UTF-16 is recognised by its byte order mark only. What is no UTF-8 and declares
/// another encoding as pages do (`<meta charset=…>`, `<?xml encoding=…?>`, within the first 64 KiB) is
/// in that one; what looks like Western text in windows-1252 is, with a diagnostic; all else is UTF-8. The
/// [context](ReadContext::with_encoding) may name another encoding.
///
/// Invalid sequences and NUL become U+FFFD, each with a diagnostic (after the tenth of a kind,
/// only the count is reported).
///
/// # Errors
/// When the source is over [`Limits::input_bytes`](crate::format::Limits::input_bytes).
pub fn decode<'a>(source: &'a [u8], cx: &mut ReadContext<'_>) -> Result<Decoded<'a>, Error> {
    if source.len() > cx.limits().input_bytes {
        let (most, remedy) = (cx.limits().input_bytes, Remedy::InputBytes);
        return Err(Error::limit("the input's size in bytes", most, remedy, None));
    }
    let (encoding, text) = match source {
        [0xFF, 0xFE, rest @ ..] => ("UTF-16LE", utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => ("UTF-16BE", utf16(rest, u16::from_be_bytes)),
        _ if cx.encoding().is_some_and(|label| encoding(label).is_some_and(|name| name != "UTF-8")) => cx
            .encoding()
            .and_then(|label| declared::decode_as(label, source))
            .unwrap_or(("UTF-8", utf8(source))),
        _ => match std::str::from_utf8(source) {
            Ok(text) if memchr::memchr2(0, 0x1B, source).is_none() => {
                return Ok(Decoded { text: text.into(), encoding: "UTF-8" });
            }
            // The one encoding that has letters beyond ASCII in bytes of ASCII begins them with an escape.
            Ok(_) => declared::decode(source)
                .filter(|(name, _)| *name == "ISO-2022-JP")
                .unwrap_or_else(|| ("UTF-8", utf8(source))),
            Err(_) if cx.encoding().is_some() => ("UTF-8", utf8(source)),
            Err(_) => match declared::decode(source) {
                Some(declared) => declared,
                None if western::is_likely(source) => (western::NAME, guessed(source, cx)),
                None => ("UTF-8", utf8(source)),
            },
        },
    };
    let invalid = |offset| format!("invalid {encoding} at byte {offset}, shown as U+FFFD");
    report(&code::INVALID_ENCODING, &text.invalid, invalid, cx);
    let nul = |offset| format!("a NUL character at byte {offset}, shown as U+FFFD");
    report(&code::NUL_CHARACTER, &text.nul, nul, cx);
    Ok(Decoded { text: text.text.into(), encoding })
}

/// The name of the encoding that a label such as `latin1` stands for (WHATWG Encoding, 4.2), if this build
/// knows it.
///
/// ```
/// assert_eq!(fanfold::decode::encoding("utf8"), Some("UTF-8"));
/// assert_eq!(fanfold::decode::encoding("latin-9000"), None);
/// ```
pub fn encoding(label: &str) -> Option<&'static str> {
    let is = |known: &&str| label.trim().eq_ignore_ascii_case(known);
    if ["utf-8", "utf8"].iter().any(is) { Some("UTF-8") } else { declared::name(label) }
}

/// Western text, which is told.
fn guessed(source: &[u8], cx: &mut ReadContext<'_>) -> Replacing {
    let out = western::decode(source);
    let first = out.text.find(|c: char| !c.is_ascii()).unwrap_or_default();
    let length = out.text[first..].chars().next().map_or(0, char::len_utf8);
    let message = format!("the text is no UTF-8; it is read as {}", western::NAME);
    let guessed = Diagnostic::new(&code::ENCODING_GUESSED, Span::new(first, first + length), message);
    cx.report(guessed.remedy(Remedy::Encoding));
    out
}

fn utf8(source: &[u8]) -> Replacing {
    let mut out = Replacing { text: String::with_capacity(source.len() + 16), ..Replacing::default() };
    let mut offset = 0;
    for chunk in source.utf8_chunks() {
        for (i, c) in chunk.valid().char_indices() {
            out.char(c, offset + i);
        }
        offset += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            out.invalid(offset);
            offset += chunk.invalid().len();
        }
    }
    out
}

fn utf16(source: &[u8], unit: fn([u8; 2]) -> u16) -> Replacing {
    let mut out = Replacing { text: String::with_capacity(source.len()), ..Replacing::default() };
    let (pairs, odd) = source.as_chunks::<2>();
    // The mark itself is two bytes and was taken off.
    let mut offset = 2;
    for c in char::decode_utf16(pairs.iter().map(|&p| unit(p))) {
        match c {
            Ok(c) => {
                out.char(c, offset);
                offset += 2 * c.len_utf16();
            }
            Err(_) => {
                out.invalid(offset);
                offset += 2;
            }
        }
    }
    if !odd.is_empty() {
        out.invalid(offset);
    }
    out
}

fn report(code: &'static Code, places: &Places, message: impl Fn(usize) -> String, cx: &mut ReadContext<'_>) {
    for &(span, offset) in places.first.iter().take(NAMED) {
        cx.report(Diagnostic::new(code, span, message(offset)));
    }
    if let Some((span, offset)) = places.first.get(NAMED) {
        let more = places.count - NAMED;
        let message = format!("{more} more such places from byte {offset} on");
        cx.report(Diagnostic::new(code, *span, message).help("save the file as UTF-8"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;

    fn decoded(source: &[u8]) -> (String, &'static str, Vec<String>) {
        let (limits, mut sink) = (Limits::default(), Vec::new());
        let d = decode(source, &mut ReadContext::new("-", &limits, &mut sink)).unwrap();
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
    fn offsets_are_the_originals_and_spans_the_decoded_texts() {
        let (limits, mut sink) = (Limits::default(), Vec::new());
        let source = b"\xFF\0\xFF";
        decode(source, &mut ReadContext::new("-", &limits, &mut sink)).unwrap();
        let places: Vec<_> = sink.iter().map(|d| (d.span.unwrap().range(), d.message.as_str())).collect();
        let invalid = |at| format!("invalid UTF-8 at byte {at}, shown as U+FFFD");
        assert_eq!(places[0], (0..3, invalid(0).as_str()));
        assert_eq!(places[1], (6..9, invalid(2).as_str()));
        assert_eq!(places[2], (3..6, "a NUL character at byte 1, shown as U+FFFD"));
    }

    #[test]
    fn utf16_is_known_by_its_mark() {
        assert_eq!(decoded(b"\xFF\xFEa\0\x3D\xD8\x00\xDE").0, "a\u{1F600}");
        let (text, encoding, messages) = decoded(b"\xFE\xFF\0a\xD8\x3D\0");
        assert_eq!((text.as_str(), encoding), ("a\u{FFFD}\u{FFFD}", "UTF-16BE"));
        assert_eq!(messages.len(), 2);
    }

    #[cfg(feature = "html")]
    #[test]
    fn what_a_page_declares_counts_where_it_is_no_utf_8() {
        for declaration in [
            "<meta charset=windows-1252>",
            "<html><head><META http-equiv=Content-Type content=\"text/html; charset=windows-1252\">",
            "<meta name=a><meta charset = 'cp1252'/>",
            "<?xml version='1.0' encoding='ISO-8859-1'?>",
        ] {
            let (text, encoding, messages) =
                decoded(&[declaration.as_bytes(), b"Joe\x92s \x80 5, caf\xE9"].concat());
            assert_eq!(&text[declaration.len()..], "Joe’s € 5, café", "{declaration}");
            assert_eq!((encoding, messages), ("windows-1252", vec![]));
        }
        let (text, encoding, messages) = decoded(b"<meta charset=shift_jis>\x93\xFA\x96\x7B\xFFx");
        assert_eq!((&text[24..], encoding), ("日本\u{FFFD}x", "Shift_JIS"));
        assert_eq!(messages, ["invalid Shift_JIS at byte 28, shown as U+FFFD"]);
        for other in [
            "<meta charset=utf-8>",
            "<meta charset=utf-16>",
            "<meta charset=x>",
            "<p charset=cp1252>",
            "charset=cp1252",
        ] {
            assert_eq!(decoded(&[other.as_bytes(), b"\xE9"].concat()).1, "UTF-8", "{other}");
        }
        let cases: [(&[u8], &str, &str); 3] = [
            (b"<!-- <meta charset=koi8-r> --><meta charset=windows-1251>\xCF\xF0\xE8", "windows-1251", "При"),
            (b"<meta charset=x-user-defined>caf\xE9", "windows-1252", "café"),
            (b"<meta charset=iso-2022-jp>\x1B$B4A;z\x1B(B", "ISO-2022-JP", "漢字"),
        ];
        for (page, name, words) in cases {
            let (text, encoding, _) = decoded(page);
            assert!(encoding == name && text.ends_with(words), "{encoding}: {text}");
        }
        let late = [&[b' '; 3000][..], b"<meta charset=koi8-r>\xF0\xD2\xC9"].concat();
        assert_eq!(decoded(&late).1, "KOI8-R");
        // Pages lie, and UTF-8 is hardly ever met by chance.
        assert_eq!(decoded("<meta charset=windows-1252>é".as_bytes()).1, "UTF-8");
    }

    #[test]
    fn western_text_is_known_by_its_words() {
        let (text, encoding, messages) =
            decoded(b"Le caf\xE9 d\x92\xC9tienne co\xFBte 3 \x80 \x96 voil\xE0.");
        assert_eq!((text.as_str(), encoding), ("Le café d’Étienne coûte 3 € – voilà.", "windows-1252"));
        assert_eq!(messages, ["the text is no UTF-8; it is read as windows-1252"]);
        for other in [
            // Damaged UTF-8, Cyrillic, a byte that means nothing, one that stands in no word.
            &b"caf\xC3\xA9 and caf\xE9"[..],
            b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0",
            b"a word\x9D",
            b"ab\xFFcd and more",
            b"a \xE9 b",
        ] {
            assert_eq!(decoded(other).1, "UTF-8", "{other:?}");
        }
    }

    #[cfg(feature = "html")]
    #[test]
    fn an_encoding_that_is_named_goes_before_all_guesses() {
        let named = |label: &str, source: &[u8]| {
            let (limits, mut sink) = (Limits::default(), Vec::new());
            let mut cx = ReadContext::new("-", &limits, &mut sink).with_encoding(Some(label));
            let d = decode(source, &mut cx).unwrap();
            (d.text.into_owned(), d.encoding, sink.len())
        };
        let word = b"\xCF\xF0\xE8\xE2\xE5\xF2";
        assert_eq!(named("cp1251", word), ("Привет".into(), "windows-1251", 0));
        assert_eq!(named("koi8-r", b"\xD7\0\xD7"), ("в\u{FFFD}в".into(), "KOI8-R", 1));
        assert_eq!(named("utf-8", b"caf\xE9"), ("caf\u{FFFD}".into(), "UTF-8", 1));
        assert_eq!(named("utf-16le", b"a\0b\0"), ("ab".into(), "UTF-16LE", 0));
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
            decode(b"four", &mut ReadContext::new("-", &limits, &mut sink)),
            Err(Error::Limit { limit: 3, .. })
        ));
    }
}
