//! Commands that put something above, below or beside something else, and fences.

use super::command::arrow;
use super::lexer::Token;
use super::parser::{Atom, Limits, Parser, Style};
use super::unread::Unread;
use crate::math::spacing::{Class, core_mut};
use crate::model::{Form, Math, Operator};

impl Parser<'_> {
    /// Such a command; what is none is [framed](Parser::framed).
    pub fn placed(&mut self, token: &Token, name: &str) -> Result<Option<Atom>, Unread> {
        let ordinary = |math| Ok(Some(Atom::new(math, Class::Ordinary)));
        let script = Style { display: false, script: true, ..self.style };
        match name {
            // Accents.
            "hat" | "check" | "breve" | "acute" | "grave" | "tilde" | "bar" | "vec" | "dot" | "ddot"
            | "dddot" | "ddddot" | "mathring" | "widehat" | "widetilde" | "widecheck" | "overline"
            | "overrightarrow" | "overleftarrow" | "overleftrightarrow" | "overparen" | "overbrace"
            | "overbracket" | "wideparen" | "Overrightarrow" => {
                let (sign, wide) = match name {
                    "hat" => ("^", false),
                    "check" => ("ˇ", false),
                    "breve" => ("˘", false),
                    "acute" => ("´", false),
                    "grave" => ("`", false),
                    "tilde" => ("~", false),
                    "bar" => ("¯", false),
                    "vec" => ("→", false),
                    "dot" => ("˙", false),
                    "ddot" => ("¨", false),
                    "dddot" => ("⃛", false),
                    "ddddot" => ("⃜", false),
                    "mathring" => ("˚", false),
                    "widehat" => ("^", true),
                    "widetilde" => ("~", true),
                    "widecheck" => ("ˇ", true),
                    "overrightarrow" => ("→", true),
                    "overleftarrow" => ("←", true),
                    "overleftrightarrow" => ("↔", true),
                    "Overrightarrow" => ("⇒", true),
                    "overparen" | "wideparen" => ("⏜", true),
                    "overbrace" => ("⏞", true),
                    "overbracket" => ("⎴", true),
                    _ => ("‾", true),
                };
                let base = Box::new(self.argument(token)?);
                let over = Operator { stretchy: Some(wide), ..Operator::new(sign) };
                let over = Some(Box::new(Math::Operator(Box::new(over))));
                let math = Math::Stack { base, under: None, over, accent: true };
                let brace = matches!(name, "overbrace" | "overbracket" | "overparen");
                let limits = if brace { Limits::UnderOver } else { Limits::Beside };
                Ok(Some(Atom { limits, ..Atom::new(math, Class::Ordinary) }))
            }
            "underline"
            | "underbar"
            | "underbrace"
            | "underbracket"
            | "underparen"
            | "underrightarrow"
            | "underleftarrow"
            | "underleftrightarrow"
            | "utilde" => {
                let sign = match name {
                    "underbrace" => "⏟",
                    "underbracket" => "⎵",
                    "underparen" => "⏝",
                    "underrightarrow" => "→",
                    "underleftarrow" => "←",
                    "underleftrightarrow" => "↔",
                    "utilde" => "~",
                    _ => "_",
                };
                let base = Box::new(self.argument(token)?);
                let under = Operator { stretchy: Some(true), ..Operator::new(sign) };
                let under = Some(Box::new(Math::Operator(Box::new(under))));
                let math = Math::Stack { base, under, over: None, accent: true };
                let brace = matches!(name, "underbrace" | "underbracket" | "underparen");
                let limits = if brace { Limits::UnderOver } else { Limits::Beside };
                Ok(Some(Atom { limits, ..Atom::new(math, Class::Ordinary) }))
            }
            // One above another.
            "overset" | "underset" | "stackrel" | "stackbin" | "overunderset" => {
                let first = Box::new(self.styled(token, script)?);
                let second = match name {
                    "overunderset" => Some(Box::new(self.styled(token, script)?)),
                    _ => None,
                };
                let base = self.argument_atom(token)?;
                let (under, over) = match name {
                    "underset" => (Some(first), None),
                    "overunderset" => (second, Some(first)),
                    _ => (None, Some(first)),
                };
                let class = match name {
                    "stackrel" => Class::Relation,
                    "stackbin" => Class::Binary,
                    _ => base.class,
                };
                let mut base = base.math;
                if let Some(operator) = core_mut(&mut base) {
                    (operator.before, operator.after) = (None, None);
                    if operator.movable_limits.is_some()
                        || crate::math::dictionary::of(operator, Form::Prefix).movable_limits
                    {
                        operator.movable_limits = Some(false);
                    }
                }
                let math = Math::Stack { base: Box::new(base), under, over, accent: false };
                Ok(Some(Atom::new(math, class)))
            }
            "xrightarrow" | "xleftarrow" | "xleftrightarrow" | "xRightarrow" | "xLeftarrow" | "xmapsto"
            | "xhookrightarrow" | "xhookleftarrow" | "xrightleftharpoons" | "xLeftrightarrow"
            | "xlongequal" => {
                let sign = match name {
                    "xrightarrow" => "→",
                    "xleftarrow" => "←",
                    "xleftrightarrow" => "↔",
                    "xRightarrow" => "⇒",
                    "xLeftarrow" => "⇐",
                    "xLeftrightarrow" => "⇔",
                    "xmapsto" => "↦",
                    "xhookrightarrow" => "↪",
                    "xhookleftarrow" => "↩",
                    "xlongequal" => "=",
                    _ => "⇌",
                };
                let under = match self.lexer.optional()? {
                    Some(tokens) => Some(self.tokens(tokens, script)?),
                    None => None,
                };
                let over = self.styled(token, script)?;
                Ok(Some(Atom::new(arrow(sign, under, over), Class::Relation)))
            }
            "substack" => {
                let math = self.braced_table(token, "substack")?;
                ordinary(math)
            }
            "sideset" => {
                let before = self.styled_atoms(token)?;
                let after = self.styled_atoms(token)?;
                let next = self.solid()?;
                let mut base = match self.nucleus(next)? {
                    Some(atom) => atom,
                    None => return Err(Unread::new(token.at, "\\sideset without its sign")),
                };
                if let Some(operator) = core_mut(&mut base.math) {
                    operator.movable_limits = Some(false);
                }
                let (presub, presup) = scripts_of(before);
                let (sub, sup) = scripts_of(after);
                let math = Math::Scripts { base: Box::new(base.math), sub, sup, presub, presup };
                Ok(Some(Atom { limits: Limits::UnderOver, ..Atom::new(math, Class::Large) }))
            }
            "prescript" => {
                let presup = Some(Box::new(self.styled(token, script)?));
                let presub = Some(Box::new(self.styled(token, script)?));
                let base = Box::new(self.argument(token)?);
                ordinary(Math::Scripts { base, sub: None, sup: None, presub, presup })
            }
            // Fences.
            "left" => self.fences(token),
            "big" | "Big" | "bigg" | "Bigg" | "bigl" | "Bigl" | "biggl" | "Biggl" | "bigr" | "Bigr"
            | "biggr" | "Biggr" | "bigm" | "Bigm" | "biggm" | "Biggm" => {
                let side = name.trim_start_matches("big").trim_start_matches("Big").trim_start_matches('g');
                let size = match name.strip_suffix(['l', 'r', 'm']).unwrap_or(name) {
                    "big" => 1200,
                    "Big" => 1800,
                    "bigg" => 2400,
                    _ => 3000,
                };
                let text = self.fence(token)?;
                if text.is_empty() {
                    return Ok(None);
                }
                let class = match side {
                    "l" => Class::Open,
                    "r" => Class::Close,
                    "m" => Class::Relation,
                    _ => Class::Ordinary,
                };
                let operator = Operator {
                    stretchy: Some(true),
                    symmetric: Some(true),
                    size: Some(size),
                    ..Operator::new(text)
                };
                Ok(Some(Atom::new(Math::Operator(Box::new(operator)), class)))
            }
            // Negation.
            "not" => {
                let mut atom = self.argument_atom(token)?;
                match core_mut(&mut atom.math) {
                    Some(operator) => {
                        operator.text = negated(&operator.text);
                        (operator.before, operator.after) = (None, None);
                    }
                    None => match &mut atom.math {
                        Math::Identifier { text, .. } | Math::Number { text } => *text = negated(text),
                        _ => return Err(Unread::new(token.at, "\\not before what is no sign")),
                    },
                }
                if atom.class == Class::Ordinary && core_mut(&mut atom.math).is_some() {
                    atom.class = Class::Relation;
                }
                Ok(Some(atom))
            }
            // Modulus.
            "bmod" => Ok(Some(Atom::new(Math::Operator(Box::new(Operator::new("mod"))), Class::Binary))),
            "pmod" | "pod" | "mod" => {
                let argument = self.argument(token)?;
                let mut children = vec![Math::Space { width: 444 }];
                let sign = |text: &str, form| {
                    Math::Operator(Box::new(Operator {
                        form: Some(form),
                        stretchy: Some(false),
                        before: Some(0),
                        after: Some(0),
                        ..Operator::new(text)
                    }))
                };
                if name != "mod" {
                    children.push(sign("(", Form::Prefix));
                }
                if name != "pod" {
                    children.push(Math::Identifier { text: "mod".into(), upright: false });
                    children.push(Math::Space { width: 333 });
                }
                children.push(argument);
                if name != "mod" {
                    children.push(sign(")", Form::Postfix));
                }
                ordinary(Math::Row { children })
            }
            _ => self.framed(token, name),
        }
    }
}

