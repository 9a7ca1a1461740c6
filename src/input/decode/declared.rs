//! Encodings that a page declares itself (HTML, 13.2.3.2, "prescan a byte stream"; XML 1.0, 4.3.3).

use super::replacing::Replacing;
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, UTF_8, WINDOWS_1252, X_USER_DEFINED};

/// How far declarations are looked for: browsers look at the first 1024 bytes, and begin again when they
/// come to one after them.
const HEAD: usize = 1 << 16;

/// Bytes of a tag that declares something.
const TAG: usize = 1024;

/// The name of the declared encoding, and the text; `None` when none is declared in which declarations are
/// written as in ASCII and that is not UTF-8, or when there are NUL bytes, which no such text has.
pub(super) fn decode(source: &[u8]) -> Option<(&'static str, Replacing)> {
    let encoding = match label(&source[..source.len().min(HEAD)]).and_then(Encoding::for_label)? {
        declared if declared == X_USER_DEFINED => WINDOWS_1252,
        declared => declared,
    };
    let like_ascii = encoding.is_ascii_compatible() || encoding == ISO_2022_JP;
    if encoding == UTF_8 || !like_ascii || source.contains(&0) {
        return None;
    }
    text(encoding, source)
}

/// The name of the encoding of a label.
pub(super) fn name(label: &str) -> Option<&'static str> {
    Encoding::for_label(label.as_bytes()).map(Encoding::name)
}

/// The text in the encoding of a label.
pub(super) fn decode_as(label: &str, source: &[u8]) -> Option<(&'static str, Replacing)> {
    text(Encoding::for_label(label.as_bytes())?, source)
}

fn text(encoding: &'static Encoding, source: &[u8]) -> Option<(&'static str, Replacing)> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut out, mut piece, mut at) = (Replacing::default(), String::new(), 0);
    loop {
        let rest = &source[at..];
        piece.clear();
        piece.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len())?);
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut piece, true);
        match piece.contains('\0') {
            false => out.text.push_str(&piece),
            true => piece.chars().for_each(|c| out.char(c, at)),
        }
        at += read;
        match result {
            DecoderResult::InputEmpty => return Some((encoding.name(), out)),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                out.invalid(at - usize::from(length) - usize::from(after))
            }
        }
    }
}

/// What the first declaration says.
fn label(mut head: &[u8]) -> Option<&[u8]> {
    while let Some(at) = head.iter().position(|b| *b == b'<') {
        let rest = &head[at + 1..];
        // What is commented out declares nothing; `<!-->` is whole.
        if rest.starts_with(b"!--") {
            head = &rest[rest[1..].windows(3).position(|part| part == b"-->")? + 4..];
            continue;
        }
        if let Some(label) = label_in(&rest[..rest.len().min(TAG)]) {
            return Some(label);
        }
        head = rest;
    }
    None
}

/// What the tag declares in which a text begins.
fn label_in(text: &[u8]) -> Option<&[u8]> {
    let tag = text.split(|b| *b == b'>').next()?;
    let is = |name: &[u8]| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let name: &[u8] = if is(b"meta") {
        b"charset"
    } else if is(b"?xml") {
        b"encoding"
    } else {
        return None;
    };
    let at = tag.windows(name.len()).position(|part| part.eq_ignore_ascii_case(name))?;
    let value = tag[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    value.split(|b| matches!(b, b'"' | b'\'' | b';' | b' ' | b'?' | b'/')).next()
}
