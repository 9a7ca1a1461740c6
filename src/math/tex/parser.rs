//! Rows, scripts and groups: what TeX's mathematics is made of.

use super::lexer::{Kind, Lexer, Token, command};
use super::{Unread, signs};
use crate::math::alphabet::Alphabet;
use crate::math::dictionary;
use crate::math::spacing::{Class, core_mut, spaced};
use crate::model::{Form, Math, MathRow, MathTable, Operator};

/// A formula of more parts is not read.
const MOST_PARTS: usize = 60_000;
/// Each level of TeX makes up to two levels of the tree.
const MOST_DEEP: usize = Math::MOST_DEEP / 2;

/// A part of a row.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub math: Math,
    pub class: Class,
    pub limits: Limits,
}

/// Where scripts of a part go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limits {
    Beside,
    /// Under and over in displayed formulas, beside in running text.
    Movable,
    UnderOver,
}

impl Atom {
    pub fn new(math: Math, class: Class) -> Self {
        Atom { math, class, limits: Limits::Beside }
    }
}

/// What ends a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    End,
    Brace,
    Right,
    Cell,
    Dollar,
}

/// What holds where a part is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub display: bool,
    pub script: bool,
    pub alphabet: Option<Alphabet>,
    pub bold: bool,
}

pub(super) struct Parser<'s> {
    pub lexer: Lexer<'s>,
    pub style: Style,
    /// The tag of the equation that is being read, and what it is called by.
    pub tag: Option<Math>,
    pub label: Option<String>,
    /// Colours that the formula defines.
    pub colors: Vec<(String, String)>,
    depth: usize,
    parts: usize,
}

impl<'s> Parser<'s> {
    pub fn new(tex: &'s str, display: bool) -> Self {
        let style = Style { display, script: false, alphabet: None, bold: false };
        Parser {
            lexer: Lexer::new(tex),
            style,
            tag: None,
            label: None,
            colors: Vec::new(),
            depth: 0,
            parts: 0,
        }
    }

    pub fn formula(mut self) -> Result<Math, Unread> {
        let row = self.row(Stop::End)?;
        let Some((tag, label)) = self.take_tag() else { return Ok(row) };
        let rows = vec![MathRow { cells: vec![row], tag, label }];
        Ok(Math::Table(Box::new(MathTable { rows, display: true, ..MathTable::default() })))
    }

    /// The tag and the label given since the last.
    pub fn take_tag(&mut self) -> Option<(Option<Math>, Option<String>)> {
        match (self.tag.take(), self.label.take()) {
            (None, None) => None,
            found => Some(found),
        }
    }

    /// The next token that is no space.
    pub fn solid(&mut self) -> Result<Token, Unread> {
        loop {
            let token = self.lexer.next()?;
            if token.kind != Kind::Space {
                return Ok(token);
            }
        }
    }

    pub fn row(&mut self, stop: Stop) -> Result<Math, Unread> {
        let (atoms, script) = (self.atoms(stop)?, self.style.script);
        Ok(Math::row(spaced(atoms.into_iter().map(|a| (a.math, a.class)).collect(), script)))
    }

    /// The parts up to what ends the row, which is read too except for the end of a cell.
    pub fn atoms(&mut self, stop: Stop) -> Result<Vec<Atom>, Unread> {
        if self.depth >= MOST_DEEP {
            let at = self.lexer.raw().at;
            return Err(Unread::new(at, format!("the formula is nested deeper than {MOST_DEEP} levels")));
        }
        self.depth += 1;
        let style = self.style;
        let result = self.atoms_inside(stop);
        self.style = style;
        self.depth -= 1;
        result
    }

