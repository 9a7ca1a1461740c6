//! Pandoc's document model (pandoc-types 1.23, `Text.Pandoc.Definition`) as its JSON has it: a
//! node is an object with its kind as `t` and its content as `c`.

#![expect(clippy::enum_variant_names, reason = "the names are pandoc's own")]
#![expect(clippy::large_enum_variant, reason = "tables are few, and the tree lives for one writing")]

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

type Text<'d> = Cow<'d, str>;

#[derive(Serialize)]
pub(super) struct Pandoc<'d> {
    #[serde(rename = "pandoc-api-version")]
    pub pandoc_api_version: [u32; 3],
    pub meta: Map<'d>,
    pub blocks: Vec<Block<'d>>,
}

/// Keys and values in a given order.
#[derive(Default)]
pub(super) struct Map<'d>(pub Vec<(&'static str, MetaValue<'d>)>);

impl Serialize for Map<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
#[serde(tag = "t", content = "c")]
pub(super) enum MetaValue<'d> {
    MetaMap(Map<'d>),
    MetaList(Vec<MetaValue<'d>>),
    MetaString(Text<'d>),
    MetaInlines(Vec<Inline<'d>>),
}

/// Identifier, classes, and other attributes.
#[derive(Default)]
pub(super) struct Attr<'d> {
    pub id: Text<'d>,
    pub classes: Vec<Text<'d>>,
    pub others: Vec<(Text<'d>, Text<'d>)>,
}

impl<'d> Attr<'d> {
    pub fn class(class: &'d str) -> Self {
        Attr { classes: vec![class.into()], ..Attr::default() }
    }

    /// Puts a class before the others.
    pub fn with_class(mut self, class: &'d str) -> Self {
        self.classes.insert(0, class.into());
        self
    }

    pub fn set(&mut self, key: impl Into<Text<'d>>, value: impl Into<Text<'d>>) {
        self.others.push((key.into(), value.into()));
    }

    pub fn is_empty(&self) -> bool {
        self.id.is_empty() && self.classes.is_empty() && self.others.is_empty()
    }
}

impl Serialize for Attr<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        (&self.id, &self.classes, &self.others).serialize(s)
    }
}

#[derive(Serialize)]
#[serde(tag = "t", content = "c")]
pub(super) enum Block<'d> {
    Plain(Vec<Inline<'d>>),
    Para(Vec<Inline<'d>>),
    CodeBlock(Attr<'d>, &'d str),
    BlockQuote(Vec<Block<'d>>),
    OrderedList((u32, NumberStyle, Delimiter), Vec<Vec<Block<'d>>>),
    BulletList(Vec<Vec<Block<'d>>>),
    DefinitionList(Vec<(Vec<Inline<'d>>, Vec<Vec<Block<'d>>>)>),
    Header(u8, Attr<'d>, Vec<Inline<'d>>),
    HorizontalRule,
    Table(
        Attr<'d>,
        Caption<'d>,
        Vec<(Alignment, ColWidth)>,
        TableHead<'d>,
        Vec<TableBody<'d>>,
        TableFoot<'d>,
    ),
    Figure(Attr<'d>, Caption<'d>, Vec<Block<'d>>),
    Div(Attr<'d>, Vec<Block<'d>>),
}

#[derive(Clone, Copy, Serialize)]
#[serde(tag = "t")]
pub(super) enum NumberStyle {
    Decimal,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
}

#[derive(Clone, Copy, Serialize)]
#[serde(tag = "t")]
pub(super) enum Delimiter {
    Period,
}

/// A caption for lists, which there never is, and the caption.
#[derive(Serialize)]
pub(super) struct Caption<'d>(pub Option<()>, pub Vec<Block<'d>>);

#[derive(Clone, Copy, Serialize)]
#[serde(tag = "t")]
pub(super) enum Alignment {
    AlignLeft,
    AlignRight,
    AlignCenter,
    AlignDefault,
}

#[derive(Clone, Copy, Serialize)]
#[serde(tag = "t")]
pub(super) enum ColWidth {
    ColWidthDefault,
}

#[derive(Serialize)]
pub(super) struct TableHead<'d>(pub Attr<'d>, pub Vec<Row<'d>>);

/// Attributes, how many columns at the start of each row are headers, rows that head this body,
/// and its rows.
#[derive(Serialize)]
pub(super) struct TableBody<'d>(pub Attr<'d>, pub usize, pub Vec<Row<'d>>, pub Vec<Row<'d>>);

#[derive(Serialize)]
pub(super) struct TableFoot<'d>(pub Attr<'d>, pub Vec<Row<'d>>);

#[derive(Serialize)]
pub(super) struct Row<'d>(pub Attr<'d>, pub Vec<Cell<'d>>);

/// Attributes, alignment, rows and columns that it covers, content.
#[derive(Serialize)]
pub(super) struct Cell<'d>(pub Attr<'d>, pub Alignment, pub usize, pub usize, pub Vec<Block<'d>>);

#[derive(Serialize)]
#[serde(tag = "t", content = "c")]
pub(super) enum Inline<'d> {
    Str(Text<'d>),
    Emph(Vec<Inline<'d>>),
    Underline(Vec<Inline<'d>>),
    Strong(Vec<Inline<'d>>),
    Strikeout(Vec<Inline<'d>>),
    Superscript(Vec<Inline<'d>>),
    Subscript(Vec<Inline<'d>>),
    SmallCaps(Vec<Inline<'d>>),
    Quoted(QuoteType, Vec<Inline<'d>>),
    Code(Attr<'d>, &'d str),
    Space,
    SoftBreak,
    LineBreak,
    Math(MathType, &'d str),
    Link(Attr<'d>, Vec<Inline<'d>>, (Text<'d>, Text<'d>)),
    Image(Attr<'d>, Vec<Inline<'d>>, (Text<'d>, Text<'d>)),
    Note(Vec<Block<'d>>),
    Span(Attr<'d>, Vec<Inline<'d>>),
}

#[derive(Clone, Copy, Serialize)]
#[serde(tag = "t")]
pub(super) enum QuoteType {
    DoubleQuote,
}

#[derive(Clone, Copy, Serialize)]
#[serde(tag = "t")]
pub(super) enum MathType {
    DisplayMath,
    InlineMath,
}
