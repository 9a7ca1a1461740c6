//! How measures are written: names or symbols, adjectives, exactness, separators.

use super::call::{Given, Misread, Output};
use super::joint::joined;
use super::number::{self, Value};
use super::unit::{self, Named};
use crate::read::wikitext::expand::arguments::Arguments;

/// How a unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum As {
    Name,
    Symbol,
    /// Not at all.
    Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adjective {
    No,
    /// `a 10-kilometre walk`
    Hyphen,
    /// `a 10-kilometre-long walk`
    Middle,
    /// `10 square statute miles`
    Before,
    One,
}

/// How the measures are put together.
pub(super) struct Style<'c> {
    first: As,
    second: As,
    flip: bool,
    pub adjective: Adjective,
    american: bool,
    pub middle: Option<&'c str>,
    pub precision: Option<i32>,
    digits: Option<i32>,
    /// Numbers are multiples of it.
    step: Option<f64>,
    each: bool,
    /// So that a fraction has this denominator.
    denominator: Option<u32>,
    spell_first: bool,
    spell_second: bool,
    capital: bool,
    separators: &'c str,
    display: &'c str,
}

impl<'c> Style<'c> {
    pub(super) fn read(arguments: &'c Arguments, short: bool, misread: &mut Misread) -> Self {
        let get = |name: &str| arguments.first(&[name]).unwrap_or("");
        let mut fault = |name: &str| misread.push(name.to_owned());
        let (mut first, mut second) = if short { (As::Symbol, As::Symbol) } else { (As::Name, As::Symbol) };
        match get("abbr") {
            "" | "out" => {}
            "on" | "mos" | "unit" | "~" | "comma" => (first, second) = (As::Symbol, As::Symbol),
            "off" | "none" => (first, second) = (As::Name, As::Name),
            "in" => (first, second) = (As::Symbol, As::Name),
            "values" => (first, second) = (As::Number, As::Number),
            _ => fault("abbr"),
        }
        let mut flip = get("order") == "flip" || get("disp") == "flip";
        let mut adjective = Adjective::No;
        match get("adj") {
            "" | "off" | "nocomma" | "ri0" | "ri1" | "ri2" | "ri3" => {}
            "on" => adjective = Adjective::Hyphen,
            "mid" => adjective = Adjective::Middle,
            "pre" => adjective = Adjective::Before,
            "1" => adjective = Adjective::One,
            "flip" => flip = true,
            _ => fault("adj"),
        }
        if adjective == Adjective::No && get("sing") == "on" {
            adjective = Adjective::Hyphen;
        }
        let spell = get("spell");
        let mut style = Style {
            first,
            second,
            flip,
            adjective,
            american: get("sp").eq_ignore_ascii_case("us"),
            middle: None,
            precision: None,
            digits: None,
            step: None,
            each: false,
            denominator: None,
            spell_first: matches!(spell, "in" | "In" | "on" | "On"),
            spell_second: matches!(spell, "on" | "On"),
            capital: matches!(spell, "In" | "On"),
            separators: get("comma"),
            display: get("disp"),
        };
        if let Some(text) = arguments.first(&["sigfig"]) {
            style.digits = text.parse().ok().filter(|d| (1..=14).contains(d));
            style.digits.is_none().then(|| fault("sigfig"));
        }
        match arguments.first(&["round"]) {
            None => {}
            Some("each") => style.each = true,
            Some(text) => {
                style.step = text.parse().ok().filter(|s: &f64| *s > 0.0 && s.is_finite());
                style.step.is_none().then(|| fault("round"));
            }
        }
        if let Some(text) = arguments.first(&["frac"]) {
            style.denominator = text.parse().ok().filter(|d| (2..=256).contains(d));
            style.denominator.is_none().then(|| fault("frac"));
        }
        style
    }

