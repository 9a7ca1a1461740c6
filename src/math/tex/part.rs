//! A part of a row: its nucleus, its arguments, and the scripts beside it.

use super::lexer::{Kind, Token, command};
use super::parser::{Atom, Limits, MOST_DEEP, Parser, Stop, Style};
use super::signs;
use super::unread::Unread;
use crate::math::spacing::{Class, core_mut, spaced};
use crate::model::{Form, Math, Operator};

impl Parser<'_> {
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
        let name = if &*name == "dots" && self.before_operation()? { "cdots".into() } else { name };
        if let Some((text, sign)) = signs::sign(&name) {
            return Ok(Some(self.sign(text, sign)));
        }
        self.command(&token, &name)
    }

    /// Whether an operation or a relation comes next, with which dots stand in the middle.
    fn before_operation(&mut self) -> Result<bool, Unread> {
        let next = self.solid()?;
        let operation = match &next.kind {
            Kind::Char(c) => "+-−*/=<>×·∈".contains(*c),
            Kind::Command(name) => {
                use signs::Sign::{Big, Bin, Int, Rel};
                matches!(signs::sign(name), Some((_, Bin | Rel | Big | Int)))
            }
            _ => false,
        };
        self.lexer.back(next);
        Ok(operation)
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
}
