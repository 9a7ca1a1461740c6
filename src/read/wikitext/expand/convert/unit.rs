//! Units by the codes that calls name them with: those of the table, with prefixes, one by another.

use crate::read::wikitext::data::units::{Kind, PARTS, TOGETHER, UNITS, Unit};

/// A unit that a call names.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its first code in the table.
    pub code: String,
    kind: (Kind, Option<Kind>),
    pub scale: f64,
    pub symbol: String,
    pub one: String,
    pub many: String,
    pub default: String,
    /// Of `e6m3`, 6.
    pub exponent: i32,
}

/// Prefixes of the SI, and the units that they stand before.
#[rustfmt::skip]
static PREFIXES: [(&str, f64, &str); 12] = [
    ("da", 10.0, "deca"), ("k", 1e3, "kilo"), ("M", 1e6, "mega"), ("G", 1e9, "giga"), ("T", 1e12, "tera"), ("P", 1e15, "peta"), ("h", 100.0, "hecto"),
    ("d", 0.1, "deci"), ("c", 0.01, "centi"), ("m", 1e-3, "milli"), ("u", 1e-6, "micro"), ("n", 1e-9, "nano"),
];
static PREFIXED: [&str; 16] =
    ["m", "g", "W", "Pa", "N", "J", "Wh", "L", "l", "Hz", "eV", "bar", "pc", "ly", "t", "Nm"];

impl Named {
    pub fn find(code: &str) -> Option<Named> {
        if let Some(unit) = listed(code) {
            return Some(Named::of(unit));
        }
        if let Some((exponent, rest)) = code.strip_prefix('e').and_then(|rest| {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let exponent = rest[..digits].parse().ok().filter(|e: &i32| *e <= 15 && e % 3 == 0)?;
            Some((exponent, &rest[digits..]))
        }) {
            let unit = Named::find(rest).filter(|unit| unit.exponent == 0)?;
            let default = unit.default.split(' ').next().unwrap_or("");
            let default = if default.is_empty() { String::new() } else { format!("e{exponent}{default}") };
            let scale = unit.scale * 10f64.powi(exponent);
            return Some(Named { exponent, scale, default, ..unit });
        }
        if let Some((above, below)) = code.split_once('/') {
            let (above, below) = (Named::of(listed(above)?), Named::of(listed(below)?));
            let first = |default: &str| default.split(' ').next().unwrap_or("").to_owned();
            return Some(Named {
                code: code.to_owned(),
                kind: (above.kind.0, Some(below.kind.0)),
                scale: above.scale / below.scale,
                symbol: format!("{}/{}", above.symbol(false), below.symbol(true)),
                one: format!("{} per {}", above.one, below.one),
                many: format!("{} per {}", above.many, below.one),
                default: format!("{}/{}", first(&above.default), first(&below.default)),
                exponent: 0,
            });
        }
        PREFIXES.iter().find_map(|(prefix, scale, name)| {
            let base = code.strip_prefix(prefix).filter(|rest| PREFIXED.contains(rest))?;
            let unit = Named::of(listed(base)?);
            Some(Named {
                code: code.to_owned(),
                scale: unit.scale * scale,
                symbol: format!("{}{}", prefix.replace('u', "μ"), unit.symbol),
                one: format!("{name}{}", unit.one),
                many: format!("{name}{}", unit.many),
                ..unit
            })
        })
    }

    fn of(unit: &Unit) -> Named {
        let many = if unit.many.is_empty() { format!("{}s", unit.one) } else { unit.many.to_owned() };
        Named {
            code: unit.codes[0].to_owned(),
            kind: (unit.kind, None),
            scale: unit.scale,
            symbol: unit.symbol.to_owned(),
            one: unit.one.to_owned(),
            many,
            default: unit.default.to_owned(),
            exponent: 0,
        }
    }

    /// Its symbol, which for some is the name.
    pub fn symbol(&self, is_one: bool) -> &str {
        match self.symbol.as_str() {
            "" if is_one => &self.one,
            "" => &self.many,
            symbol => symbol,
        }
    }

    /// Whether a full name is only the symbol.
    pub fn has_only_symbol(&self) -> bool {
        self.one == self.symbol
    }

    pub fn measures_the_same(&self, other: &Named) -> bool {
        // A foot-pound is one of work or of torque, as it is asked for.
        let either = |unit: &Named| matches!(unit.code.as_str(), "ftlb" | "ftlbf");
        let work = |unit: &Named| matches!(unit.kind, (Kind::Energy | Kind::Torque, None));
        self.kind == other.kind || (either(self) || either(other)) && work(self) && work(other)
    }

    pub fn is_temperature(&self) -> bool {
        self.kind.0 == Kind::Temperature
    }

    /// Where the scale starts, in degrees of its own.
    fn zero(&self) -> f64 {
        match self.code.as_str() {
            "C" => -273.15,
            "F" => -459.67,
            _ => 0.0,
        }
    }

    pub fn to_base(&self, number: f64) -> f64 {
        match self.code.as_str() {
            "L/100 km" => self.scale / number,
            _ => (number - self.zero()) * self.scale,
        }
    }

    pub fn of_base(&self, number: f64) -> f64 {
        match self.code.as_str() {
            "L/100 km" => self.scale / number,
            _ => number / self.scale + self.zero(),
        }
    }
}

fn listed(code: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.codes.contains(&code))
}

/// How many of a unit make one of another that it may follow: `5|ft|6|in`.
pub fn part(whole: &Named, part: &Named) -> Option<f64> {
    PARTS.iter().find(|p| p.0 == whole.code && p.1 == part.code).map(|p| p.2)
}

/// The two units of an output such as `ftin`.
pub fn together(code: &str) -> Option<(Named, Named)> {
    let found = TOGETHER.iter().find(|t| t.0.contains(&code))?;
    Some((Named::find(found.1)?, Named::find(found.2)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        for unit in UNITS {
            for code in unit.default.split(' ').filter(|c| !c.is_empty()) {
                let to = Named::find(code).unwrap_or_else(|| panic!("{code} of {}", unit.one));
                assert!(Named::of(unit).measures_the_same(&to), "{code} of {}", unit.one);
            }
            for code in unit.codes {
                assert_eq!(listed(code).unwrap().one, unit.one, "{code} stands twice");
            }
        }
        for (whole, part, _) in PARTS {
            assert!(listed(whole).is_some() && listed(part).is_some(), "{whole} {part}");
        }
    }
}
