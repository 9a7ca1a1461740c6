use super::{Fields, Inline, LanguageTag, Span};
use serde::{Deserialize, Serialize};

/// What is known about a document or an article, apart from its body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Meta {
    /// The title as it is to be shown; empty when there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Inline>,
    /// A line under the title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subtitle: Vec<Inline>,
    /// Authors and contributors, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub creators: Vec<Creator>,
    /// Date of publication as the source gives it; ISO 8601 when it was understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Language, and how it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// A short summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Identifier given by the source or the user, such as a URN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// Who publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Licence or statement of rights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<String>,
    /// Address the text comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// Revision of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Categories or keywords.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Spans of the source that were read into metadata.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

impl Meta {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Meta::default()
    }

    /// The date as it is to be shown: without the time of day of a time stamp.
    pub(crate) fn shown_date(&self) -> Option<&str> {
        let date = self.date.as_deref()?;
        let is_day = |day: &str| day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        Some(date.split_once('T').map_or(date, |(day, _)| if is_day(day) { day } else { date }))
    }

    /// Sets the language in place of any that was known, also of one in a form that only a newer
    /// version of the JSON has; whether there was one of that kind.
    pub(crate) fn set_language(&mut self, language: Language) -> bool {
        self.language = Some(language);
        self.unknown.0.remove("language").is_some()
    }
}

/// A person or body that made the work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Creator {
    /// The name as it is to be shown.
    pub name: String,
    /// MARC relator code, such as `aut`, `edt`, `trl`; an author when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Where they work, such as a university.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affiliations: Vec<String>,
    /// Address for electronic mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Open Researcher and Contributor ID, such as `0000-0002-1825-0097`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orcid: Option<String>,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

impl Creator {
    /// An author of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Creator { name: name.into(), ..Creator::default() }
    }

    /// The name with where they work in brackets, as it stands under titles.
    pub(crate) fn shown(&self) -> String {
        match self.affiliations.is_empty() {
            true => self.name.clone(),
            false => format!("{} ({})", self.name, self.affiliations.join("; ")),
        }
    }
}

/// A language and how it is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Language {
    /// The tag.
    pub tag: LanguageTag,
    /// How it is known.
    pub origin: Origin,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

impl Language {
    /// A language, and how it is known.
    pub fn new(tag: LanguageTag, origin: Origin) -> Self {
        Language { tag, origin, unknown: Fields::default() }
    }

    /// A language that the source or the user gives.
    pub fn given(tag: LanguageTag) -> Self {
        Language::new(tag, Origin::Given)
    }
}

/// How a language is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Origin {
    /// The source or the user says so.
    Given,
    /// Found from the text, with confidence.
    Detected,
    /// The best guess by script; too unsure to hyphenate by.
    Guessed,
}
