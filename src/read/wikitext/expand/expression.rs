//! The arithmetic of `#expr`.

/// Values are IEEE doubles, as in MediaWiki.
type Value = f64;

/// A function of one value.
type Function = fn(Value) -> Value;

/// How deep parentheses and signs may nest.
const DEPTH: usize = 40;

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

/// Evaluates an expression; an empty one is an error, as its result would be no number.
pub fn evaluate(text: &str) -> Result<Value, &'static str> {
    let mut parser = Parser { rest: text, depth: 0 };
    let value = parser.binary(0)?;
    parser.skip_space();
    if !parser.rest.is_empty() {
        return Err("Expression error");
    }
    if value.is_finite() { Ok(value) } else { Err("Division by zero") }
}

/// A value as MediaWiki shows it: 14 significant digits, no trailing zeros.
pub fn show(value: Value) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = value.abs().log10().floor() as i32;
    if !(-5..15).contains(&magnitude) {
        return format!("{value:E}");
    }
    let decimals = (13 - magnitude).clamp(0, 17) as usize;
    let mut text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    text
}

static OPERATORS: [(&str, u8); 18] = [
    ("or", 1),
    ("and", 2),
    ("<=", 3),
    (">=", 3),
    ("!=", 3),
    ("<>", 3),
    ("=", 3),
    ("<", 3),
    (">", 3),
    ("round", 4),
    ("+", 5),
    ("-", 5),
    ("−", 5),
    ("*", 6),
    ("/", 6),
    ("div", 6),
    ("mod", 6),
    ("^", 7),
];

impl Parser<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn operator(&self) -> Option<(&'static str, u8)> {
        OPERATORS.iter().copied().find(|(symbol, _)| {
            self.rest.get(..symbol.len()).is_some_and(|head| head.eq_ignore_ascii_case(symbol))
        })
    }

    fn binary(&mut self, least: u8) -> Result<Value, &'static str> {
        let mut left = self.unary()?;
        loop {
            self.skip_space();
            let Some((symbol, binding)) = self.operator().filter(|(_, b)| *b > least) else {
                return Ok(left);
            };
            self.rest = &self.rest[symbol.len()..];
            self.enter()?;
            let right = self.binary(binding)?;
            self.depth -= 1;
            left = apply(symbol, left, right);
        }
    }

    fn enter(&mut self) -> Result<(), &'static str> {
        self.depth += 1;
        if self.depth > DEPTH { Err("Expression error: nested too deeply") } else { Ok(()) }
    }

    fn unary(&mut self) -> Result<Value, &'static str> {
        self.skip_space();
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            self.enter()?;
            let value = self.binary(0)?;
            self.depth -= 1;
            self.skip_space();
            self.rest = self.rest.strip_prefix(')').ok_or("Expression error: no closing bracket")?;
            return Ok(value);
        }
        let length = self.rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        if length > 0 {
            let (number, rest) = self.rest.split_at(length);
            self.rest = rest;
            return number.parse().map_err(|_| "Expression error: no number");
        }
        static FUNCTIONS: [(&str, Function); 9] = [
            ("not", |v| f64::from(v == 0.0)),
            ("abs", f64::abs),
            ("ceil", f64::ceil),
            ("floor", f64::floor),
            ("trunc", f64::trunc),
            ("sqrt", f64::sqrt),
            ("+", |v| v),
            ("-", |v| -v),
            ("−", |v| -v),
        ];
        for (name, function) in FUNCTIONS {
            if self.rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)) {
                self.rest = &self.rest[name.len()..];
                self.enter()?;
                let value = self.unary()?;
                self.depth -= 1;
                return Ok(function(value));
            }
        }
        Err("Expression error: unexpected character")
    }
}

fn apply(symbol: &str, a: Value, b: Value) -> Value {
    let truth = |condition: bool| f64::from(condition);
    match symbol {
        "or" => truth(a != 0.0 || b != 0.0),
        "and" => truth(a != 0.0 && b != 0.0),
        "<=" => truth(a <= b),
        ">=" => truth(a >= b),
        "!=" | "<>" => truth(a != b),
        "=" => truth(a == b),
        "<" => truth(a < b),
        ">" => truth(a > b),
        "round" => {
            let scale = 10f64.powi(b.clamp(-15.0, 15.0) as i32);
            (a * scale).round() / scale
        }
        "+" => a + b,
        "-" | "−" => a - b,
        "*" => a * b,
        "mod" => a.trunc() % b.trunc(),
        "^" => a.powf(b),
        _ => a / b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        evaluate(text).map_or_else(str::to_owned, show)
    }

    #[test]
    fn evaluates_by_precedence() {
        assert_eq!(shown("1 + 2 * 3"), "7");
        assert_eq!(shown("(1+2)*3"), "9");
        assert_eq!(shown("3711930/891.85 round 0"), "4162");
        assert_eq!(shown("10 mod 4 = 2 and not 0"), "1");
        assert_eq!(shown("1/3"), "0.33333333333333");
        assert_eq!(shown("-2^2"), "4");
    }

    #[test]
    fn faults_are_errors() {
        assert_eq!(evaluate("1/0"), Err("Division by zero"));
        assert!(evaluate("").is_err());
        assert!(evaluate("1 +").is_err());
        assert!(evaluate(&"(".repeat(100_000)).is_err());
        assert!(evaluate(&"-".repeat(100_000)).is_err());
    }
}
