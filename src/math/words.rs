//! A formula in a line of text: `x = (−b ± √(b² − 4ac)) / (2a)`.

use super::{alphabet, dictionary};
use crate::model::{Form, Math};

/// The formula as a line of text.
pub fn words(math: &Math) -> String {
    let mut out = String::new();
    part(math, &mut out);
    let mut words = String::new();
    for c in out.chars() {
        if !(c == ' ' && (words.is_empty() || words.ends_with(' '))) {
            words.push(c);
        }
    }
    words.truncate(words.trim_end().len());
    words
}

fn letters(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\u{2061}'..='\u{2064}' => {}
            '\u{A0}' | '\u{2009}' | '\u{2003}' => out.push(' '),
            // The letters of mathematics are letters; those for sets stay as they are known.
            c => out.push(match alphabet::plain(c) {
                Some((letter, alphabet)) if alphabet != alphabet::Alphabet::DoubleStruck => letter,
                _ => c,
            }),
        }
    }
}

fn part(math: &Math, out: &mut String) {
    match math {
        Math::Row { children } => {
            let mut applied = false;
            for (n, child) in children.iter().enumerate() {
                if let Math::Operator(operator) = child {
                    let place = match n {
                        0 => Form::Prefix,
                        _ if n + 1 == children.len() => Form::Postfix,
                        _ => Form::Infix,
                    };
                    if operator.text == "\u{2061}" {
                        applied = true;
                        continue;
                    }
                    // In scripts TeX has no white; in a line of text it is needed.
                    let known = dictionary::lookup(&operator.text, operator.form.unwrap_or(place));
                    let tight = children.len() == 1 || operator.text == "|";
                    spaced(&operator.text, known.before > 0 && !tight, known.after > 0 && !tight, out);
                    continue;
                }
                let function = applied && !out.ends_with([' ', '(']);
                let fenced = matches!(child, Math::Row { children } if matches!(children.first(), Some(Math::Operator(_))));
                if function && !fenced {
                    out.push(' ');
                }
                applied = false;
                part(child, out);
            }
        }
        Math::Identifier { text, .. } | Math::Number { text } | Math::Words { text } => letters(text, out),
        Math::Operator(operator) => letters(&operator.text, out),
        Math::Space { width } if *width >= 160 => out.push(' '),
        Math::Space { .. } | Math::Phantom { .. } => {}
        Math::Fraction { numerator, denominator, thickness: Some(0) } => {
            part(numerator, out);
            out.push_str(" | ");
            part(denominator, out);
        }
        Math::Fraction { numerator, denominator, .. } => {
            let (above, below) = (grouped(numerator), grouped(denominator));
            let short = |text: &str| text.chars().all(char::is_alphanumeric);
            // What stands before it is no part of it.
            if out.ends_with(char::is_alphanumeric) {
                out.push(' ');
            }
            out.push_str(&above);
            out.push_str(if short(&above) && short(&below) { "/" } else { " / " });
            out.push_str(&below);
        }
        Math::Root { radicand, index } => {
            match index.as_deref().map(words).as_deref() {
                None | Some("2") => out.push('√'),
                Some("3") => out.push('∛'),
                Some("4") => out.push('∜'),
                Some(index) => {
                    out.push_str(&raised(index).unwrap_or_else(|| format!("[{index}]")));
                    out.push('√');
                }
            }
            out.push_str(&grouped(radicand));
        }
        Math::Scripts { base, sub, sup, presub, presup } => {
            for (script, high) in [(presub, false), (presup, true)] {
                if let Some(script) = script {
                    self::script(script, high, out);
                }
            }
            out.push_str(&based(base));
            for (script, high) in [(sub, false), (sup, true)] {
                if let Some(script) = script {
                    self::script(script, high, out);
                }
            }
        }
        Math::Stack { base, under, over, accent } => {
            let sign = |math: &Option<Box<Math>>| match math.as_deref() {
                Some(Math::Operator(operator)) => Some(operator.text.clone()),
                _ => None,
            };
            let mark = match sign(over).as_deref() {
                Some("^") => "\u{302}",
                Some("ˇ") => "\u{30C}",
                Some("˘") => "\u{306}",
                Some("´") => "\u{301}",
                Some("`") => "\u{300}",
                Some("~") => "\u{303}",
                Some("¯" | "‾") => "\u{304}",
                Some("→") => "\u{20D7}",
                Some("˙") => "\u{307}",
                Some("¨") => "\u{308}",
                Some("˚") => "\u{30A}",
                _ => "",
            };
            let inner = words(base);
            if *accent && under.is_none() && !mark.is_empty() && inner.chars().count() == 1 {
                out.push_str(&inner);
                out.push_str(mark);
                return;
            }
            out.push_str(&based(base));
            let braces = |text: Option<String>| text.is_some_and(|t| "⏞⏟⎴⎵⏜⏝_‾¯".contains(&*t));
            if let Some(under) = under.as_deref().filter(|_| !braces(sign(under))) {
                script(under, false, out);
            }
            if let Some(over) = over.as_deref().filter(|_| !braces(sign(over))) {
                script(over, true, out);
            }
            // A sum is parted from what it is of.
            if !accent {
                out.push(' ');
            }
        }
        Math::Table(table) => {
            for (n, row) in table.rows.iter().enumerate() {
                if n > 0 {
                    out.push_str("; ");
                }
                for (n, cell) in row.cells.iter().enumerate() {
                    if n > 0 {
                        let gap = table.gaps.get(n - 1).or(table.gaps.last()).copied().unwrap_or(0);
                        out.push_str(if gap >= 400 { ", " } else { " " });
                    }
                    part(cell, out);
                }
                if let Some(tag) = &row.tag {
                    out.push_str("  ");
                    part(tag, out);
                }
            }
        }
        Math::Padded { body, .. } | Math::Styled { body, .. } | Math::Enclosed { body, .. } => {
            part(body, out)
        }
    }
}

