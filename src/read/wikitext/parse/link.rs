//! Links: what is one, where it ends, where it leads.

use super::pairs::Pairs;
use crate::read::wikitext::data::namespace::{self, Space};
use std::borrow::Cow;
use std::ops::Range;

/// What `[[…]]` is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wikilink {
    /// Another article, or a section of it, or of this one.
    Article { title: String, section: Option<String> },
    /// A page of another project or wiki: its address.
    Elsewhere(String),
    /// The same article in another language: said about the page, not in its text.
    Interlanguage,
    /// A category that the page is in.
    Category(String),
    /// A picture, sound or film.
    Media(String),
}

/// A link whose parts are known.
#[derive(Clone, Debug)]
pub struct Found {
    pub link: Wikilink,
    /// The target as written, which is shown when there is no label.
    pub target: Range<usize>,
    /// What follows the first pipe.
    pub label: Option<Range<usize>>,
}

/// What a [`Tag::Link`] element is; its detail is the index of one of these.
#[derive(Clone, Debug)]
pub enum Target {
    Wiki(Wikilink),
    Url(String),
}

/// A piece of a link's words that isn't in the text at that place: `[[a (b)|]]`, `[http://a]`.
#[derive(Clone, Debug)]
pub struct LinkData {
    pub target: Target,
    /// The words, when they are not those inside of the element.
    pub words: Option<String>,
}

/// The longest target that is looked for; MediaWiki's titles have at most 255 bytes.
const LONGEST_TARGET: usize = 1024;

/// The link that the pair of brackets at `whole` is, if it is one.
pub fn find(text: &str, pairs: &Pairs, whole: Range<usize>) -> Option<Found> {
    let found = split(text, whole)?;
    // A link's words hold no other link.
    let holds_link = |found: &Found| found.label.clone().is_some_and(|label| pairs.first_in(label).is_some());
    (matches!(found.link, Wikilink::Media(_)) || !holds_link(&found)).then_some(found)
}

/// Takes `[[target|label]]` apart; `None` when its target can be none.
fn split(text: &str, whole: Range<usize>) -> Option<Found> {
    let inner = whole.start + 2..whole.end - 2;
    let mut window = inner.end.min(inner.start + LONGEST_TARGET);
    while !text.is_char_boundary(window) {
        window -= 1;
    }
    let head = &text[inner.start..window];
    let length = match head.find('|') {
        Some(n) => n,
        None if window == inner.end => head.len(),
        None => return None,
    };
    let target = inner.start..inner.start + length;
    let label = (target.end < inner.end).then_some(target.end + 1..inner.end);
    let link = classify(&text[target.clone()])?;
    Some(Found { link, target, label })
}

