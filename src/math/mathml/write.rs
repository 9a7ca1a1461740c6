//! The tree as MathML Core.

use crate::math::dictionary;
use crate::model::{Enclosure, Form, Formula, Math, MathAlign, MathTable, Operator};
use std::fmt::Write as _;

/// Writes a formula as a `math` element, with its TeX as an annotation. What is written is
/// well-formed whatever is in the formula; characters that XML cannot hold are left out.
pub fn write(formula: &Formula, tree: &Math, display: bool, out: &mut String) {
    out.push_str("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"");
    out.push_str(if display { " display=\"block\"" } else { "" });
    if !formula.tex.is_empty() {
        out.push_str(" alttext=\"");
        escape(&formula.tex, out);
        out.push('"');
    }
    out.push('>');
    if formula.tex.is_empty() {
        element(tree, out);
    } else {
        out.push_str("<semantics>");
        match tree {
            Math::Row { .. } => element(tree, out),
            // What stands alone is the only part of a row.
            single => tagged("mrow", "", out, |out| element(single, out)),
        }
        out.push_str("<annotation encoding=\"application/x-tex\">");
        escape(&formula.tex, out);
        out.push_str("</annotation></semantics>");
    }
    out.push_str("</math>");
}

/// Characters with what XML gives meaning to escaped.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
}

fn tagged(name: &str, attributes: &str, out: &mut String, body: impl FnOnce(&mut String)) {
    let _ = write!(out, "<{name}{attributes}>");
    body(out);
    let _ = write!(out, "</{name}>");
}

fn leaf(name: &str, attributes: &str, text: &str, out: &mut String) {
    tagged(name, attributes, out, |out| escape(text, out));
}

/// A length in thousandths of the em.
fn em(length: i32) -> String {
    let (sign, size) = (if length < 0 { "-" } else { "" }, length.unsigned_abs());
    let mut out = format!("{sign}{}.{:03}", size / 1000, size % 1000);
    while out.ends_with('0') {
        out.pop();
    }
    if out.ends_with('.') {
        out.pop();
    }
    out + "em"
}

