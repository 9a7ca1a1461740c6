//! MathML becomes the tree: MathML Core, and what MathML 3 has that is in use.

use crate::model::{Enclosure, Form, Math, MathAlign, MathRow, MathTable, Operator};

/// An element of MathML, or a text where the name is empty.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Its name without a prefix.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Element>,
    /// The text, of a text.
    pub text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }

    fn flag(&self, name: &str) -> Option<bool> {
        match self.attribute(name)? {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    fn length(&self, name: &str) -> Option<i32> {
        length(self.attribute(name)?)
    }

    /// The elements in it.
    fn elements(&self) -> Vec<&Element> {
        self.children.iter().filter(|c| !c.name.is_empty()).collect()
    }

    /// The words in it, with runs of white space as one.
    fn words(&self) -> String {
        let mut out = String::new();
        self.push_words(&mut out);
        out.split([' ', '\t', '\n', '\r']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn push_words(&self, out: &mut String) {
        out.push_str(&self.text);
        for child in &self.children {
            child.push_words(out);
        }
    }
}

/// Reads a `math` element.
///
/// # Errors
/// Names the element that is not known, or has not the children that it needs.
pub fn read(math: &Element) -> Result<Math, String> {
    let row = row(&math.children, 0)?;
    Ok(match math.attribute("displaystyle") {
        Some("true") => styled(row, true),
        _ => row,
    })
}

fn styled(body: Math, display: bool) -> Math {
    Math::Styled { body: Box::new(body), display: Some(display), level: None, size: None, color: None }
}

fn row(children: &[Element], depth: usize) -> Result<Math, String> {
    let mut out = Vec::new();
    for child in children {
        if child.name.is_empty() {
            // Words outside of a token are no formula, but they are not to be lost.
            if !child.text.trim().is_empty() {
                out.push(Math::Words { text: child.words() });
            }
            continue;
        }
        out.push(element(child, depth + 1)?);
    }
    Ok(Math::row(out))
}

fn element(of: &Element, depth: usize) -> Result<Math, String> {
    if depth >= Math::MOST_DEEP {
        return Err(format!("the formula is nested deeper than {} levels", Math::MOST_DEEP));
    }
    let parts = of.elements();
    let needs = |count: usize| match parts.len() == count {
        true => Ok(()),
        false => Err(format!("<{}> has {} parts, not {count}", of.name, parts.len())),
    };
    let part = |n: usize| element(parts[n], depth + 1).map(Box::new);
    let script = |n: usize| element(parts[n], depth + 1).map(|math| Some(Box::new(math)));
    Ok(match &*of.name {
        "mi" => {
            let text = alphabetic(of, of.words());
            let upright = of.attribute("mathvariant") == Some("normal");
            Math::Identifier { text, upright }
        }
        "mn" => Math::Number { text: alphabetic(of, of.words()) },
        "mo" => operator(of),
        "mtext" | "ms" => {
            let mut text = of.words();
            if of.name == "ms" {
                text = format!("\"{text}\"");
            }
            Math::Words { text: alphabetic(of, text) }
        }
        "mspace" => Math::Space { width: of.length("width").unwrap_or(0) + margin(of) },
        "mrow" | "semantics" | "math" | "mtd" | "none" | "mprescripts" | "a" | "maction" | "merror" => {
            match &*of.name {
                "semantics" | "maction" => match parts.first() {
                    Some(first) => element(first, depth + 1)?,
                    None => Math::Row { children: Vec::new() },
                },
                _ => row(&of.children, depth)?,
            }
        }
        "mstyle" | "mpadded" | "mphantom" => {
            let body = Box::new(row(&of.children, depth)?);
            let level = of.attribute("scriptlevel").and_then(|l| l.parse::<u8>().ok()).map(|l| l.min(9));
            let (display, color) = (of.flag("displaystyle"), of.attribute("mathcolor").map(str::to_owned));
            match &*of.name {
                "mphantom" => Math::Phantom { body, horizontal: true, vertical: true },
                "mstyle" if display.is_none() && level.is_none() && color.is_none() => *body,
                "mstyle" => Math::Styled { body, display, level, size: None, color },
                _ => {
                    let width = of.length("width");
                    let raise = of.length("voffset").unwrap_or(0);
                    let smashed = of.length("height") == Some(0) && of.length("depth") == Some(0);
                    if width.is_none() && raise == 0 && !smashed {
                        *body
                    } else {
                        Math::Padded { body, width, shift: 0, raise, smashed }
                    }
                }
            }
        }
        "mfrac" => {
            needs(2)?;
            let thickness = match of.attribute("linethickness") {
                Some("0") => Some(0),
                Some(value) => length(value),
                None => None,
            };
            Math::Fraction { numerator: part(0)?, denominator: part(1)?, thickness }
        }
        "msqrt" => Math::Root { radicand: Box::new(row(&of.children, depth)?), index: None },
        "mroot" => {
            needs(2)?;
            Math::Root { radicand: part(0)?, index: script(1)? }
        }
        "msub" => {
            needs(2)?;
            Math::Scripts { base: part(0)?, sub: script(1)?, sup: None, presub: None, presup: None }
        }
        "msup" => {
            needs(2)?;
            Math::Scripts { base: part(0)?, sub: None, sup: script(1)?, presub: None, presup: None }
        }
        "msubsup" => {
            needs(3)?;
            Math::Scripts { base: part(0)?, sub: script(1)?, sup: script(2)?, presub: None, presup: None }
        }
        "munder" => {
            needs(2)?;
            let accent = of.flag("accentunder") == Some(true);
            Math::Stack { base: part(0)?, under: script(1)?, over: None, accent }
        }
        "mover" => {
            needs(2)?;
            let accent = of.flag("accent").unwrap_or(false);
            Math::Stack { base: part(0)?, under: None, over: script(1)?, accent }
        }
        "munderover" => {
            needs(3)?;
            let accent = of.flag("accent").unwrap_or(false);
            Math::Stack { base: part(0)?, under: script(1)?, over: script(2)?, accent }
        }
        "mmultiscripts" => multiscripts(of, &parts, depth)?,
        "mfenced" => {
            let (open, close) = (of.attribute("open").unwrap_or("("), of.attribute("close").unwrap_or(")"));
            let separators = of.attribute("separators").unwrap_or(",");
            let mut separators = separators.chars().filter(|c| !c.is_whitespace());
            let mut last = None;
            let fence = |text: &str, form| {
                Math::Operator(Box::new(Operator { form: Some(form), ..Operator::new(text) }))
            };
            let mut children = vec![fence(open, Form::Prefix)];
            for (n, part) in parts.iter().enumerate() {
                if n > 0 {
                    last = separators.next().or(last);
                    if let Some(separator) = last {
                        children.push(Math::Operator(Box::new(Operator::new(separator))));
                    }
                }
                children.push(element(part, depth + 1)?);
            }
            children.push(fence(close, Form::Postfix));
            Math::Row { children }
        }
        "menclose" => {
            let body = Box::new(row(&of.children, depth)?);
            let notation = of.attribute("notation").unwrap_or("longdiv");
            let has = |name: &str| notation.split_whitespace().any(|n| n == name);
            let bar = |text: &str| {
                Some(Box::new(Math::Operator(Box::new(Operator {
                    stretchy: Some(true),
                    ..Operator::new(text)
                }))))
            };
            let notation = match () {
                () if has("updiagonalstrike") && has("downdiagonalstrike") => Enclosure::CrossStrike,
                () if has("updiagonalstrike") => Enclosure::UpStrike,
                () if has("downdiagonalstrike") => Enclosure::DownStrike,
                () if has("horizontalstrike") => Enclosure::LineStrike,
                () if has("box") || has("roundedbox") || has("circle") => Enclosure::Box,
                () if has("top") || has("actuarial") => {
                    return Ok(Math::Stack { base: body, under: None, over: bar("‾"), accent: true });
                }
                () if has("bottom") => {
                    return Ok(Math::Stack { base: body, under: bar("_"), over: None, accent: true });
                }
                () if has("radical") => return Ok(Math::Root { radicand: body, index: None }),
                () => return Err(format!("<menclose> with {notation} is not known")),
            };
            Math::Enclosed { body, notation }
        }
        "mtable" => table(of, &parts, depth)?,
        name => return Err(format!("<{name}> is not known")),
    })
}

fn multiscripts(of: &Element, parts: &[&Element], depth: usize) -> Result<Math, String> {
    let Some((base, scripts)) = parts.split_first() else {
        return Err("<mmultiscripts> has no base".to_owned());
    };
    let at = scripts.iter().position(|s| s.name == "mprescripts").unwrap_or(scripts.len());
    let (after, before) = (&scripts[..at], scripts.get(at + 1..).unwrap_or_default());
    if after.len() % 2 + before.len() % 2 > 0 {
        return Err(format!("<{}> has a script without its pair", of.name));
    }
    // Further pairs stand beside the first.
    let gather = |pairs: &[&Element], which: usize| -> Result<Option<Box<Math>>, String> {
        let mut out = Vec::new();
        for script in pairs.iter().skip(which).step_by(2) {
            if script.name != "none" && !(script.name == "mrow" && script.children.is_empty()) {
                out.push(element(script, depth + 1)?);
            }
        }
        Ok((!out.is_empty()).then(|| Box::new(Math::row(out))))
    };
    Ok(Math::Scripts {
        base: Box::new(element(base, depth + 1)?),
        sub: gather(after, 0)?,
        sup: gather(after, 1)?,
        presub: gather(before, 0)?,
        presup: gather(before, 1)?,
    })
}

fn table(of: &Element, parts: &[&Element], depth: usize) -> Result<Math, String> {
    let mut table = MathTable {
        row_gap: of.attribute("rowspacing").and_then(|s| length(s.split_whitespace().next()?)).unwrap_or(430),
        gaps: vec![
            of.attribute("columnspacing").and_then(|s| length(s.split_whitespace().next()?)).unwrap_or(800),
        ],
        display: of.flag("displaystyle") == Some(true),
        ..MathTable::default()
    };
    let named = |value: &str| match value {
        "left" => MathAlign::Left,
        "right" => MathAlign::Right,
        _ => MathAlign::Center,
    };
    let columns: Vec<MathAlign> =
        of.attribute("columnalign").unwrap_or_default().split_whitespace().map(named).collect();
    let mut width = 0;
    for part in parts {
        let mut row = MathRow::default();
        let mut cells = part.elements();
        match &*part.name {
            "mtr" => {}
            "mlabeledtr" if !cells.is_empty() => row.tag = Some(element(cells.remove(0), depth + 1)?),
            name => return Err(format!("<{name}> in <mtable> is not known")),
        }
        for (n, cell) in cells.into_iter().enumerate() {
            if cell.attribute("columnspan").or(cell.attribute("rowspan")).is_some_and(|s| s != "1") {
                return Err("<mtd> over several columns or rows is not known".to_owned());
            }
            let align = cell.attribute("columnalign").or_else(|| {
                let style = cell.attribute("style")?;
                style.split(';').find_map(|s| s.trim().strip_prefix("text-align:").map(str::trim))
            });
            if let Some(align) = align {
                table.columns.resize(table.columns.len().max(n + 1), MathAlign::Center);
                table.columns[n] = named(align);
            }
            row.cells.push(self::row(&cell.children, depth + 2)?);
        }
        width = width.max(row.cells.len());
        table.rows.push(row);
    }
    if let Some(last) = columns.last() {
        table.columns = (0..width).map(|n| *columns.get(n).unwrap_or(last)).collect();
    }
    if of.attribute("columnlines").is_some_and(|l| l.contains("solid")) {
        let lines = of.attribute("columnlines").unwrap_or_default().split_whitespace();
        table.column_lines =
            lines.enumerate().filter(|(_, l)| *l == "solid").map(|(n, _)| n as u16 + 1).collect();
    }
    Ok(Math::Table(Box::new(table)))
}

fn operator(of: &Element) -> Math {
    let form = match of.attribute("form") {
        Some("prefix") => Some(Form::Prefix),
        Some("infix") => Some(Form::Infix),
        Some("postfix") => Some(Form::Postfix),
        _ => None,
    };
    let mut text = of.words();
    if text == "-" {
        text = "−".to_owned();
    }
    Math::Operator(Box::new(Operator {
        text,
        form,
        stretchy: of.flag("stretchy"),
        symmetric: of.flag("symmetric"),
        large: of.flag("largeop"),
        movable_limits: of.flag("movablelimits"),
        before: of.length("lspace"),
        after: of.length("rspace"),
        size: of.length("minsize").filter(|_| of.attribute("minsize") != Some("1")),
    }))
}

/// Characters in the alphabet that an attribute of MathML 3 names.
fn alphabetic(of: &Element, text: String) -> String {
    use crate::math::alphabet::Alphabet;
    let alphabet = match of.attribute("mathvariant") {
        Some("bold") => Alphabet::Bold,
        Some("italic") if text.chars().count() > 1 => Alphabet::Italic,
        Some("bold-italic") => Alphabet::BoldItalic,
        Some("double-struck") => Alphabet::DoubleStruck,
        Some("script") => Alphabet::Script,
        Some("bold-script") => Alphabet::BoldScript,
        Some("fraktur") => Alphabet::Fraktur,
        Some("sans-serif") => Alphabet::Sans,
        Some("monospace") => Alphabet::Mono,
        _ => return text,
    };
    text.chars().map(|c| alphabet.letter(c)).collect()
}

/// A length in thousandths of the em.
/// The margin on the left, which is how white that goes backwards is written.
fn margin(of: &Element) -> i32 {
    let rules = of.attribute("style").unwrap_or_default().split(';');
    let margin = rules.filter_map(|rule| rule.trim().strip_prefix("margin-left:")).next();
    margin.and_then(length).unwrap_or(0)
}

fn length(value: &str) -> Option<i32> {
    let value = value.trim();
    let named = match value {
        "veryverythinmathspace" => 56,
        "verythinmathspace" => 111,
        "thinmathspace" => 167,
        "mediummathspace" => 222,
        "thickmathspace" => 278,
        "verythickmathspace" => 333,
        "veryverythickmathspace" => 389,
        _ => -1,
    };
    if named >= 0 {
        return Some(named);
    }
    let end = value.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(value.len());
    let number: f64 = value[..end].trim().parse().ok()?;
    let unit = match &value[end..] {
        "em" => 1000.0,
        "ex" => 430.0,
        "px" => 62.5,
        "pt" => 83.3,
        "cm" => 2362.0,
        "mm" => 236.2,
        "in" => 6000.0,
        "pc" => 1000.0,
        "" if number == 0.0 => 0.0,
        _ => return None,
    };
    let length = (number * unit).round();
    (length.abs() < 1_000_000.0).then_some(length as i32)
}