    pub(super) fn write(&self, given: &Given<'_>, from: &Named, wanted: &[Output]) -> String {
        let (given_as, wanted_as) =
            if self.flip { (self.second, self.first) } else { (self.first, self.second) };
        let leads = |is_first: bool| is_first != self.flip;
        let input = self.input(given, from, given_as, leads(true));
        let outputs: Vec<String> = wanted
            .iter()
            .enumerate()
            // Of several, only the one that leads has its name.
            .map(|(i, output)| {
                let form =
                    if self.flip && i > 0 && self.second == As::Symbol { As::Symbol } else { wanted_as };
                self.output(given, from, output, form, leads(false) && i == 0)
            })
            .collect();
        let output = outputs.join("; ");
        let bare = |form| -> String {
            let text = wanted.iter().map(|output| self.output(given, from, output, form, false));
            text.collect::<Vec<_>>().join("; ")
        };
        let (one, other) = if self.flip { (&output, &input) } else { (&input, &output) };
        let text = match self.display {
            _ if outputs.is_empty() => input,
            "or" => format!("{one} or {other}"),
            "comma" | "," => format!("{one}, {other}"),
            "slash" | "/" | "s" => format!("{one} / {other}"),
            "br" => format!("{one}<br>{other}"),
            "br()" => format!("{one}<br>({other})"),
            "sqbr" => format!("{one} [{other}]"),
            "output only" | "out" => bare(wanted_as),
            "number" | "num" | "output number only" => bare(As::Number),
            "unit" | "input only" => self.unit_alone(from, given_as, given),
            "table" | "tablecen" => {
                let align = if self.display == "table" { "right" } else { "center" };
                let numbers: Vec<String> =
                    wanted.iter().map(|o| self.output(given, from, o, As::Number, false)).collect();
                let first = self.input(given, from, As::Number, false);
                let mut cells = vec![first];
                cells.extend(numbers);
                if self.flip {
                    cells.rotate_left(1);
                }
                let cells: Vec<String> =
                    cells.iter().map(|c| format!("style=\"text-align:{align}\"|{c}")).collect();
                cells.join("\n|")
            }
            _ => format!("{one} ({other})"),
        };
        if self.capital { capital(&text) } else { text }
    }

    /// What is given, in its own unit.
    fn input(&self, given: &Given<'_>, from: &Named, form: As, leads: bool) -> String {
        let number = |value: &Value| {
            let text = self.separated(&value.shown);
            let spell = if leads { self.spell_first } else { self.spell_second };
            if spell { number::spelled(&text).unwrap_or(text) } else { text }
        };
        if given.rest.is_empty() {
            let is_one = given.values.last().is_some_and(Value::is_one) && given.values.len() == 1;
            let numbers = given.values.iter().map(number).collect();
            return self.measure(numbers, &given.joints, from, form, is_one, leads);
        }
        let hyphen = leads && self.adjective == Adjective::Hyphen && form == As::Name;
        let first = given.values.iter().map(|v| (v, from));
        let all = first.chain(given.rest.iter().map(|(value, unit, _)| (value, unit)));
        let texts: Vec<String> =
            all.map(|(v, unit)| self.measure(vec![number(v)], &[], unit, form, v.is_one(), leads)).collect();
        texts.join(if hyphen { "-" } else { " " })
    }

    /// Numbers with their unit.
    fn measure(
        &self,
        numbers: Vec<String>,
        joints: &[&str],
        unit: &Named,
        form: As,
        is_one: bool,
        leads: bool,
    ) -> String {
        let adjective = if leads { self.adjective } else { Adjective::No };
        let form = if form == As::Name && unit.has_only_symbol() { As::Symbol } else { form };
        let power = |text: String| match unit.exponent {
            0 => text,
            e if form == As::Name => format!("{text} {}", words_of(e)),
            e => format!("{text}×10<sup>{e}</sup>"),
        };
        match form {
            As::Number => joined(numbers, joints, "s"),
            As::Symbol => {
                let symbol = unit.symbol(is_one && unit.exponent == 0);
                let gap = if symbol.starts_with('/') { "" } else { "\u{A0}" };
                if matches!(joints, ["x" | "×" | "*" | "by(x)", ..]) {
                    // 120 m × 60 m
                    let each = numbers.into_iter().map(|n| format!("{}{gap}{symbol}", power(n))).collect();
                    return joined(each, joints, "s");
                }
                format!("{}{gap}{symbol}", power(joined(numbers, joints, "s")))
            }
            As::Name => {
                let single = matches!(adjective, Adjective::Hyphen | Adjective::Middle | Adjective::One)
                    || is_one && unit.exponent == 0;
                let name = if single { &unit.one } else { &unit.many };
                let name = if self.american { american(name) } else { name.clone() };
                let middle = self.middle.unwrap_or("");
                match adjective {
                    Adjective::Hyphen | Adjective::Middle => {
                        let middle = if adjective == Adjective::Middle { middle } else { "" };
                        let gap = if middle.is_empty() || middle.starts_with(['-', ' ']) { "" } else { " " };
                        let text = joined(numbers, joints, "-");
                        format!("{}-{}{gap}{middle}", power(text).replace(' ', "-"), name.replace(' ', "-"))
                    }
                    Adjective::Before if !middle.is_empty() => {
                        format!("{} {middle} {name}", power(joined(numbers, joints, "")))
                    }
                    _ => format!("{} {name}", power(joined(numbers, joints, ""))),
                }
            }
        }
    }

