//! Templates that reckon: measures in two units, dates with ages, coordinates, phonetic symbols.

use super::action::Native;
use super::arguments::{Arguments, is_positional, positional_arguments};
use super::claims::{Claims, Subject};
use super::convert::{self, Misread, number};
use super::flat::Flat;
use super::val;
use crate::model::Span;
use crate::read::wikitext::data::country;

/// Writes what the template shows. Returns the names of arguments that were not understood; `None`
/// when nothing was.
pub fn expand(native: Native, arguments: &Arguments, span: Span, out: &mut Flat) -> Option<Misread> {
    match native {
        Native::Convert => return convert::expand(arguments, false, span, out),
        Native::Cvt => return convert::expand(arguments, true, span, out),
        Native::Date => out.push_made(&date(arguments), span),
        Native::Releases => releases(arguments, span, out),
        Native::Country => out.push_made(&land(arguments), span),
        Native::Coordinates => out.push_made(&coordinates(arguments), span),
        Native::Phonetics => out.push_made(&phonetics(arguments), span),
        Native::Ipa => ipa(arguments, span, out),
        Native::Chemistry => out.push_made(&formula(arguments), span),
        Native::Value => out.push_made(&val::value(arguments)?, span),
        Native::Significant => {
            let mut given = positional(arguments).map(|v| v.text.trim());
            let value = number::Value::read(given.next()?)?;
            let digits = given.next()?.parse().ok().filter(|d| (1..=14).contains(d))?;
            out.push_made(&number::significant(value.number, digits), span);
        }
    }
    Some(Misread::new())
}

/// Symbols between slashes, after the kind of English that says them: `US: /əˈdoʊbi/`.
fn phonetics(arguments: &Arguments) -> String {
    let (mut before, mut symbols) = (Vec::new(), String::new());
    for text in positional(arguments).map(|v| v.text.trim()) {
        match text {
            "UK" | "uk" => before.push("UK"),
            "US" | "us" => before.push("US"),
            "lang" | "local" | "pron" | "also" | "audio" | "alsoLocal" => {}
            "'" => symbols.push('ˈ'),
            "," => symbols.push('ˌ'),
            "_" | "" => symbols.push(' '),
            text => symbols.push_str(text),
        }
    }
    match (before.is_empty(), symbols.trim()) {
        (_, "") => String::new(),
        (true, symbols) => format!("/{symbols}/"),
        (false, symbols) => format!("{}: /{symbols}/", before.join(", ")),
    }
}

/// `{{IPA|de|bɛʁˈliːn}}`: the sound in brackets.
fn ipa(arguments: &Arguments, span: Span, out: &mut Flat) {
    let given: Vec<&Flat> = positional(arguments).filter(|v| !v.text.trim().is_empty()).collect();
    // `{{IPA|es|sound}}`, or `{{IPA-es|sound|what to call it}}`.
    let of_language = arguments.get("0").is_some();
    let sound = if of_language { given.first() } else { given.get(1).or(given.first()) };
    let Some(sound) = sound else { return };
    let bare =
        (of_language || given.len() > 1) && !sound.text.trim_start().starts_with(['[', '/', '(', '\0']);
    out.push_made(if bare { "&#91;" } else { "" }, span);
    out.push_flat(sound);
    out.push_made(if bare { "&#93;" } else { "" }, span);
}

/// `H|2|O` or `H2O`: figures under and over the line.
fn formula(arguments: &Arguments) -> String {
    let parts: Vec<&str> = positional(arguments).map(|v| v.text.trim()).collect();
    if let [whole] = parts.as_slice() {
        return formula_of(whole);
    }
    let mut out = String::new();
    for part in parts.iter().filter(|p| !p.is_empty()) {
        let digits = part.trim_end_matches(['+', '-', '−']);
        let is_number = digits.bytes().all(|b| b.is_ascii_digit());
        match (is_number, digits.len() == part.len()) {
            (true, true) => out += &format!("<sub>{part}</sub>"),
            (true, false) => out += &format!("<sup>{}</sup>", part.replace('-', "−")),
            (false, _) => out.push_str(part),
        }
    }
    out
}

fn formula_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let text = text.replace("->", "→").replace("<-", "←");
    let chars: Vec<char> = text.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let after_atom = i > 0 && (chars[i - 1].is_alphabetic() || matches!(chars[i - 1], ')' | ']'));
        let end = i + chars[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        let digits: String = chars[i..end].iter().collect();
        let signed = |at: usize| matches!(chars.get(at), Some('+' | '-' | '−'));
        match chars[i] {
            // A charge: SO4(2-)
            '(' => {
                let end = i + 1 + chars[i + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
                if signed(end) && chars.get(end + 1) == Some(&')') {
                    let charge: String = chars[i + 1..=end].iter().collect();
                    out += &format!("<sup>{}</sup>", charge.replace('-', "−"));
                    i = end + 2;
                } else {
                    out.push('(');
                    i += 1;
                }
            }
            c if c.is_ascii_digit() => {
                out += &if after_atom { format!("<sub>{digits}</sub>") } else { digits };
                i = end;
            }
            c @ ('+' | '-' | '−')
                if i > 0
                    && chars.get(i + 1).is_none_or(|n| n.is_whitespace())
                    && !chars[i - 1].is_whitespace() =>
            {
                out.push_str(if c == '+' { "<sup>+</sup>" } else { "<sup>−</sup>" });
                i += 1;
            }
            // Water of crystals.
            '*' => {
                out.push('·');
                i += 1;
            }
            c => {
                out.push(c);
                i += 1;
            }
        }
    }
    out
}

/// Their values.
fn positional(arguments: &Arguments) -> impl Iterator<Item = &Flat> {
    positional_arguments(arguments).map(|a| &a.value)
}

