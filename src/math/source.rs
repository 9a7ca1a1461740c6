//! The tree as TeX, for formulas that came in as MathML.

use super::{alphabet, alphabet::Alphabet};
use crate::model::{Enclosure, Form, Math, MathAlign, MathTable, Operator};

/// The formula as TeX.
pub fn source(math: &Math) -> String {
    let mut out = String::new();
    part(math, &mut out);
    out.trim().to_owned()
}

fn group(math: &Math, out: &mut String) {
    out.push('{');
    let start = out.len();
    part(math, out);
    let end = out.trim_end().len().max(start);
    out.truncate(end);
    out.push('}');
}

/// A command, with the space that parts it from a letter.
fn command(name: &str, out: &mut String) {
    out.push('\\');
    out.push_str(name);
    if name.ends_with(|c: char| c.is_ascii_alphabetic()) {
        out.push(' ');
    }
}

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '{' | '}' | '%' | '$' | '&' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => command("backslash", out),
            '^' => out.push_str("{\\wedge}"),
            '~' => command("sim", out),
            '−' => out.push('-'),
            '∗' => out.push('*'),
            '‖' => out.push_str("\\|"),
            '\u{A0}' => out.push('~'),
            '\u{2061}'..='\u{2064}' => {}
            '′' => out.push('\''),
            '″' => out.push_str("''"),
            '‴' => out.push_str("'''"),
            c => match super::tex::name_of(c) {
                Some(name) => command(name, out),
                None => out.push(c),
            },
        }
    }
}

fn identifier(text: &str, upright: bool, out: &mut String) {
    let mut chars = text.chars();
    let (Some(first), more) = (chars.next(), chars.next().is_some()) else { return out.push_str("{}") };
    if let Some((_, alphabet)) = alphabet::plain(first) {
        let letters: String = text.chars().map(|c| alphabet::plain(c).map_or(c, |p| p.0)).collect();
        let name = match alphabet {
            Alphabet::Roman => "mathrm",
            Alphabet::Bold => "mathbf",
            Alphabet::Italic => "mathit",
            Alphabet::BoldItalic => "boldsymbol",
            Alphabet::Script | Alphabet::BoldScript => "mathcal",
            Alphabet::Fraktur => "mathfrak",
            Alphabet::DoubleStruck => "mathbb",
            Alphabet::Sans => "mathsf",
            Alphabet::Mono => "mathtt",
        };
        out.push('\\');
        out.push_str(name);
        out.push('{');
        escaped(&letters, out);
        out.push('}');
    } else if more && super::tex::is_function(text) {
        command(text, out);
    } else if (more || upright) && first.is_ascii_alphabetic() {
        out.push_str(if more { "\\operatorname{" } else { "\\mathrm{" });
        escaped(text, out);
        out.push('}');
    } else {
        escaped(text, out);
    }
}

fn operator(operator: &Operator, out: &mut String) {
    let word = operator.text.chars().count() > 1 && operator.text.chars().all(char::is_alphabetic);
    if word && super::tex::is_function(&operator.text) {
        command(&operator.text, out);
    } else if word {
        out.push_str("\\operatorname");
        out.push_str(if operator.movable_limits == Some(true) { "*{" } else { "{" });
        out.push_str(&operator.text);
        out.push('}');
    } else {
        escaped(&operator.text, out);
    }
}