    fn unit_alone(&self, unit: &Named, form: As, given: &Given<'_>) -> String {
        let is_one = given.values.last().is_some_and(Value::is_one);
        match form {
            As::Name if self.adjective == Adjective::Hyphen => unit.one.clone(),
            As::Name if is_one => unit.one.clone(),
            As::Name => unit.many.clone(),
            _ => unit.symbol(is_one).to_owned(),
        }
    }

    /// The same measure in another unit.
    fn output(&self, given: &Given<'_>, from: &Named, output: &Output, form: As, leads: bool) -> String {
        let (to, large) = match output {
            Output::One(unit) => (unit, None),
            Output::Two(large, small) => (small, Some(large)),
        };
        // A measure in several units counts in the last of them.
        let source = given.rest.last().map_or(from, |r| &r.1);
        let totals: Vec<(f64, &Value)> = match given.rest.last() {
            None => given.values.iter().map(|v| (v.number, v)).collect(),
            Some((last, ..)) => {
                let first = given.values.first().map_or(0.0, |v| v.number);
                let sum = given
                    .rest
                    .iter()
                    .fold(first, |sum, (v, _, count)| sum * count + v.number.abs() * sign(first));
                vec![(sum, last)]
            }
        };
        let results: Vec<f64> = totals.iter().map(|(n, _)| to.of_base(source.to_base(*n))).collect();
        if results.iter().any(|r| !r.is_finite() || r.abs() > 1e40) {
            return "?".to_owned();
        }
        let places: Vec<i32> = totals
            .iter()
            .zip(&results)
            .map(|((n, value), result)| places(*n, value, *result, source, to, !given.rest.is_empty()))
            .collect();
        // The values of a range are rounded alike.
        let most = places.iter().copied().max().unwrap_or(0);
        if let Some(large) = large {
            let count = unit::part(large, to).unwrap_or(1.0);
            let place = self.precision.unwrap_or(most).max(0);
            let texts = results.iter().map(|r| self.two(*r, place, count, large, to, form, leads)).collect();
            return joined(texts, &given.joints, if form == As::Name { "" } else { "s" });
        }
        let numbers: Vec<String> = results
            .iter()
            .zip(&places)
            .map(|(&result, &own)| {
                let text = match (self.precision, self.digits, self.step) {
                    (Some(places), ..) => number::rounded(result, places),
                    (_, Some(digits), _) => number::significant(result, digits),
                    (.., Some(step)) => number::rounded((result / step).round() * step, number_places(step)),
                    _ => number::rounded(result, if self.each { own } else { most }),
                };
                let text = match self.denominator {
                    Some(below) => in_parts(result, below),
                    None => text,
                };
                let text = self.separated(&text);
                let spell = if leads { self.spell_first } else { self.spell_second };
                if spell { number::spelled(&text).unwrap_or(text) } else { text }
            })
            .collect();
        let is_one = numbers.len() == 1 && matches!(numbers[0].as_str(), "1" | "one" | "−1");
        self.measure(numbers, &given.joints, to, form, is_one, leads)
    }

