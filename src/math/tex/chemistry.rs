//! Chemical formulas, as `\ce` of mhchem reads them: elements with their numbers, charges, isotopes,
//! bonds, states, and the arrows of reactions.

use super::command::arrow;
use super::lexer::{Kind, Token, text as source_of};
use super::parser::{Parser, Style};
use super::unread::Unread;
use crate::math::alphabet::Alphabet;
use crate::model::{Form, Math, Operator};

/// A chemical formula in reading.
struct Formula<'t> {
    tokens: &'t [Token],
    at: usize,
    out: Vec<Math>,
    /// Something stands right before, without white, that numbers and charges belong to.
    bound: bool,
}

impl Formula<'_> {
    fn peek(&self, ahead: usize) -> Option<&Kind> {
        self.tokens.get(self.at + ahead).map(|t| &t.kind)
    }

    fn char(&self, ahead: usize) -> Option<char> {
        match self.peek(ahead) {
            Some(Kind::Char(c)) => Some(*c),
            _ => None,
        }
    }

    /// Whether these characters come.
    fn comes(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(n, c)| self.char(n) == Some(c))
    }

    /// The tokens of a group or of one token, whose start is next.
    fn take(&mut self) -> Vec<Token> {
        let Some(first) = self.tokens.get(self.at) else { return Vec::new() };
        self.at += 1;
        if first.kind != Kind::Open {
            return vec![first.clone()];
        }
        let (start, mut depth) = (self.at, 1usize);
        while let Some(kind) = self.peek(0) {
            match kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return self.tokens[start..self.at - 1].to_vec();
            }
        }
        self.tokens[start..].to_vec()
    }

    /// The tokens in brackets, when brackets come.
    fn bracketed(&mut self) -> Option<Vec<Token>> {
        if self.char(0) != Some('[') {
            return None;
        }
        let (start, mut depth) = (self.at + 1, 0usize);
        for n in start..self.tokens.len() {
            match &self.tokens[n].kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                Kind::Char(']') if depth == 0 => {
                    self.at = n + 1;
                    return Some(self.tokens[start..n].to_vec());
                }
                _ => {}
            }
        }
        None
    }

    fn number(&mut self) -> String {
        let mut out = String::new();
        while let Some(c) = self.char(0) {
            let point = matches!(c, '.' | ',') && self.char(1).is_some_and(|c| c.is_ascii_digit());
            if !(c.is_ascii_digit() || (point && !out.is_empty())) {
                break;
            }
            out.push(c);
            self.at += 1;
        }
        out
    }

    /// Adds scripts to what stands before.
    fn script(&mut self, sub: Option<Math>, sup: Option<Math>) {
        let last = match self.bound {
            true => self.out.pop().unwrap_or(Math::Row { children: Vec::new() }),
            false => Math::Row { children: Vec::new() },
        };
        let (sub, sup) = (sub.map(Box::new), sup.map(Box::new));
        let math = match last {
            Math::Scripts { base, sub: below, sup: above, presub, presup }
                if !(sub.is_some() && below.is_some() || sup.is_some() && above.is_some()) =>
            {
                Math::Scripts { base, sub: sub.or(below), sup: sup.or(above), presub, presup }
            }
            base => Math::Scripts { base: Box::new(base), sub, sup, presub: None, presup: None },
        };
        self.out.push(math);
        self.bound = true;
    }

    fn push(&mut self, math: Math, bound: bool) {
        self.out.push(math);
        self.bound = bound;
    }

    fn sign(&mut self, text: &str, white: i32) {
        let operator = Operator {
            form: Some(Form::Infix),
            stretchy: Some(false),
            before: Some(white),
            after: Some(white),
            ..Operator::new(text)
        };
        self.push(Math::Operator(Box::new(operator)), false);
    }
}

/// What comes before others that are like it at the start: the longest first.
const ARROWS: [(&str, &str); 9] = [
    ("<=>>", "⇌"),
    ("<<=>", "⇌"),
    ("<=>", "⇌"),
    ("<-->", "⇄"),
    ("<->", "↔"),
    ("->", "→"),
    ("<-", "←"),
    ("⇌", "⇌"),
    ("→", "→"),
];

