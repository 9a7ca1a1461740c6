//! The values of measures: how they are read, and how they are written.

/// A value as a call gives it.
#[derive(Clone, Debug)]
pub struct Value {
    pub number: f64,
    /// Its digits without sign and separators; of a fraction, the numerator.
    pub digits: String,
    /// What a fraction is divided by.
    pub denominator: Option<u32>,
    /// As it is shown.
    pub shown: String,
}

#[rustfmt::skip]
static FRACTIONS: [(char, u32, u32); 16] = [
    ('½', 1, 2), ('⅓', 1, 3), ('⅔', 2, 3), ('¼', 1, 4), ('¾', 3, 4), ('⅕', 1, 5), ('⅖', 2, 5), ('⅗', 3, 5), ('⅘', 4, 5), ('⅙', 1, 6),
    ('⅚', 5, 6), ('⅛', 1, 8), ('⅜', 3, 8), ('⅝', 5, 8), ('⅞', 7, 8), ('⅑', 1, 9),
];

impl Value {
    /// `1,234.5`, `-3`, `1.2e6`, `1/2`, `5+1/2`, `5 1/2`, `5½`.
    pub fn read(text: &str) -> Option<Value> {
        let text = text.trim().replace(',', "").replace("&minus;", "-").replace("&nbsp;", " ");
        let (negative, plain) = match text.strip_prefix(['-', '−', '–']) {
            Some(rest) => (true, rest.trim()),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let sign = if negative { "−" } else { "" };
        let factor = if negative { -1.0 } else { 1.0 };
        if let Some((whole, above, below)) = fraction(plain) {
            let number = f64::from(whole) + f64::from(above) / f64::from(below);
            let shown = match whole {
                0 => format!("{sign}{above}⁄{below}"),
                _ => format!("{sign}{}\u{A0}{above}⁄{below}", grouped(&whole.to_string())),
            };
            let digits = above.to_string();
            return Some(Value { number: factor * number, digits, denominator: Some(below), shown });
        }
        let (mantissa, exponent) = plain.split_once(['e', 'E']).map_or((plain, None), |(m, e)| (m, Some(e)));
        let is_decimal = |t: &str| {
            t.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && t.bytes().any(|b| b.is_ascii_digit())
                && t.bytes().filter(|b| *b == b'.').count() <= 1
        };
        if !is_decimal(mantissa) || plain.len() > 40 {
            return None;
        }
        let exponent = exponent.map(|e| e.parse::<i32>().ok().filter(|e| e.abs() < 60)).unwrap_or(Some(0))?;
        let number: f64 = plain.parse().ok().filter(|n: &f64| n.is_finite())?;
        let padded = if mantissa.starts_with('.') { format!("0{mantissa}") } else { mantissa.to_owned() };
        let shown = match exponent {
            0 => format!("{sign}{}", grouped(padded.trim_end_matches('.'))),
            e => format!("{sign}{}", scientific(&grouped(&padded), e)),
        };
        Some(Value { number: factor * number, digits: plain.to_owned(), denominator: None, shown })
    }

    /// Decimal places: negative for zeros at the end of a whole number. Of a part of a measure, such
    /// as the inches of feet, zeros at the end count.
    pub fn places(&self, is_part: bool) -> i32 {
        let (mantissa, exponent) = self.digits.split_once(['e', 'E']).unwrap_or((&self.digits, "0"));
        let places = match mantissa.split_once('.') {
            Some((_, decimals)) => decimals.len() as i32,
            None if is_part => 0,
            None => mantissa.trim_end_matches('0').len() as i32 - mantissa.len() as i32,
        };
        places - exponent.parse().unwrap_or(0)
    }

    /// Whether what is counted by it stands in the singular.
    pub fn is_one(&self) -> bool {
        self.number.abs() == 1.0 || (self.denominator.is_some() && self.number.abs() < 1.0)
    }
}

/// `a b/c`: whole part, numerator, denominator.
fn fraction(text: &str) -> Option<(u32, u32, u32)> {
    let number = |t: &str| {
        let t = t.trim();
        (t.len() <= 7 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse().ok()).flatten()
    };
    if let Some((above, below)) = FRACTIONS.iter().find(|f| text.ends_with(f.0)).map(|f| (f.1, f.2)) {
        let whole = text.trim_end_matches(|c: char| !c.is_ascii_digit()).trim_end_matches('+');
        return Some((if whole.is_empty() { 0 } else { number(whole)? }, above, below));
    }
    let (left, below) = text.split_once("//").or_else(|| text.split_once(['/', '⁄']))?;
    let below = number(below).filter(|b| *b > 0)?;
    let left = left.trim();
    let (whole, above) = left.rsplit_once(['+', ' ']).unwrap_or(("0", left));
    Some((number(whole.trim_end_matches([' ', '+']))?, number(above)?, below))
}

pub fn scientific(mantissa: &str, exponent: i32) -> String {
    let exponent = exponent.to_string().replace('-', "−");
    format!("{mantissa}×10<sup>{exponent}</sup>")
}

/// The exponent of a number's first digit. Found by writing it, which is exact on every machine.
pub fn magnitude(number: f64) -> i32 {
    let written = format!("{:e}", number.abs());
    written.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0)
}

