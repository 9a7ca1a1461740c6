//! `{{val|1.5|0.2|e=6|u=kg}}`: a number with its uncertainty, power of ten and unit.

use super::arguments::Arguments;
use super::convert::number::grouped;

/// Letters of units by the codes for them.
#[rustfmt::skip]
static UNITS: [(&str, &str); 14] = [
    ("angstrom", "Å"), ("arcmin", "′"), ("arcsec", "″"), ("deg", "°"), ("degC", "°C"), ("degF", "°F"), ("mum", "μm"), ("ohm", "Ω"), ("percent", "%"),
    ("solar mass", "M<sub>☉</sub>"), ("um", "μm"), ("us", "μs"), ("uT", "μT"), ("uW", "μW"),
];

/// What stands for the call; `None` when it says nothing.
pub fn value(arguments: &Arguments) -> Option<String> {
    let given = |name: &str| arguments.first(&[name]);
    let (number, first, second) = (given("1"), given("2"), given("3"));
    let shown = |text: &str| figure(text, given("fmt"));
    let exponent = given("e").map(|e| format!("10<sup>{}</sup>", e.replacen('-', "−", 1)));
    let end = |name: &str| given(name).or(given("errend")).unwrap_or_default().to_owned();
    let mut out = number.map(&shown).unwrap_or_default();
    let uncertain = first.is_some_and(|first| !first.starts_with('('));
    match (first, second) {
        (Some(up), Some(down)) => {
            let (up_end, down_end) = (end("+errend"), end("-errend"));
            out += &format!("<sup>+{}{up_end}</sup><sub>−{}{down_end}</sub>", shown(up), shown(down));
        }
        // In brackets it is of the last digits.
        (Some(error), None) if uncertain => {
            out += &format!("±{}{}", shown(error), end("errend"));
        }
        (Some(error), None) => out += error,
        _ => {}
    }
    if let Some(exponent) = exponent {
        out = match (out.is_empty(), uncertain) {
            (true, _) => exponent,
            (false, true) => format!("({out})×{exponent}"),
            (false, false) => format!("{out}×{exponent}"),
        };
    }
    out.insert_str(0, given("p").unwrap_or_default());
    out += given("s").or(given("end")).unwrap_or_default();
    let unit = given("ul").or(given("u")).map(unit);
    let per = given("upl").or(given("up")).map(unit_per);
    if let Some(unit) = unit {
        let close = ["%", "°", "′", "″", "'", "\""].iter().any(|sign| *sign == unit);
        out += if close || out.is_empty() { "" } else { "\u{A0}" };
        out += &unit;
    }
    out += &per.unwrap_or_default();
    Some(out).filter(|out| !out.is_empty())
}

/// A number as such templates write it: with gaps, unless commas or nothing is asked for.
fn figure(text: &str, format: Option<&str>) -> String {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("−", rest),
        None => ("", text),
    };
    match format {
        Some("commas") => format!("{sign}{}", grouped(digits)),
        Some("none") => format!("{sign}{digits}"),
        _ => format!("{sign}{}", gapped(&digits.replace(',', ""))),
    }
}

/// Groups of three with narrow gaps, where there are five digits or more on a side of the point; the last group
/// after the point may have four.
fn gapped(text: &str) -> String {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at(end);
    let (decimals, rest) = match rest.strip_prefix('.') {
        Some(after) => after.split_at(after.bytes().take_while(u8::is_ascii_digit).count()),
        None => ("", rest),
    };
    let mut out = String::with_capacity(text.len() * 2);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push('.');
    }
    for (at, digit) in decimals.chars().enumerate() {
        if at > 0 && decimals.len() > 4 && at.is_multiple_of(3) && decimals.len() - at > 1 {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out + rest
}

fn unit_per(text: &str) -> String {
    let shown = unit(text);
    if text.contains(['.', '*', '/']) { format!("/({shown})") } else { format!("/{shown}") }
}

/// `kg.m/s2`: kg⋅m/s². What is wikitext stays as it is.
fn unit(text: &str) -> String {
    if let Some((_, shown)) = UNITS.iter().find(|(code, _)| *code == text) {
        return (*shown).to_owned();
    }
    if text.contains(['[', '<', '\'', '&', '\0', ' ']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() * 2);
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let after_letter = at > 0 && chars[at - 1].is_alphabetic();
        let from = at + usize::from(matches!(chars[at], '-' | '−'));
        let end = from + chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
        match chars[at] {
            _ if after_letter && end > from => {
                let sign = if from > at { "−" } else { "" };
                out += &format!("<sup>{sign}{}</sup>", chars[from..end].iter().collect::<String>());
                at = end;
                continue;
            }
            '.' | '*' | '·' => out.push('⋅'),
            c => out.push(c),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_gaps() {
        assert_eq!(unit("kg.m/s2"), "kg⋅m/s<sup>2</sup>");
        assert_eq!(unit("m.s-2"), "m⋅s<sup>−2</sup>");
        assert_eq!(unit_per("K.mol"), "/(K⋅mol)");
        assert_eq!(gapped("12345.678901"), "12\u{202F}345.678\u{202F}901");
        assert_eq!(gapped("1234.5678(12)"), "1234.5678(12)");
        assert_eq!(gapped("0.1234567"), "0.123\u{202F}4567");
    }
}