    fn atoms_inside(&mut self, stop: Stop) -> Result<Vec<Atom>, Unread> {
        let mut atoms: Vec<Atom> = Vec::new();
        loop {
            let token = self.solid()?;
            if self.ends(&token, stop)? {
                return Ok(merged(atoms));
            }
            if let Kind::Command(name) = &token.kind {
                if let Some(infix) = Infix::of(name) {
                    return self.infix(&token, infix, atoms, stop);
                }
                if let Some(atom) = self.rest(&token, name, stop)? {
                    atoms.push(atom);
                    return Ok(merged(atoms));
                }
            }
            let atom = match &token.kind {
                // Scripts of nothing.
                Kind::Char('^' | '_') => {
                    self.lexer.back(token);
                    Some(Atom::new(Math::Row { children: Vec::new() }, Class::Ordinary))
                }
                _ => self.nucleus(token)?,
            };
            let Some(atom) = atom else { continue };
            let atom = self.scripted(atom)?;
            self.parts += 1;
            if self.parts > MOST_PARTS {
                let at = self.lexer.raw().at;
                return Err(Unread::new(at, format!("the formula has more than {MOST_PARTS} parts")));
            }
            let text = atom.class == Class::Large && core_mut(&mut atom.math.clone()).is_none();
            atoms.push(atom);
            if text && self.takes_argument()? {
                let applied = Operator { before: Some(0), after: Some(0), ..Operator::new("\u{2061}") };
                atoms.push(Atom::new(Math::Operator(Box::new(applied)), Class::Nothing));
            }
        }
    }

    /// Whether what comes is what a function is taken of.
    fn takes_argument(&mut self) -> Result<bool, Unread> {
        let token = self.solid()?;
        let takes = match &token.kind {
            Kind::Char(c) => c.is_alphanumeric() || matches!(c, '(' | '[' | '|'),
            Kind::Open => true,
            Kind::Command(name) => {
                use super::Sign::*;
                matches!(signs::sign(name), Some((_, Letter | Upright | Open | Function)))
                    || matches!(&**name, "left" | "frac" | "sqrt" | "big" | "bigl" | "mathbf" | "vec")
            }
            _ => false,
        };
        self.lexer.back(token);
        Ok(takes)
    }

    /// Whether a token ends the row. One that ends another kind of row is a fault.
    fn ends(&mut self, token: &Token, stop: Stop) -> Result<bool, Unread> {
        let is = |name: &str| matches!(&token.kind, Kind::Command(known) if &**known == name);
        let ends = match (&token.kind, stop) {
            (Kind::End, Stop::End) | (Kind::Close, Stop::Brace) => true,
            (Kind::Char('$'), Stop::Dollar) => true,
            (Kind::Command(_), Stop::Right) if is("right") || is("middle") => {
                self.lexer.back(token.clone());
                return Ok(true);
            }
            (Kind::Char('&'), Stop::Cell) => {
                self.lexer.back(token.clone());
                return Ok(true);
            }
            (Kind::Command(_), Stop::Cell) if is("\\") || is("end") || is("cr") => {
                self.lexer.back(token.clone());
                return Ok(true);
            }
            _ => false,
        };
        if ends {
            return Ok(true);
        }
        let fault = match &token.kind {
            Kind::End => Some("the formula ends within a group".to_owned()),
            Kind::Close => Some("a brace is closed that was not opened".to_owned()),
            Kind::Char('&') => Some("& outside of a table".to_owned()),
            Kind::Char('$' | '#') => Some(format!("{} within a formula", command(token))),
            Kind::Command(_) if is("right") || is("end") || is("middle") => {
                Some(format!("{} without its beginning", command(token)))
            }
            _ => None,
        };
        match fault {
            Some(why) => Err(Unread::new(token.at, why)),
            None => Ok(false),
        }
    }

    /// What a command such as `\over` makes of what stands before and after it.
    fn infix(
        &mut self,
        token: &Token,
        infix: Infix,
        before: Vec<Atom>,
        stop: Stop,
    ) -> Result<Vec<Atom>, Unread> {
        let thickness = match infix {
            Infix::Above => Some(super::command::length(&self.lexer.words(token)?).unwrap_or(0)),
            Infix::Over => None,
            _ => Some(0),
        };
        let script = self.style.script;
        let row = |atoms: Vec<Atom>| {
            Box::new(Math::row(spaced(
                merged(atoms).into_iter().map(|a| (a.math, a.class)).collect(),
                script,
            )))
        };
        let after = self.atoms(stop)?;
        let fraction = Math::Fraction { numerator: row(before), denominator: row(after), thickness };
        let math = match infix {
            Infix::Over | Infix::Atop | Infix::Above => fraction,
            Infix::Choose => fenced("(", fraction, ")"),
            Infix::Brace => fenced("{", fraction, "}"),
            Infix::Brack => fenced("[", fraction, "]"),
        };
        Ok(vec![Atom::new(math, Class::Ordinary)])
    }

