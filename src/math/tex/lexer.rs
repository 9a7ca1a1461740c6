//! TeX as tokens, with the definitions of a formula expanded.

use super::unread::Unread;
use std::collections::HashMap;
use std::rc::Rc;

/// So many tokens may come of definitions.
const MOST_EXPANDED: usize = 20_000;

/// A token and the byte it starts at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A command, without its backslash.
    Command(Rc<str>),
    /// `{`
    Open,
    /// `}`
    Close,
    /// A run of white space.
    Space,
    /// Any other character.
    Char(char),
    /// The end of the formula.
    End,
}

/// A definition: how many arguments it takes, the first of them if it may be left out, and what it
/// stands for.
struct Definition {
    arguments: usize,
    optional: Option<Vec<Token>>,
    body: Vec<Token>,
}

pub(super) struct Lexer<'s> {
    source: &'s str,
    at: usize,
    /// Tokens that come before the rest of the source, the next one last.
    pending: Vec<Token>,
    definitions: HashMap<Rc<str>, Rc<Definition>>,
    expanded: usize,
}

impl<'s> Lexer<'s> {
    pub fn new(source: &'s str) -> Self {
        Lexer { source, at: 0, pending: Vec::new(), definitions: HashMap::new(), expanded: 0 }
    }

    /// The next token as it stands.
    pub fn raw(&mut self) -> Token {
        if let Some(token) = self.pending.pop() {
            return token;
        }
        let at = self.at;
        let mut rest = self.source[at..].chars();
        let Some(first) = rest.next() else { return Token { kind: Kind::End, at } };
        self.at += first.len_utf8();
        let kind = match first {
            '\\' => {
                let name = match rest.next() {
                    Some(c) if c.is_ascii_alphabetic() => {
                        let tail = &self.source[self.at..];
                        let end = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
                        &tail[..end]
                    }
                    Some(c) => &self.source[self.at..self.at + c.len_utf8()],
                    None => "",
                };
                self.at += name.len();
                Kind::Command(name.into())
            }
            '{' => Kind::Open,
            '}' => Kind::Close,
            '%' => {
                let line = self.source[self.at..].find('\n').map_or(self.source.len(), |n| self.at + n + 1);
                self.at = line;
                return self.raw();
            }
            c if c.is_whitespace() && c != '\u{A0}' => {
                self.skip_white();
                Kind::Space
            }
            c => Kind::Char(c),
        };
        Token { kind, at }
    }

    fn skip_white(&mut self) {
        let rest = &self.source[self.at..];
        self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\u{A0}').len();
    }

    /// The next token, spaces included, with definitions expanded.
    pub fn next(&mut self) -> Result<Token, Unread> {
        loop {
            let token = self.raw();
            let Kind::Command(name) = &token.kind else { return Ok(token) };
            if self.definitions.is_empty() {
                return Ok(token);
            }
            let Some(definition) = self.definitions.get(name).cloned() else { return Ok(token) };
            self.expand(&token, &definition)?;
        }
    }

    fn expand(&mut self, token: &Token, definition: &Definition) -> Result<(), Unread> {
        let mut arguments = Vec::new();
        for n in 0..definition.arguments {
            arguments.push(match &definition.optional {
                Some(default) if n == 0 => self.optional()?.unwrap_or_else(|| default.clone()),
                _ => self.argument(token)?,
            });
        }
        let mut body = definition.body.iter().peekable();
        let mut out = Vec::new();
        while let Some(next) = body.next() {
            let number = match (&next.kind, body.peek().map(|n| &n.kind)) {
                (Kind::Char('#'), Some(Kind::Char(c))) => c.to_digit(10),
                _ => None,
            };
            match number {
                Some(n @ 1..) if n as usize <= arguments.len() => {
                    body.next();
                    out.extend(arguments[n as usize - 1].iter().cloned());
                }
                _ => out.push(Token { kind: next.kind.clone(), at: token.at }),
            }
            if out.len() + self.expanded > MOST_EXPANDED {
                break;
            }
        }
        self.expanded += out.len() + 1;
        if self.expanded > MOST_EXPANDED {
            let name = command(token);
            return Err(Unread::new(token.at, format!("{name} is defined by itself or stands for too much")));
        }
        self.pending.extend(out.into_iter().rev());
        Ok(())
    }

    /// Puts a token back.
    pub fn back(&mut self, token: Token) {
        if token.kind != Kind::End {
            self.pending.push(token);
        }
    }

