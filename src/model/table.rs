use super::{Attr, Block, Inline, Span};
use serde::{Deserialize, Serialize};

/// A table: a caption, columns, and rows of cells that may span.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Table {
    /// The caption; empty when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
    /// The columns; as many as the widest row needs.
    pub columns: Vec<Column>,
    /// Rows that are repeated after a page break.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head: Vec<Row>,
    /// The rows of the body.
    pub body: Vec<Row>,
    /// Rows that close the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foot: Vec<Row>,
}

/// A column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Column {
    /// How its cells are set, unless they say otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub align: Option<Align>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Its cells; places covered by a span from above are left out, as in HTML.
    pub cells: Vec<Cell>,
    /// Where it stands.
    pub span: Span,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cell {
    /// Its content.
    pub blocks: Vec<Block>,
    /// What it is the header of, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// How many columns it covers, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub col_span: u16,
    /// How many rows it covers, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub row_span: u16,
    /// How it is set, when not as its column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub align: Option<Align>,
    /// Identifier, classes, language, direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attr: Option<Box<Attr>>,
    /// Where it stands.
    pub span: Span,
}

fn one() -> u16 {
    1
}

fn is_one(n: &u16) -> bool {
    *n == 1
}

impl Cell {
    /// A plain cell of one column and one row.
    pub fn new(blocks: Vec<Block>, span: Span) -> Self {
        Cell { blocks, scope: None, col_span: 1, row_span: 1, align: None, attr: None, span }
    }
}

/// Horizontal alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// At the start of the line.
    Start,
    /// In the middle.
    Center,
    /// At the end of the line.
    End,
}

/// What a header cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Its row.
    Row,
    /// Its column.
    Column,
}
