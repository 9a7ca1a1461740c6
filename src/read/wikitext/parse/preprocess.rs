//! The first pass: comments, extension tags, and the braces and brackets that belong together.
//!
//! As in MediaWiki's preprocessor, a stack of open brackets is closed from the inside, three braces
//! before two, and a bracket that is never closed is text. Every byte is looked at a bounded number
//! of times: what was searched for in vain is not searched for again.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain text, or a bracket without a partner.
    Text,
    /// A comment, or a part that is not for this use of the page.
    Comment,
    /// An extension tag; `mate` is its index in [`Tokens::extensions`].
    Extension,
    /// `{{`; `mate` is the token that closes it.
    Template,
    /// `{{{`; `mate` is the token that closes it.
    Parameter,
    /// `[[`; `mate` is the token that closes it.
    Link,
    /// A closing bracket.
    Close,
    /// `|` directly inside of braces.
    Pipe,
    /// `=` directly inside of braces.
    Equals,
}

/// A token: a range of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
    pub mate: u32,
}

impl Token {
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// An extension tag, whose content is not wikitext for the preprocessor.
#[derive(Clone, Debug)]
pub struct Extension {
    /// The name in lower case.
    pub name: &'static str,
    /// The attributes as written.
    pub attributes: Range<usize>,
    /// What stands between the tags; `None` for `<name/>`.
    pub body: Option<Range<usize>>,
}

/// The tokens of a text, in order and without gaps.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    pub tokens: Vec<Token>,
    pub extensions: Vec<Extension>,
}

/// Whether a text is shown as a page or put into another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Page,
    Included,
}

/// The tags whose content wikitext does not reach into.
static EXTENSIONS: [&str; 37] = [
    "categorytree",
    "ce",
    "charinsert",
    "chem",
    "dynamicpagelist",
    "gallery",
    "graph",
    "hiero",
    "imagemap",
    "indicator",
    "inputbox",
    "langconvert",
    "languages",
    "mapframe",
    "maplink",
    "math",
    "noinclude",
    "nowiki",
    "onlyinclude",
    "includeonly",
    "phonos",
    "poem",
    "pre",
    "quiz",
    "ref",
    "references",
    "rss",
    "score",
    "section",
    "source",
    "syntaxhighlight",
    "talkpage",
    "templatedata",
    "templatestyles",
    "thread",
    "timeline",
    "tvar",
];

/// The extension tag of a name in lower case.
pub fn extension_name(name: &str) -> Option<&'static str> {
    EXTENSIONS.iter().find(|n| **n == name).copied()
}

/// Bytes that may be more than text.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let special = b"{[}]<|=";
    let mut i = 0;
    while i < special.len() {
        table[special[i] as usize] = true;
        i += 1;
    }
    table
};

struct Opener {
    bracket: u8,
    /// The token of the first bracket of the run; one token a bracket.
    first: u32,
    /// Brackets of the run that are still open.
    count: u32,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    end: usize,
    at: usize,
    /// Where the text that has no token yet starts.
    pending: usize,
    mode: Mode,
    stack: Vec<Opener>,
    out: Tokens,
    /// Extension tags that are not closed any more after this place.
    unclosed: [bool; EXTENSIONS.len()],
    no_more_comments: bool,
}

/// Finds the tokens of `text[range]`; their offsets are those of `text`.
pub fn preprocess(text: &str, range: Range<usize>, mode: Mode) -> Tokens {
    let mut s = Scanner {
        text,
        bytes: text.as_bytes(),
        end: range.end,
        at: range.start,
        pending: range.start,
        mode,
        stack: Vec::new(),
        out: Tokens::default(),
        unclosed: [false; EXTENSIONS.len()],
        no_more_comments: false,
    };
    s.run();
    s.out
}

