//! The tokens of running text: what interrupts it, found in one pass over a line.

use super::address;
use super::html::{self, Written};
use super::link::{self, Found};
use super::pairs::Pairs;
use super::quote::Before;
use std::ops::Range;

/// A piece of running text.
#[derive(Clone, Debug)]
pub enum Token {
    /// Characters.
    Text(Range<usize>),
    /// Two apostrophes or more.
    Quotes(Range<usize>, Before),
    /// An HTML tag.
    Tag(usize, Written),
    /// `[[…]]`: the whole, with its brackets, and its parts.
    Link(Range<usize>, Box<Found>),
    /// `[url words]`: the whole, the address, the words.
    External { whole: Range<usize>, url: Range<usize>, label: Range<usize> },
    /// An address in the text.
    Bare(Range<usize>),
    /// ISBN, RFC or PMID with its number.
    Identifier(Range<usize>),
    /// The marker of an item.
    Marker(Range<usize>, usize),
    /// `__TOC__` and the like.
    Switch(Range<usize>),
}

/// Bytes that may start something other than text.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let special = b"'[<\0:_IRP\n";
    let mut i = 0;
    while i < special.len() {
        table[special[i] as usize] = true;
        i += 1;
    }
    table
};

/// Finds the tokens from `from` up to the end of its line, at most to `limit`. Returns where the
/// line ends; a link may carry it past a line break.
pub fn tokenise(text: &str, pairs: &Pairs, from: usize, limit: usize, out: &mut Vec<Token>) -> usize {
    let bytes = text.as_bytes();
    let mut t = Tokeniser { text, bytes, pairs, limit, pending: from, out, no_bracket: 0..0 };
    let mut at = from;
    while at < limit {
        let Some(n) = bytes[at..limit].iter().position(|&b| SPECIAL[b as usize]) else {
            at = limit;
            break;
        };
        at += n;
        if bytes[at] == b'\n' {
            break;
        }
        at = t.special(at);
    }
    t.flush(at);
    at
}

struct Tokeniser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pairs: &'a Pairs,
    limit: usize,
    pending: usize,
    out: &'a mut Vec<Token>,
    /// A range in which there is no closing bracket.
    no_bracket: Range<usize>,
}

