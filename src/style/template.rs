//! What stands at the head and foot of pages: words with fields.

use crate::format::OptionError;
use serde::Deserialize;
use std::str::FromStr;

/// Words with fields in braces, such as `{title}, page {page} of {pages}`; it is made by `parse`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Template(pub(crate) Vec<Part>);

/// A part of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words.
    Words(String),
    /// Something that the page, the article or the document fills in.
    Field(Field),
}

/// Something that is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The title of the article or book.
    Title,
    /// The section at the head of the page.
    Section,
    /// The page's number.
    Page,
    /// How many pages the text has.
    Pages,
    /// The document's date.
    Date,
    /// The document's authors.
    Author,
}

const FIELDS: [(&str, Field); 6] = [
    ("title", Field::Title),
    ("section", Field::Section),
    ("page", Field::Page),
    ("pages", Field::Pages),
    ("date", Field::Date),
    ("author", Field::Author),
];

#[cfg_attr(not(feature = "pdf"), allow(dead_code, reason = "only pages have heads and feet"))]
impl Template {
    /// Whether it has a field.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.0.contains(&Part::Field(field))
    }

    /// The words with the fields filled in. A field for which there is nothing takes with it the words
    /// between it and the others: `{author}, {date}` of a document without a date is its author.
    pub(crate) fn filled(&self, value: impl Fn(Field) -> String) -> String {
        let (mut out, mut words) = (String::new(), "");
        let (mut first, mut filled) = (true, false);
        for part in &self.0 {
            match part {
                Part::Words(text) => words = text,
                Part::Field(field) => {
                    let value = value(*field);
                    if !value.is_empty() {
                        if first || filled {
                            out.push_str(words);
                        }
                        out.push_str(&value);
                        filled = true;
                    }
                    (words, first) = ("", false);
                }
            }
        }
        if first || filled {
            out.push_str(words);
        }
        out
    }
}

impl FromStr for Template {
    type Err = OptionError;
    fn from_str(mut s: &str) -> Result<Self, Self::Err> {
        const HELP: &str = "a field is {title}, {section}, {page}, {pages}, {date} or {author}";
        let mut parts = Vec::new();
        while !s.is_empty() {
            let (words, rest) = s.split_at(s.find('{').unwrap_or(s.len()));
            if !words.is_empty() {
                parts.push(Part::Words(words.to_owned()));
            }
            let Some(field) = rest.strip_prefix('{') else { break };
            let (name, rest) = field.split_once('}').ok_or(HELP)?;
            let (_, field) = FIELDS.iter().find(|(known, _)| *known == name).ok_or(HELP)?;
            parts.push(Part::Field(*field));
            s = rest;
        }
        Ok(Template(parts))
    }
}

impl TryFrom<String> for Template {
    type Error = OptionError;
    fn try_from(s: String) -> Result<Self, Self::Error> {
        s.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_filled_and_empty_ones_leave_no_mark() {
        let filled = |template: &str, date: &str| {
            let value = |field| match field {
                Field::Page => "3".to_owned(),
                Field::Pages => "12".to_owned(),
                Field::Author => "A. Writer".to_owned(),
                Field::Date => date.to_owned(),
                _ => String::new(),
            };
            template.parse::<Template>().map(|template| template.filled(value))
        };
        assert_eq!(filled("Page {page} of {pages}", "").unwrap(), "Page 3 of 12");
        assert_eq!(filled("{author}, {date}", "2026").unwrap(), "A. Writer, 2026");
        assert_eq!(filled("{author}, {date}", "").unwrap(), "A. Writer");
        assert_eq!(filled("{date} · {author}", "").unwrap(), "A. Writer");
        assert_eq!(filled("Draft", "").unwrap(), "Draft");
        assert_eq!(filled("of {date}", "").unwrap(), "");
        assert_eq!(filled("", "").unwrap(), "");
        for wrong in ["{", "{page", "{number}", "{Page}", "a {} b"] {
            assert!(filled(wrong, "").is_err(), "{wrong}");
        }
    }
}
