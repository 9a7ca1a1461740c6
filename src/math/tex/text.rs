//! Words within a formula.

use super::lexer::{Kind, Token};
use super::parser::{Atom, Parser, Stop, Style};
use super::unread::Unread;
use crate::math::alphabet::Alphabet;
use crate::math::spacing::Class;
use crate::model::Math;

impl Parser<'_> {
    /// A command whose argument is words.
    pub fn text_command(&mut self, token: &Token, name: &str) -> Result<Option<Atom>, Unread> {
        let alphabet = match name {
            "text" | "mbox" | "hbox" | "vbox" | "textrm" | "textnormal" | "textup" | "textmd" => None,
            "textbf" => Some(Alphabet::Bold),
            "textit" | "emph" | "textsl" => Some(Alphabet::Italic),
            "textsf" => Some(Alphabet::Sans),
            "texttt" => Some(Alphabet::Mono),
            _ => return Ok(None),
        };
        let math = self.text_argument(token, alphabet)?;
        Ok(Some(Atom::new(math, Class::Ordinary)))
    }

    /// The argument of a command as words, with the formulas that are in them.
    pub fn text_argument(&mut self, of: &Token, alphabet: Option<Alphabet>) -> Result<Math, Unread> {
        let tokens = self.lexer.argument(of)?;
        let mut group = tokens;
        group.push(Token { kind: Kind::Close, at: of.at });
        self.lexer.push(group);
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut depth = 0usize;
        loop {
            let token = self.lexer.next()?;
            match &token.kind {
                Kind::Close if depth == 0 => break,
                Kind::Close => depth -= 1,
                Kind::Open => depth += 1,
                Kind::End => return Err(Unread::new(of.at, "the formula ends within words")),
                Kind::Space => words.push(' '),
                Kind::Char('$') => {
                    finish(&mut words, &mut parts);
                    let style = Style { display: false, script: false, alphabet: None, bold: false };
                    let kept = std::mem::replace(&mut self.style, style);
                    let inner = self.row(Stop::Dollar);
                    self.style = kept;
                    parts.push(inner?);
                }
                Kind::Char('~') => words.push('\u{A0}'),
                Kind::Char('`') => words.push('‘'),
                Kind::Char('\'') => words.push('’'),
                Kind::Char('-') if words.ends_with('-') => {
                    words.pop();
                    words.push('–');
                }
                Kind::Char(c) => words.push(alphabet.map_or(*c, |a| a.letter(*c))),
                Kind::Command(name) => match &**name {
                    " " | "," | ":" | ";" | "space" | "quad" | "qquad" | "enspace" => {
                        words.push_str(match &**name {
                            "," => "\u{2009}",
                            "quad" => "\u{2003}",
                            "qquad" => "\u{2003}\u{2003}",
                            "enspace" => "\u{2002}",
                            _ => "\u{A0}",
                        });
                    }
                    "!" | "relax" | "/" | "-" | "protect" => {}
                    "{" | "}" | "%" | "$" | "&" | "#" | "_" => words.push_str(name),
                    "\\" => words.push(' '),
                    "textbackslash" => words.push('\\'),
                    "ldots" | "dots" | "textellipsis" => words.push('…'),
                    "textasciitilde" => words.push('~'),
                    "textdegree" => words.push('°'),
                    "textendash" => words.push('–'),
                    "textemdash" => words.push('—'),
                    "'" | "`" | "^" | "\"" | "~" | "=" | "." | "c" | "v" | "u" | "H" | "r" | "k" => {
                        let letter = self.lexer.words(&token)?;
                        words.push_str(&accented(name, &letter));
                    }
                    _ => {
                        finish(&mut words, &mut parts);
                        parts.extend(self.nucleus(token.clone())?.map(|atom| atom.math));
                    }
                },
            }
        }
        finish(&mut words, &mut parts);
        if parts.is_empty() {
            parts.push(Math::Words { text: String::new() });
        }
        Ok(Math::row(parts))
    }
}

fn finish(words: &mut String, parts: &mut Vec<Math>) {
    if !words.is_empty() {
        // White space at the ends of words is meant.
        let mut text = std::mem::take(words);
        if text.starts_with(' ') {
            text.replace_range(..1, "\u{A0}");
        }
        if text.ends_with(' ') {
            text.pop();
            text.push('\u{A0}');
        }
        parts.push(Math::Words { text });
    }
}

/// A letter with an accent.
fn accented(accent: &str, letter: &str) -> String {
    let mark = match accent {
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "\"" => '\u{308}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "c" => '\u{327}',
        "v" => '\u{30C}',
        "u" => '\u{306}',
        "H" => '\u{30B}',
        "r" => '\u{30A}',
        _ => '\u{328}',
    };
    let composed = match (letter, mark) {
        ("e", '\u{301}') => "é",
        ("e", '\u{300}') => "è",
        ("a", '\u{300}') => "à",
        ("o", '\u{308}') => "ö",
        ("u", '\u{308}') => "ü",
        ("a", '\u{308}') => "ä",
        ("c", '\u{327}') => "ç",
        ("O", '\u{308}') => "Ö",
        ("U", '\u{308}') => "Ü",
        ("A", '\u{308}') => "Ä",
        _ => return format!("{letter}{mark}"),
    };
    composed.to_owned()
}
