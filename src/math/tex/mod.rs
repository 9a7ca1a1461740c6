//! TeX is read into a tree.

mod chemistry;
mod color;
mod command;
mod environment;
mod framed;
mod lexer;
mod parser;
mod placed;
mod signs;
#[cfg(test)]
mod tests;
mod text;

use crate::model::Math;

/// Longer formulas are not read.
pub const MOST_BYTES: usize = 200_000;

/// What a command stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A letter, italic as others are.
    Letter,
    /// A letter or sign that stays upright.
    Upright,
    /// A double-struck letter.
    Bb,
    Bin,
    Rel,
    Punct,
    /// A large operator with limits.
    Big,
    /// A large operator with scripts.
    Int,
    Open,
    Close,
    Slash,
    /// A function's name.
    Function,
    /// A function's name with limits.
    Limit,
}

/// Why a formula could not be read, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Byte of the formula.
    pub at: usize,
    /// What is the matter, such as `\foo is not known`.
    pub why: String,
}

impl Unread {
    fn new(at: usize, why: impl Into<String>) -> Self {
        Unread { at, why: why.into() }
    }
}

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
