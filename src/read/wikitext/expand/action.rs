//! What is done with a template.

use crate::read::wikitext::parse::preprocess::{Mode, Tokens, preprocess};
use serde::Deserialize;
use std::sync::OnceLock;

/// What to do with a template.
#[derive(Clone, Debug)]
pub enum Action {
    /// It only steers how the page is laid out: nothing is lost without it.
    Layout,
    /// Left out, with a diagnostic.
    Drop,
    /// A navigation box: left out.
    Navigation,
    /// A message to editors: left out.
    Message,
    /// The box of facts.
    Infobox,
    /// Several pictures.
    Pictures,
    /// The source of a statement.
    Citation,
    /// Needs more than wikitext can say.
    Native(Native),
    /// A formula.
    Formula(Shape),
    /// Its arguments are a table.
    Table(Table),
    /// Wikitext takes its place.
    Text(Text),
}

/// Templates whose arguments are a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Measures by months.
    Climate,
    /// Inhabitants by years.
    Populations,
    /// Reviews of a video game.
    Reviews,
}

/// What a formula in a template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// What is in it.
    Whole,
    /// A letter that stands for something.
    Variable,
    /// One over another, after a whole number where there are three.
    Fraction,
    /// A root: what stands under the sign, and which.
    Root,
}

/// Templates that reckon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Native {
    /// A measure in two units.
    Convert,
    /// The same, by symbols.
    Cvt,
    /// A date of birth or death, with the age.
    Date,
    /// Dates of release with their places.
    Releases,
    /// A country, by its name or its code.
    Country,
    /// A point on the globe.
    Coordinates,
    /// Phonetic symbols, one an argument.
    Phonetics,
    /// Phonetic symbols in one argument, after the language.
    Ipa,
    /// A chemical formula.
    Chemistry,
    /// A number with so many digits that count.
    Significant,
    /// A number with its uncertainty, power of ten and unit.
    Value,
}

/// Wikitext that stands for a template.
#[derive(Clone, Debug)]
pub struct Text {
    pub text: String,
    /// Found when the template is first called.
    tokens: OnceLock<Tokens>,
}

impl Text {
    pub fn new(text: String) -> Self {
        Text { text, tokens: OnceLock::new() }
    }

    pub fn tokens(&self) -> &Tokens {
        self.tokens.get_or_init(|| preprocess(&self.text, 0..self.text.len(), Mode::Included))
    }
}
