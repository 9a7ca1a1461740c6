//! Rows, scripts and groups: what TeX's mathematics is made of.

use super::length::length;
use super::lexer::{Kind, Lexer, Token, command};
use super::signs;
use super::unread::Unread;
use crate::math::alphabet::Alphabet;
use crate::math::spacing::{Class, core_mut, spaced};
use crate::model::{Form, Math, MathRow, MathTable, Operator};

/// A formula of more parts is not read.
const MOST_PARTS: usize = 60_000;
/// Each level of TeX makes up to two levels of the tree.
pub(super) const MOST_DEEP: usize = Math::MOST_DEEP / 2;

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
    pub depth: usize,
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
                use super::signs::Sign::*;
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
            Infix::Above => Some(length(&self.lexer.words(token)?).unwrap_or(0)),
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
}

/// Something between two fences that grow with it.
pub(super) fn fenced(open: &str, body: Math, close: &str) -> Math {
    let fence = |text: &str, form| {
        Math::Operator(Box::new(Operator {
            form: Some(form),
            stretchy: Some(true),
            symmetric: Some(true),
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
