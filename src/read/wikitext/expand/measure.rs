//! Templates that reckon: measures in two units, dates with ages, coordinates, phonetic symbols.

use super::arguments::{Argument, Arguments};
use super::claims::{Claims, Subject};
use super::flat::Flat;
use super::function::grouped;
use super::rules::Native;
use crate::model::Span;

/// Writes what the template shows.
pub fn expand(native: Native, arguments: &Arguments, span: Span, out: &mut Flat) {
    match native {
        Native::Convert => convert(arguments, span, out),
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
}

/// The arguments without names, in order.
fn positional(arguments: &Arguments) -> impl Iterator<Item = &Flat> {
    arguments.list.iter().filter(|a| is_positional(a)).map(|a| &a.value)
}

pub fn is_positional(argument: &Argument) -> bool {
    argument.name != "0" && argument.name.bytes().all(|b| b.is_ascii_digit())
}

/// Arguments that say how such a template writes its values.
#[rustfmt::skip]
static STEERING: [&str; 24] = [
    "abbr", "adj", "debug", "df", "disp", "display", "format", "lk", "mf", "notes", "order", "region", "round", "scale",
    "sep", "sigfig", "sing", "sortable", "sp", "spell", "text", "type", "warnings", "link",
];

/// Tells what became of the arguments: values are read into what is shown.
pub fn account(arguments: &Arguments, template: &str, claims: &mut Claims) {
    for argument in &arguments.list {
        let value = &argument.value;
        if is_positional(argument) {
            claims.reworded(value);
        } else if STEERING.contains(&argument.name.as_str()) {
            claims.syntax_of(value, 0..value.text.len());
        } else if !value.text.trim().is_empty() {
            let subject = Subject::argument(template, &argument.name);
            claims.lose(subject, &argument.name, argument.span);
        }
    }
}

/// A unit: its names, its symbol, what it is as so many of the base unit, what it is shown in.
struct Unit(&'static [&'static str], &'static str, f64, &'static str);

#[rustfmt::skip]
static UNITS: [Unit; 47] = [
    Unit(&["km", "kilometre", "kilometres", "kilometer", "kilometers"], "km", 1000.0, "mi"),
    Unit(&["m", "metre", "metres", "meter", "meters"], "m", 1.0, "ft"),
    Unit(&["cm"], "cm", 0.01, "in"), Unit(&["mm"], "mm", 0.001, "in"), Unit(&["um", "μm"], "μm", 1e-6, "in"),
    Unit(&["mi", "mile", "miles"], "mi", 1609.344, "km"),
    Unit(&["nmi"], "nmi", 1852.0, "km"),
    Unit(&["yd", "yard", "yards"], "yd", 0.9144, "m"),
    Unit(&["ft", "foot", "feet"], "ft", 0.3048, "m"),
    Unit(&["in", "inch", "inches"], "in", 0.0254, "cm"),
    Unit(&["km2", "sqkm"], "km²", 1e6, "mi2"), Unit(&["m2", "sqm"], "m²", 1.0, "ft2"), Unit(&["cm2"], "cm²", 1e-4, "in2"),
    Unit(&["mi2", "sqmi"], "sq mi", 2_589_988.110_336, "km2"), Unit(&["ft2", "sqft"], "sq ft", 0.092_903_04, "m2"),
    Unit(&["in2", "sqin"], "sq in", 0.000_645_16, "cm2"),
    Unit(&["acre", "acres"], "acres", 4_046.856_422_4, "ha"), Unit(&["ha"], "ha", 10_000.0, "acre"),
    Unit(&["m3"], "m³", 1.0, "cuft"), Unit(&["cuft", "ft3"], "cu ft", 0.028_316_846_592, "m3"),
    Unit(&["L", "l", "litre", "litres"], "L", 0.001, "impgal"), Unit(&["ml", "mL"], "ml", 1e-6, "usfloz"),
    Unit(&["impgal"], "imp gal", 0.004_546_09, "L"), Unit(&["usgal", "USgal"], "US gal", 0.003_785_411_784, "L"),
    Unit(&["usfloz"], "US fl oz", 2.957_352_956_25e-5, "ml"), Unit(&["cc"], "cc", 1e-6, "cuin"), Unit(&["cuin"], "cu in", 1.638_706_4e-5, "cc"),
    Unit(&["kg"], "kg", 1.0, "lb"), Unit(&["g"], "g", 0.001, "oz"), Unit(&["mg"], "mg", 1e-6, "gr"), Unit(&["gr"], "gr", 6.479_891e-5, "mg"),
    Unit(&["lb", "lbs"], "lb", 0.453_592_37, "kg"), Unit(&["oz"], "oz", 0.028_349_523_125, "g"),
    Unit(&["t", "tonne", "tonnes"], "t", 1000.0, "ST"), Unit(&["ST"], "short tons", 907.184_74, "t"), Unit(&["LT"], "long tons", 1_016.046_908_8, "t"),
    Unit(&["km/h", "kph"], "km/h", 1.0, "mph"), Unit(&["mph"], "mph", 1.609_344, "km/h"), Unit(&["m/s"], "m/s", 3.6, "ft/s"),
    Unit(&["ft/s"], "ft/s", 1.097_28, "m/s"), Unit(&["kn"], "kn", 1.852, "km/h"),
    Unit(&["kW"], "kW", 1.0, "hp"), Unit(&["hp"], "hp", 0.745_699_871_582_27, "kW"),
    Unit(&["C", "°C"], "°C", 1.0, "F"), Unit(&["F", "°F"], "°F", 1.0, "C"),
    Unit(&["PD/sqmi", "/sqmi"], "/sq mi", 1.0, "/km2"), Unit(&["PD/km2", "/km2"], "/km²", 2.589_988_110_336, "/sqmi"),
];

