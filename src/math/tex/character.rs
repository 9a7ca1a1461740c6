//! Characters and signs as parts.

use super::parser::{Atom, Limits, Parser};
use super::signs::Sign;
use crate::math::alphabet::Alphabet;
use crate::math::dictionary;
use crate::math::spacing::Class;
use crate::model::{Form, Math, Operator};

impl Parser<'_> {
    /// The part that a character is.
    pub fn character(&mut self, c: char) -> Atom {
        let operator = |text: &str, class| Atom::new(Math::Operator(Box::new(Operator::new(text))), class);
        match c {
            '0'..='9' => Atom::new(Math::Number { text: self.letter(c).into() }, Class::Ordinary),
            '-' => operator("−", Class::Binary),
            '*' => operator("∗", Class::Binary),
            '+' => operator("+", Class::Binary),
            '=' | '<' | '>' | ':' => operator(c.encode_utf8(&mut [0; 4]), Class::Relation),
            ',' | ';' => operator(c.encode_utf8(&mut [0; 4]), Class::Punctuation),
            '(' | '[' => operator(c.encode_utf8(&mut [0; 4]), Class::Open),
            ')' | ']' | '!' | '?' => operator(c.encode_utf8(&mut [0; 4]), Class::Close),
            '/' | '|' | '.' | '"' | '@' | '`' | '~' => match c {
                '~' => Atom::new(Math::Words { text: "\u{A0}".into() }, Class::Nothing),
                _ => operator(c.encode_utf8(&mut [0; 4]), Class::Ordinary),
            },
            _ if c.is_alphabetic() => self.identifier(c, c.is_ascii()),
            '\u{A0}' => Atom::new(Math::Words { text: "\u{A0}".into() }, Class::Nothing),
            _ => {
                let mut buffer = [0; 4];
                let text: &str = c.encode_utf8(&mut buffer);
                let class = match dictionary::lookup(text, Form::Infix) {
                    _ if dictionary::has(text, Form::Infix) => {
                        match dictionary::lookup(text, Form::Infix).before {
                            278 => Class::Relation,
                            167 | 222 => Class::Binary,
                            _ => Class::Ordinary,
                        }
                    }
                    known if known.large => Class::Large,
                    _ if dictionary::has(text, Form::Prefix) && dictionary::has(text, Form::Postfix) => {
                        Class::Ordinary
                    }
                    known if known.stretchy && dictionary::has(text, Form::Prefix) => Class::Open,
                    known if known.stretchy && dictionary::has(text, Form::Postfix) => Class::Close,
                    _ if ('\u{2200}'..'\u{2300}').contains(&c) && !dictionary::has(text, Form::Prefix) => {
                        match c {
                            '∞' | '∅' | '∁' => Class::Nothing,
                            _ => Class::Relation,
                        }
                    }
                    _ => Class::Nothing,
                };
                match class {
                    Class::Nothing => {
                        Atom::new(Math::Identifier { text: c.into(), upright: true }, Class::Ordinary)
                    }
                    Class::Large => {
                        let limits =
                            if ('∫'..='∳').contains(&c) { Limits::Beside } else { Limits::Movable };
                        Atom { limits, ..operator(text, class) }
                    }
                    _ => operator(text, class),
                }
            }
        }
    }

    /// A letter, which is italic where it is not said otherwise.
    pub fn identifier(&mut self, c: char, slants: bool) -> Atom {
        let (text, upright) = match self.style.alphabet {
            None if self.style.bold => {
                (if slants { Alphabet::BoldItalic } else { Alphabet::Bold }.letter(c), false)
            }
            None => (c, !slants && !is_greek_small(c)),
            Some(_) => (self.letter(c), self.style.alphabet == Some(Alphabet::Roman)),
        };
        Atom::new(Math::Identifier { text: text.into(), upright }, Class::Ordinary)
    }

    /// A character in the alphabet that holds.
    fn letter(&self, c: char) -> char {
        match self.style.alphabet {
            Some(Alphabet::Roman) if self.style.bold => Alphabet::Bold.letter(c),
            Some(alphabet) => alphabet.letter(c),
            None if self.style.bold => Alphabet::Bold.letter(c),
            None => c,
        }
    }

    /// The part that a command for a sign is.
    pub fn sign(&mut self, text: &str, sign: Sign) -> Atom {
        use Sign::*;
        let operator = |class| Atom::new(Math::Operator(Box::new(Operator::new(text))), class);
        let mut chars = text.chars();
        let c = chars.next().unwrap_or(' ');
        match sign {
            Letter => self.identifier(c, true),
            Upright => match c {
                '′' | '‵' | '|' | '‖' | '∀' | '∃' | '∄' | '¬' | '∇' | '∂' | '√'
                    if self.style.alphabet.is_none() =>
                {
                    let mut atom = operator(Class::Ordinary);
                    if let Math::Operator(operator) = &mut atom.math {
                        if c == '√' {
                            operator.stretchy = Some(false);
                        }
                        if self.style.bold {
                            operator.text = Alphabet::Bold.letter(c).into();
                        }
                    }
                    if matches!(c, '∇' | '∂') {
                        let text = self.letter(c).into();
                        atom.math = Math::Identifier { text, upright: true };
                    }
                    atom
                }
                '…' | '⋯' => Atom { class: Class::Fenced, ..operator(Class::Ordinary) },
                _ => {
                    let text = self.letter(c).into();
                    Atom::new(Math::Identifier { text, upright: true }, Class::Ordinary)
                }
            },
            Bb => Atom::new(
                Math::Identifier { text: Alphabet::DoubleStruck.letter(c).into(), upright: true },
                Class::Ordinary,
            ),
            Bin => operator(Class::Binary),
            Rel => operator(Class::Relation),
            Punct => operator(Class::Punctuation),
            Big => Atom { limits: Limits::Movable, ..operator(Class::Large) },
            Int => operator(Class::Large),
            Open => operator(Class::Open),
            Close => operator(Class::Close),
            Slash => operator(Class::Ordinary),
            Function => Atom::new(Math::Identifier { text: text.to_owned(), upright: false }, Class::Large),
            Limit => limit(text),
        }
    }
}

/// A name that limits stand under.
pub(super) fn limit(text: &str) -> Atom {
    let operator = Operator { form: Some(Form::Prefix), movable_limits: Some(true), ..Operator::new(text) };
    Atom { limits: Limits::Movable, ..Atom::new(Math::Operator(Box::new(operator)), Class::Large) }
}

fn is_greek_small(c: char) -> bool {
    matches!(c, 'α'..='ω' | 'ϵ' | 'ϑ' | 'ϰ' | 'ϕ' | 'ϱ' | 'ϖ')
}