impl Scanner<'_> {
    fn run(&mut self) {
        let special = |&b: &u8| SPECIAL[usize::from(b)];
        while let Some(n) = self.bytes[self.at..self.end].iter().position(special) {
            self.at += n;
            match self.bytes[self.at] {
                b @ (b'{' | b'[') => self.open(b),
                b @ (b'}' | b']') => self.close(b),
                b'<' => self.angle(),
                b @ (b'|' | b'=') if self.stack.last().is_some_and(|o| o.bracket == b'{') => {
                    self.flush();
                    let kind = if b == b'|' { Kind::Pipe } else { Kind::Equals };
                    self.token(kind, 1, 0);
                }
                _ => self.at += 1,
            }
        }
        self.at = self.end;
        self.flush();
    }

    fn flush(&mut self) {
        if self.pending < self.at {
            let (start, end) = (self.pending as u32, self.at as u32);
            self.out.tokens.push(Token { kind: Kind::Text, start, end, mate: 0 });
            self.pending = self.at;
        }
    }

    /// Adds a token at the current place, up to which everything has one.
    fn token(&mut self, kind: Kind, length: usize, mate: u32) {
        let start = self.at as u32;
        self.at += length;
        self.pending = self.at;
        self.out.tokens.push(Token { kind, start, end: self.at as u32, mate });
    }

    fn run_length(&self, bracket: u8) -> usize {
        self.bytes[self.at..self.end].iter().take_while(|&&b| b == bracket).count()
    }

    fn open(&mut self, bracket: u8) {
        let count = self.run_length(bracket);
        if count < 2 {
            self.at += count;
            return;
        }
        self.flush();
        let first = self.out.tokens.len() as u32;
        for _ in 0..count {
            self.token(Kind::Text, 1, 0);
        }
        self.stack.push(Opener { bracket, first, count: count as u32 });
    }

    fn close(&mut self, bracket: u8) {
        let opening = if bracket == b'}' { b'{' } else { b'[' };
        let mut count = self.run_length(bracket);
        while count >= 2 {
            let Some(top) = self.stack.last_mut().filter(|o| o.bracket == opening) else { break };
            let length = if bracket == b'}' && count >= 3 && top.count >= 3 { 3 } else { 2 };
            top.count -= length;
            let open = (top.first + top.count) as usize;
            if top.count < 2 {
                self.stack.pop();
            }
            self.flush();
            let close = self.out.tokens.len() as u32;
            let kind = match (bracket, length) {
                (b']', _) => Kind::Link,
                (_, 3) => Kind::Parameter,
                _ => Kind::Template,
            };
            let start = self.out.tokens[open].start;
            let opened = &mut self.out.tokens[open..open + length as usize];
            for (i, token) in opened.iter_mut().enumerate() {
                *token = Token { kind: Kind::Text, start: start + length, end: start + length, mate: 0 };
                if i == 0 {
                    *token = Token { kind, start, end: start + length, mate: close };
                }
            }
            self.token(Kind::Close, length as usize, open as u32);
            count -= length as usize;
        }
        self.at += count;
    }

    fn angle(&mut self) {
        let rest = &self.text[self.at..self.end];
        if rest.starts_with("<!--") {
            return self.comment();
        }
        let after = rest.as_bytes().get(1).copied().unwrap_or(0);
        if after == b'/' {
            // The end tag of a part of which nothing was left out.
            for name in ["noinclude", "onlyinclude", "includeonly"] {
                let end = rest.bytes().take(32).position(|b| b == b'>');
                if let Some(length) = end.filter(|_| starts_with_name(&rest[2..], name)) {
                    self.flush();
                    self.token(Kind::Comment, length + 1, 0);
                    return;
                }
            }
            self.at += 1;
            return;
        }
        let first = after.to_ascii_lowercase();
        let is_named = |name: &&str| name.as_bytes()[0] == first && starts_with_name(&rest[1..], name);
        let named = EXTENSIONS.iter().position(is_named);
        match named {
            Some(i) => self.extension(i),
            None => self.at += 1,
        }
    }

    fn comment(&mut self) {
        let length = match self.text[self.at + 4..self.end].find("-->") {
            Some(n) if !self.no_more_comments => n + 7,
            _ => {
                self.no_more_comments = true;
                self.end - self.at
            }
        };
        let (mut start, mut end) = (self.at, self.at + length);
        // Comments alone on their line take the line with them.
        let before = self.bytes[self.pending..start].iter().rev().take_while(|b| matches!(b, b' ' | b'\t'));
        let line_start = start - before.count();
        let starts_line = line_start == 0 || self.bytes[line_start - 1] == b'\n';
        if starts_line && let Some(line_end) = self.after_comments(end) {
            start = line_start;
            end = line_end;
        }
        self.at = start;
        self.flush();
        self.pending = start;
        self.token(Kind::Comment, end - start, 0);
    }

    /// Where the next line starts, if nothing but comments and white space is left of this one.
    fn after_comments(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at += self.bytes[at..self.end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            let rest = &self.text[at..self.end];
            if !rest.starts_with("<!--") {
                return rest.starts_with('\n').then_some(at + 1);
            }
            at += rest[4..].find("-->")? + 7;
        }
    }

    fn extension(&mut self, index: usize) {
        let name = EXTENSIONS[index];
        let attributes_start = self.at + 1 + name.len();
        let Some(tag_end) = self.text[attributes_start..self.end].find('>').map(|n| attributes_start + n)
        else {
            // No `>` from here on: nothing after this place is a tag.
            self.at = self.end;
            return;
        };
        let inclusion = matches!(name, "noinclude" | "onlyinclude" | "includeonly");
        let shown = match name {
            "includeonly" => self.mode == Mode::Included,
            "noinclude" => self.mode == Mode::Page,
            _ => true,
        };
        if inclusion && shown {
            self.flush();
            let length = tag_end + 1 - self.at;
            self.token(Kind::Comment, length, 0);
            return;
        }
        let self_closing = self.bytes[tag_end - 1] == b'/' && tag_end > attributes_start;
        let (attributes, body, end) = if self_closing {
            (attributes_start..tag_end - 1, None, tag_end + 1)
        } else {
            let found = if self.unclosed[index] {
                None
            } else {
                find_end_tag(self.text, tag_end + 1..self.end, name)
            };
            match found {
                Some((body_end, end)) => (attributes_start..tag_end, Some(tag_end + 1..body_end), end),
                None if inclusion => (attributes_start..tag_end, Some(tag_end + 1..self.end), self.end),
                None => {
                    self.unclosed[index] = true;
                    self.at = tag_end + 1;
                    return;
                }
            }
        };
        self.flush();
        let length = end - self.at;
        if inclusion {
            self.token(Kind::Comment, length, 0);
            return;
        }
        self.out.extensions.push(Extension { name, attributes, body });
        self.token(Kind::Extension, length, self.out.extensions.len() as u32 - 1);
    }
}