fn element(math: &Math, out: &mut String) {
    match math {
        Math::Row { children } => {
            tagged("mrow", "", out, |out| children.iter().for_each(|c| element(c, out)))
        }
        Math::Identifier { text, upright } => {
            let single = text.chars().count() == 1;
            let normal = if *upright && single { " mathvariant=\"normal\"" } else { "" };
            leaf("mi", normal, text, out);
        }
        Math::Number { text } => leaf("mn", "", text, out),
        Math::Operator(operator) => mo(operator, out),
        Math::Words { text } => leaf("mtext", "", text, out),
        Math::Space { width } => {
            let width = match em(*width) {
                // No width is less than nothing in CSS.
                less if *width < 0 => format!("style=\"margin-left:{less}\""),
                width => format!("width=\"{width}\""),
            };
            let _ = write!(out, "<mspace {width}/>");
        }
        Math::Fraction { numerator, denominator, thickness } => {
            let line = thickness
                .map_or(String::new(), |t| format!(" linethickness=\"{}\"", em(t).replace("0em", "0")));
            let line = if *thickness == Some(0) { " linethickness=\"0\"".to_owned() } else { line };
            tagged("mfrac", &line, out, |out| {
                element(numerator, out);
                element(denominator, out);
            });
        }
        Math::Root { radicand, index: None } => tagged("msqrt", "", out, |out| element(radicand, out)),
        Math::Root { radicand, index: Some(index) } => tagged("mroot", "", out, |out| {
            element(radicand, out);
            element(index, out);
        }),
        Math::Scripts { base, sub, sup, presub: None, presup: None } => {
            let name = match (sub, sup) {
                (Some(_), Some(_)) => "msubsup",
                (Some(_), None) => "msub",
                (None, Some(_)) => "msup",
                (None, None) => return element(base, out),
            };
            tagged(name, "", out, |out| {
                element(base, out);
                sub.iter().chain(sup).for_each(|part| element(part, out));
            });
        }
        Math::Scripts { base, sub, sup, presub, presup } => tagged("mmultiscripts", "", out, |out| {
            let or_none = |part: &Option<Box<Math>>, out: &mut String| match part {
                Some(part) => element(part, out),
                None => out.push_str("<mrow></mrow>"),
            };
            element(base, out);
            if sub.is_some() || sup.is_some() {
                or_none(sub, out);
                or_none(sup, out);
            }
            out.push_str("<mprescripts/>");
            or_none(presub, out);
            or_none(presup, out);
        }),
        Math::Stack { base, under, over, accent } => {
            let (name, attributes) = match (under, over) {
                (Some(_), Some(_)) => ("munderover", " accent=\"true\" accentunder=\"true\""),
                (Some(_), None) => ("munder", " accentunder=\"true\""),
                (None, Some(_)) => ("mover", " accent=\"true\""),
                (None, None) => return element(base, out),
            };
            tagged(name, if *accent { attributes } else { "" }, out, |out| {
                element(base, out);
                under.iter().chain(over).for_each(|part| element(part, out));
            });
        }
        Math::Table(table) => mtable(table, out),
        Math::Phantom { body, horizontal: true, vertical: true } => {
            tagged("mphantom", "", out, |out| element(body, out));
        }
        Math::Phantom { body, horizontal, .. } => {
            let size = if *horizontal { " height=\"0\" depth=\"0\"" } else { " width=\"0\"" };
            tagged("mpadded", size, out, |out| tagged("mphantom", "", out, |out| element(body, out)));
        }
        Math::Padded { body, width, shift, raise, smashed } => {
            let mut attributes = String::new();
            if let Some(width) = width {
                let _ = write!(attributes, " width=\"{}\"", em(*width));
            }
            if *shift != 0 {
                let _ = write!(attributes, " style=\"transform:translateX({}%)\"", shift / 10);
            }
            if *raise != 0 {
                let _ = write!(attributes, " voffset=\"{}\"", em(*raise));
            }
            if *smashed {
                attributes.push_str(" height=\"0\" depth=\"0\"");
            }
            tagged("mpadded", &attributes, out, |out| element(body, out));
        }
        Math::Styled { body, display, level, size, color } => {
            let mut attributes = String::new();
            if let Some(display) = display {
                let _ = write!(attributes, " displaystyle=\"{display}\"");
            }
            if let Some(level) = level {
                let _ = write!(attributes, " scriptlevel=\"{level}\"");
            }
            if let Some(size) = size {
                let _ = write!(attributes, " mathsize=\"{}\"", em(*size));
            }
            if let Some(color) = color {
                attributes.push_str(" mathcolor=\"");
                escape(color, &mut attributes);
                attributes.push('"');
            }
            tagged("mstyle", &attributes, out, |out| element(body, out));
        }
        Math::Enclosed { body, notation } => {
            let attributes = match notation {
                Enclosure::Box => " notation=\"box\" style=\"border:0.06em solid;padding:0.2em\"",
                Enclosure::UpStrike => " notation=\"updiagonalstrike\"",
                Enclosure::DownStrike => " notation=\"downdiagonalstrike\"",
                Enclosure::CrossStrike => " notation=\"updiagonalstrike downdiagonalstrike\"",
                Enclosure::LineStrike => " notation=\"horizontalstrike\"",
            };
            tagged("menclose", attributes, out, |out| element(body, out));
        }
    }
}

