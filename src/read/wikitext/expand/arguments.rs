//! What a template is called with.

use super::flat::Flat;
use crate::model::Span;
use std::cell::Cell;

/// An argument of a template.
#[derive(Clone, Debug, Default)]
pub struct Argument {
    /// Its name; a number for one without.
    pub name: String,
    pub value: Flat,
    /// Where it stands in the source, with its name; empty when another template's text calls.
    pub span: Span,
    /// Whether anything asked for it.
    used: Cell<bool>,
}

impl Argument {
    pub fn new(name: String, value: Flat, span: Span) -> Self {
        Argument { name, value, span, used: Cell::new(false) }
    }

    /// It is shown.
    pub fn show(&self) {
        self.used.set(true);
    }

    /// Whether it says something that nothing asked for.
    pub fn is_lost(&self) -> bool {
        !self.used.get() && !self.value.text.trim().is_empty()
    }
}

/// What a template was called with, in order.
#[derive(Debug, Default)]
pub struct Arguments {
    pub list: Vec<Argument>,
}

impl Arguments {
    /// The last argument of that name.
    pub fn get(&self, name: &str) -> Option<&Flat> {
        let found = self.list.iter().rev().find(|a| a.name == name)?;
        found.used.set(true);
        Some(&found.value)
    }

    /// The first of these arguments that isn't blank, trimmed.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.get(n).map(|v| v.text.trim()).filter(|v| !v.is_empty()))
    }
}

/// The arguments without names, in order.
pub fn positional_arguments(arguments: &Arguments) -> impl Iterator<Item = &Argument> {
    arguments.list.iter().filter(|a| is_positional(a))
}

pub fn is_positional(argument: &Argument) -> bool {
    argument.name != "0" && argument.name.bytes().all(|b| b.is_ascii_digit())
}
