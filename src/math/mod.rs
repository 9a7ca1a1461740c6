//! Formulas: TeX and MathML become the model's tree, and the tree becomes MathML, TeX and text.
//!
//! TeX is read by a parser of our own: it knows MediaWiki's commands, says which command and which
//! place it does not understand, and makes the tree itself rather than mark-up to be read again.

pub(crate) mod alphabet;
pub(crate) mod dictionary;
pub(crate) mod elements;
pub(crate) mod mathml;
pub(crate) mod source;
mod spacing;
pub(crate) mod tex;
pub(crate) mod words;

use crate::diagnostic::{Diagnostic, code};
use crate::model::{Formula, Math, Span};
use std::borrow::Cow;

/// What a formula says: its tree, or else what its TeX says.
pub(crate) fn tree(formula: &Formula, display: bool) -> Result<Cow<'_, Math>, tex::Unread> {
    match &formula.tree {
        Some(tree) if tree.is_bounded() => Ok(Cow::Borrowed(tree)),
        _ => tex::read(&formula.tex, display).map(Cow::Owned),
    }
}

/// Says that a formula is shown as its TeX, and why.
pub(crate) fn as_source(formula: &Formula, unread: &tex::Unread, span: Span) -> Diagnostic {
    let before = formula.tex.get(..unread.at).map_or(0, |before| before.chars().count());
    let message =
        format!("math is shown as its TeX source: {} (character {} of the formula)", unread.why, before + 1);
    Diagnostic::new(&code::MATH_AS_SOURCE, span, message)
}

/// A formula as it is read in text: a line, or a line for each row of a system of equations; its
/// TeX when it can't be read.
pub(crate) fn text(formula: &Formula, display: bool) -> String {
    let Ok(tree) = tree(formula, display) else { return formula.tex.clone() };
    match &*tree {
        Math::Table(table) if display => {
            let row = |row: &crate::model::MathRow| {
                words::words(&Math::Row { children: row.cells.iter().chain(&row.tag).cloned().collect() })
            };
            table.rows.iter().map(row).collect::<Vec<_>>().join("\n")
        }
        tree => words::words(tree),
    }
}

impl Formula {
    /// The formula as it is read in text, on a line of its own or in one: `x = (−b ± √(b² − 4ac)) / (2a)`;
    /// its TeX when that can't be read.
    pub fn text(&self, display: bool) -> String {
        text(self, display)
    }

    /// The formula as an element of MathML Core, on a line of its own or in one; none when its TeX can't be
    /// read.
    ///
    /// ```
    /// let formula = fanfold::model::Formula::tex("x^2");
    /// assert_eq!(formula.text(false), "x²");
    /// assert!(formula.mathml(false).is_some_and(|math| math.contains("<msup>")));
    /// ```
    pub fn mathml(&self, display: bool) -> Option<String> {
        let mut out = String::new();
        mathml::write(self, &*tree(self, display).ok()?, display, &mut out);
        Some(out)
    }
}
