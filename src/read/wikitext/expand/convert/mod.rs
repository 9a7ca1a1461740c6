//! `{{convert}}`: a measure in the unit that it is given in, and in others.
//!
//! What is rounded how follows Module:Convert, so that the figures are those that Wikipedia shows.

mod call;
mod joint;
pub mod number;
mod style;
mod unit;

use super::arguments::{Arguments, positional_arguments};
use super::flat::Flat;
use crate::model::Span;

pub use call::Misread;

use call::Call;
use joint::joined;
use style::{Adjective, Style};
use unit::Named;

/// Writes a measure; `None` when it isn't understood at all. `short`: all units as symbols.
pub fn expand(arguments: &Arguments, short: bool, span: Span, out: &mut Flat) -> Option<Misread> {
    let parts: Vec<(&str, &str)> =
        positional_arguments(arguments).map(|a| (a.name.as_str(), a.value.text.trim())).collect();
    let mut call = Call { parts: &parts, at: 0, misread: Vec::new() };
    let mut given = call.input()?;
    let mut style = Style::read(arguments, short, &mut call.misread);
    let Some(from) = Named::find(given.unit) else {
        // The value at least is known, and what it is said to be of.
        let values = given.values.iter().map(|v| v.shown.clone()).collect();
        let unit = given.unit;
        call.misread.push(given.unit_argument.to_owned());
        let gap = if unit.is_empty() { "" } else { "\u{A0}" };
        out.push_made(&format!("{}{gap}{unit}", joined(values, &given.joints, "")), span);
        return Some(call.misread);
    };
    call.composite(&mut given, &from);
    let wanted = call.outputs(&from, &given);
    style.precision = call.precision();
    if from.code == "hand" {
        // What stands behind the point are inches, a quarter of a hand each.
        for value in &mut given.values {
            value.number = value.number.trunc() + value.number.fract() * 2.5;
        }
        style.precision = style.precision.or(Some(0));
    }
    style.middle = match style.adjective {
        Adjective::Middle | Adjective::Before => call.next(),
        _ => None,
    };
    call.misread.extend(parts[call.at..].iter().filter(|p| !p.1.is_empty()).map(|p| p.0.to_owned()));
    out.push_made(&style.write(&given, &from, &wanted), span);
    Some(call.misread)
}

#[cfg(test)]
mod tests;