fn unit(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|u| u.0.contains(&name))
}

/// `{{convert|3|km|mi}}`: 3 km (1.9 mi).
fn convert(arguments: &Arguments, span: Span, out: &mut Flat) {
    let parts: Vec<&str> = positional(arguments).map(|v| v.text.trim()).collect();
    let Some(&value) = parts.first() else { return };
    // A range: value, joining word, value, unit.
    let joins = |word: &str| matches!(word, "-" | "–" | "to" | "and" | "x" | "by" | "or" | "×" | "+/-" | "±");
    let mut values = vec![value];
    let mut joint = "";
    let mut at = 1;
    while at + 1 < parts.len() && joins(parts[at]) && values.len() < 8 {
        joint = parts[at];
        values.push(parts[at + 1]);
        at += 2;
    }
    let name = parts.get(at).copied().unwrap_or("");
    let from = unit(name);
    let symbol = from.map_or(name, |u| u.1);
    let joined = |values: Vec<String>| match joint {
        "-" | "–" | "" => values.join("–"),
        "x" | "by" | "×" => values.join(" × "),
        word => values.join(&format!(" {word} ")),
    };
    let shown = joined(values.iter().map(|v| grouped(v)).collect());
    let mut text = format!(
        "{shown}{}{symbol}",
        if symbol.is_empty() || symbol.starts_with('/') { "" } else { "\u{A0}" }
    );
    let wanted = parts.get(at + 1).copied().filter(|u| unit(u).is_some());
    let to = from.and_then(|f| unit(wanted.unwrap_or(f.3)));
    if let (Some(from), Some(to)) = (from, to) {
        let numbers: Option<Vec<(f64, usize)>> = values.iter().map(|v| converted(v, from, to)).collect();
        if let Some(numbers) = numbers {
            // The values of a range are shown alike.
            let places = numbers.iter().map(|(_, places)| *places).max().unwrap_or(0);
            let numbers = numbers.iter().map(|(n, _)| grouped(&format!("{n:.places$}"))).collect();
            let gap = if to.1.starts_with('/') { "" } else { "\u{A0}" };
            let other = format!("{}{gap}{}", joined(numbers), to.1);
            let disp = arguments.first(&["disp"]).unwrap_or("");
            let order = arguments.first(&["order"]).unwrap_or("");
            text = match (disp, order) {
                ("or", _) => format!("{text} or {other}"),
                ("output only" | "out", _) => other,
                ("number" | "num", _) => shown,
                (_, "flip") => format!("{other} ({text})"),
                _ => format!("{text} ({other})"),
            };
        }
    }
    out.push_made(&text, span);
}

/// A value in another unit, and the decimal places that show about as many digits as it was given in.
fn converted(value: &str, from: &Unit, to: &Unit) -> Option<(f64, usize)> {
    let plain = value.replace(',', "").replace('−', "-");
    let number: f64 = plain.parse().ok()?;
    let result = match (from.1, to.1) {
        ("°C", "°F") => number * 9.0 / 5.0 + 32.0,
        ("°F", "°C") => (number - 32.0) * 5.0 / 9.0,
        ("/sq mi", "/km²") => number / 2.589_988_110_336,
        _ => number * from.2 / to.2,
    };
    if !result.is_finite() || result.abs() >= 1e15 {
        return None;
    }
    let decimals = plain.split_once('.').map_or(0, |(_, f)| f.len() as i32);
    let shift = if to.1 == "°F" || to.1 == "°C" || number == 0.0 || result == 0.0 {
        0
    } else {
        (number / result).abs().log10().round() as i32
    };
    let digits = plain.trim_start_matches('-').trim_end_matches('0').len() as i32;
    let least = if digits <= 2 && result.abs() < 10.0 { 1 } else { 0 };
    let places = (decimals + shift).max(least).clamp(0, 6) as usize;
    Some((result, places))
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
    fn measures_are_shown_in_two_units() {
        assert_eq!(run(Native::Convert, &["3", "C", "F"]), "3 °C (37 °F)");
        assert_eq!(run(Native::Convert, &["100", "km", "mi"]), "100 km (62 mi)");
        assert_eq!(run(Native::Convert, &["52,419", "sqmi", "km2"]), "52,419 sq mi (135,765 km²)");
        assert_eq!(run(Native::Convert, &["5", "-", "10", "mi"]), "5–10 mi (8.0–16.1 km)");
        assert_eq!(run(Native::Convert, &["7", "parsec"]), "7 parsec");
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