    /// `6 ft 0 in`
    #[allow(clippy::too_many_arguments, reason = "a value, how it is rounded, and how each unit is written")]
    fn two(
        &self,
        total: f64,
        places: i32,
        count: f64,
        large: &Named,
        small: &Named,
        form: As,
        leads: bool,
    ) -> String {
        let unit = 10f64.powi(places);
        let whole = (total.abs() * unit).round() / unit;
        let (mut units, mut rest) = ((whole / count).trunc(), whole % count);
        if number::rounded(rest, places) == number::rounded(count, places) {
            (units, rest) = (units + 1.0, 0.0);
        }
        let first = number::rounded(units * sign(total), 0);
        let second = number::rounded(rest, places);
        let one = |text: &str| text == "1";
        let hyphen = leads && self.adjective == Adjective::Hyphen && form == As::Name;
        let small_part = self.measure(vec![second.clone()], &[], small, form, one(&second), leads);
        if units == 0.0 {
            return if total < 0.0 { format!("−{small_part}") } else { small_part };
        }
        let large_part = self.measure(vec![first.clone()], &[], large, form, one(&first), leads);
        format!("{large_part}{}{small_part}", if hyphen { "-" } else { " " })
    }

    /// A number with the separators that are asked for.
    fn separated(&self, text: &str) -> String {
        let whole = text.split('.').next().unwrap_or(text).chars().filter(char::is_ascii_digit).count();
        match self.separators {
            "off" => text.replace(',', ""),
            "5" if whole < 5 => text.replace(',', ""),
            "gaps" | "gaps3" => text.replace(',', "\u{202F}"),
            _ => text.to_owned(),
        }
    }
}

/// The decimal places that a value is shown with in another unit: about as exact as it is given, and
/// at least two digits; of a temperature, three digits in kelvins.
fn places(number: f64, value: &Value, result: f64, from: &Named, to: &Named, is_composite: bool) -> i32 {
    let (of_value, per) = match value.denominator {
        Some(below) if below > 10 => (0, f64::from(below)),
        Some(_) => (1, 1.0),
        None => (value.places(is_composite), 1.0),
    };
    if from.is_temperature() && to.is_temperature() {
        let kelvin = from.to_base(number).abs();
        let least = if kelvin < 1e-8 { 2 } else { 2 - number::magnitude(kelvin) };
        return of_value.max(least);
    }
    if number == 0.0 || result == 0.0 {
        return 0;
    }
    let ratio = match to.code.as_str() {
        // Where 50 would be less than 49.5 otherwise.
        "ft" | "lb" if number.fract() == 0.0 && !is_composite => 1.0 / from.scale,
        _ if is_composite && from.code == "in" => to.scale * 100.0,
        _ => (number / result).abs(),
    };
    let least = 1 - number::magnitude(result);
    (of_value + number::magnitude(ratio * per * 2.0)).max(least)
}

fn number_places(step: f64) -> i32 {
    if step.fract() == 0.0 { 0 } else { step.to_string().split_once('.').map_or(0, |(_, d)| d.len() as i32) }
}

/// A number as a whole part and a fraction in its lowest terms.
fn in_parts(number: f64, below: u32) -> String {
    let parts = (number.abs() * f64::from(below)).round();
    if parts > 1e12 {
        return number::rounded(number, 0);
    }
    let (whole, rest) = ((parts / f64::from(below)).trunc(), (parts % f64::from(below)) as u32);
    let divisor =
        (1..=below).rev().find(|d| below.is_multiple_of(*d) && rest.is_multiple_of(*d)).unwrap_or(1);
    let sign = if number < 0.0 && parts > 0.0 { "−" } else { "" };
    match (whole == 0.0, rest) {
        (_, 0) => format!("{sign}{}", number::rounded(whole, 0)),
        (true, _) => format!("{sign}{}⁄{}", rest / divisor, below / divisor),
        (false, _) => {
            format!("{sign}{}\u{A0}{}⁄{}", number::rounded(whole, 0), rest / divisor, below / divisor)
        }
    }
}

fn sign(number: f64) -> f64 {
    if number < 0.0 { -1.0 } else { 1.0 }
}

fn words_of(exponent: i32) -> &'static str {
    match exponent {
        3 => "thousand",
        6 => "million",
        9 => "billion",
        12 => "trillion",
        _ => "quadrillion",
    }
}

fn american(name: &str) -> String {
    let name = name.replace("metre", "meter").replace("litre", "liter").replace("tonne", "metric ton");
    name.replace("kilometric ton", "kilotonne").replace("megametric ton", "megatonne")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