    /// A part by its first token; nothing when it shows nothing.
    pub fn nucleus(&mut self, token: Token) -> Result<Option<Atom>, Unread> {
        let name = match &token.kind {
            Kind::Open => {
                let mut atoms = self.atoms(Stop::Brace)?;
                // A group with one part is that part, which is no operator to its neighbours.
                let class = match atoms.as_slice() {
                    [only] if only.class == Class::Large => Class::Large,
                    _ => Class::Ordinary,
                };
                if let [only] = atoms.as_mut_slice()
                    && class == Class::Large
                {
                    return Ok(Some(only.clone()));
                }
                let script = self.style.script;
                let parts = atoms.into_iter().map(|a| (a.math, a.class)).collect();
                return Ok(Some(Atom::new(Math::row(spaced(parts, script)), class)));
            }
            Kind::Char(c) => return Ok(Some(self.character(*c))),
            Kind::Command(name) => name.clone(),
            Kind::Close | Kind::End | Kind::Space => return Ok(None),
        };
        if let Some((text, sign)) = signs::sign(&name) {
            return Ok(Some(self.sign(text, sign)));
        }
        self.command(&token, &name)
    }

    /// The argument of a command.
    pub fn argument(&mut self, of: &Token) -> Result<Math, Unread> {
        Ok(self.argument_atom(of)?.math)
    }

    /// The argument of a command, in another style.
    pub fn styled(&mut self, of: &Token, style: Style) -> Result<Math, Unread> {
        let kept = std::mem::replace(&mut self.style, style);
        let result = self.argument(of);
        self.style = kept;
        result
    }

    pub fn argument_atom(&mut self, of: &Token) -> Result<Atom, Unread> {
        let token = self.solid()?;
        match &token.kind {
            Kind::Open => {
                let mut atoms = self.atoms(Stop::Brace)?;
                if let [only] = atoms.as_mut_slice() {
                    let script = self.style.script;
                    let single = spaced(vec![(only.math.clone(), Class::Ordinary)], script);
                    return Ok(Atom { math: Math::row(single), ..only.clone() });
                }
                let script = self.style.script;
                let parts = atoms.into_iter().map(|a| (a.math, a.class)).collect();
                Ok(Atom::new(Math::row(spaced(parts, script)), Class::Ordinary))
            }
            Kind::End | Kind::Close | Kind::Char('&' | '^' | '_') => {
                Err(Unread::new(of.at, format!("{} has no argument", command(of))))
            }
            _ => {
                if self.depth >= MOST_DEEP {
                    let why = format!("the formula is nested deeper than {MOST_DEEP} levels");
                    return Err(Unread::new(token.at, why));
                }
                self.depth += 1;
                let atom = self.nucleus(token);
                self.depth -= 1;
                match atom? {
                    Some(atom) => {
                        let script = self.style.script;
                        let single = spaced(vec![(atom.math, Class::Ordinary)], script);
                        Ok(Atom { math: Math::row(single), ..atom })
                    }
                    None => Ok(Atom::new(Math::Row { children: Vec::new() }, Class::Ordinary)),
                }
            }
        }
    }

