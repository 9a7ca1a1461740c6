//! Formulas that are written in wikitext: `{{math|''x''<sup>2</sup>}}`, `{{mvar|x}}`, `{{sfrac|1|2}}`,
//! `{{radic|2}}`. They become TeX; where one holds what TeX has no word for, its text is shown.

use super::action::Shape;
use super::arguments::{Arguments, positional_arguments};
use super::expander::Expander;
use super::flat::Flat;
use super::measure;
use crate::markup::entity;
use crate::model::Span;
use crate::read::wikitext::parse::marker::{Body, Item};

pub fn expand(x: &mut Expander<'_>, shape: Shape, given: &Arguments, name: &str, span: Span, out: &mut Flat) {
    measure::account(given, &["size".to_owned(), "big".to_owned()], name, &mut x.findings.claims);
    let parts: Vec<&Flat> = positional_arguments(given).map(|a| &a.value).collect();
    let parts = &parts[..parts.len().min(3)];
    match tex(x, shape, parts).filter(|tex| crate::math::tex::read(tex, false).is_ok()) {
        Some(tex) => {
            let mut body = Flat::default();
            body.push_made(&tex, span);
            x.mark_extension("math", String::new(), body, span, out);
        }
        None => plain(shape, parts, span, out),
    }
}

fn tex(x: &Expander<'_>, shape: Shape, parts: &[&Flat]) -> Option<String> {
    let read: Option<Vec<String>> =
        parts.iter().map(|part| Writer::new(x, shape == Shape::Variable).tex(part.text.trim())).collect();
    let read = read?;
    let all: Vec<&str> = read.iter().map(String::as_str).collect();
    let tex = match (shape, &all[..]) {
        (_, [] | ["", ..]) => return None,
        (Shape::Whole | Shape::Variable, [one, ..]) => (*one).to_owned(),
        (Shape::Fraction, [below]) => format!("\\tfrac{{1}}{{{below}}}"),
        (Shape::Fraction, [above, below]) => format!("\\tfrac{{{above}}}{{{below}}}"),
        (Shape::Fraction, [whole, above, below, ..]) => format!("{whole}\\,\\tfrac{{{above}}}{{{below}}}"),
        (Shape::Root, [under] | [under, "", ..]) => format!("\\sqrt{{{under}}}"),
        (Shape::Root, [under, index, ..]) => format!("\\sqrt[{{{index}}}]{{{under}}}"),
    };
    Some(tex)
}

/// The template as text.
fn plain(shape: Shape, parts: &[&Flat], span: Span, out: &mut Flat) {
    let between = match (shape, parts.len()) {
        (Shape::Fraction, 1) => {
            out.push_made("1⁄", span);
            [""; 2]
        }
        (Shape::Fraction, 2) => ["⁄", ""],
        (Shape::Fraction, _) => [" ", "⁄"],
        (Shape::Root, _) => {
            out.push_made("√", span);
            ["", ""]
        }
        _ => ["", ""],
    };
    let shown = if shape == Shape::Fraction { parts } else { &parts[..parts.len().min(1)] };
    for (n, part) in shown.iter().enumerate() {
        if n > 0 {
            out.push_made(between[n - 1], span);
        }
        out.push_flat(part);
    }
}

/// Names that TeX has a command for.
const FUNCTIONS: &[&str] = &[
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "exp",
    "ln", "log", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "gcd", "deg", "arg", "mod",
];

/// Writes wikitext as TeX.
struct Writer<'x, 'a> {
    x: &'x Expander<'a>,
    out: String,
    italic: bool,
    bold: bool,
    /// Letters of one style that stand beside each other.
    run: String,
}

impl<'x, 'a> Writer<'x, 'a> {
    fn new(x: &'x Expander<'a>, italic: bool) -> Self {
        Writer { x, out: String::new(), italic, bold: false, run: String::new() }
    }

    /// `None` where it holds a link, a note or other mark-up than letters, scripts and formulas.
    fn tex(mut self, text: &str) -> Option<String> {
        let decoded = entity::decode(text);
        let mut rest: &str = &decoded;
        let always_italic = self.italic;
        while let Some(c) = rest.chars().next() {
            let quotes = rest.bytes().take_while(|b| *b == b'\'').count();
            if quotes >= 2 {
                self.end_run();
                let taken = if quotes >= 5 { 5 } else { quotes.min(3) };
                self.italic ^= taken != 3 && !always_italic;
                self.bold ^= taken != 2;
                rest = &rest[taken..];
                continue;
            }
            match c {
                '\0' => {
                    self.end_run();
                    let (index, after) = rest[1..].split_once('\0')?;
                    let Item::Extension { name: "math", body: Some(body), .. } =
                        self.x.items.get(index.parse::<usize>().ok()?)?
                    else {
                        return None;
                    };
                    let tex = match body {
                        Body::Made(flat) => flat.text.as_str(),
                        Body::Source(range) => self.x.source.get(range.clone())?,
                    };
                    self.out.push('{');
                    self.out.push_str(tex);
                    self.out.push('}');
                    rest = after;
                    continue;
                }
                '<' => {
                    let (tag, after) = rest[1..].split_once('>')?;
                    self.end_run();
                    let bare = self.out.is_empty() || self.out.ends_with(['{', '+', '−', '=', '(', ',']);
                    match tag {
                        "sup" | "sub" => {
                            self.out.push_str(if bare { "{}" } else { "" });
                            self.out.push_str(if tag == "sup" { "^{" } else { "_{" });
                        }
                        "/sup" | "/sub" => self.out.push('}'),
                        "i" | "var" => self.italic = true,
                        "/i" | "/var" => self.italic = always_italic,
                        "b" => self.bold = true,
                        "/b" => self.bold = false,
                        _ => return None,
                    }
                    rest = after;
                    continue;
                }
                // Such as ℝ, which has its style.
                '\u{2100}'..='\u{214F}' => {
                    self.end_run();
                    self.out.push(c);
                }
                c if c.is_alphabetic() => self.run.push(c),
                // A word after another.
                ' ' if self.run.chars().count() > 1 && !self.italic => self.run.push(' '),
                c if c.is_whitespace() => self.end_run(),
                '\\' | '^' | '_' | '~' | '[' | ']' if rest.starts_with("[[") || !matches!(c, '[' | ']') => {
                    return None;
                }
                '{' | '}' | '%' | '#' | '$' | '&' => {
                    self.end_run();
                    self.out.push('\\');
                    self.out.push(c);
                }
                c => {
                    self.end_run();
                    self.out.push(c);
                }
            }
            rest = &rest[c.len_utf8()..];
        }
        self.end_run();
        let balanced = self.out.matches("^{").count() + self.out.matches("_{").count();
        (balanced <= self.out.matches('}').count()).then_some(self.out)
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let word = run.trim();
        if word.is_empty() {
            return;
        }
        match (self.italic, self.bold) {
            (true, false) => self.out.push_str(word),
            (true, true) => self.command("\\boldsymbol", word),
            (false, true) => self.command("\\mathbf", word),
            (false, false) if FUNCTIONS.contains(&word) => {
                self.out.push('\\');
                self.out.push_str(word);
                self.out.push(' ');
            }
            (false, false) if word.contains(' ') || run.ends_with(' ') => {
                self.command("\\text", &format!(" {word} "));
            }
            (false, false) => self.command("\\mathrm", word),
        }
    }

    fn command(&mut self, name: &str, argument: &str) {
        self.out.push_str(name);
        self.out.push('{');
        self.out.push_str(argument);
        self.out.push('}');
    }
}
