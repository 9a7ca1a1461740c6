//! A document and its articles.

use super::plain::line;
use super::{Block, Fields, Language, Meta, NumberStyle, Own, Span, Words, plain_text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One article, or a book of many: each article keeps its own metadata, language and notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Document {
    /// What is known of the whole; for a single article mostly empty, see [`Document::title`].
    #[serde(default, skip_serializing_if = "Meta::is_empty")]
    pub meta: Meta,
    /// The inputs that the spans point into, by `SourceId`.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// The articles, in reading order.
    pub articles: Vec<Article>,
    /// Images and other attached bytes, by the name that `Image::source` uses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub assets: BTreeMap<String, Asset>,
    /// The minor version of the JSON that it was read from, when that is later than this one's: what
    /// is unknown is of that version, and is written back under it.
    #[doc(hidden)]
    #[serde(skip)]
    pub newer_minor: Option<u32>,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

impl Document {
    /// The document's title: its own, or its only article's.
    pub fn title(&self) -> Option<String> {
        let own = (!self.meta.title.is_empty()).then_some(&self.meta);
        let meta = own.or(match self.articles.as_slice() {
            [only] => Some(&only.meta),
            _ => None,
        })?;
        (!meta.title.is_empty()).then(|| plain_text(&meta.title))
    }

    /// The document's language: its own, or its first article's.
    pub fn language(&self) -> Option<&Language> {
        self.meta.language.as_ref().or_else(|| self.articles.iter().find_map(|a| a.meta.language.as_ref()))
    }
}

impl Words for Document {
    fn push_words(&self, text: &mut String) {
        line(&plain_text(&self.meta.title), text);
        for article in &self.articles {
            line(&plain_text(&article.meta.title), text);
            article.blocks.push_words(text);
            article.notes.iter().for_each(|note| note.blocks.push_words(text));
        }
    }
}

/// One article: a title, a body and its notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Article {
    /// Title, language and everything else said about the article.
    #[serde(default)]
    pub meta: Meta,
    /// The body. The title is not repeated in it; its headings start at level 2 where the format
    /// gives level 1 to the title.
    pub blocks: Vec<Block>,
    /// The notes that `InlineKind::Note` refers to, indexed by `NoteId`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The sources that templates cite, as data; the body and the notes show them as text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
    /// How works are cited in it, until they are.
    #[doc(hidden)]
    #[serde(skip)]
    pub citing: Option<Box<Citing>>,
    /// How it wants to be converted, until it is.
    #[doc(hidden)]
    #[serde(skip)]
    pub own: Option<Box<Own>>,
    /// The article in its source, from title to last byte.
    pub span: Span,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

/// What an article says of how works are cited in it.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Citing {
    /// The lists of works, by their addresses.
    pub lists: Vec<String>,
    /// The style, by its name or address.
    pub style: Option<String>,
    /// Works that are listed though nothing cites them; `*` stands for all.
    pub uncited: Vec<String>,
    /// What stands over the list of works.
    pub heading: Option<String>,
    /// Where all of this is said.
    pub span: Span,
}

/// A cited source, as the arguments of the template that cites it; `citation` stands for one by its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Citation {
    /// The template's name, such as `cite web`.
    pub template: String,
    /// Its arguments that are not empty, in order.
    pub arguments: Vec<(String, String)>,
    /// Where it stands; the node that shows it has this span or one around it.
    pub span: Span,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

/// A footnote or reference, set apart from the text that calls it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// The name the source gave it, if any (`[^name]`, `<ref name=…>`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The group it is numbered in, if not the main one (`<ref group=…>`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands in the source.
    pub span: Span,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

impl Note {
    /// A note without a name, in the main group.
    pub fn new(blocks: Vec<Block>, span: Span) -> Self {
        Note { blocks, span, ..Note::default() }
    }

    /// What the `number`th note of a group is called by. Groups that MediaWiki names after a way to
    /// write numbers are numbered so; the name of another one stands before the number.
    ///
    /// ```
    /// # use fanfold::model::Note;
    /// assert_eq!(Note::label(None, 2), "2");
    /// assert_eq!(Note::label(Some("lower-alpha"), 2), "b");
    /// assert_eq!(Note::label(Some("note"), 2), "note 2");
    /// ```
    pub fn label(group: Option<&str>, number: usize) -> String {
        let style = match group {
            None | Some("decimal") => NumberStyle::Decimal,
            Some("lower-alpha") => NumberStyle::LowerAlpha,
            Some("upper-alpha") => NumberStyle::UpperAlpha,
            Some("lower-roman") => NumberStyle::LowerRoman,
            Some("upper-roman") => NumberStyle::UpperRoman,
            Some("lower-greek") if (1..=24).contains(&number) => {
                return "αβγδεζηθικλμνξοπρστυφχψω".chars().skip(number - 1).take(1).collect();
            }
            Some(group) => return format!("{group} {number}"),
        };
        style.write(number as u64)
    }
}

/// One input that spans point into.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The input's name as given, a path or `-`; used in messages only.
    pub name: String,
    /// The format it was read as.
    pub format: String,
    /// The encoding it was decoded from. Spans count bytes of the text decoded to UTF-8.
    pub encoding: String,
    /// Length in bytes of the decoded text.
    pub length: u32,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unknown: Fields,
}

/// Attached bytes, most often an image.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Asset {
    /// Media type found from the bytes themselves, never from the file name.
    pub media_type: String,
    /// The bytes as loaded. JSON may leave them in a file beside it, whose name it then gives as `file`.
    #[serde(default, with = "serde_bytes_base64")]
    pub data: std::sync::Arc<[u8]>,
    /// Fields of a newer version of the JSON that it was read from.
    #[doc(hidden)]
    #[serde(flatten, skip_deserializing)]
    pub unknown: Fields,
}

impl Asset {
    /// Bytes of a media type, such as `image/png`.
    pub fn new(media_type: &str, data: impl Into<std::sync::Arc<[u8]>>) -> Self {
        Asset { media_type: media_type.to_owned(), data: data.into(), unknown: Fields::default() }
    }
}

impl std::fmt::Debug for Asset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Asset({}, {} bytes)", self.media_type, self.data.len())
    }
}

mod serde_bytes_base64 {
    //! Asset bytes as standard base64 (RFC 4648, section 4).
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::sync::Arc;

    pub fn serialize<S: Serializer>(bytes: &Arc<[u8]>, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Arc<[u8]>, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        STANDARD.decode(text.as_bytes()).map(Arc::from).map_err(D::Error::custom)
    }
}
