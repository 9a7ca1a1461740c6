use super::node::Kind;
use super::{Formula, Image, Inline, InlineKind, Node, NoteId, Span, Table, Unknown, Unresolved};
use serde::{Deserialize, Serialize};

/// A block of the body.
pub type Block = Node<BlockKind>;

impl Block {
    /// A paragraph, with no room for more: a long list has many.
    pub fn paragraph(mut content: Vec<Inline>, span: Span) -> Self {
        content.shrink_to_fit();
        Node::new(BlockKind::Paragraph { content }, span)
    }

    /// A heading of the level that is nearest to this one; see [`Level`].
    pub fn heading(level: usize, content: Vec<Inline>, span: Span) -> Self {
        Node::new(BlockKind::Heading { level: Level::clamped(level), content }, span)
    }

    /// Code, in a language by its name, which may be empty.
    pub fn code(language: &str, text: impl Into<String>, span: Span) -> Self {
        let language = Some(language.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
        Node::new(BlockKind::Code { language, text: text.into(), numbers: None }, span)
    }

    /// A list whose items stand close together.
    pub fn list(marker: Marker, items: Vec<ListItem>, span: Span) -> Self {
        Node::new(BlockKind::List { marker, tight: true, items }, span)
    }
}

/// The kinds of block. Exhaustive on purpose: a new kind fails to compile in every writer that
/// does not say what it does with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading; the section is what follows up to the next of the same or a higher level.
    Heading {
        /// 1 to 6.
        level: Level,
        /// The heading's words.
        content: Vec<Inline>,
    },
    /// Running text.
    Paragraph {
        /// The text.
        content: Vec<Inline>,
    },
    /// A block quotation.
    Quote {
        /// What is quoted.
        body: Vec<Block>,
    },
    /// A bulleted or numbered list.
    List {
        /// What stands before an item.
        marker: Marker,
        /// No space between the items.
        tight: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A definition list.
    Definitions {
        /// Terms with their details.
        items: Vec<Definition>,
    },
    /// Preformatted text.
    Code {
        /// Language of the code, as the source names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// The text, without a last newline.
        text: String,
        /// The number of its first line, where the source asks for numbers before the lines.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        numbers: Option<u32>,
    },
    /// A displayed formula.
    Math(Box<Formula>),
    /// A table.
    Table(Box<Table>),
    /// An article's infobox.
    Infobox(Box<Infobox>),
    /// A figure with its caption.
    Figure {
        /// Most often one paragraph with one image; several figures are a gallery.
        body: Vec<Block>,
        /// The caption.
        caption: Vec<Inline>,
    },
    /// Something set apart from the running text.
    Aside {
        /// What it is.
        role: Aside,
        /// What it says.
        body: Vec<Block>,
    },
    /// The place where the source lists notes.
    Notes {
        /// The notes that stand here, in order.
        notes: Vec<NoteId>,
        /// They explain the text: where there are pages, each stands at the foot of the page that calls
        /// it, and here elsewhere.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        foot: bool,
    },
    /// A thematic break.
    Rule,
    /// A template or extension that no rule could expand.
    Unresolved(Box<Unresolved>),
    /// What a newer version of the JSON has and this one does not know.
    #[doc(hidden)]
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Unknown(Box<Unknown>),
}

/// Whether the body of a figure is a gallery: several figures, which stand beside each other.
pub(crate) fn is_gallery(body: &[Block]) -> bool {
    body.len() > 1 && body.iter().all(|block| matches!(block.kind, BlockKind::Figure { .. }))
}

/// The image of a figure that has no words: where it was not loaded, nothing but its name is left,
/// which in a gallery or a box of facts says nothing to a reader.
pub(crate) fn wordless_image(block: &Block) -> Option<&Image> {
    let BlockKind::Figure { body, caption } = &block.kind else { return None };
    match body.as_slice() {
        [Block { kind: BlockKind::Paragraph { content }, .. }] if caption.is_empty() => {
            match content.as_slice() {
                [Inline { kind: InlineKind::Image(image), .. }] if !image.has_words() => Some(image),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What an [aside](BlockKind::Aside) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Aside {
    /// A line that sends the reader elsewhere ("Main article: …").
    Hatnote,
    /// Additional information.
    Note,
    /// Advice.
    Tip,
    /// What must not be overlooked.
    Important,
    /// What may go wrong.
    Caution,
    /// What is dangerous.
    Warning,
    /// A boxed remark of another kind, such as a maintenance message.
    Box,
}

impl Aside {
    /// The English word that says what it is, for whoever does not see its colour; none for what its
    /// own words say.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Aside::Note => Some("Note"),
            Aside::Tip => Some("Tip"),
            Aside::Important => Some("Important"),
            Aside::Caution => Some("Caution"),
            Aside::Warning => Some("Warning"),
            Aside::Hatnote | Aside::Box => None,
        }
    }
}

/// A heading's level, 1 to 6 by construction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

impl Level {
    /// The highest level.
    pub const ONE: Level = Level(1);

    /// The level nearest to `n` in 1 to 6.
    pub fn clamped(n: usize) -> Self {
        Level(n.clamp(1, 6) as u8)
    }

    /// The level as a number from 1 to 6.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Level {
    type Error = &'static str;
    fn try_from(n: u8) -> Result<Self, Self::Error> {
        (1..=6).contains(&n).then_some(Level(n)).ok_or("a heading's level is 1 to 6")
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.0
    }
}

/// What stands before a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Marker {
    /// The same mark before each.
    Bullet,
    /// A number that grows.
    Ordered {
        /// The first item's number.
        start: u32,
        /// How the number is written.
        #[serde(default)]
        style: NumberStyle,
    },
}

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NumberStyle {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// a, b, c.
    LowerAlpha,
    /// A, B, C.
    UpperAlpha,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
}

impl NumberStyle {
    /// A number as a list writes it. Letters go on with aa after z; roman numerals above 3999, and
    /// 0, which neither letters nor roman numerals have, are decimal.
    ///
    /// ```
    /// # use fanfold::model::NumberStyle;
    /// assert_eq!(NumberStyle::LowerRoman.write(1994), "mcmxciv");
    /// assert_eq!(NumberStyle::UpperAlpha.write(27), "AA");
    /// ```
    pub fn write(self, n: u64) -> String {
        match self {
            NumberStyle::LowerAlpha if n > 0 => letters(n),
            NumberStyle::UpperAlpha if n > 0 => letters(n).to_uppercase(),
            NumberStyle::LowerRoman if (1..4000).contains(&n) => roman(n),
            NumberStyle::UpperRoman if (1..4000).contains(&n) => roman(n).to_uppercase(),
            _ => n.to_string(),
        }
    }
}

fn letters(mut n: u64) -> String {
    let mut out = Vec::new();
    while n > 0 {
        n -= 1;
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    out.iter().rev().collect()
}

fn roman(mut n: u64) -> String {
    const NUMERALS: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, numeral) in NUMERALS {
        while n >= value {
            out.push_str(numeral);
            n -= value;
        }
    }
    out
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListItem {
    /// Its content.
    pub blocks: Vec<Block>,
    /// A task's state, when the item is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// Where it stands, with its marker.
    pub span: Span,
}

impl ListItem {
    /// An item of these blocks, of no list of tasks, with no room for more.
    pub fn new(mut blocks: Vec<Block>, span: Span) -> Self {
        blocks.shrink_to_fit();
        ListItem { blocks, checked: None, span }
    }
}

/// One entry of a definition list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Definition {
    /// What is defined; may be empty in wikitext.
    pub terms: Vec<Vec<Inline>>,
    /// The definitions; may be empty in wikitext.
    pub details: Vec<Vec<Block>>,
    /// Where it stands.
    pub span: Span,
}

/// The box of facts beside an article's lead, typed in every format.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Infobox {
    /// The caption of the box; empty when it has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Inline>,
    /// The picture, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<InfoboxImage>,
    /// The rows in the source's order.
    pub rows: Vec<InfoboxRow>,
}

/// An infobox's picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InfoboxImage {
    /// The picture.
    pub image: Image,
    /// The line under it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
}

/// A row of an infobox. Without a value it is a heading inside the box, without a label it spans
/// the whole width.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InfoboxRow {
    /// The label as it is to be shown.
    pub label: Vec<Inline>,
    /// The value.
    pub value: Vec<Block>,
    /// The name the source's template gives it (`birth_place`), when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Where it stands.
    pub span: Span,
}

impl Kind for BlockKind {
    fn unknown(&self) -> Option<&str> {
        match self {
            BlockKind::Unknown(unknown) => Some(&unknown.json),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_every_style() {
        assert_eq!(NumberStyle::LowerAlpha.write(703), "aaa");
        assert_eq!(NumberStyle::LowerAlpha.write(0), "0");
        assert_eq!(NumberStyle::UpperRoman.write(4000), "4000");
        assert_eq!(NumberStyle::Decimal.write(12), "12");
    }
}