/// Arguments that say how such a template writes its values.
#[rustfmt::skip]
static STEERING: &[&str] = &[
    "abbr", "adj", "debug", "df", "disp", "display", "format", "lk", "mf", "notes", "order", "region", "round", "scale",
    "sep", "sigfig", "comma", "frac", "sing", "sortable", "sp", "spell", "text", "type", "warnings", "link", "name",
    "e", "u", "ul", "up", "upl", "p", "s", "fmt", "end", "errend", "+errend", "-errend",
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
        } else if argument.is_lost() {
            let subject = Subject::argument(template, &argument.name);
            claims.lose(subject, &argument.name, argument.span);
        }
    }
}

#[rustfmt::skip]
static MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

/// `{{flag|GER}}`, `{{GER}}`: the country's name, linked.
fn land(arguments: &Arguments) -> String {
    let given = positional(arguments).map(|v| v.text.trim()).find(|v| !v.is_empty());
    let Some(given) = given.or_else(|| arguments.first(&["0"])) else { return String::new() };
    let name = country::of_code(given).unwrap_or(given);
    match arguments.first(&["name"]) {
        Some(shown) => format!("[[{name}|{shown}]]"),
        None => format!("[[{name}]]"),
    }
}

/// Whether the day is asked to stand before the month.
fn is_day_first(arguments: &Arguments) -> bool {
    let yes = |value: &str| !matches!(value.to_lowercase().as_str(), "n" | "no");
    arguments.first(&["df"]).is_some_and(yes) || arguments.first(&["format"]) == Some("dmy")
}

fn written(year: i32, month: Option<i32>, day: Option<i32>, day_first: bool) -> String {
    let month = month.and_then(|m| MONTHS.get((m - 1) as usize));
    match (month, day) {
        (Some(month), Some(day)) if day_first => format!("{day}\u{A0}{month} {year}"),
        (Some(month), Some(day)) => format!("{month}\u{A0}{day}, {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => year.to_string(),
    }
}

/// Releases that may have notes.
const MOST_NOTES: usize = 50;

/// `{{film date|2001|2|3|Cannes|2002|1|1}}`: each date with its place and its note, on a line of its own.
fn releases(arguments: &Arguments, span: Span, out: &mut Flat) {
    let parts: Vec<&str> = positional(arguments).map(|v| v.text.trim()).collect();
    let number = |part: Option<&&str>| part.and_then(|p| p.parse().ok());
    let day_first = is_day_first(arguments);
    let mut is_first = true;
    for (index, release) in parts.chunks(4).enumerate() {
        let mut line = match (number(release.first()), release.first()) {
            (Some(year), _) => written(year, number(release.get(1)), number(release.get(2)), day_first),
            // Not known as yet: "TBA".
            (None, Some(words)) if !words.is_empty() => (*words).to_owned(),
            _ => continue,
        };
        if let Some(place) = release.get(3).filter(|place| !place.is_empty()) {
            line += &format!(" ({place})");
        }
        out.push_made(if std::mem::take(&mut is_first) { "" } else { "<br>" }, span);
        out.push_made(&line, span);
        // Each note is looked for among all arguments.
        if index < MOST_NOTES
            && let Some(note) = arguments.get(&format!("ref{}", index + 1))
        {
            out.push_flat(note);
        }
    }
}

/// `{{birth date|1969|7|18}}`: July 18, 1969; with a second date, the age between them.
fn date(arguments: &Arguments) -> String {
    let parts: Vec<&str> = positional(arguments).map(|v| v.text.trim()).filter(|p| !p.is_empty()).collect();
    let numbers: Option<Vec<i32>> = parts.iter().map(|p| p.parse().ok()).collect();
    let day_first = is_day_first(arguments);
    let shown = |y: i32, m: Option<i32>, d: Option<i32>| written(y, m, d, day_first);
    match numbers.as_deref() {
        // A time of day: of those whose birth is given none were born then and died so late.
        Some([y, m, d, time @ ..]) if *y > 999 && is_time(time) => {
            let time: Vec<String> = time.iter().map(|part| format!("{part:02}")).collect();
            format!("{}, {}", time.join(":"), shown(*y, Some(*m), Some(*d)))
        }
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

/// Whether these are an hour and its minutes, maybe with seconds.
fn is_time(parts: &[i32]) -> bool {
    matches!(parts, [0..=24, rest @ ..] if (1..=2).contains(&rest.len()) && rest.iter().all(|p| (0..60).contains(p)))
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
            if parts.len() == 2 {
                // A lone figure has its half of the globe by its sign.
                let (figure, south) = part.strip_prefix('-').map_or((*part, false), |figure| (figure, true));
                let half = match (out.is_empty(), south) {
                    (true, false) => "N",
                    (true, true) => "S",
                    (false, false) => "E",
                    (false, true) => "W",
                };
                out += &format!("{figure}°{half}");
            } else {
                out.push_str(part);
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
    use crate::read::wikitext::expand::arguments::Argument;

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
        assert_eq!(run(Native::Date, &["1969", "7", "18"]), "July 18, 1969");
        assert_eq!(run(Native::Date, &["1969", "7", "18", "df=yes"]), "18 July 1969");
        assert_eq!(run(Native::Date, &["1986", "12", "29", "1932", "4", "4"]), "December 29, 1986 (aged 54)");
        assert_eq!(run(Native::Date, &["1993", "02", "24", "08", "30", "23"]), "08:30:23, February 24, 1993");
        assert_eq!(
            run(Native::Coordinates, &["52", "31", "N", "13", "24", "E", "type:city"]),
            "52°31′N 13°24′E"
        );
        assert_eq!(run(Native::Coordinates, &["50.51861", "N", "1.64139", "E"]), "50.51861°N 1.64139°E");
    }
}