    /// An argument in brackets, if one comes.
    pub fn optional(&mut self) -> Result<Option<Vec<Token>>, Unread> {
        let mut spaces = Vec::new();
        loop {
            let token = self.raw();
            match token.kind {
                Kind::Space => spaces.push(token),
                Kind::Char('[') => break,
                _ => {
                    self.back(token);
                    for space in spaces {
                        self.back(space);
                    }
                    return Ok(None);
                }
            }
        }
        let (mut out, mut depth) = (Vec::new(), 0usize);
        loop {
            let token = self.raw();
            match token.kind {
                Kind::End => return Err(Unread::new(token.at, "a bracket is not closed")),
                Kind::Char(']') if depth == 0 => return Ok(Some(out)),
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            out.push(token);
        }
    }

    /// An argument of a command as tokens: a group without its braces, or one token.
    pub fn argument(&mut self, of: &Token) -> Result<Vec<Token>, Unread> {
        let mut token = self.raw();
        while token.kind == Kind::Space {
            token = self.raw();
        }
        match token.kind {
            Kind::Open => {}
            Kind::End | Kind::Close => {
                return Err(Unread::new(of.at, format!("{} has no argument", command(of))));
            }
            _ => return Ok(vec![token]),
        }
        let (open, mut out, mut depth) = (token.at, Vec::new(), 0usize);
        loop {
            let token = self.raw();
            match token.kind {
                Kind::End => return Err(Unread::new(open, "a brace is not closed")),
                Kind::Close if depth == 0 => return Ok(out),
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => {}
            }
            out.push(token);
        }
    }

    /// An argument of a command as characters, as names and lengths are.
    pub fn words(&mut self, of: &Token) -> Result<String, Unread> {
        Ok(text(&self.argument(of)?))
    }

    /// Reads a definition, whose command was just read.
    pub fn define(&mut self, by: &Token, name: &str) -> Result<(), Unread> {
        let (optional, body, arguments);
        let defined = match name {
            "def" | "gdef" | "edef" | "xdef" => {
                let defined = self.raw();
                let mut most = 0;
                loop {
                    let token = self.raw();
                    match token.kind {
                        Kind::Char('#') | Kind::Space => {}
                        Kind::Char(c) if c.is_ascii_digit() => most = c.to_digit(10).unwrap_or(0) as usize,
                        _ => {
                            self.back(token);
                            break;
                        }
                    }
                }
                (optional, arguments) = (None, most);
                body = self.argument(by)?;
                vec![defined]
            }
            "let" => {
                let defined = self.raw();
                let mut token = self.raw();
                while matches!(token.kind, Kind::Space | Kind::Char('=')) {
                    token = self.raw();
                }
                // What a command is now, not what it may be later.
                let now = match &token.kind {
                    Kind::Command(name) => self.definitions.get(name).cloned(),
                    _ => None,
                };
                if let (Some(now), Kind::Command(name)) = (now, &defined.kind) {
                    self.definitions.insert(name.clone(), now);
                    return Ok(());
                }
                if token.kind == defined.kind {
                    return Ok(());
                }
                (optional, arguments, body) = (None, 0, vec![token]);
                vec![defined]
            }
            "DeclareMathOperator" | "DeclareMathOperator*" => {
                let defined = self.argument(by)?;
                let mut inner = vec![Token { kind: Kind::Command("operatorname".into()), at: by.at }];
                if name.ends_with('*') {
                    inner.push(Token { kind: Kind::Char('*'), at: by.at });
                }
                inner.push(Token { kind: Kind::Open, at: by.at });
                inner.extend(self.argument(by)?);
                inner.push(Token { kind: Kind::Close, at: by.at });
                (optional, arguments, body) = (None, 0, inner);
                defined
            }
            _ => {
                let defined = self.argument(by)?;
                let count = self.optional()?.map(|count| text(&count));
                arguments = count.and_then(|c| c.trim().parse().ok()).unwrap_or(0).min(9);
                optional = if arguments > 0 { self.optional()? } else { None };
                body = self.argument(by)?;
                defined
            }
        };
        let [Token { kind: Kind::Command(name), .. }] = defined.as_slice() else {
            return Err(Unread::new(by.at, format!("{} defines no command", command(by))));
        };
        self.definitions.insert(name.clone(), Rc::new(Definition { arguments, optional, body }));
        Ok(())
    }

    /// Reads tokens before the rest.
    pub fn push(&mut self, tokens: Vec<Token>) {
        self.pending.extend(tokens.into_iter().rev());
    }
}

/// What tokens look like in the source.
pub(super) fn text(tokens: &[Token]) -> String {
    tokens.iter().map(command).collect()
}

/// What a token looks like in the source.
pub(super) fn command(token: &Token) -> String {
    match &token.kind {
        Kind::Command(name) => format!("\\{name}"),
        Kind::Open => "{".to_owned(),
        Kind::Close => "}".to_owned(),
        Kind::Space => " ".to_owned(),
        Kind::Char(c) => c.to_string(),
        Kind::End => String::new(),
    }
}
