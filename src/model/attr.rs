use super::Fields;
use serde::{Deserialize, Serialize};

/// What a node may carry beside its content.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attr {
    /// Anchor, unique in its article once `transform::anchors` has run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Classes of the source, for whoever styles or filters by them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Language of the node where it differs from what surrounds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<LanguageTag>,
    /// Direction of the node where it differs from what surrounds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dir: Option<Direction>,
    /// Advisory text: the expansion of an abbreviation, the title of a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Fields of the node that are of a newer version of the JSON it was read from.
    #[doc(hidden)]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

impl Attr {
    /// Whether it says nothing; what is [unknown](Attr::unknown) of the node does not count.
    pub fn is_empty(&self) -> bool {
        let Attr { id, classes, lang, dir, title, unknown: _ } = self;
        id.is_none() && classes.is_empty() && lang.is_none() && dir.is_none() && title.is_none()
    }
}

/// Writing direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// A language tag that is well-formed by BCP 47 (RFC 5646): letters and digits in subtags of one
/// to eight, joined by hyphens, the first of two or more letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Takes a tag in any case and with `_` for `-`; `None` when it is not well-formed.
    ///
    /// ```
    /// # use fanfold::model::LanguageTag;
    /// assert_eq!(LanguageTag::new("pt_br").unwrap().as_str(), "pt-BR");
    /// assert!(LanguageTag::new("../etc").is_none());
    /// ```
    pub fn new(tag: &str) -> Option<Self> {
        let mut out = String::with_capacity(tag.len());
        for (i, part) in tag.split(['-', '_']).enumerate() {
            let well_formed =
                (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
            if !well_formed || (i == 0 && (part.len() < 2 || !part.bytes().all(|b| b.is_ascii_alphabetic())))
            {
                return None;
            }
            // Case by RFC 5646, 2.1.1: language lower, script title, region upper.
            if i > 0 {
                out.push('-');
            }
            match (i, part.len()) {
                (0, _) => out.push_str(&part.to_ascii_lowercase()),
                (_, 2) => out.push_str(&part.to_ascii_uppercase()),
                (_, 4) if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    out.push_str(&part[..1].to_ascii_uppercase());
                    out.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => out.push_str(&part.to_ascii_lowercase()),
            }
        }
        Some(LanguageTag(out))
    }

    /// The whole tag, such as `pt-BR`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary language subtag, such as `pt`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The direction the language is written in, by its script subtag or its usual script.
    pub fn direction(&self) -> Direction {
        let mut parts = self.0.split('-').skip(1);
        let rtl = match parts.find(|p| p.len() == 4) {
            Some(script) => matches!(
                script,
                "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm" | "Mand" | "Samr" | "Rohg"
            ),
            None => matches!(
                self.primary(),
                "ar" | "arc"
                    | "arz"
                    | "azb"
                    | "ckb"
                    | "dv"
                    | "fa"
                    | "glk"
                    | "he"
                    | "iw"
                    | "khw"
                    | "ks"
                    | "mzn"
                    | "nqo"
                    | "pnb"
                    | "prs"
                    | "ps"
                    | "sd"
                    | "skr"
                    | "syr"
                    | "ug"
                    | "ur"
                    | "yi"
                    | "lrc"
                    | "ary"
                    | "aeb"
                    | "acm"
                    | "apc"
            ),
        };
        if rtl { Direction::Rtl } else { Direction::Ltr }
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = &'static str;
    fn try_from(tag: String) -> Result<Self, Self::Error> {
        LanguageTag::new(&tag).ok_or("not a well-formed language tag (BCP 47)")
    }
}

impl From<LanguageTag> for String {
    fn from(tag: LanguageTag) -> String {
        tag.0
    }
}

impl std::fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
