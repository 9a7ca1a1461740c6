//! Commands that take arguments or change what comes.

use super::character::limit;
use super::color::color;
use super::length::length;
use super::lexer::{Kind, Token, command, text as source_of};
use super::parser::{Atom, Limits, Parser, Stop, Style, fenced};
use super::signs;
use super::unread::Unread;
use crate::math::alphabet::Alphabet;
use crate::math::spacing::{Class, core_mut, spaced};
use crate::model::{Form, Math, Operator};

impl Parser<'_> {
    /// A command that holds to the end of its group.
    pub fn rest(&mut self, token: &Token, name: &str, stop: Stop) -> Result<Option<Atom>, Unread> {
        let kept = self.style;
        let (mut display, mut level, mut size, mut colour) = (None, None, None, None);
        match name {
            "displaystyle" => (display, level) = (Some(true), Some(0)),
            "textstyle" => (display, level) = (Some(false), Some(0)),
            "scriptstyle" => (display, level) = (Some(false), Some(1)),
            "scriptscriptstyle" => (display, level) = (Some(false), Some(2)),
            "tiny" => size = Some(500),
            "scriptsize" => size = Some(700),
            "footnotesize" => size = Some(800),
            "small" => size = Some(900),
            "normalsize" => size = Some(1000),
            "large" => size = Some(1200),
            "Large" => size = Some(1440),
            "LARGE" => size = Some(1728),
            "huge" => size = Some(2074),
            "Huge" => size = Some(2488),
            "color" => colour = Some(self.color(token)?),
            _ => {
                let (alphabet, bold) = match name {
                    "rm" | "upshape" => (Some(Alphabet::Roman), false),
                    "bf" | "bfseries" => (Some(Alphabet::Bold), false),
                    "it" | "itshape" => (Some(Alphabet::Italic), false),
                    "cal" => (Some(Alphabet::Script), false),
                    "sf" => (Some(Alphabet::Sans), false),
                    "tt" => (Some(Alphabet::Mono), false),
                    "frak" => (Some(Alphabet::Fraktur), false),
                    "boldmath" => (None, true),
                    _ => return Ok(None),
                };
                // What follows is read on in the row, in the alphabet.
                self.style = Style { alphabet, bold, ..self.style };
                let atoms = self.atoms(stop)?;
                self.style = kept;
                let parts = atoms.into_iter().map(|a| (a.math, a.class)).collect();
                return Ok(Some(Atom::new(Math::row(spaced(parts, kept.script)), Class::Ordinary)));
            }
        }
        if let Some(display) = display {
            self.style.display = display;
            self.style.script = level != Some(0);
        }
        let body = Box::new(self.row(stop)?);
        self.style = kept;
        let math = Math::Styled { body, display, level, size, color: colour };
        Ok(Some(Atom::new(math, Class::Ordinary)))
    }

    pub fn color(&mut self, token: &Token) -> Result<String, Unread> {
        let model = self.lexer.optional()?.map(|m| source_of(&m));
        let value = self.lexer.words(token)?;
        let own = self.colors.iter().rev().find(|(name, _)| *name == value).map(|(_, color)| color.clone());
        own.or_else(|| color(model.as_deref(), &value))
            .ok_or_else(|| Unread::new(token.at, format!("the colour {value} is not known")))
    }

    /// A command that is no sign; nothing when it shows nothing.
    pub fn command(&mut self, token: &Token, name: &str) -> Result<Option<Atom>, Unread> {
        let ordinary = |math| Ok(Some(Atom::new(math, Class::Ordinary)));
        let nothing = |width| Ok(Some(Atom::new(Math::Space { width }, Class::Nothing)));
        let script = Style { display: false, script: true, ..self.style };
        match name {
            // White.
            "," | "thinspace" => nothing(167),
            ":" | ">" | "medspace" => nothing(222),
            ";" | "thickspace" => nothing(278),
            "!" | "negthinspace" => nothing(-167),
            "negmedspace" => nothing(-222),
            "negthickspace" => nothing(-278),
            "quad" => nothing(1000),
            "qquad" => nothing(2000),
            "enspace" | "enskip" => nothing(500),
            " " | "\n" | "\t" | "space" | "nobreakspace" => nothing(250),
            "/" => nothing(0),
            "hspace" | "hspace*" | "mspace" => {
                self.star()?;
                let words = self.lexer.words(token)?;
                match length(&words) {
                    Some(width) => nothing(width),
                    None => Err(Unread::new(token.at, format!("{words} is no length"))),
                }
            }
            "kern" | "mkern" | "hskip" | "mskip" => {
                let width = self.bare_length()?;
                match width {
                    Some(width) => nothing(width),
                    None => Err(Unread::new(token.at, format!("{} has no length", command(token)))),
                }
            }
            // What has no meaning for what is shown.
            "relax" | "nobreak" | "allowbreak" | "break" | "nonumber" | "notag" | "displaylimits"
            | "limits" | "nolimits" | "null" | "protect" | "noindent" | "centering" | "left." | "strut"
            | "goodbreak" => Ok(None),
            // Fractions.
            "frac" | "dfrac" | "tfrac" | "cfrac" => {
                // Which way its numerator is aligned changes nothing here.
                if name == "cfrac" {
                    self.lexer.optional()?;
                }
                let inner = match name {
                    "cfrac" | "dfrac" => Style { display: false, script: false, ..self.style },
                    _ => Style {
                        display: false,
                        script: self.style.script || !self.style.display,
                        ..self.style
                    },
                };
                let part = |parser: &mut Self| -> Result<Box<Math>, Unread> {
                    let part = parser.styled(token, inner)?;
                    Ok(Box::new(match name {
                        "cfrac" => styled(part, true),
                        _ => part,
                    }))
                };
                let (numerator, denominator) = (part(self)?, part(self)?);
                let fraction = Math::Fraction { numerator, denominator, thickness: None };
                ordinary(match name {
                    "frac" => fraction,
                    name => styled(fraction, name != "tfrac"),
                })
            }
            "binom" | "dbinom" | "tbinom" => {
                let numerator = Box::new(self.styled(token, script)?);
                let denominator = Box::new(self.styled(token, script)?);
                let fraction = Math::Fraction { numerator, denominator, thickness: Some(0) };
                let math = fenced("(", fraction, ")");
                ordinary(match name {
                    "binom" => math,
                    name => styled(math, name == "dbinom"),
                })
            }
            "genfrac" => {
                let (open, close) = (self.lexer.words(token)?, self.lexer.words(token)?);
                let thickness = self.lexer.words(token)?;
                let style = self.lexer.words(token)?;
                let thickness = if thickness.trim().is_empty() { None } else { length(&thickness) };
                let numerator = Box::new(self.styled(token, script)?);
                let denominator = Box::new(self.styled(token, script)?);
                let fraction = Math::Fraction { numerator, denominator, thickness };
                let fence = |text: &str| fence_sign(text.trim()).unwrap_or_default();
                let math = match (fence(&open).as_str(), fence(&close).as_str()) {
                    ("", "") => fraction,
                    (open, close) => fenced(open, fraction, close),
                };
                ordinary(match style.trim() {
                    "0" => styled(math, true),
                    "1" => styled(math, false),
                    _ => math,
                })
            }
            "sqrt" => {
                let index = match self.lexer.optional()? {
                    Some(tokens) => Some(Box::new(self.tokens(tokens, script)?)),
                    None => None,
                };
                let radicand = Box::new(self.argument(token)?);
                ordinary(Math::Root { radicand, index })
            }
            "root" => {
                let mut index = Vec::new();
                loop {
                    let next = self.lexer.raw();
                    match &next.kind {
                        Kind::Command(of) if &**of == "of" => break,
                        Kind::End => return Err(Unread::new(token.at, "\\root without \\of")),
                        _ => index.push(next),
                    }
                }
                let index = Some(Box::new(self.tokens(index, script)?));
                let radicand = Box::new(self.argument(token)?);
                ordinary(Math::Root { radicand, index })
            }
            // Alphabets.
            "mathrm" | "mathup" | "mathnormal" | "mathbf" | "mathit" | "mathbb" | "Bbb" | "mathcal"
            | "mathscr" | "mathfrak" | "mathsf" | "mathtt" | "bold" | "mathds" | "mathbfit" | "symbf"
            | "symit" | "symrm" => {
                let alphabet = match name {
                    "mathrm" | "mathup" | "symrm" => Some(Alphabet::Roman),
                    "mathbf" | "bold" | "symbf" => Some(Alphabet::Bold),
                    "mathit" | "symit" => Some(Alphabet::Italic),
                    "mathbb" | "Bbb" | "mathds" => Some(Alphabet::DoubleStruck),
                    "mathcal" | "mathscr" if self.style.bold => Some(Alphabet::BoldScript),
                    "mathcal" | "mathscr" => Some(Alphabet::Script),
                    "mathfrak" => Some(Alphabet::Fraktur),
                    "mathsf" => Some(Alphabet::Sans),
                    "mathtt" => Some(Alphabet::Mono),
                    "mathbfit" => Some(Alphabet::BoldItalic),
                    _ => None,
                };
                let inner = Style { alphabet, ..self.style };
                let kept = std::mem::replace(&mut self.style, inner);
                let atom = self.argument_atom(token);
                self.style = kept;
                Ok(Some(atom?))
            }
            "boldsymbol" | "bm" | "pmb" | "mathbold" => {
                let inner = Style { bold: true, ..self.style };
                let kept = std::mem::replace(&mut self.style, inner);
                let atom = self.argument_atom(token);
                self.style = kept;
                Ok(Some(atom?))
            }
            "operatorname" | "operatorname*" | "operatornamewithlimits" => {
                let limits = self.star()? || name != "operatorname";
                let inner = Style { alphabet: Some(Alphabet::Roman), bold: false, ..self.style };
                let kept = std::mem::replace(&mut self.style, inner);
                let atoms = self.group(token);
                self.style = kept;
                let mut words = String::new();
                let atoms = atoms?;
                let plain = atoms.iter().all(|atom| match &atom.math {
                    Math::Identifier { text, .. } | Math::Number { text } | Math::Words { text } => {
                        words.push_str(text);
                        true
                    }
                    Math::Space { width } => {
                        words.push_str(if *width > 0 { "\u{2009}" } else { "" });
                        true
                    }
                    Math::Operator(operator) => {
                        words.push_str(if operator.text == "−" { "-" } else { &operator.text });
                        true
                    }
                    _ => false,
                });
                if plain && !words.is_empty() {
                    if limits {
                        return Ok(Some(limit(&words)));
                    }
                    // One letter would be set in italic.
                    let upright = words.chars().count() == 1;
                    return Ok(Some(Atom::new(Math::Identifier { text: words, upright }, Class::Large)));
                }
                let parts = atoms.into_iter().map(|a| (a.math, a.class)).collect();
                let math = Math::row(spaced(parts, self.style.script));
                let limits = if limits { Limits::Movable } else { Limits::Beside };
                Ok(Some(Atom { limits, ..Atom::new(math, Class::Large) }))
            }
            "varinjlim" | "varprojlim" | "varliminf" | "varlimsup" => {
                let lim = Box::new(limit("lim").math);
                let sign = |text: &str| {
                    Some(Box::new(Math::Operator(Box::new(Operator {
                        stretchy: Some(true),
                        ..Operator::new(text)
                    }))))
                };
                let (under, over) = match name {
                    "varinjlim" => (sign("→"), None),
                    "varprojlim" => (sign("←"), None),
                    "varliminf" => (sign("_"), None),
                    _ => (None, sign("‾")),
                };
                let math = Math::Stack { base: lim, under, over, accent: true };
                Ok(Some(Atom { limits: Limits::Movable, ..Atom::new(math, Class::Large) }))
            }
            // What a part is to its neighbours.
            "mathord" | "mathbin" | "mathrel" | "mathopen" | "mathclose" | "mathpunct" | "mathinner"
            | "mathop" => {
                let mut atom = self.argument_atom(token)?;
                atom.class = match name {
                    "mathbin" => Class::Binary,
                    "mathrel" => Class::Relation,
                    "mathopen" => Class::Open,
                    "mathclose" => Class::Close,
                    "mathpunct" => Class::Punctuation,
                    "mathop" => Class::Large,
                    "mathinner" => Class::Fenced,
                    _ => Class::Ordinary,
                };
                if let Some(operator) = core_mut(&mut atom.math) {
                    (operator.before, operator.after) = (None, None);
                } else if matches!(atom.class, Class::Binary | Class::Relation | Class::Punctuation)
                    && let Math::Identifier { text, .. } | Math::Words { text } = &atom.math
                {
                    // A sign between others is an operator, whatever it looks like.
                    atom.math = Math::Operator(Box::new(Operator::new(text.clone())));
                }
                if name == "mathop" {
                    atom.limits = Limits::Movable;
                    if let Some(operator) = core_mut(&mut atom.math) {
                        operator.movable_limits = Some(true);
                    }
                }
                Ok(Some(atom))
            }
            _ => self.placed(token, name),
        }
    }

    pub fn brace(&self, text: &str, class: Class) -> Atom {
        Atom::new(Math::Operator(Box::new(Operator::new(text))), class)
    }

    /// Whether a star follows.
    pub fn star(&mut self) -> Result<bool, Unread> {
        let token = self.solid()?;
        if token.kind == Kind::Char('*') {
            return Ok(true);
        }
        self.lexer.back(token);
        Ok(false)
    }

    /// Reads tokens as a formula of their own.
    pub fn tokens(&mut self, tokens: Vec<Token>, style: Style) -> Result<Math, Unread> {
        let at = tokens.first().map_or(0, |t| t.at);
        let mut group = tokens;
        group.push(Token { kind: Kind::Close, at });
        self.lexer.push(group);
        let kept = std::mem::replace(&mut self.style, style);
        let result = self.row(Stop::Brace);
        self.style = kept;
        result
    }

    /// The parts of a group that must be one.
    pub fn group(&mut self, of: &Token) -> Result<Vec<Atom>, Unread> {
        let token = self.solid()?;
        match token.kind {
            Kind::Open => self.atoms(Stop::Brace),
            Kind::End | Kind::Close => Err(Unread::new(of.at, format!("{} has no argument", command(of)))),
            _ => Ok(self.nucleus(token)?.into_iter().collect()),
        }
    }

    pub fn styled_atoms(&mut self, of: &Token) -> Result<Vec<Atom>, Unread> {
        let script = Style { display: false, script: true, ..self.style };
        let kept = std::mem::replace(&mut self.style, script);
        let result = self.group(of);
        self.style = kept;
        result
    }

    /// A fence as its sign; empty for a dot.
    pub fn fence(&mut self, of: &Token) -> Result<String, Unread> {
        let mut token = self.solid()?;
        // Braces around it change nothing.
        let braced = token.kind == Kind::Open;
        if braced {
            token = self.solid()?;
        }
        let sign = match &token.kind {
            Kind::Char('.') => Some(String::new()),
            Kind::Char(c) => fence_sign(c.encode_utf8(&mut [0; 4])),
            Kind::Command(_) => fence_sign(&command(&token)),
            _ => None,
        };
        if braced {
            self.solid()?;
        }
        sign.ok_or_else(|| {
            let (of, what) = (command(of), command(&token));
            Unread::new(token.at, format!("{of} before {what}, which is no fence"))
        })
    }

    pub fn fences(&mut self, token: &Token) -> Result<Option<Atom>, Unread> {
        let fence = |text: String, form| {
            Math::Operator(Box::new(Operator {
                form: Some(form),
                stretchy: Some(true),
                // Signs that are fences here alone, such as arrows.
                symmetric: Some(true),
                before: Some(if form == Form::Infix { 167 } else { 0 }),
                after: Some(if form == Form::Infix { 167 } else { 0 }),
                ..Operator::new(text)
            }))
        };
        let mut children = Vec::new();
        let open = self.fence(token)?;
        if !open.is_empty() {
            children.push(fence(open, Form::Prefix));
        }
        loop {
            // In a row of its own, so that what is first and last in it is known as such.
            children.push(self.row(Stop::Right)?);
            let end = self.solid()?;
            let sign = self.fence(&end)?;
            let middle = command(&end) == "\\middle";
            if !sign.is_empty() {
                children.push(fence(sign, if middle { Form::Infix } else { Form::Postfix }));
            }
            if !middle {
                return Ok(Some(Atom::new(Math::Row { children }, Class::Fenced)));
            }
        }
    }

    /// A length that stands without braces.
    pub fn bare_length(&mut self) -> Result<Option<i32>, Unread> {
        let mut words = String::new();
        loop {
            let token = self.lexer.raw();
            match token.kind {
                Kind::Char(c) if c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '=') => {
                    if c != '=' {
                        words.push(c);
                    }
                }
                Kind::Space => {}
                Kind::Char(c) if c.is_ascii_lowercase() => {
                    words.push(c);
                    let next = self.lexer.raw();
                    match next.kind {
                        Kind::Char(c) => words.push(c),
                        _ => self.lexer.back(next),
                    }
                    return Ok(length(&words));
                }
                _ => {
                    self.lexer.back(token);
                    return Ok(None);
                }
            }
        }
    }
}

