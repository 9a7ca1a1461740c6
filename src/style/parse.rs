//! From TOML to a style.

use super::builtin::{BOOK, builtin};
use super::parts::Style;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

/// A style that can't be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StyleError {
    /// What is wrong.
    pub message: String,
    /// The bytes of the text that it is about.
    pub span: Option<Range<usize>>,
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StyleError {}

impl From<toml::de::Error> for StyleError {
    fn from(error: toml::de::Error) -> Self {
        StyleError { message: error.message().to_owned(), span: error.span() }
    }
}

impl Style {
    /// Reads a style: what it does not say is as in the built-in style that its key `base` names, `book`
    /// when there is none.
    ///
    /// # Errors
    /// Text that is no TOML, a key that there isn't, a value that can't be read; with its place.
    ///
    /// ```
    /// use fanfold::style::{Color, Style};
    ///
    /// let style = Style::parse("base = 'report'\n[colors]\nlinks = '#0b4f9e'\n")?;
    /// assert_eq!(style.colors.links, Color(0x0b, 0x4f, 0x9e));
    /// let error = Style::parse("[colors]\nlinks = 'blue'\n").unwrap_err();
    /// assert_eq!(error.span, Some(17..23));
    /// # Ok::<(), fanfold::style::StyleError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, StyleError> {
        Style::read(DeTable::parse(text)?.into_inner())
    }

    /// Reads the table `[style]` of a text that has others too; `None` when it has none.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn parse_table(text: &str) -> Result<Option<Self>, StyleError> {
        let mut whole = DeTable::parse(text)?.into_inner();
        match whole.remove("style").map(Spanned::into_inner) {
            Some(DeValue::Table(table)) => Style::read(table).map(Some),
            _ => Ok(None),
        }
    }

    fn read(mut own: DeTable<'_>) -> Result<Self, StyleError> {
        let mut all = DeTable::parse(BOOK)?.into_inner();
        if let Some(base) = own.remove("base") {
            let fault = || {
                let names: Vec<_> = super::BUILTIN.iter().map(|b| b.name).collect();
                let message = format!("a style is based on one of {}", names.join(", "));
                StyleError { message, span: Some(base.span()) }
            };
            let base = base.get_ref().as_str().and_then(builtin).ok_or_else(fault)?;
            let mut base = DeTable::parse(base.text)?.into_inner();
            base.remove("base");
            lay_over(&mut all, base);
        }
        lay_over(&mut all, own);
        Ok(serde::Deserialize::deserialize(Deserializer::from(Spanned::new(0..0, all)))?)
    }
}

/// Lays one table over another: what it says holds.
fn lay_over<'t>(below: &mut DeTable<'t>, above: DeTable<'t>) {
    for (key, mut value) in above {
        match (below.get_mut(&**key.get_ref()).map(Spanned::get_mut), value.get_mut()) {
            (Some(DeValue::Table(below)), DeValue::Table(above)) => lay_over(below, std::mem::take(above)),
            _ => drop(below.insert(key, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{BUILTIN, Color, Length, Ratio};

    #[test]
    fn what_a_file_does_not_say_is_as_in_its_base() {
        let own = Style::parse("base = \"large-print\"\n[text]\nsize = \"20pt\"\n").unwrap();
        assert_eq!((own.text.size, own.text.hyphenate), (Length::pt(20), false));
        assert_eq!(Style::parse(""), Ok(Style::default()));
        let header = Style::parse("[header]\nrule = true\n").unwrap().header;
        assert_eq!((header.rule, header.left), (true, Style::default().header.left));
    }

    #[test]
    fn what_can_not_be_read_is_told_with_its_place() {
        for (text, at, message) in [
            ("[colors]\nlinks = 'blue'\n", "'blue'", "a colour is # and"),
            ("[colors]\nlinks = 3\n", "3", "invalid type: integer"),
            ("[colours]\nlinks = '#000'\n", "colours", "unknown field `colours`"),
            ("[text]\nsise = '9pt'\n", "sise", "unknown field `sise`"),
            ("[text]\nsize = '900pt'\n", "'900pt'", "a size is a length from 5pt to 72pt"),
            ("[text]\nalign = 'left'\n", "'left'", "unknown variant `left`"),
            ("[text]\nleading = 9\n", "9", "leading is from 1 to 3"),
            ("[text]\nleading = nan\n", "nan", "leading is from 1 to 3"),
            ("[page]\nsize = 'a9'\n", "'a9'", "a paper is a0 to a6"),
            ("[page]\nmargins = 'wide'\n", "'wide'", "margins are one, two or four lengths"),
            ("[page]\ncolumns = 3\n", "3", "columns are 1 or 2"),
            ("[header]\nleft = '{number}'\n", "'{number}'", "a field is {title}"),
            ("[logo]\nheight = '3in'\n", "'3in'", "a logo is from 1pt to 60mm high"),
            ("base = 'novel'\n", "'novel'", "a style is based on one of book, large-print, plain, report"),
            ("text = 3\n", "3", "invalid type"),
            ("[text\n", "\n", ""),
        ] {
            let error = Style::parse(text).unwrap_err();
            assert!(error.message.contains(message), "{text}: {error}");
            let span = error.span.clone().unwrap_or_default();
            assert!(at == "\n" || &text[span.clone()] == at, "{text}: {span:?} {error}");
        }
    }

    #[test]
    fn a_table_among_others_is_read_with_its_place_in_the_whole() {
        let text = "deny = ['warnings']\n[style.colors]\nlinks = 'blue'\n";
        let error = Style::parse_table(text).unwrap_err();
        assert_eq!(&text[error.span.unwrap()], "'blue'");
        let style = Style::parse_table("[style]\nbase = 'report'\ntext.leading = 1.5").unwrap().unwrap();
        assert_eq!(style.text.leading, Ratio(150));
        assert_eq!(Style::parse_table("style = 'report'"), Ok(None));
        assert_eq!(Style::parse_table("[pdf]\ntoc = true"), Ok(None));
    }

    #[test]
    fn built_in_styles_are_what_they_say() {
        for built_in in BUILTIN {
            assert!(Style::parse(built_in.text).is_ok(), "{}", built_in.name);
        }
        let of = |name| builtin(name).unwrap().style();
        assert_eq!(of("book"), Style::default());
        assert_eq!(of("large-print").text.size, Length::pt(18));
        assert_eq!(of("large-print").colors.paper.contrast(Color::BLACK), 2100);
        assert!(builtin("novel").is_none());
    }
}
