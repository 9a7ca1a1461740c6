//! Links between pages: what is one, where it ends, where it leads.

use super::address::{cleaned_address, starts_with_protocol, url_end};
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
    let link = match address(text, &target) {
        // MediaWiki has one pair of brackets around an address; others read two as they are meant.
        Some(address) if label.is_some() => Wikilink::Elsewhere(address),
        _ => classify(&text[target.clone()])?,
    };
    Some(Found { link, target, label })
}

/// The address on the web that a target is.
fn address(text: &str, target: &Range<usize>) -> Option<String> {
    let trimmed = text[target.clone()].trim();
    let start = target.end - text[target.clone()].trim_start().len();
    (starts_with_protocol(trimmed) && url_end(text, start, target.end) == Some(start + trimmed.len()))
        .then(|| cleaned_address(trimmed))
}

/// Bytes of titles that are nothing but titles.
static PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let plain = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -,()'!";
    let mut i = 0;
    while i < plain.len() {
        table[plain[i] as usize] = true;
        i += 1;
    }
    table
};

/// What a target is; `None` when it can't be one.
pub fn classify(target: &str) -> Option<Wikilink> {
    if target.bytes().all(|byte| byte >= 0x80 && byte != 0xEF || PLAIN[usize::from(byte)]) {
        let title = target.trim();
        return (!title.is_empty()).then(|| Wikilink::Article { title: title.to_owned(), section: None });
    }
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
    if title.contains("::") && title.starts_with(':') || !may_be_title(title) {
        return None;
    }
    let Some((prefix, rest)) = title.split_once(':') else {
        return Some(Wikilink::Article { title: title.to_owned(), section });
    };
    let rest = rest.trim();
    match namespace::space(prefix.trim()) {
        Some(_) if rest.is_empty() => None,
        // The file itself, not its picture.
        Some(Space::Media) if prefix.trim().eq_ignore_ascii_case("media") => {
            Some(Wikilink::Article { title: title.to_owned(), section })
        }
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

/// Whether a wiki may have a page of this title.
fn may_be_title(title: &str) -> bool {
    let path = |part: &str| matches!(part, "." | "..");
    let climbs = title.starts_with(['.', '/']) && title.split('/').next().is_some_and(path)
        || title.contains('/') && title.split('/').skip(1).any(path);
    // References to characters were decoded; what still looks like one would be decoded again.
    let reference = |rest: &str| {
        let name = rest.strip_prefix('#').unwrap_or(rest);
        let length = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
        length > 0 && name[length..].starts_with(';')
    };
    !climbs
        && !title.contains(['<', '>', '[', ']', '{', '}', '|', '\u{FFFD}'])
        && !title.contains("~~~")
        && !title.split('&').skip(1).any(reference)
}

/// What is written with `%` and two digits, decoded; `None` when there is nothing of the kind.
pub fn percent_decoded(text: &str) -> Option<String> {
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

/// The length of the letters after a link that belong to it: small ones, where a script has two kinds. Scripts
/// that don't part words by spaces have none.
pub fn trail(text: &str) -> usize {
    text.chars()
        .take(32)
        .take_while(|&c| {
            c.is_alphabetic()
                && !c.is_uppercase()
                && !matches!(c as u32, 0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x1100..=0x11FF | 0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..)
        })
        .map(char::len_utf8)
        .sum()
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
    fn pipe_trick_and_trails() {
        assert_eq!(pipe_trick("Help:Pipe (computing)"), "Pipe");
        assert_eq!(pipe_trick("Boston, Massachusetts"), "Boston");
        assert_eq!(trail("s are"), 1);
        assert_eq!(trail("は"), 0);
        assert_eq!(trail("иками."), 10);
    }
}
