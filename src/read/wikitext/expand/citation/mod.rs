//! Citations: a template's arguments as the line that a reader expects, and kept as data.

mod cs1;
mod fields;
mod line;
mod other;

use super::arguments::{Argument, Arguments};
use super::claims::Subject;
use super::expander::Expander;
use super::flat::Flat;
use crate::model::{Citation, Span};
use fields::Fields;
use line::Line;

/// Writes a citation and keeps its arguments.
pub fn expand(x: &mut Expander<'_>, name: &str, arguments: &Arguments, span: Span, out: &mut Flat) {
    x.findings.citations.push(Citation {
        template: name.to_owned(),
        arguments: arguments
            .list
            .iter()
            .filter(|a| !a.value.text.trim().is_empty())
            .map(|a| (a.name.clone(), a.value.text.trim().replace('\0', "")))
            .collect(),
        span,
        unknown: crate::model::Fields::default(),
    });
    // An address that holds what can't be shown in one is lost.
    let lost = |a: &&Argument| a.value.text.contains('\0') && fields::is_address(&a.name);
    for argument in arguments.list.iter().filter(lost) {
        x.findings.claims.lose(Subject::Arguments(name.to_owned()), &argument.name, argument.span);
    }
    write(name, arguments, span, out);
}

fn write(name: &str, arguments: &Arguments, span: Span, out: &mut Flat) {
    let fields = Fields::read(arguments);
    let name = name.trim().to_lowercase().replace('_', " ");
    let mut line = Line::new(fields, span, out);
    line.made("<cite>");
    match name.as_str() {
        "literatur" | "internetquelle" => other::german(&mut line),
        "ouvrage" | "lien web" | "article" | "périodique" | "chapitre" | "lien vidéo" => {
            other::french(&mut line, &name)
        }
        _ => cs1::write(&mut line, &name),
    }
    line.made("</cite>");
}

#[cfg(test)]
mod tests;