impl Parser<'_> {
    /// Reads the argument of `\ce`.
    pub fn chemistry(&mut self, of: &Token, tokens: Vec<Token>) -> Result<Math, Unread> {
        let mut f = Formula { tokens: &tokens, at: 0, out: Vec::new(), bound: false };
        let script = Style { display: false, script: true, alphabet: None, bold: false };
        let words = |text: &str| Math::Identifier { text: text.to_owned(), upright: true };
        let mut spaced = true;
        while f.at < tokens.len() {
            let white = std::mem::replace(&mut spaced, false);
            let kind = tokens[f.at].kind.clone();
            if let Some((source, sign)) = ARROWS.iter().find(|(source, _)| f.comes(source)) {
                f.at += source.chars().count();
                let over = f.bracketed();
                let under = f.bracketed();
                let mut label = |tokens: Option<Vec<Token>>| match tokens {
                    Some(tokens) => self.chemistry(of, tokens).map(Some),
                    None => Ok(None),
                };
                let (over, under) = (label(over)?, label(under)?);
                let over = over.unwrap_or(Math::Row { children: Vec::new() });
                let mut math = arrow(sign, under, over);
                if let Some(operator) = crate::math::spacing::core_mut(&mut math) {
                    (operator.before, operator.after) = (Some(278), Some(278));
                }
                f.push(math, false);
                spaced = true;
                continue;
            }
            match kind {
                Kind::Space => {
                    f.at += 1;
                    spaced = true;
                    // White after what stands, unless a sign with its own white comes.
                    let sign = matches!(f.peek(0), Some(Kind::Char('+' | '-' | '<' | '=')) | None)
                        && matches!(f.peek(1), Some(Kind::Space | Kind::Char('>' | '-' | '=')) | None);
                    let state = f.char(0) == Some('(');
                    if !(sign
                        || f.out.is_empty()
                        || matches!(f.out.last(), Some(Math::Operator(_) | Math::Stack { .. })))
                    {
                        f.out.push(Math::Space { width: if state { 100 } else { 200 } });
                    }
                    f.bound = false;
                }
                Kind::Char(c) if c.is_alphabetic() => {
                    // An arrow up or down for gas and precipitate.
                    let ends = |n| matches!(f.peek(n), None | Some(Kind::Space));
                    if white && matches!(c, 'v' | '^') && ends(1) && f.at > 0 {
                        f.at += 1;
                        f.sign("↓", 100);
                        continue;
                    }
                    let mut name = String::new();
                    while let Some(c) = f.char(0).filter(|c| c.is_alphabetic()) {
                        name.push(c);
                        f.at += 1;
                    }
                    let variable = white && name.chars().count() == 1 && name.chars().all(char::is_lowercase);
                    let math = Math::Identifier { text: name, upright: !variable };
                    f.push(math, true);
                }
                Kind::Char(c) if c.is_ascii_digit() => {
                    let number = f.number();
                    if f.bound {
                        f.script(Some(Math::Number { text: number }), None);
                    } else if f.char(0) == Some('/') && f.char(1).is_some_and(|c| c.is_ascii_digit()) {
                        f.at += 1;
                        let below = f.number();
                        let fraction = Math::Fraction {
                            numerator: Box::new(Math::Number { text: number }),
                            denominator: Box::new(Math::Number { text: below }),
                            thickness: None,
                        };
                        f.push(fraction, false);
                        f.out.push(Math::Space { width: 167 });
                    } else {
                        f.push(Math::Number { text: number }, false);
                        if f.char(0).is_some_and(char::is_alphabetic) || f.char(0) == Some('(') {
                            f.out.push(Math::Space { width: 167 });
                        }
                    }
                }
                Kind::Char(c @ ('^' | '_')) => {
                    f.at += 1;
                    if c == '^' && matches!(f.peek(0), None | Some(Kind::Space)) {
                        f.sign("↑", 100);
                        continue;
                    }
                    let group = if f.peek(0) == Some(&Kind::Open) {
                        f.take()
                    } else {
                        let start = f.at;
                        while f.char(0).is_some_and(|c| c.is_alphanumeric() || "+-.*".contains(c)) {
                            f.at += 1;
                        }
                        if f.at == start { f.take() } else { tokens[start..f.at].to_vec() }
                    };
                    let math = self.charge(&group, script)?;
                    let (sub, sup) = if c == '_' { (Some(math), None) } else { (None, Some(math)) };
                    if f.bound {
                        f.script(sub, sup);
                    } else {
                        // Before an element: the numbers of an isotope.
                        f.bound = false;
                        f.script(sub, sup);
                        let second = f.char(0).filter(|s| matches!(s, '^' | '_') && *s != c);
                        if second.is_none() {
                            f.bound = false;
                        }
                    }
                }
                Kind::Char(c @ ('+' | '-' | '–')) => {
                    f.at += 1;
                    let sign = if c == '+' { "+" } else { "−" };
                    let ends = matches!(
                        f.peek(0),
                        None | Some(
                            Kind::Space | Kind::Close | Kind::Char(']' | ')' | '}' | ',' | '^' | '_')
                        )
                    );
                    let letter = f.char(0).is_some_and(char::is_alphabetic);
                    if f.bound && (c == '+' || (ends && !letter)) {
                        let mut charge = sign.to_owned();
                        while f.char(0) == Some(c) {
                            f.at += 1;
                            charge.push_str(sign);
                        }
                        f.script(None, Some(charge_sign(&charge)));
                    } else if f.bound || (!white && !f.out.is_empty()) {
                        f.sign(if c == '+' { "+" } else { "−" }, 0);
                    } else {
                        let white = if f.out.is_empty() { 0 } else { 222 };
                        f.sign(sign, white);
                        spaced = true;
                    }
                }
                Kind::Char('=') => {
                    f.at += 1;
                    f.sign("=", if white { 278 } else { 0 });
                    spaced = white;
                }
                Kind::Char('#') => {
                    f.at += 1;
                    f.sign("≡", 0);
                }
                Kind::Char('*' | '.' | '·') if f.at > 0 => {
                    f.at += 1;
                    f.sign("⋅", if white { 222 } else { 100 });
                    spaced = true;
                }
                Kind::Char(c @ ('(' | '[')) => {
                    f.at += 1;
                    f.sign(c.encode_utf8(&mut [0; 4]), 0);
                }
                Kind::Char(c @ (')' | ']')) => {
                    f.at += 1;
                    f.sign(c.encode_utf8(&mut [0; 4]), 0);
                    f.bound = true;
                }
                Kind::Char('$') => {
                    f.at += 1;
                    let start = f.at;
                    while f.at < tokens.len() && f.char(0) != Some('$') {
                        f.at += 1;
                    }
                    let inner = tokens[start..f.at].to_vec();
                    f.at += 1;
                    let math = self.tokens(
                        inner,
                        Style { display: false, script: false, alphabet: None, bold: false },
                    )?;
                    f.push(math, true);
                }
                Kind::Char('~') => {
                    f.at += 1;
                    f.out.push(Math::Space { width: 250 });
                    f.bound = false;
                }
                Kind::Char(c) => {
                    f.at += 1;
                    match c {
                        ',' | ';' => {
                            let mut operator = Operator::new(c);
                            (operator.before, operator.after) = (Some(0), Some(167));
                            f.push(Math::Operator(Box::new(operator)), false);
                        }
                        '\'' => f.script(None, Some(charge_sign("′"))),
                        '/' | ':' | '|' | '!' | '<' | '>' => f.sign(c.encode_utf8(&mut [0; 4]), 0),
                        _ => f.push(words(c.encode_utf8(&mut [0; 4])), true),
                    }
                }
                Kind::Open => {
                    let group = f.take();
                    let text = source_of(&group);
                    let marked = text.starts_with('\\') || text.contains(['$', '^', '_']) || !text.is_ascii();
                    let plain = |c: char| c.is_ascii_alphanumeric() || " +-()".contains(c);
                    let math = if marked || text.chars().all(plain) {
                        self.chemistry(of, group)?
                    } else {
                        self.tokens(group, script)?
                    };
                    f.push(math, true);
                }
                Kind::Command(name) if matches!(&*name, "bond" | "text" | "ca" | "ce" | "mathrm") => {
                    f.at += 1;
                    let group = f.take();
                    match &*name {
                        "bond" => {
                            let text = source_of(&group);
                            let sign = match text.trim() {
                                "-" | "1" => "−",
                                "=" | "2" => "=",
                                "#" | "3" => "≡",
                                "~" => "∼",
                                "~-" | "~--" | "~=" | "-~-" => "≈",
                                "..." => "⋯",
                                "...." => "⋯",
                                "->" => "→",
                                "<-" => "←",
                                other => {
                                    return Err(Unread::new(of.at, format!("the bond {other} is not known")));
                                }
                            };
                            f.sign(sign, 0);
                        }
                        "ca" => f.sign("∼", 0),
                        "ce" => {
                            let math = self.chemistry(of, group)?;
                            f.push(math, true);
                        }
                        _ => f.push(Math::Words { text: source_of(&group) }, true),
                    }
                }
                Kind::Command(_) => {
                    // A command of mathematics, with the groups that follow it.
                    let start = f.at;
                    f.at += 1;
                    if is_big(&tokens[start]) {
                        // The fence, which may stand after white.
                        f.at += usize::from(f.peek(0) == Some(&Kind::Space));
                        f.at += usize::from(matches!(f.peek(0), Some(Kind::Char(_) | Kind::Command(_))));
                    }
                    loop {
                        match f.peek(0) {
                            Some(Kind::Open) => drop(f.take()),
                            Some(Kind::Char('['))
                                if f.at == start + 1
                                    && is(&tokens[start], &["sqrt", "xrightarrow", "xleftarrow"]) =>
                            {
                                drop(f.bracketed());
                            }
                            Some(Kind::Space)
                                if matches!(f.peek(1), Some(Kind::Open)) && takes_group(&tokens[start]) =>
                            {
                                f.at += 1
                            }
                            Some(Kind::Char(c))
                                if f.at == start + 1
                                    && takes_group(&tokens[start])
                                    && c.is_alphanumeric() =>
                            {
                                f.at += 1
                            }
                            _ => break,
                        }
                    }
                    let mut group = tokens[start..f.at].to_vec();
                    if is(&tokens[start], &["left", "right", "begin", "sideset"]) {
                        group.extend(tokens[f.at..].iter().cloned());
                        f.at = tokens.len();
                    }
                    // Chemistry within \overset{…}{…} and the like.
                    let upright =
                        Style { alphabet: Some(Alphabet::Roman), display: false, script: false, bold: false };
                    let math = self.tokens(group, upright)?;
                    let space = matches!(math, Math::Space { .. });
                    let operator = matches!(math, Math::Operator(_));
                    f.push(math, !(space || operator));
                    spaced = space || operator;
                }
                Kind::Close | Kind::End => f.at += 1,
            }
        }
        Ok(Math::row(f.out))
    }

    /// What stands in a script of a chemical formula.
    fn charge(&mut self, group: &[Token], style: Style) -> Result<Math, Unread> {
        let text = source_of(group);
        if text.chars().all(|c| c.is_ascii_digit()) && !text.is_empty() {
            return Ok(Math::Number { text });
        }
        if text.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c)) && !text.is_empty() {
            let number: String = text.chars().take_while(char::is_ascii_digit).collect();
            let signs = text[number.len()..].replace('-', "−").replace('.', "∙");
            let mut parts = Vec::new();
            if !number.is_empty() {
                parts.push(Math::Number { text: number });
            }
            if !signs.is_empty() {
                parts.push(charge_sign(&signs));
            }
            return Ok(Math::row(parts));
        }
        let letters = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic());
        if letters && text.len() > 1 {
            return Ok(Math::Identifier { text, upright: true });
        }
        let group: Vec<Token> = group.iter().filter(|t| t.kind != Kind::Char('$')).cloned().collect();
        self.tokens(group, style)
    }
}

fn charge_sign(text: &str) -> Math {
    let operator = Operator {
        form: Some(Form::Postfix),
        stretchy: Some(false),
        before: Some(0),
        after: Some(0),
        ..Operator::new(text)
    };
    Math::Operator(Box::new(operator))
}

fn is(token: &Token, names: &[&str]) -> bool {
    matches!(&token.kind, Kind::Command(name) if names.contains(&&**name))
}

/// Whether groups that follow after white are arguments: not those of a sign.
fn takes_group(token: &Token) -> bool {
    match &token.kind {
        Kind::Command(name) => {
            let white = matches!(
                &**name,
                "," | ";" | ":" | "!" | " " | "quad" | "qquad" | "\\" | "displaystyle" | "textstyle"
            );
            super::signs::sign(name).is_none() && !white
        }
        _ => false,
    }
}

fn is_big(token: &Token) -> bool {
    matches!(&token.kind, Kind::Command(name) if name.starts_with("big") || name.starts_with("Big"))
}
