//! Addresses on the web and numbers of books and papers: where one ends in a text, where it leads.

use std::ops::Range;

static PROTOCOLS: [&str; 24] = [
    "http://",
    "https://",
    "ftp://",
    "ftps://",
    "mailto:",
    "irc://",
    "ircs://",
    "news:",
    "gopher://",
    "telnet://",
    "nntp://",
    "svn://",
    "git://",
    "ssh://",
    "sftp://",
    "bitcoin:",
    "magnet:",
    "urn:",
    "geo:",
    "sip:",
    "sips:",
    "sms:",
    "tel:",
    "xmpp:",
];

fn protocol(text: &str) -> Option<&'static str> {
    PROTOCOLS
        .iter()
        .find(|p| text.as_bytes().get(..p.len()).is_some_and(|head| head.eq_ignore_ascii_case(p.as_bytes())))
        .copied()
}

pub fn starts_with_protocol(text: &str) -> bool {
    text.starts_with("//") || protocol(text).is_some_and(|p| p.ends_with('/'))
}

fn ends_url(c: char) -> bool {
    c <= ' ' || matches!(c, '[' | ']' | '<' | '>' | '"' | '\u{7F}') || (!c.is_ascii() && c.is_whitespace())
}

/// The end of the address that starts at `at`, for a link in brackets.
pub fn url_end(text: &str, at: usize, limit: usize) -> Option<usize> {
    let rest = text.get(at..limit)?;
    let prefix = if rest.starts_with("//") { "//" } else { protocol(rest)? };
    let length = address_length(&rest[prefix.len()..]);
    (length > 0).then_some(at + prefix.len() + length)
}

/// The length of an address after its protocol.
fn address_length(text: &str) -> usize {
    let host = number_of_host(text);
    let length = text[host..].find(ends_url).map_or(text.len(), |n| host + n);
    // Quotes are read before addresses.
    text[..length].find("''").unwrap_or(length)
}

/// The length of a host that is a number of IPv6, in brackets.
fn number_of_host(text: &str) -> usize {
    let Some(inner) = text.strip_prefix('[') else { return 0 };
    let length =
        inner.bytes().take(46).take_while(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.')).count();
    if length > 0 && inner[length..].starts_with(']') { length + 2 } else { 0 }
}

/// An address as it leads somewhere and is shown: references to characters decoded, what no address holds
/// encoded, what is not seen in a host left out.
pub fn cleaned_address(written: &str) -> String {
    if written.bytes().all(|b| {
        matches!(b, b'!'..=b'~') && !matches!(b, b'&' | b'[' | b']' | b'<' | b'>' | b'"' | b'|' | b'`')
    }) {
        return written.to_owned();
    }
    let decoded = crate::markup::entity::decode(written);
    let host = decoded.find("//").map_or(0, |n| n + 2);
    let rest = host + number_of_host(&decoded[host..]);
    let path = decoded[host..].find(['/', '?', '#']).map_or(decoded.len(), |n| host + n);
    let unseen = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}');
    let encoded = |c: char| c <= ' ' || matches!(c, '[' | ']' | '<' | '>' | '"' | '|' | '`' | '\u{7F}');
    if !decoded[rest..].contains(|c| unseen(c) || encoded(c)) {
        return decoded.into_owned();
    }
    let mut out = decoded[..rest].to_owned();
    for (at, c) in decoded[rest..].char_indices() {
        match c {
            _ if encoded(c) => out.push_str(&format!("%{:02X}", u32::from(c))),
            _ if unseen(c) && rest + at < path => {}
            _ => out.push(c),
        }
    }
    out
}

/// The reference to a character that an address ends before: to one that ends addresses.
fn ends_at_reference(text: &str) -> Option<usize> {
    text.match_indices('&').map(|(at, _)| at).find(|&at| {
        let rest = &text[at + 1..];
        let ends = |digits: &str, radix: u32| {
            let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
            let code =
                digits[length..].starts_with(';').then(|| u32::from_str_radix(&digits[..length], radix));
            matches!(code, Some(Ok(0x3C | 0x3E | 0xA0)))
        };
        match rest.strip_prefix('#') {
            Some(number) => match number.strip_prefix(['x', 'X']) {
                Some(digits) => ends(digits, 16),
                None => ends(number, 10),
            },
            None => ["lt;", "gt;", "nbsp;"].iter().any(|name| rest.starts_with(name)),
        }
    })
}

/// The bare address whose colon stands at `colon`; it starts not before `from`.
pub fn bare_url(text: &str, from: usize, colon: usize, limit: usize) -> Option<Range<usize>> {
    let letters = text.as_bytes()[from..colon].iter().rev().take(8).take_while(|b| b.is_ascii_alphabetic());
    let start = colon - letters.count();
    let prefix = protocol(&text[start..limit])?;
    let before = text[..start].chars().next_back();
    if start + prefix.len() <= colon || before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let rest = &text[start + prefix.len()..limit];
    let mut length = address_length(rest);
    length = ends_at_reference(&rest[..length]).unwrap_or(length);
    let brackets = rest[..length].contains('(');
    let punctuation =
        |c: char| matches!(c, ',' | ';' | '.' | ':' | '!' | '?' | '\\') || (c == ')' && !brackets);
    let trimmed = rest[..length].trim_end_matches(punctuation);
    // The end of a reference to a character is none of a sentence.
    let reference = rest[trimmed.len()..length].starts_with(';')
        && trimmed.rfind('&').is_some_and(|and| {
            crate::markup::entity::reference(&rest[and..=trimmed.len()])
                .is_some_and(|(_, n)| n == trimmed.len() + 1 - and)
        });
    length = trimmed.len() + usize::from(reference);
    (length > 0).then(|| start..start + prefix.len() + length)
}