/// The scripts of the parts of a group, which has nothing but scripts.
fn scripts_of(atoms: Vec<Atom>) -> (Option<Box<Math>>, Option<Box<Math>>) {
    match atoms.into_iter().next().map(|a| a.math) {
        Some(Math::Scripts { sub, sup, .. }) => (sub, sup),
        Some(other) => (None, Some(Box::new(other))),
        None => (None, None),
    }
}

/// A sign struck through.
fn negated(text: &str) -> String {
    let sign = match text {
        "=" => "≠",
        "∈" => "∉",
        "∋" => "∌",
        "<" => "≮",
        ">" => "≯",
        "≤" => "≰",
        "≥" => "≱",
        "≡" => "≢",
        "∼" => "≁",
        "≃" => "≄",
        "≅" => "≇",
        "≈" => "≉",
        "⊂" => "⊄",
        "⊃" => "⊅",
        "⊆" => "⊈",
        "⊇" => "⊉",
        "∃" => "∄",
        "∣" | "|" => "∤",
        "∥" => "∦",
        "⊢" => "⊬",
        "⊨" => "⊭",
        "≺" => "⊀",
        "≻" => "⊁",
        "→" => "↛",
        "←" => "↚",
        "↔" => "↮",
        "⇒" => "⇏",
        "⇐" => "⇍",
        "⇔" => "⇎",
        _ => return format!("{text}\u{338}"),
    };
    sign.to_owned()
}