    /// A part with the scripts that follow it.
    pub fn scripted(&mut self, mut atom: Atom) -> Result<Atom, Unread> {
        let (mut sub, mut sup, mut primes) = (None, None, 0usize);
        loop {
            let token = self.solid()?;
            match &token.kind {
                Kind::Char('\'') => primes += 1,
                Kind::Char('’') => primes += 1,
                Kind::Char('_') if sub.is_none() => sub = Some(self.script(&token)?),
                Kind::Char('^') if sup.is_none() => sup = Some(self.script(&token)?),
                Kind::Char('_' | '^') => {
                    let which = if token.kind == Kind::Char('^') { "superscript" } else { "subscript" };
                    return Err(Unread::new(token.at, format!("a second {which}")));
                }
                Kind::Command(name) if matches!(&**name, "limits" | "nolimits" | "displaylimits") => {
                    atom.limits = match &**name {
                        "limits" => Limits::UnderOver,
                        "nolimits" => Limits::Beside,
                        _ => Limits::Movable,
                    };
                    if let Some(operator) = core_mut(&mut atom.math) {
                        operator.movable_limits = Some(atom.limits == Limits::Movable);
                    }
                }
                _ => {
                    self.lexer.back(token);
                    break;
                }
            }
        }
        if primes > 0 {
            let prime = match primes {
                1 => "′".to_owned(),
                2 => "″".to_owned(),
                3 => "‴".to_owned(),
                4 => "⁗".to_owned(),
                more => "′".repeat(more),
            };
            let prime = Math::Operator(Box::new(Operator {
                form: Some(Form::Postfix),
                before: Some(0),
                after: Some(0),
                ..Operator::new(prime)
            }));
            sup = Some(match sup {
                Some(Math::Row { mut children }) => {
                    children.insert(0, prime);
                    Math::Row { children }
                }
                Some(sup) => Math::Row { children: vec![prime, sup] },
                None => prime,
            });
        }
        if sub.is_none() && sup.is_none() {
            return Ok(atom);
        }
        let (sub, sup) = (sub.map(Box::new), sup.map(Box::new));
        let is_operator = core_mut(&mut atom.math).is_some();
        let stacked = match atom.limits {
            Limits::Beside => false,
            Limits::UnderOver => true,
            Limits::Movable => is_operator || self.style.display,
        };
        let base = Box::new(atom.math);
        atom.math = if stacked {
            Math::Stack { base, under: sub, over: sup, accent: false }
        } else {
            Math::Scripts { base, sub, sup, presub: None, presup: None }
        };
        Ok(atom)
    }

    fn script(&mut self, of: &Token) -> Result<Math, Unread> {
        self.styled(of, Style { display: false, script: true, ..self.style })
    }

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
    fn sign(&mut self, text: &str, sign: super::Sign) -> Atom {
        use super::Sign::*;
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

/// Something between two fences that grow with it.
pub(super) fn fenced(open: &str, body: Math, close: &str) -> Math {
    let fence = |text: &str, form| {
        Math::Operator(Box::new(Operator {
            form: Some(form),
            stretchy: Some(true),
            before: Some(0),
            after: Some(0),
            ..Operator::new(text)
        }))
    };
    Math::Row { children: vec![fence(open, Form::Prefix), body, fence(close, Form::Postfix)] }
}

/// Digits beside each other are a number, upright letters beside each other are a name.
fn merged(atoms: Vec<Atom>) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::with_capacity(atoms.len());
    let mut atoms = atoms.into_iter().peekable();
    while let Some(atom) = atoms.next() {
        let follows_digit = |next: Option<&Atom>| {
            next.is_some_and(|n| matches!(&n.math, Math::Number { .. }) && n.class == Class::Ordinary)
        };
        match (&atom.math, out.last_mut().map(|last| &mut last.math)) {
            (Math::Number { text }, Some(Math::Number { text: number })) => number.push_str(text),
            (Math::Operator(point), Some(Math::Number { text: number }))
                if point.text == "." && follows_digit(atoms.peek()) =>
            {
                number.push('.');
            }
            (
                Math::Identifier { text, upright: true },
                Some(Math::Identifier { text: name, upright: true }),
            ) if text.chars().all(char::is_alphabetic)
                && name.chars().all(char::is_alphabetic)
                && is_word(text)
                && is_word(name) =>
            {
                name.push_str(text);
            }
            _ => out.push(atom),
        }
    }
    out
}

/// Whether letters are of a word rather than signs of their own.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphabetic())
}

/// A command between what it is about.
#[derive(Clone, Copy)]
enum Infix {
    Over,
    Atop,
    Above,
    Choose,
    Brace,
    Brack,
}

impl Infix {
    fn of(name: &str) -> Option<Infix> {
        Some(match name {
            "over" => Infix::Over,
            "atop" => Infix::Atop,
            "above" => Infix::Above,
            "choose" => Infix::Choose,
            "brace" => Infix::Brace,
            "brack" => Infix::Brack,
            _ => return None,
        })
    }
}