/// A number with so many decimal places, or zeros at its end where they are negative.
pub fn rounded(number: f64, places: i32) -> String {
    let size = number.abs();
    if places > 12 && size > 0.0 && size < 1e-4 {
        let sign = if number < 0.0 { "−" } else { "" };
        let digits = (places + magnitude(size)).clamp(0, 14) as usize;
        let written = format!("{size:.digits$e}");
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        return format!("{sign}{}", scientific(mantissa, exponent.parse().unwrap_or(0)));
    }
    let text = if places >= 0 {
        // What a factor lacks in the last bits shall not turn a half down.
        let nudge = if places <= 8 { 2e-14 } else { 0.0 };
        format!("{:.*}", places.min(12) as usize, size + nudge)
    } else {
        let zeros = (-places).min(30) as usize;
        let kept = format!("{:.0}", size / 10f64.powi(zeros as i32));
        if kept == "0" { kept } else { kept + &"0".repeat(zeros) }
    };
    shown(&text, number < 0.0)
}

/// A number with so many digits that count.
pub fn significant(number: f64, digits: i32) -> String {
    if number == 0.0 {
        return rounded(0.0, digits - 1);
    }
    let written = format!("{:.*e}", (digits - 1).max(0) as usize, number.abs());
    let exponent = written.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    rounded(number, digits - 1 - exponent)
}

fn shown(text: &str, negative: bool) -> String {
    let whole = text.split('.').next().unwrap_or(text);
    let is_zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    let sign = if negative && !is_zero { "−" } else { "" };
    if whole.len() > 10 {
        let digits = whole.trim_end_matches('0');
        let (first, rest) = digits.split_at(1);
        let mantissa = if rest.is_empty() { first.to_owned() } else { format!("{first}.{rest}") };
        return format!("{sign}{}", scientific(&mantissa, whole.len() as i32 - 1));
    }
    let decimals = text.split_once('.').map_or("", |(_, d)| d);
    let zeros = decimals.len() - decimals.trim_start_matches('0').len();
    if whole == "0" && zeros >= 4 && !is_zero {
        let digits = &decimals[zeros..];
        let (first, rest) = digits.split_at(1);
        let mantissa = if rest.is_empty() { first.to_owned() } else { format!("{first}.{rest}") };
        return format!("{sign}{}", scientific(&mantissa, -(zeros as i32) - 1));
    }
    format!("{sign}{}", grouped(text))
}

#[rustfmt::skip]
static SMALL: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen",
];
static TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A whole number below a million in English words.
pub fn spelled(text: &str) -> Option<String> {
    let text = text.replace(',', "");
    let number: u32 = text.strip_prefix('−').unwrap_or(&text).parse().ok().filter(|n| *n < 1_000_000)?;
    let words = below_million(number);
    Some(if text.starts_with('−') { format!("negative {words}") } else { words })
}

fn below_million(n: u32) -> String {
    let with = |first: String, rest: u32, joint: &str| match rest {
        0 => first,
        rest => format!("{first}{joint}{}", below_million(rest)),
    };
    match n {
        0..20 => SMALL[n as usize].to_owned(),
        20..100 => with(TENS[(n / 10) as usize].to_owned(), n % 10, "-"),
        100..1000 => with(format!("{} hundred", SMALL[(n / 100) as usize]), n % 100, " and "),
        _ => {
            let joint = if n % 1000 < 100 { " and " } else { " " };
            with(format!("{} thousand", below_million(n / 1000)), n % 1000, joint)
        }
    }
}

/// A number with commas between thousands.
pub fn grouped(text: &str) -> String {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("−", rest),
        None => ("", text),
    };
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(w, f)| (w, Some(f)));
    if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit()) || whole.len() > 64 {
        return text.to_owned();
    }
    let mut out = sign.to_owned();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_are_written() {
        let shown = |text: &str| Value::read(text).map(|v| v.shown.replace('\u{A0}', " "));
        assert_eq!(shown("1234.50").as_deref(), Some("1,234.50"));
        assert_eq!(shown("-.5").as_deref(), Some("−0.5"));
        assert_eq!(shown("5+1/2").as_deref(), Some("5 1⁄2"));
        assert_eq!(shown("3¾").as_deref(), Some("3 3⁄4"));
        assert_eq!(shown("1//8").as_deref(), Some("1⁄8"));
        assert_eq!(shown("1.5e6").as_deref(), Some("1.5×10<sup>6</sup>"));
        for nonsense in ["", "x", "1.2.3", "1/0", "e", "1e", "--1", "NaN", "inf", "1e999", "about 5"] {
            assert!(shown(nonsense).is_none(), "{nonsense:?}");
        }
    }

    #[test]
    fn numbers_are_rounded_and_spelled() {
        assert_eq!(rounded(1234.56, -2), "1,200");
        assert_eq!(rounded(-0.04, 1), "0.0");
        assert_eq!(significant(0.012345, 3), "0.0123");
        assert_eq!(significant(99.96, 3), "100");
        assert_eq!(rounded(4.5e12, 0), "4.5×10<sup>12</sup>");
        assert_eq!(rounded(1.602e-18, 19), "1.6×10<sup>−18</sup>");
        assert_eq!(spelled("1,021").as_deref(), Some("one thousand and twenty-one"));
        assert_eq!(spelled("1.5"), None);
    }
}