impl Tokeniser<'_> {
    fn flush(&mut self, at: usize) {
        if self.pending < at {
            self.out.push(Token::Text(self.pending..at));
        }
        self.pending = at;
    }

    /// Adds a token; returns its end.
    fn push(&mut self, range: Range<usize>, token: Token) -> usize {
        self.flush(range.start);
        self.out.push(token);
        self.pending = range.end;
        range.end
    }

    /// Handles the special byte at `at`; returns where to go on.
    fn special(&mut self, at: usize) -> usize {
        match self.bytes[at] {
            b'\'' => {
                let count = self.bytes[at..self.limit].iter().take_while(|&&b| b == b'\'').count();
                if count < 2 {
                    return at + 1;
                }
                let before = match (self.bytes[..at].last(), at.checked_sub(2).map(|i| self.bytes[i])) {
                    (Some(b' '), _) => Before::Space,
                    (_, Some(b' ')) => Before::Letter,
                    _ => Before::Word,
                };
                self.push(at..at + count, Token::Quotes(at..at + count, before))
            }
            b'\0' => {
                let digits = self.bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
                let end = at + digits + 2;
                match self.text[at + 1..at + 1 + digits].parse() {
                    Ok(index) if end <= self.limit => self.push(at..end, Token::Marker(at..end, index)),
                    _ => at + 1,
                }
            }
            b'<' => match html::tag_at(self.text, at, self.limit) {
                Some(tag) => self.push(at..tag.end, Token::Tag(at, tag)),
                None => at + 1,
            },
            b'[' => self.bracket(at),
            b':' => match address::bare_url(self.text, self.pending, at, self.limit) {
                Some(range) => self.push(range.clone(), Token::Bare(range)),
                None => at + 1,
            },
            b'_' => {
                match switch(&self.text[at..self.text.floor_char_boundary(self.limit.min(at + 48)).max(at)]) {
                    Some(length) => self.push(at..at + length, Token::Switch(at..at + length)),
                    None => at + 1,
                }
            }
            _ => {
                let starts_word = at == 0 || !self.bytes[at - 1].is_ascii_alphanumeric();
                match address::identifier(&self.bytes[at..self.limit]).filter(|_| starts_word) {
                    Some(length) => self.push(at..at + length, Token::Identifier(at..at + length)),
                    None => at + 1,
                }
            }
        }
    }

    fn bracket(&mut self, at: usize) -> usize {
        if self.bytes.get(at + 1) == Some(&b'[')
            && let Some(end) = self.pairs.end(at).filter(|&end| end <= self.limit)
            && let Some(found) = link::find(self.text, self.pairs, at..end)
        {
            return self.push(at..end, Token::Link(at..end, Box::new(found)));
        }
        let Some(url_end) = address::url_end(self.text, at + 1, self.limit) else { return at + 1 };
        match self.closing_bracket(url_end) {
            Some(close) => {
                let label = url_end..close;
                let external = Token::External { whole: at..close + 1, url: at + 1..url_end, label };
                self.push(at..close + 1, external)
            }
            None => at + 1,
        }
    }

    /// The `]` that ends an external link's words, on the same line and not that of a link or a tag in them.
    fn closing_bracket(&mut self, from: usize) -> Option<usize> {
        if self.no_bracket.contains(&from) {
            return None;
        }
        let mut at = from;
        while at < self.limit {
            match self.bytes[at] {
                b']' => return Some(at),
                b'\n' => break,
                b'[' if self.bytes.get(at + 1) == Some(&b'[') => {
                    at = self.pairs.end(at).unwrap_or(at + 1);
                }
                b'<' => at = html::tag_at(self.text, at, self.limit).map_or(at + 1, |tag| tag.end),
                _ => at += 1,
            }
        }
        self.no_bracket = from..at.max(from);
        None
    }
}

/// The length of the behaviour switch at the start of a text.
pub fn switch(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("__")?;
    let name = &rest[..rest.find("__")?];
    SWITCHES.contains(&name).then_some(name.len() + 4)
}

static SWITCHES: [&str; 48] = [
    "TOC",
    "NOTOC",
    "FORCETOC",
    "NOEDITSECTION",
    "NEWSECTIONLINK",
    "NONEWSECTIONLINK",
    "NOGALLERY",
    "HIDDENCAT",
    "INDEX",
    "NOINDEX",
    "STATICREDIRECT",
    "NOTITLECONVERT",
    "NOTC",
    "NOCONTENTCONVERT",
    "NOCC",
    "DISAMBIG",
    "EXPECTUNUSEDCATEGORY",
    "NOGLOBAL",
    "ARCHIVEDTALK",
    "INHALTSVERZEICHNIS",
    "KEIN_INHALTSVERZEICHNIS",
    "KEIN_INHALTSVERZEICHNIS_",
    "INHALTSVERZEICHNIS_ERZWINGEN",
    "SOMMAIRE",
    "TDM",
    "AUCUNSOMMAIRE",
    "AUCUNETDM",
    "FORCERSOMMAIRE",
    "FORCERTDM",
    "TDC",
    "SINTDC",
    "NOTDC",
    "FORZARTDC",
    "BEZSPISU",
    "SPIS",
    "ZESPISEM",
    "ОГЛ",
    "ОГЛАВЛЕНИЕ",
    "БЕЗ_ОГЛАВЛЕНИЯ",
    "БЕЗ_ОГЛ",
    "ОБЯЗ_ОГЛ",
    "目次",
    "目次非表示",
    "目次強制",
    "فهرس",
    "لا_فهرس",
    "INDICE",
    "NIENTEINDICE",
];