/// Something in displayed or in text style.
pub(super) fn styled(body: Math, display: bool) -> Math {
    Math::Styled { body: Box::new(body), display: Some(display), level: Some(0), size: None, color: None }
}

/// An arrow as long as what stands over and under it.
pub(super) fn arrow(sign: &str, under: Option<Math>, over: Math) -> Math {
    let padded = |math: Math| {
        let empty = matches!(&math, Math::Row { children } if children.is_empty());
        let width = if empty { 800 } else { 400 };
        Box::new(Math::Row { children: vec![Math::Space { width }, math, Math::Space { width }] })
    };
    let base = Operator { stretchy: Some(true), ..Operator::new(sign) };
    Math::Stack {
        base: Box::new(Math::Operator(Box::new(base))),
        under: under.map(padded),
        over: Some(padded(over)),
        accent: false,
    }
}

/// The sign of a fence by its source.
fn fence_sign(source: &str) -> Option<String> {
    let sign = match source {
        "" | "." => "",
        "(" | ")" | "[" | "]" | "/" | "|" => source,
        "<" | "\\lt" => "⟨",
        ">" | "\\gt" => "⟩",
        "\\{" => "{",
        "\\}" => "}",
        "\\|" => "‖",
        "⟨" | "⟩" | "⌈" | "⌉" | "⌊" | "⌋" | "‖" | "{" | "}" => source,
        _ => {
            use super::signs::Sign::*;
            let (text, sign) = signs::sign(source.strip_prefix('\\')?)?;
            let arrow = text.chars().all(|c| matches!(c, '←'..='⇿'));
            let bar = matches!(text, "|" | "‖" | "∥" | "∣");
            if !(matches!(sign, Open | Close | Slash) || arrow || bar) {
                return None;
            }
            match text {
                "∥" => "‖",
                "∣" => "|",
                text => text,
            }
        }
    };
    Some(sign.to_owned())
}
