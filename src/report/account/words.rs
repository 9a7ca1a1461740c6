//! Words of the source found again in what was made of it.

use std::ops::Range;

/// Whether a character belongs to a word: letters, digits, and all that is not ASCII but white space and the
/// place where a word may be broken, which HTML writes as a tag.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && !c.is_whitespace() && c != '\u{200B}')
}

/// The words of a text, with their places.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word)?;
        let length = text[start..].find(|c| !is_word(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}

/// The words of an address or a name, where `%20` keeps words apart like any other mark.
pub(super) fn words_of_address(text: &str) -> impl Iterator<Item = Range<usize>> {
    words(text).flat_map(move |word| {
        let hex = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
        let escape = word.start > 0
            && text.as_bytes()[word.start - 1] == b'%'
            && hex(word.start)
            && hex(word.start + 1);
        let start = if escape { word.start + 2 } else { word.start };
        (start < word.end).then_some(start..word.end)
    })
}

/// Escaped bytes of an address, such as `%20`.
pub(super) fn escapes(text: &str) -> impl Iterator<Item = Range<usize>> {
    let hex = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    text.match_indices('%')
        .map(|(at, _)| at)
        .filter(move |&at| hex(at + 1) && hex(at + 2))
        .map(|at| at..at + 3)
}

/// How far ahead in the made text a word of the source is looked for: made text may say more than
/// the source, but a word that stands far away is another one.
const AHEAD: usize = 256;

/// Hands on the words of `source` that stand, in this order, in `made`.
pub(super) fn align(source: &str, made: &str, mut found: impl FnMut(Range<usize>)) {
    let mut at = 0;
    for word in words(source) {
        if is_reference(source, &word) {
            // `&eacute;`: what it stands for is among the made text's characters.
            found(word);
            continue;
        }
        let text = &source[word.clone()];
        let rest = &made[at..];
        let lead = rest.find(is_word).unwrap_or(rest.len());
        if rest[lead..].starts_with(text) {
            at += lead + text.len();
            found(word);
            continue;
        }
        let window = &rest[..rest.ceil_char_boundary(AHEAD.min(rest.len()))];
        let ahead = if touches_reference(source, &word) {
            window.find(text).map(|start| start + text.len())
        } else {
            words(window).find(|r| window[r.clone()] == *text).map(|r| r.end)
        };
        if let Some(end) = ahead {
            at += end;
            found(word);
        }
    }
}

/// Whether a word is the name or number in a character reference.
pub(super) fn is_reference(source: &str, word: &Range<usize>) -> bool {
    let before = source[..word.start].strip_suffix('#').unwrap_or(&source[..word.start]);
    before.ends_with('&') && source[word.end..].starts_with(';')
}

/// Whether a word goes on in a character reference: `caf&eacute;`.
pub(super) fn touches_reference(source: &str, word: &Range<usize>) -> bool {
    source[word.end..].starts_with('&') || source[..word.start].ends_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(source: &str, made: &str) -> String {
        let mut out = Vec::new();
        align(source, made, |r| out.push(&source[r]));
        out.join(" ")
    }

    #[test]
    fn words_are_found_in_order() {
        assert_eq!(aligned("a {{convert|3|km}} b", "a 3 km (1.9 mi) b"), "a 3 km b");
        assert_eq!(aligned("foo<!-- x -->bar", "foobar"), "foo bar");
        assert_eq!(aligned("caf&eacute; &#233; b", "café é b"), "caf eacute 233 b");
        assert_eq!(aligned("日本<b>語", "日本語"), "日本 語");
        assert_eq!(aligned("&amp;amp;T", "&amp;T"), "amp amp T");
        assert_eq!(aligned("Enter<wbr>Guard", "Enter\u{200B}Guard"), "Enter Guard");
        assert_eq!(aligned("one two", ""), "");
    }

    #[test]
    fn an_address_is_read_by_its_words() {
        let words = |text| words_of_address(text).map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(words("a_b%20c%C3%A9d.html"), ["a", "b", "c", "d", "html"]);
    }
}
