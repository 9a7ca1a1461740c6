//! Western European text of the time before UTF-8: windows-1252, of which ISO 8859-1 is a part.

use super::replacing::Replacing;

pub(super) const NAME: &str = "windows-1252";

/// What stands at 0x80 to 0x9F; five bytes mean nothing.
const MIDDLE: [Option<char>; 32] = {
    let mut middle = [None; 32];
    let known = [
        (0x80, '€'),
        (0x82, '‚'),
        (0x83, 'ƒ'),
        (0x84, '„'),
        (0x85, '…'),
        (0x86, '†'),
        (0x87, '‡'),
        (0x88, 'ˆ'),
        (0x89, '‰'),
        (0x8A, 'Š'),
        (0x8B, '‹'),
        (0x8C, 'Œ'),
        (0x8E, 'Ž'),
        (0x91, '‘'),
        (0x92, '’'),
        (0x93, '“'),
        (0x94, '”'),
        (0x95, '•'),
        (0x96, '–'),
        (0x97, '—'),
        (0x98, '˜'),
        (0x99, '™'),
        (0x9A, 'š'),
        (0x9B, '›'),
        (0x9C, 'œ'),
        (0x9E, 'ž'),
        (0x9F, 'Ÿ'),
    ];
    let mut at = 0;
    while at < known.len() {
        middle[known[at].0 - 0x80] = Some(known[at].1);
        at += 1;
    }
    middle
};

fn character(byte: u8) -> Option<char> {
    match byte {
        0x80..=0x9F => MIDDLE[usize::from(byte - 0x80)],
        other => Some(char::from(other)),
    }
}

/// Whether bytes that are no UTF-8 look like such a text: there is no piece of UTF-8 among them, which
/// would make it a damaged file of that; letters beyond ASCII stand in words and are few, as in Western
/// languages and no others; and nothing stands there that means nothing.
pub(super) fn is_likely(source: &[u8]) -> bool {
    if source.contains(&0) || source.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return false;
    }
    let letter = |at: Option<usize>| {
        let byte = at.and_then(|at| source.get(at)).copied().unwrap_or_default();
        // A lone 0xFF is hardly ever one.
        byte != 0xFF && character(byte).is_some_and(char::is_alphabetic)
    };
    let (mut plain, mut beyond) = (0_usize, 0_usize);
    for (at, byte) in source.iter().enumerate() {
        if byte.is_ascii() {
            plain += usize::from(byte.is_ascii_alphabetic());
        } else if letter(Some(at)) {
            if !letter(at.checked_sub(1)) && !letter(Some(at + 1)) {
                return false;
            }
            beyond += 1;
        } else if *byte == 0xFF || character(*byte).is_none() {
            return false;
        }
    }
    plain > 0 && beyond.saturating_mul(3) <= plain
}

/// The text.
pub(super) fn decode(source: &[u8]) -> Replacing {
    let mut out =
        Replacing { text: String::with_capacity(source.len() + source.len() / 8), ..Replacing::default() };
    for (at, byte) in source.iter().enumerate() {
        match character(*byte) {
            Some(c) => out.char(c, at),
            None => out.invalid(at),
        }
    }
    out
}
