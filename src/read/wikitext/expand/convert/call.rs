//! The arguments without names of a call: values, units, what to convert to.

use super::joint::JOINTS;
use super::number::Value;
use super::unit::{self, Named};

/// Names of arguments that were not understood.
pub type Misread = Vec<String>;

/// The arguments without names, read one after another.
pub(super) struct Call<'c> {
    pub parts: &'c [(&'c str, &'c str)],
    pub at: usize,
    pub misread: Misread,
}

/// What is to be converted.
pub(super) struct Given<'c> {
    /// Several of a range.
    pub values: Vec<Value>,
    /// The words between them.
    pub joints: Vec<&'c str>,
    pub unit: &'c str,
    pub unit_argument: &'c str,
    /// Of `5|ft|6|in`, what follows the first: value, unit, how many make one before it.
    pub rest: Vec<(Value, Named, f64)>,
}

/// A unit to convert to, or two together.
pub(super) enum Output {
    One(Named),
    Two(Named, Named),
}

/// Most values of a range, as in Module:Convert.
const RANGE: usize = 30;

impl<'c> Call<'c> {
    pub(super) fn next(&mut self) -> Option<&'c str> {
        let part = self.parts.get(self.at)?.1;
        self.at += 1;
        Some(part)
    }

    /// Value, or values with words between them, and their unit.
    pub(super) fn input(&mut self) -> Option<Given<'c>> {
        let mut values = vec![Value::read(self.next()?)?];
        let mut joints = Vec::new();
        while let (Some((_, word)), Some((_, next))) = (self.parts.get(self.at), self.parts.get(self.at + 1))
            && let Some(found) = JOINTS.iter().find(|j| j.0 == *word)
        {
            joints.push(found.0);
            values.push(Value::read(next).filter(|_| values.len() < RANGE)?);
            self.at += 2;
        }
        let unit_argument = self.parts.get(self.at).map_or("", |p| p.0);
        let unit = self.next().unwrap_or("");
        Some(Given { values, joints, unit, unit_argument, rest: Vec::new() })
    }

    /// What follows of a measure in several units.
    pub(super) fn composite(&mut self, given: &mut Given<'c>, from: &Named) {
        let mut last = from.clone();
        while given.values.len() == 1
            && let (Some((_, value)), Some((_, unit))) =
                (self.parts.get(self.at), self.parts.get(self.at + 1))
            && let (Some(value), Some(unit)) = (Value::read(value), Named::find(unit))
            && let Some(count) = unit::part(&last, &unit)
        {
            given.rest.push((value, unit.clone(), count));
            last = unit;
            self.at += 2;
        }
    }

    pub(super) fn outputs(&mut self, from: &Named, given: &Given<'_>) -> Vec<Output> {
        let wanted = self.parts.get(self.at).map_or("", |p| p.1);
        let last = given.rest.last().map_or(from, |r| &r.1);
        if wanted.is_empty() || wanted.parse::<i32>().is_ok() {
            self.at += usize::from(wanted.is_empty() && self.at < self.parts.len());
            let small =
                given.rest.is_empty() && from.code == "m" && given.values.iter().all(|v| v.number < 3.0);
            let default = match last.code.as_str() {
                _ if small => "ftin",
                // Of two units, both are converted.
                "in" if !given.rest.is_empty() => "m",
                "lb" if !given.rest.is_empty() => "kg",
                "oz" if !given.rest.is_empty() => "kg",
                _ => &last.default,
            };
            return units(default, from).unwrap_or_default();
        }
        match units(wanted, from) {
            Some(units) => {
                self.at += 1;
                units
            }
            // What is not understood is said; what may be words of another kind is left for them.
            None => {
                let looks_like_unit = !wanted.starts_with('-');
                if looks_like_unit {
                    self.misread.push(self.parts[self.at].0.to_owned());
                    self.at += 1;
                    return Vec::new();
                }
                units(&last.default, from).unwrap_or_default()
            }
        }
    }

    pub(super) fn precision(&mut self) -> Option<i32> {
        let text = self.parts.get(self.at)?.1;
        let number = text.replace('−', "-").parse().ok();
        self.at += usize::from(number.is_some() || text.is_empty());
        let number = number?;
        Some(i32::clamp(number, -30, 12))
    }
}

/// The units of an output: one, two together, or several with spaces or plus signs between them.
fn units(code: &str, from: &Named) -> Option<Vec<Output>> {
    let one = |code: &str| {
        let output = match unit::together(code) {
            Some((large, small)) => Output::Two(large, small),
            // Hands are counted with inches behind the point.
            None => Output::One(Named::find(code).filter(|unit| unit.code != "hand")?),
        };
        let kind = match &output {
            Output::One(unit) | Output::Two(unit, _) => unit,
        };
        kind.measures_the_same(from).then_some(output)
    };
    if let Some(output) = one(code) {
        return Some(vec![output]);
    }
    code.split([' ', '+'])
        .filter(|c| !c.is_empty())
        .map(one)
        .collect::<Option<Vec<_>>>()
        .filter(|o| !o.is_empty())
}