fn starts_with_name(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= name.len()
        && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && bytes.get(name.len()).is_none_or(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'>' | b'/'))
}

/// The start and end of `</name >` in a range.
fn find_end_tag(text: &str, range: Range<usize>, name: &str) -> Option<(usize, usize)> {
    let mut at = range.start;
    while let Some(n) = text[at..range.end].find("</") {
        let start = at + n;
        let rest = &text[start + 2..range.end];
        at = start + 2;
        if rest.len() > name.len() && rest.as_bytes()[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            let spaces = rest[name.len()..].bytes().take_while(u8::is_ascii_whitespace).count();
            let close = name.len() + spaces;
            if rest.as_bytes().get(close) == Some(&b'>') {
                return Some((start, start + 2 + close + 1));
            }
            at += spaces;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let found = preprocess(text, 0..text.len(), Mode::Page);
        let mut at = 0;
        let mut out = String::new();
        for t in &found.tokens {
            assert_eq!(t.start as usize, at, "tokens leave no gap");
            at = t.end as usize;
            let s = &text[t.range()];
            match t.kind {
                Kind::Text => out.push_str(s),
                Kind::Comment => out.push_str("(c)"),
                Kind::Extension => out.push_str(&format!("({})", found.extensions[t.mate as usize].name)),
                Kind::Template => out.push_str("(T"),
                Kind::Parameter => out.push_str("(P"),
                Kind::Link => out.push_str("(L"),
                Kind::Close => out.push(')'),
                Kind::Pipe => out.push('¦'),
                Kind::Equals => out.push('≡'),
            }
        }
        assert_eq!(at, text.len());
        out
    }

    #[test]
    fn braces_close_from_the_inside_three_before_two() {
        assert_eq!(show("a{{b|c=d}}e"), "a(Tb¦c≡d)e");
        assert_eq!(show("{{{{{1}}}}}"), "(T(P1))");
        assert_eq!(show("{{{{1}}}}"), "{(P1)}");
        assert_eq!(show("{{a|{{b}}|[[c|d]]}}"), "(Ta¦(Tb)¦(Lc|d))");
    }

    #[test]
    fn what_is_not_closed_is_text() {
        assert_eq!(show("{{a|[[b}}"), "{{a|[[b}}".replace('|', "¦"));
        assert_eq!(show("[[[a]]"), "[(La)");
        assert_eq!(show("<ref>a"), "<ref>a");
        assert_eq!(show("<ref name=a"), "<ref name=a");
    }

    #[test]
    fn extension_tags_hide_their_content() {
        assert_eq!(show("<nowiki>{{</nowiki>{{a}}"), "(nowiki)(Ta)");
        assert_eq!(show("<REF name=a/>b<references />"), "(ref)b(references)");
        assert_eq!(show("a<!-- {{ -->b"), "a(c)b");
        assert_eq!(show("a\n <!-- x --> \nb"), "a\n(c)b");
        assert_eq!(show("<noinclude>a</noinclude><includeonly>b</includeonly>"), "(c)a(c)(c)");
    }
}