fn part(math: &Math, out: &mut String) {
    match math {
        Math::Row { children } => {
            let fence = |math: &Math, form: Form| match math {
                Math::Operator(o) if o.stretchy != Some(false) && o.size.is_none() => {
                    let known = super::dictionary::of(o, form);
                    (known.stretchy && known.symmetric && o.text.chars().count() == 1).then(|| o.text.clone())
                }
                _ => None,
            };
            let open = children.first().and_then(|first| fence(first, Form::Prefix));
            let close =
                children.last().filter(|_| children.len() > 1).and_then(|last| fence(last, Form::Postfix));
            let inner = &children[usize::from(open.is_some())..children.len() - usize::from(close.is_some())];
            let grows = open.is_some() || close.is_some();
            let side = |name: &str, sign: &Option<String>, out: &mut String| {
                if grows {
                    out.push_str(name);
                    match sign {
                        Some(sign) => escaped(sign, out),
                        None => out.push('.'),
                    }
                    out.push(' ');
                }
            };
            side("\\left", &open, out);
            inner.iter().for_each(|c| part(c, out));
            side("\\right", &close, out);
        }
        Math::Identifier { text, upright } => identifier(text, *upright, out),
        Math::Number { text } => escaped(text, out),
        Math::Operator(o) => operator(o, out),
        Math::Words { text } => {
            out.push_str("\\text{");
            for c in text.chars() {
                match c {
                    '{' | '}' | '%' | '$' | '&' | '#' | '_' => {
                        out.push('\\');
                        out.push(c);
                    }
                    '\\' => out.push_str("\\textbackslash "),
                    '\u{A0}' => out.push('~'),
                    c => out.push(c),
                }
            }
            out.push('}');
        }
        Math::Space { width } => match width {
            0 => {}
            ..0 => out.push_str("\\!"),
            1..200 => out.push_str("\\,"),
            200..250 => out.push_str("\\:"),
            250..600 => out.push_str("\\;"),
            600..1500 => command("quad", out),
            _ => command("qquad", out),
        },
        Math::Fraction { numerator, denominator, thickness } => {
            out.push_str(if *thickness == Some(0) { "{" } else { "\\frac" });
            group(numerator, out);
            out.push_str(if *thickness == Some(0) { "\\atop" } else { "" });
            group(denominator, out);
            out.push_str(if *thickness == Some(0) { "}" } else { "" });
        }
        Math::Root { radicand, index } => {
            out.push_str("\\sqrt");
            if let Some(index) = index {
                out.push('[');
                group(index, out);
                out.push(']');
            }
            group(radicand, out);
        }
        Math::Scripts { base, sub, sup, presub, presup } => {
            if presub.is_some() || presup.is_some() {
                out.push_str("{}");
                scripts(presub.as_deref(), presup.as_deref(), out);
            }
            nucleus(base, out);
            scripts(sub.as_deref(), sup.as_deref(), out);
        }
        Math::Stack { base, under, over, accent } => {
            stack(base, under.as_deref(), over.as_deref(), *accent, out)
        }
        Math::Table(table) => self::table(table, out),
        Math::Phantom { body, horizontal, vertical } => {
            out.push_str(match (horizontal, vertical) {
                (true, false) => "\\hphantom",
                (false, true) => "\\vphantom",
                _ => "\\phantom",
            });
            group(body, out);
        }
        Math::Padded { body, width, smashed, .. } => {
            out.push_str(match (width, smashed) {
                (Some(0), _) => "\\mathrlap",
                (_, true) => "\\smash",
                _ => "",
            });
            group(body, out);
        }
        Math::Styled { body, display, color, .. } => {
            out.push('{');
            if let Some(color) = color {
                out.push_str("\\color{");
                out.push_str(color);
                out.push('}');
            }
            if let Some(display) = display {
                command(if *display { "displaystyle" } else { "textstyle" }, out);
            }
            part(body, out);
            out.push('}');
        }
        Math::Enclosed { body, notation } => {
            out.push_str(match notation {
                Enclosure::Box => "\\boxed",
                Enclosure::UpStrike => "\\cancel",
                Enclosure::DownStrike => "\\bcancel",
                Enclosure::CrossStrike => "\\xcancel",
                Enclosure::LineStrike => "\\sout",
            });
            group(body, out);
        }
    }
}

/// A part that scripts belong to: in a group unless it is one sign.
fn nucleus(base: &Math, out: &mut String) {
    match base {
        Math::Identifier { .. } | Math::Number { .. } | Math::Operator(_) => part(base, out),
        Math::Stack { .. } => part(base, out),
        _ => group(base, out),
    }
}

fn scripts(sub: Option<&Math>, sup: Option<&Math>, out: &mut String) {
    if out.ends_with(' ') {
        out.pop();
    }
    for (sign, script) in [('_', sub), ('^', sup)] {
        let Some(script) = script else { continue };
        if sign == '^' && matches!(script, Math::Operator(o) if o.text.chars().all(|c| "′″‴".contains(c)))
        {
            part(script, out);
            continue;
        }
        out.push(sign);
        group(script, out);
    }
}

fn stack(base: &Math, under: Option<&Math>, over: Option<&Math>, accent: bool, out: &mut String) {
    let sign = |math: Option<&Math>| match math {
        Some(Math::Operator(operator)) => operator.text.clone(),
        _ => String::new(),
    };
    let name = match (sign(over).as_str(), sign(under).as_str()) {
        ("^" | "\u{302}" | "ˆ", "") => "hat",
        ("ˇ", "") => "check",
        ("˘", "") => "breve",
        ("´", "") => "acute",
        ("`", "") => "grave",
        ("~" | "˜", "") => "tilde",
        ("¯" | "‾" | "―", "") => "overline",
        ("→", "") if accent => "overrightarrow",
        ("←", "") if accent => "overleftarrow",
        ("˙", "") => "dot",
        ("¨", "") => "ddot",
        ("⏞", "") => "overbrace",
        ("", "⏟") => "underbrace",
        ("", "_" | "―" | "¯") => "underline",
        _ => "",
    };
    if !name.is_empty() {
        out.push('\\');
        out.push_str(name);
        return group(base, out);
    }
    let limits = matches!(base, Math::Operator(o) if {
        let known = super::dictionary::of(o, Form::Prefix);
        known.large || known.movable_limits
    });
    if limits {
        part(base, out);
        let movable =
            matches!(base, Math::Operator(o) if super::dictionary::of(o, Form::Prefix).movable_limits);
        if !movable {
            out.push_str("\\limits");
        }
        return scripts(under, over, out);
    }
    if let Some(over) = over {
        out.push_str("\\overset");
        group(over, out);
        out.push('{');
    }
    if let Some(under) = under {
        out.push_str("\\underset");
        group(under, out);
        group(base, out);
    } else {
        part(base, out);
    }
    if over.is_some() {
        out.push('}');
    }
}

fn table(table: &MathTable, out: &mut String) {
    out.push_str("\\begin{array}{");
    let width = table.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    for n in 0..width {
        out.push(match table.columns.get(n) {
            Some(MathAlign::Left) => 'l',
            Some(MathAlign::Right) => 'r',
            _ => 'c',
        });
    }
    out.push('}');
    for (n, row) in table.rows.iter().enumerate() {
        if n > 0 {
            out.push_str("\\\\");
        }
        for (n, cell) in row.cells.iter().enumerate() {
            if n > 0 {
                out.push('&');
            }
            part(cell, out);
        }
    }
    out.push_str("\\end{array}");
}