/// The length of `ISBN …`, `RFC …` or `PMID …` at the start of a text.
pub fn identifier(bytes: &[u8]) -> Option<usize> {
    let (name, isbn) = [(&b"ISBN"[..], true), (b"RFC", false), (b"PMID", false)]
        .into_iter()
        .find(|(name, _)| bytes.starts_with(name))?;
    let mut start = name.len();
    for _ in 0..8 {
        start += space_length(&bytes[start..]);
    }
    if start == name.len() {
        return None;
    }
    let number = &bytes[start..];
    let length = if isbn {
        book_number(number)?
    } else {
        number.iter().take(12).take_while(|b| b.is_ascii_digit()).count()
    };
    let ends_word = number.get(length).is_none_or(|b| !b.is_ascii_alphanumeric());
    (length > 0 && ends_word).then_some(start + length)
}

/// The length of ten or thirteen digits, each parted from the next by at most one space or dash.
fn book_number(number: &[u8]) -> Option<usize> {
    let (mut digits, mut at, mut end) = (0, 0, 0);
    let bookland = number.starts_with(b"978") || number.starts_with(b"979");
    while digits < 13 {
        match number.get(at) {
            Some(b'0'..=b'9') => at += 1,
            Some(b'X' | b'x') if digits == 9 || digits == 12 && bookland => {
                (digits, end) = (digits + 1, at + 1);
                break;
            }
            _ => break,
        }
        (digits, end) = (digits + 1, at);
        at += match number.get(at) {
            Some(b'-') => 1,
            _ => space_length(&number[at..]),
        };
    }
    matches!(digits, 10 | 13).then_some(end)
}

/// The length of the space that a text starts with, as it is written; 0 when there is none.
fn space_length(bytes: &[u8]) -> usize {
    match bytes {
        [b' ' | b'\t', ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        [0xE2, 0x80, 0x80..=0x8A | 0xAF, ..] | [0xE3, 0x80, 0x80, ..] => 3,
        [b'&', ..] => {
            let window = &bytes[..bytes.len().min(16)];
            let end = window.iter().position(|&b| b == b';').map_or(0, |n| n + 1);
            let name = bytes[..end].to_ascii_lowercase();
            let number = name.strip_prefix(b"&#").map(|n| match n.strip_prefix(b"x") {
                Some(hex) => (&b"a0;"[..], hex),
                None => (&b"160;"[..], n),
            });
            let numbered = number.is_some_and(|(wanted, digits)| {
                digits.strip_suffix(wanted).is_some_and(|zeros| zeros.iter().all(|b| *b == b'0'))
            });
            if name == b"&nbsp;" || numbered { end } else { 0 }
        }
        _ => 0,
    }
}

/// Where an identifier leads.
pub fn identifier_url(text: &str) -> String {
    let text = crate::markup::entity::decode(text);
    let (name, number) = text.split_at(text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len()));
    let number: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    match name {
        "RFC" => format!("https://datatracker.ietf.org/doc/html/rfc{number}"),
        "PMID" => format!("https://pubmed.ncbi.nlm.nih.gov/{number}"),
        _ => format!("https://en.wikipedia.org/wiki/Special:BookSources/{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses_end_before_punctuation() {
        let url = |text: &str| {
            let colon = text.find(':').unwrap();
            bare_url(text, 0, colon, text.len()).map(|r| text[r].to_owned())
        };
        assert_eq!(url("see http://a.b/c.").as_deref(), Some("http://a.b/c"));
        assert_eq!(url("http://a.b/c_(d)").as_deref(), Some("http://a.b/c_(d)"));
        assert_eq!(url("(http://a.b/c)").as_deref(), Some("http://a.b/c"));
        assert_eq!(url("http://a.b/c&amp;, d").as_deref(), Some("http://a.b/c&amp;"));
        assert_eq!(url("http://a.b/c&#x3C;d").as_deref(), Some("http://a.b/c"));
        assert_eq!(url("http://[::1]:80/a] b").as_deref(), Some("http://[::1]:80/a"));
        assert_eq!(url("xhttp://a"), None);
        assert_eq!(url("a: b"), None);
    }

    #[test]
    fn identifiers() {
        assert_eq!(identifier(b"ISBN 978-0-306-40615-7."), Some(22));
        assert_eq!(identifier(b"ISBN    "), None);
        assert_eq!(identifier(b"ISBN 978&nbsp;0&#160;316-09811&#xA0;3 "), Some(37));
        assert_eq!(identifier(b"ISBN 978080442957x"), Some(18));
        assert_eq!(identifier(b"ISBN 9780"), None);
        assert_eq!(identifier(b"RFC 822, "), Some(7));
        assert_eq!(identifier_url("PMID 12"), "https://pubmed.ncbi.nlm.nih.gov/12");
    }

    #[test]
    fn addresses_are_cleaned() {
        assert_eq!(cleaned_address("http://a.b/c?d=1&amp;e|f"), "http://a.b/c?d=1&e%7Cf");
        assert_eq!(cleaned_address("http://a&zwnj;b.c/d&zwnj;"), "http://ab.c/d\u{200C}");
        assert_eq!(cleaned_address("http://[::1]/&#x5B;a&#x5D;"), "http://[::1]/%5Ba%5D");
    }
}