fn spaced(text: &str, before: bool, after: bool, out: &mut String) {
    if before {
        out.push(' ');
    }
    letters(text, out);
    if after {
        out.push(' ');
    }
}

/// A part in brackets when it is more than one.
fn grouped(math: &Math) -> String {
    let text = words(math);
    let fenced = {
        let mut depth = 0i32;
        let inner = text.char_indices().all(|(n, c)| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth > 0 || n + 1 == text.len()
        });
        inner && text.starts_with('(') && text.ends_with(')')
    };
    let single = text
        .chars()
        .all(|c| c.is_alphanumeric() || ".,′\u{302}\u{304}\u{20D7}\u{307}".contains(c) || is_raised(c));
    let product =
        matches!(math, Math::Row { children } if children.len() > 1) && !text.chars().all(|c| c.is_numeric());
    if fenced || (single && !product) || text.is_empty() { text } else { format!("({text})") }
}

/// What scripts are written at.
fn based(math: &Math) -> String {
    let text = words(math);
    let fenced = text.starts_with(['(', '[', '{', '|']);
    if text.contains(' ') && !fenced { format!("({text})") } else { text }
}

fn script(math: &Math, high: bool, out: &mut String) {
    let text = words(math);
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    let small = if high { raised(&plain) } else { lowered(&plain) };
    match small {
        Some(small) => out.push_str(&small),
        None => {
            out.push(if high { '^' } else { '_' });
            let single = text.chars().count() == 1;
            if single { out.push_str(&text) } else { out.push_str(&format!("({text})")) }
        }
    }
}

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢₐₑₒₓₕₖₗₘₚₛₜⱼᵣᵤᵥ";

fn raised(text: &str) -> Option<String> {
    small(text, "0123456789+−=()ni", RAISED, "′″‴⁗∗*°")
}

fn lowered(text: &str) -> Option<String> {
    small(text, "0123456789+−=()niaeoxhklmpstjruv", LOWERED, "")
}

fn small(text: &str, from: &str, to: &str, as_is: &str) -> Option<String> {
    text.chars()
        .map(|c| match from.chars().position(|known| known == c) {
            Some(at) => to.chars().nth(at),
            None => as_is.contains(c).then_some(c),
        })
        .collect()
}

fn is_raised(c: char) -> bool {
    RAISED.contains(c) || LOWERED.contains(c)
}
