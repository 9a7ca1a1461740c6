//! Templates that reckon: measures in two units, dates with ages, coordinates, phonetic symbols.

use super::arguments::{Argument, Arguments};
use super::claims::{Claims, Subject};
use super::convert::{self, Misread};
use super::flat::Flat;
use super::rules::Native;
use crate::model::Span;

/// Writes what the template shows. Returns the names of arguments that were not understood; `None`
/// when nothing was.
pub fn expand(native: Native, arguments: &Arguments, span: Span, out: &mut Flat) -> Option<Misread> {
    match native {
        Native::Convert => return convert::expand(arguments, false, span, out),
        Native::Cvt => return convert::expand(arguments, true, span, out),
        Native::Date => out.push_made(&date(arguments), span),
        Native::Coordinates => out.push_made(&coordinates(arguments), span),
        Native::Phonetics => {
            let symbols: Vec<&str> = positional(arguments).map(|v| v.text.trim()).collect();
            let joined: String = symbols.concat();
            if !joined.is_empty() {
                out.push_made(&format!("/{}/", joined.replace("lang", "").trim()), span);
            }
        }
    }
    Some(Misread::new())
}

/// The arguments without names, in order.
pub fn positional_arguments(arguments: &Arguments) -> impl Iterator<Item = &Argument> {
    arguments.list.iter().filter(|a| is_positional(a))
}

/// Their values.
fn positional(arguments: &Arguments) -> impl Iterator<Item = &Flat> {
    positional_arguments(arguments).map(|a| &a.value)
}

pub fn is_positional(argument: &Argument) -> bool {
    argument.name != "0" && argument.name.bytes().all(|b| b.is_ascii_digit())
}

/// Arguments that say how such a template writes its values.
#[rustfmt::skip]
static STEERING: &[&str] = &[
    "abbr", "adj", "debug", "df", "disp", "display", "format", "lk", "mf", "notes", "order", "region", "round", "scale",
    "sep", "sigfig", "comma", "frac", "sing", "sortable", "sp", "spell", "text", "type", "warnings", "link",
];

/// Tells what became of the arguments: values are read into what is shown.
pub fn account(arguments: &Arguments, misread: &[String], template: &str, claims: &mut Claims) {
    for argument in &arguments.list {
        let value = &argument.value;
        if misread.contains(&argument.name) {
            claims.lose(Subject::Misread(template.to_owned()), &argument.name, argument.span);
        } else if is_positional(argument) {
            claims.reworded(value);
        } else if STEERING.contains(&argument.name.as_str()) {
            claims.syntax_of(value, 0..value.text.len());
        } else if !value.text.trim().is_empty() {
            let subject = Subject::argument(template, &argument.name);
            claims.lose(subject, &argument.name, argument.span);
        }
    }
}

#[rustfmt::skip]
static MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

/// `{{birth date|1969|7|18}}`: 18 July 1969; with a second date, the age between them.
fn date(arguments: &Arguments) -> String {
    let parts: Vec<&str> = positional(arguments).map(|v| v.text.trim()).filter(|p| !p.is_empty()).collect();
    let numbers: Option<Vec<i32>> = parts.iter().map(|p| p.parse().ok()).collect();
    let month_first = arguments.first(&["mf"]).is_some();
    let shown = |y: i32, m: Option<i32>, d: Option<i32>| {
        let month = m.and_then(|m| MONTHS.get((m - 1) as usize));
        match (month, d) {
            (Some(month), Some(d)) if month_first => format!("{month}\u{A0}{d}, {y}"),
            (Some(month), Some(d)) => format!("{d}\u{A0}{month} {y}"),
            (Some(month), None) => format!("{month} {y}"),
            _ => y.to_string(),
        }
    };
    match numbers.as_deref() {
        Some([y, m, d, by, bm, bd]) => {
            let age = y - by - i32::from((m, d) < (bm, bd));
            format!("{} (aged\u{A0}{age})", shown(*y, Some(*m), Some(*d)))
        }
        Some([y, m, d, ..]) => shown(*y, Some(*m), Some(*d)),
        Some([y, m]) => shown(*y, Some(*m), None),
        Some([y]) => shown(*y, None, None),
        _ => parts.join(" "),
    }
}

/// `{{coord|52|31|N|13|24|E}}`: 52°31′N 13°24′E.
fn coordinates(arguments: &Arguments) -> String {
    let parts: Vec<&str> = positional(arguments)
        .map(|v| v.text.trim())
        .take_while(|p| !p.contains(':'))
        .filter(|p| !p.is_empty())
        .take(8)
        .collect();
    let mut out = String::new();
    let mut marks = ["°", "′", "″"].iter();
    for part in &parts {
        if part.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') {
            if out.ends_with(['N', 'S', 'E', 'W', 'O']) {
                out.push(' ');
            }
            out.push_str(part);
            if parts.len() == 2 {
                out.push_str("° ");
            } else {
                out.push_str(marks.next().unwrap_or(&""));
            }
        } else {
            out.push_str(part);
            marks = ["°", "′", "″"].iter();
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(native: Native, given: &[&str]) -> String {
        let mut list = Vec::new();
        for (i, value) in given.iter().enumerate() {
            let (name, value) = value.split_once('=').map_or((String::new(), *value), |(n, v)| (n.into(), v));
            let name = if name.is_empty() { (i + 1).to_string() } else { name };
            let mut flat = Flat::default();
            flat.push_made(value, Span::new(0, 1));
            list.push(Argument::new(name, flat, Span::default()));
        }
        let mut out = Flat::default();
        expand(native, &Arguments { list }, Span::new(0, 1), &mut out);
        out.text.replace('\u{A0}', " ")
    }

    #[test]
    fn dates_and_places() {
        assert_eq!(run(Native::Date, &["1969", "7", "18"]), "18 July 1969");
        assert_eq!(run(Native::Date, &["1986", "12", "29", "1932", "4", "4"]), "29 December 1986 (aged 54)");
        assert_eq!(
            run(Native::Coordinates, &["52", "31", "N", "13", "24", "E", "type:city"]),
            "52°31′N 13°24′E"
        );
        assert_eq!(run(Native::Coordinates, &["50.51861", "N", "1.64139", "E"]), "50.51861°N 1.64139°E");
    }
}