/// What a target is; `None` when it can't be one.
pub fn classify(target: &str) -> Option<Wikilink> {
    // What a section is called may have them.
    let page = target.split('#').next().unwrap_or_default();
    if target.contains(['\n', '[', ']', '{', '}', '\0']) || page.contains(['<', '>']) {
        return None;
    }
    let mut decoded = crate::markup::entity::decode(target);
    if let Some(plain) = percent_decoded(&decoded) {
        decoded = Cow::Owned(plain);
    }
    if decoded.contains('_') {
        decoded = Cow::Owned(decoded.replace('_', " "));
    }
    let cleaned = decoded.trim();
    if cleaned.is_empty() || has_percent_code(cleaned) || starts_with_protocol(cleaned) {
        return None;
    }
    let (shown, explicit) = match cleaned.strip_prefix(':') {
        Some(rest) => (rest.trim_start(), true),
        None => (cleaned, false),
    };
    let (title, section) = match shown.split_once('#') {
        Some((title, section)) => (title.trim(), Some(section.trim().to_owned())),
        None => (shown, None),
    };
    if title.contains("::") && title.starts_with(':') {
        return None;
    }
    let Some((prefix, rest)) = title.split_once(':') else {
        return Some(Wikilink::Article { title: title.to_owned(), section });
    };
    let rest = rest.trim();
    match namespace::space(prefix.trim()) {
        Some(_) if rest.is_empty() => None,
        Some(Space::Media) if !explicit => Some(Wikilink::Media(rest.to_owned())),
        Some(Space::Category) if !explicit => Some(Wikilink::Category(rest.to_owned())),
        Some(Space::Language) if !explicit => Some(Wikilink::Interlanguage),
        Some(Space::Language) => {
            let code = prefix.trim().to_lowercase();
            Some(Wikilink::Elsewhere(format!("https://{code}.wikipedia.org/wiki/{}", encoded(rest))))
        }
        Some(Space::Project(base)) => Some(Wikilink::Elsewhere(format!("{base}{}", encoded(rest)))),
        _ => Some(Wikilink::Article { title: title.to_owned(), section }),
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

/// Titles can't hold what would be taken for an encoded character.
fn has_percent_code(text: &str) -> bool {
    text.match_indices('%').any(|(i, _)| {
        text.as_bytes().get(i + 1..i + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    })
}

fn encoded(title: &str) -> String {
    title.replace(' ', "_").replace('"', "%22").replace('?', "%3F")
}

/// The words of a piped link without any: `[[a (b)|]]` shows `a`, `[[ns:a, b|]]` shows `a`.
pub fn pipe_trick(target: &str) -> &str {
    let target = target.trim().trim_start_matches(':');
    let name = target.split_once(':').map_or(target, |(_, rest)| rest);
    let name = name.strip_suffix(')').and_then(|n| n.rsplit_once(" (")).map_or(name, |(before, _)| before);
    name.split_once(", ").map_or(name, |(before, _)| before).trim()
}

/// The length of the letters after a link that belong to it. Scripts that don't part words by
/// spaces have none.
pub fn trail(text: &str) -> usize {
    text.chars()
        .take(32)
        .take_while(|&c| {
            c.is_alphabetic()
                && !matches!(c as u32, 0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x1100..=0x11FF | 0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..)
        })
        .map(char::len_utf8)
        .sum()
}

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

fn starts_with_protocol(text: &str) -> bool {
    text.starts_with("//") || protocol(text).is_some_and(|p| p.ends_with('/'))
}

fn ends_url(c: char) -> bool {
    c <= ' ' || matches!(c, '[' | ']' | '<' | '>' | '"' | '\u{7F}') || (!c.is_ascii() && c.is_whitespace())
}

/// The end of the address that starts at `at`, for a link in brackets.
pub fn url_end(text: &str, at: usize, limit: usize) -> Option<usize> {
    let rest = text.get(at..limit)?;
    let prefix = if rest.starts_with("//") { "//" } else { protocol(rest)? };
    let inner = &rest[prefix.len()..];
    let length = inner.find(ends_url).unwrap_or(inner.len());
    // Quotes are read before addresses.
    let length = inner[..length].find("''").unwrap_or(length);
    (length > 0).then_some(at + prefix.len() + length)
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
    let mut length = rest.find(ends_url).unwrap_or(rest.len());
    if let Some(n) = rest[..length].find("''") {
        length = n;
    }
    for entity in ["&lt;", "&gt;", "&nbsp;"] {
        if let Some(n) = rest[..length].find(entity) {
            length = n;
        }
    }
    let brackets = rest[..length].contains('(');
    let punctuation = |c: char| matches!(c, ',' | ';' | '.' | ':' | '!' | '?') || (c == ')' && !brackets);
    length = rest[..length].trim_end_matches(punctuation).len();
    (length > 0).then(|| start..start + prefix.len() + length)
}

/// The length of `ISBN …`, `RFC …` or `PMID …` at the start of a text.
pub fn identifier(bytes: &[u8]) -> Option<usize> {
    let (name, isbn) = [(&b"ISBN"[..], true), (b"RFC", false), (b"PMID", false)]
        .into_iter()
        .find(|(name, _)| bytes.starts_with(name))?;
    let spaces = bytes[name.len()..].iter().take(8).take_while(|b| matches!(b, b' ' | b'\t')).count();
    if spaces == 0 {
        return None;
    }
    let start = name.len() + spaces;
    let number = &bytes[start..];
    let length = if isbn {
        let mut digits = 0;
        let mut end = 0;
        for (i, &b) in number.iter().enumerate().take(18) {
            match b {
                b'0'..=b'9' => digits += 1,
                b'X' | b'x' if digits == 9 => digits += 1,
                b' ' | b'-' if i > 0 && end == i => continue,
                _ => break,
            }
            end = i + 1;
            if matches!(b, b'X' | b'x') {
                break;
            }
        }
        if digits != 10 && digits != 13 {
            return None;
        }
        end
    } else {
        number.iter().take(12).take_while(|b| b.is_ascii_digit()).count()
    };
    let ends_word = number.get(length).is_none_or(|b| !b.is_ascii_alphanumeric());
    (length > 0 && ends_word).then_some(start + length)
}

/// Where an identifier leads.
pub fn identifier_url(text: &str) -> String {
    let (name, number) = text.split_at(text.find([' ', '\t']).unwrap_or(text.len()));
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
    fn targets_are_told_apart() {
        let article = |title: &str, section: Option<&str>| {
            Some(Wikilink::Article { title: title.into(), section: section.map(str::to_owned) })
        };
        assert_eq!(classify("Main_Page#a b"), article("Main Page", Some("a b")));
        assert_eq!(classify("constructor:foo"), article("constructor:foo", None));
        assert_eq!(classify("Kategorie:Stadt"), Some(Wikilink::Category("Stadt".into())));
        assert_eq!(classify(":Category:A"), article("Category:A", None));
        assert_eq!(classify("Файл:A.jpg"), Some(Wikilink::Media("A.jpg".into())));
        assert_eq!(classify("de:Berlin"), Some(Wikilink::Interlanguage));
        assert_eq!(
            classify(":de:Berlin"),
            Some(Wikilink::Elsewhere("https://de.wikipedia.org/wiki/Berlin".into()))
        );
        assert_eq!(classify("7%2525 Solution"), None);
        assert_eq!(classify("7% Solution"), article("7% Solution", None));
        assert_eq!(classify("Project:#fragment"), None);
        assert_eq!(classify("//www.example.com"), None);
    }

    #[test]
    fn bare_addresses_end_before_punctuation() {
        let url = |text: &str| {
            let colon = text.find(':').unwrap();
            bare_url(text, 0, colon, text.len()).map(|r| text[r].to_owned())
        };
        assert_eq!(url("see http://a.b/c.").as_deref(), Some("http://a.b/c"));
        assert_eq!(url("http://a.b/c_(d)").as_deref(), Some("http://a.b/c_(d)"));
        assert_eq!(url("(http://a.b/c)").as_deref(), Some("http://a.b/c"));
        assert_eq!(url("xhttp://a"), None);
        assert_eq!(url("a: b"), None);
    }

    #[test]
    fn identifiers() {
        assert_eq!(identifier(b"ISBN 978-0-306-40615-7."), Some(22));
        assert_eq!(identifier(b"ISBN    "), None);
        assert_eq!(identifier(b"RFC 822, "), Some(7));
        assert_eq!(identifier_url("PMID 12"), "https://pubmed.ncbi.nlm.nih.gov/12");
    }

    #[test]
    fn pipe_trick_and_trails() {
        assert_eq!(pipe_trick("Help:Pipe (computing)"), "Pipe");
        assert_eq!(pipe_trick("Boston, Massachusetts"), "Boston");
        assert_eq!(trail("s are"), 1);
        assert_eq!(trail("は"), 0);
        assert_eq!(trail("иками."), 10);
    }
}
