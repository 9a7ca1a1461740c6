use super::fields::raw;
use super::node::Kind;
use super::{Formula, Node, Span};
use serde::{Deserialize, Serialize, Serializer};

/// A piece of running text.
pub type Inline = Node<InlineKind>;

impl Inline {
    /// Text.
    pub fn text(text: impl Into<String>, span: Span) -> Self {
        Node::new(InlineKind::Text { text: text.into() }, span)
    }

    /// A link to an address.
    pub fn link(url: impl Into<String>, content: Vec<Inline>, span: Span) -> Self {
        Node::new(InlineKind::Link(Box::new(Link { target: Target::Url(url.into()), content })), span)
    }
}

/// The kinds of inline. Exhaustive on purpose, like [`BlockKind`](super::BlockKind).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InlineKind {
    /// Characters. Runs of white space are one space; a line break is its own node.
    Text {
        /// The characters.
        text: String,
    },
    /// Text with a style.
    Styled {
        /// The style.
        style: Style,
        /// What is styled.
        content: Vec<Inline>,
    },
    /// Code in running text.
    Code {
        /// The code.
        text: String,
    },
    /// A formula in running text.
    Math(Box<Formula>),
    /// A link.
    Link(Box<Link>),
    /// An image in running text.
    Image(Box<Image>),
    /// The call of a note.
    Note {
        /// Which note of the article.
        note: NoteId,
    },
    /// Where the source breaks a line without meaning: a space.
    SoftBreak,
    /// A line break that is meant.
    HardBreak,
    /// A template or extension that no rule could expand.
    Unresolved(Box<Unresolved>),
    /// What a newer version of the JSON has and this one does not know.
    #[doc(hidden)]
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Unknown(Box<Unknown>),
}

/// The index of a note in its article's [notes](super::Article::notes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct NoteId(pub u32);

/// What a [styled](InlineKind::Styled) inline means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Style {
    /// Emphasis, most often italic.
    Emphasis,
    /// Strong importance, most often bold.
    Strong,
    /// Underlined.
    Underline,
    /// No longer valid, struck through.
    Strikeout,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Small capitals.
    SmallCaps,
    /// Side comment, smaller.
    Small,
    /// Marked for reference.
    Mark,
    /// What a user types.
    Keyboard,
    /// What a program prints.
    Sample,
    /// A variable.
    Variable,
    /// Inserted text.
    Inserted,
    /// The term being defined.
    Definition,
    /// A quotation; the writer sets the quotation marks.
    Quotation,
    /// An abbreviation, expanded in the attribute `title`.
    Abbreviation,
    /// The title of a cited work.
    Cite,
    /// No style of its own: a carrier of attributes such as language.
    Span,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The words of the link.
    pub content: Vec<Inline>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Target {
    /// An address.
    Url(String),
    /// An anchor of the same document.
    Anchor(String),
    /// Another article, by its title.
    Article {
        /// The article's title.
        title: String,
        /// The section's title, when the link names one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        section: Option<String>,
    },
}

/// An image.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Image {
    /// A key of the document's [assets](super::Document::assets), or the address in the source
    /// when it was not loaded.
    pub source: String,
    /// What the image shows, for who cannot see it: `None` when the source does not say, empty
    /// when it says that the image is decoration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Width asked for, in CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height asked for, in CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

impl Image {
    /// Whether words are given that say what it shows.
    pub(crate) fn has_words(&self) -> bool {
        self.alt.as_deref().is_some_and(|alt| !alt.trim().is_empty())
    }
}

impl Kind for InlineKind {
    fn unknown(&self) -> Option<&str> {
        match self {
            InlineKind::Unknown(unknown) => Some(&unknown.json),
            _ => None,
        }
    }
}

/// A template or extension that no rule could expand: kept whole, so that nothing is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unresolved {
    /// Its name, such as `Navbox`.
    pub name: String,
    /// Its arguments in order; positional ones are named `1`, `2`, ….
    pub arguments: Vec<(String, String)>,
    /// The source as it stood.
    pub source: String,
}

/// A node of a kind that this version does not know: kept whole, and written back as it was.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Unknown {
    /// Its type, such as `spoiler`.
    pub name: String,
    /// The whole node as it stood, as JSON.
    pub json: String,
    /// The words in it, which are shown in its place.
    pub content: Vec<Inline>,
}

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        raw::<S>(&self.json)?.serialize(s)
    }
}
