//! TeX is read into a tree.

mod character;
mod chemistry;
mod color;
mod command;
mod environment;
mod framed;
mod length;
mod lexer;
mod parser;
mod part;
mod placed;
mod signs;
#[cfg(test)]
mod tests;
mod text;
mod unread;

pub use unread::Unread;

use crate::model::Math;
use signs::Sign;

/// Longer formulas are not read.
pub const MOST_BYTES: usize = 200_000;

/// Reads a formula. All of it or nothing: what is not understood is not left out.
///
/// # Errors
/// For commands that are not known, braces and environments that do not match, definitions that do
/// not end, and formulas that are too long or too deep.
pub fn read(tex: &str, display: bool) -> Result<Math, Unread> {
    if tex.len() > MOST_BYTES {
        return Err(Unread::new(MOST_BYTES, format!("the formula is longer than {MOST_BYTES} bytes")));
    }
    parser::Parser::new(tex, display).formula()
}

/// The command for a sign, where there is one and the sign is not ASCII.
pub(super) fn name_of(c: char) -> Option<&'static str> {
    if c.is_ascii() { None } else { signs::name_of(c) }
}

/// Whether a word is a function that has a command.
pub(super) fn is_function(word: &str) -> bool {
    matches!(signs::sign(word), Some((text, Sign::Function | Sign::Limit)) if text == word)
}