fn mo(operator: &Operator, out: &mut String) {
    let mut attributes = String::new();
    if let Some(form) = operator.form {
        let form = match form {
            Form::Prefix => "prefix",
            Form::Infix => "infix",
            Form::Postfix => "postfix",
        };
        let _ = write!(attributes, " form=\"{form}\"");
    }
    let flags = [
        ("stretchy", operator.stretchy),
        ("symmetric", operator.symmetric),
        ("largeop", operator.large),
        ("movablelimits", operator.movable_limits),
    ];
    for (name, value) in flags {
        // What every form of it is by the dictionary goes without saying.
        let known = [Form::Prefix, Form::Infix, Form::Postfix].map(|f| {
            let known = dictionary::known(operator, f);
            match name {
                "stretchy" => known.stretchy,
                "symmetric" => known.symmetric,
                "largeop" => known.large,
                _ => known.movable_limits,
            }
        });
        if let Some(value) = value
            && known != [value; 3]
        {
            let _ = write!(attributes, " {name}=\"{value}\"");
        }
    }
    for (name, value) in [("lspace", operator.before), ("rspace", operator.after)] {
        if let Some(value) = value {
            let _ = write!(attributes, " {name}=\"{}\"", em(value));
        }
    }
    if let Some(size) = operator.size {
        let size = em(size);
        let _ = write!(attributes, " minsize=\"{size}\" maxsize=\"{size}\"");
    }
    leaf("mo", &attributes, &operator.text, out);
}

fn mtable(table: &MathTable, out: &mut String) {
    let align = |column: usize| match table.columns.get(column) {
        Some(MathAlign::Left) => "left",
        Some(MathAlign::Right) => "right",
        _ => "center",
    };
    let width = table.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    let has_tags = table.rows.iter().any(|r| r.tag.is_some());
    let mut attributes = String::new();
    if table.display {
        attributes.push_str(" displaystyle=\"true\"");
    }
    let names: Vec<&str> = (0..width).map(align).collect();
    if names.iter().any(|n| *n != "center") {
        let _ = write!(attributes, " columnalign=\"{}\"", names.join(" "));
    }
    let gap = |column: usize| table.gaps.get(column).or(table.gaps.last()).copied().unwrap_or(0);
    tagged("mtable", &attributes, out, |out| {
        for (y, row) in table.rows.iter().enumerate() {
            let mut id = String::new();
            if let Some(label) = &row.label {
                id.push_str(" id=\"");
                escape(&name(label), &mut id);
                id.push('"');
            }
            tagged("mtr", &id, out, |out| {
                for (x, cell) in row.cells.iter().enumerate() {
                    let half = |gap: i32| em(gap / 2);
                    let (top, bottom) = (
                        if y > 0 { half(table.row_gap) } else { "0".into() },
                        if y + 1 < table.rows.len() { half(table.row_gap) } else { "0".into() },
                    );
                    // A line takes no room of its own.
                    let line = if table.column_lines.contains(&(x as u16)) { 60 } else { 0 };
                    let (left, right) = (
                        if x > 0 { em((gap(x - 1) / 2 - line).max(0)) } else { "0".into() },
                        if x + 1 < width { half(gap(x)) } else { "0".into() },
                    );
                    let mut style = format!("padding:{top} {right} {bottom} {left}");
                    if align(x) != "center" {
                        let _ = write!(style, ";text-align:{0};text-align:-webkit-{0}", align(x));
                    }
                    if table.column_lines.contains(&(x as u16)) {
                        style.push_str(";border-left:0.06em solid");
                    }
                    if x + 1 == width && table.column_lines.contains(&(width as u16)) {
                        style.push_str(";border-right:0.06em solid");
                    }
                    if table.row_lines.contains(&(y as u16)) {
                        style.push_str(";border-top:0.06em solid");
                    }
                    if y + 1 == table.rows.len() && table.row_lines.contains(&(table.rows.len() as u16)) {
                        style.push_str(";border-bottom:0.06em solid");
                    }
                    tagged("mtd", &format!(" style=\"{style}\""), out, |out| element(cell, out));
                }
                if has_tags {
                    for _ in row.cells.len()..width {
                        out.push_str("<mtd></mtd>");
                    }
                    let style = " class=\"tag\" style=\"padding-left:2em\"";
                    tagged("mtd", style, out, |out| {
                        if let Some(tag) = &row.tag {
                            element(tag, out);
                        }
                    });
                }
            });
        }
    });
}

/// A label as the name of an element: no white space.
fn name(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join("-")
}
