//! The scanner of languages made of words, strings, numbers and comments.

use super::kind::{Kind, Marks, push};
use super::languages::{Form, Keys, Language};
use super::markup;
use std::collections::HashMap;

impl Language {
    /// The stretches of a text that are something.
    pub(super) fn marks(&self, text: &str) -> Marks {
        match self.form {
            Form::Words => Scan::new(self, text).run(),
            Form::Markup => markup::marks(text),
            Form::Diff => diff(text),
        }
    }
}

struct Scan<'l, 't> {
    language: &'l Language,
    text: &'t str,
    at: usize,
    words: HashMap<&'static str, Kind>,
    /// The last character that was no white space, outside of comments.
    last: char,
    /// Braces that are open.
    depth: usize,
    marks: Marks,
}

impl<'l, 't> Scan<'l, 't> {
    fn new(language: &'l Language, text: &'t str) -> Self {
        let lists = [
            (language.names_of_values, Kind::Number),
            (language.types, Kind::Name),
            (language.keywords, Kind::Keyword),
        ];
        let words = lists.into_iter().flat_map(|(list, kind)| list.split(' ').map(move |word| (word, kind)));
        let (words, marks) = (words.collect(), Vec::new());
        Scan { language, text, at: 0, words, last: '\n', depth: 0, marks }
    }

    fn run(mut self) -> Marks {
        let mut line_starts = true;
        while let Some(c) = self.text[self.at..].chars().next() {
            if c.is_whitespace() {
                line_starts |= c == '\n';
                self.at += c.len_utf8();
                continue;
            }
            if !(std::mem::take(&mut line_starts) && self.key_of_line()) {
                self.token(c);
            }
        }
        self.marks
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Takes so many bytes as something.
    fn mark(&mut self, length: usize, kind: Kind) {
        push(&mut self.marks, self.at..self.at + length, kind);
        self.at += length;
    }

    fn token(&mut self, c: char) {
        let rest = self.rest();
        if let Some(length) = self.comment() {
            return self.mark(length, Kind::Comment);
        }
        let last = std::mem::replace(&mut self.last, c);
        if let Some(length) = self.quoted(last) {
            let value = self.language.keys != Keys::Strings
                || !rest[length..].trim_start_matches([' ', '\t']).starts_with(':');
            return self.mark(length, if value { Kind::String } else { Kind::Name });
        }
        if c.is_ascii_digit() {
            return self.mark(number(rest), Kind::Number);
        }
        if let Some((length, kind)) = self.with_sigil(c, last) {
            return self.mark(length, kind);
        }
        let length = self.word(rest);
        if length == 0 {
            match c {
                '{' => self.depth += 1,
                '}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.at += c.len_utf8();
            return;
        }
        self.last = 'a';
        match self.kind(&rest[..length], &rest[length..], last) {
            Some(kind) => self.mark(length, kind),
            None => self.at += length,
        }
    }

    fn kind(&self, word: &str, after: &str, last: char) -> Option<Kind> {
        let language = self.language;
        if language.keys == Keys::Properties && matches!(last, '{' | ';') && after.starts_with(':') {
            return Some(Kind::Name);
        }
        let known = match language.any_case && word.len() < 32 {
            true => self.words.get(&*word.to_ascii_lowercase()),
            false => self.words.get(word),
        };
        let named = language.capitals && word.starts_with(char::is_uppercase);
        known.copied().or(named.then_some(Kind::Name))
    }

    /// How long the word is that a text starts with.
    fn word(&self, text: &str) -> usize {
        let extra = self.language.in_words;
        let starts = |c: char| c.is_alphabetic() || c == '_' || (extra.contains(c) && c != '\'');
        if !text.starts_with(starts) {
            return 0;
        }
        text.find(|c: char| !(c.is_alphanumeric() || c == '_' || extra.contains(c))).unwrap_or(text.len())
    }

    fn comment(&self) -> Option<usize> {
        let (rest, language) = (self.rest(), self.language);
        if let Some((open, close)) = language.block_comment
            && rest.starts_with(open)
        {
            return Some(nested(rest, open, close, language.nests));
        }
        let before = self.text[..self.at].chars().next_back();
        let apart = !language.comments_apart || before.is_none_or(|c| c.is_whitespace() || c == ';');
        let starts = apart && language.comments.iter().any(|mark| rest.starts_with(mark));
        starts.then(|| line_end(rest))
    }

    fn quoted(&self, last: char) -> Option<usize> {
        let (rest, language) = (self.rest(), self.language);
        let raw = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('r');
        if let Some(after) = raw.filter(|_| language.raw_strings && !is_word(last)) {
            let hashes = &after[..after.len() - after.trim_start_matches('#').len()];
            if after[hashes.len()..].starts_with('"') {
                let inside = rest.len() - after.len() + hashes.len() + 1;
                let close = format!("\"{hashes}");
                let end = rest[inside..].find(&close).map(|end| inside + end + close.len());
                return Some(end.unwrap_or(rest.len()));
            }
        }
        let quote = language.quotes.iter().find(|quote| rest.starts_with(quote.open))?;
        if language.lifetimes && quote.open == "'" && !is_character(rest) {
            return None;
        }
        let mut at = quote.open.len();
        while let Some(c) = rest[at..].chars().next() {
            if rest[at..].starts_with(quote.close) {
                return Some(at + quote.close.len());
            }
            if c == '\n' && !quote.lines {
                return Some(at);
            }
            at += c.len_utf8();
            if c == '\\' && quote.escapes {
                at +=
                    rest[at..].chars().next().filter(|c| *c != '\n' || quote.lines).map_or(0, char::len_utf8);
            }
        }
        Some(at)
    }

    /// A word with a mark before it, such as `$home`.
    fn with_sigil(&self, c: char, last: char) -> Option<(usize, Kind)> {
        let (rest, language) = (self.rest(), self.language);
        let (sigil, kind) = language.sigils.iter().copied().find(|(sigil, _)| *sigil == c)?;
        let after = &rest[c.len_utf8()..];
        let word = self.word(after);
        let length = match sigil {
            // A command of TeX is letters, or one character of another kind.
            '\\' if word == 0 => after.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8),
            // A colour, within a rule; a directive, at the start of a line.
            '#' if language.keys == Keys::Properties => {
                let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_hexdigit()).len();
                if self.depth == 0 { 0 } else { digits }
            }
            '#' if !self.line_before().trim().is_empty() => 0,
            ':' if is_word(last) || last == ':' => 0,
            _ => word,
        };
        (length > 0).then_some((c.len_utf8() + length, kind))
    }

