//! Text strings (PDF 32000-1, 7.9.2.2): ASCII as it is, anything else as UTF-16BE with its mark.

use lopdf::{Object, StringFormat};

/// The bytes of a text string.
pub(super) fn bytes(text: &str) -> Vec<u8> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t')) {
        return text.as_bytes().to_vec();
    }
    [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

/// A text string as an object.
pub(super) fn object(text: &str) -> Object {
    string(bytes(text))
}

/// A string of any bytes as an object. With many that lopdf must escape it is written in hexadecimal:
/// lopdf looks for each byte among all escaped ones.
pub(super) fn string(bytes: Vec<u8>) -> Object {
    const MOST_ESCAPED: usize = 64;
    let escaped = bytes.iter().filter(|b| matches!(b, b'(' | b')' | b'\\' | b'\r')).count();
    let format = if escaped > MOST_ESCAPED { StringFormat::Hexadecimal } else { StringFormat::Literal };
    Object::String(bytes, format)
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn ascii_stays_and_the_rest_is_utf_16() {
        assert_eq!(bytes("a(b)"), b"a(b)");
        assert_eq!(bytes("\u{AD}"), [0xFE, 0xFF, 0, 0xAD]);
        assert_eq!(bytes("😀"), [0xFE, 0xFF, 0xD8, 0x3D, 0xDE, 0]);
    }
}