    /// What stands before on the same line, of which no more than a few bytes are looked at.
    fn line_before(&self) -> &'t str {
        let mut start = self.at.saturating_sub(40);
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &self.text[start..self.at];
        &before[before.rfind('\n').map_or(0, |at| at + 1)..]
    }

    /// The key that a line starts with, or its head in brackets.
    fn key_of_line(&mut self) -> bool {
        let (rest, language) = (self.rest(), self.language);
        let separator = match language.keys {
            Keys::Lines(separator) => separator,
            _ => return false,
        };
        let line = &rest[..line_end(rest)];
        if separator == '=' && line.starts_with('[') && line.trim_end().ends_with(']') {
            self.mark(line.trim_end().len(), Kind::Keyword);
            return true;
        }
        let dashes =
            if separator == ':' { line.len() - line.trim_start_matches(['-', ' ']).len() } else { 0 };
        let key = &line[dashes..];
        if key.starts_with(['"', '\'', '#', '{', '[', '&', '*', '!', '|', '>', ';']) {
            return false;
        }
        let end = match separator {
            ':' => key.find(": ").or_else(|| key.trim_end().strip_suffix(':').map(str::len)),
            _ => key.find(separator),
        };
        let Some(key) = end.map(|end| key[..end].trim_end()) else { return false };
        if key.is_empty() || key.contains(" #") || key.contains(['"', '\'']) {
            return false;
        }
        self.at += dashes;
        self.mark(key.len(), Kind::Name);
        true
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_end(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// Whether an apostrophe opens a character rather than a lifetime.
fn is_character(text: &str) -> bool {
    let mut after = text[1..].chars();
    match after.next() {
        Some('\\') => true,
        Some(_) => after.next() == Some('\''),
        None => false,
    }
}

/// How long a comment is that may have others of its kind in it.
fn nested(text: &str, open: &str, close: &str, nests: bool) -> usize {
    let (mut at, mut depth) = (open.len(), 1usize);
    while depth > 0 {
        let Some(c) = text[at..].chars().next() else { return at };
        if text[at..].starts_with(close) {
            (at, depth) = (at + close.len(), depth - 1);
        } else if nests && text[at..].starts_with(open) {
            (at, depth) = (at + open.len(), depth + 1);
        } else {
            at += c.len_utf8();
        }
    }
    at
}

/// How long the number is that a text starts with.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = !text.starts_with("0x") && !text.starts_with("0X");
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let next_is_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let goes_on = byte.is_ascii_alphanumeric()
            || *byte == b'_'
            || (*byte == b'.' && next_is_digit)
            || (matches!(byte, b'+' | b'-')
                && digits
                && next_is_digit
                && matches!(bytes[at - 1], b'e' | b'E'));
        if !goes_on {
            break;
        }
        at += 1;
    }
    at
}

fn diff(text: &str) -> Marks {
    let (mut marks, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let heads = ["@@", "---", "+++", "diff ", "index "];
        let kind = match line.as_bytes().first() {
            _ if heads.iter().any(|head| line.starts_with(head)) => Kind::Keyword,
            Some(b'+') => Kind::String,
            Some(b'-') => Kind::Number,
            _ => continue,
        };
        push(&mut marks, start..start + line.trim_end_matches(['\n', '\r']).len(), kind);
    }
    marks
}
