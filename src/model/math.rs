use serde::{Deserialize, Serialize};

/// A formula: its TeX source, and what it says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Formula {
    /// The TeX source, without delimiters; made from the tree where the source has none.
    pub tex: String,
    /// What it says, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tree: Option<Math>,
}

impl Formula {
    /// A formula in TeX that is yet to be read.
    pub fn tex(tex: impl Into<String>) -> Box<Self> {
        Box::new(Formula { tex: tex.into(), tree: None })
    }
}

/// A part of a formula, after the elements of MathML Core: what a formula is made of, whether it
/// was written in TeX or in MathML.
///
/// Lengths are in thousandths of the em of the place they stand at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Math {
    /// Parts beside each other (`mrow`).
    Row {
        /// The parts.
        children: Vec<Math>,
    },
    /// A name (`mi`); one letter is set in mathematical italic.
    Identifier {
        /// The characters.
        text: String,
        /// One letter stays as it is.
        #[serde(default, skip_serializing_if = "is_false")]
        upright: bool,
    },
    /// A number (`mn`).
    Number {
        /// The characters.
        text: String,
    },
    /// An operator, a fence, a separator or an accent (`mo`).
    Operator(Box<Operator>),
    /// Words (`mtext`).
    Words {
        /// The characters, white space as it stands.
        text: String,
    },
    /// White space (`mspace`).
    Space {
        /// Its width, which may be negative.
        width: i32,
    },
    /// A fraction, or what stands above each other like one (`mfrac`).
    Fraction {
        /// What is above.
        numerator: Box<Math>,
        /// What is below.
        denominator: Box<Math>,
        /// The line's thickness, when it is not the face's: 0 for none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thickness: Option<i32>,
    },
    /// A root (`msqrt`, `mroot`).
    Root {
        /// What stands under the sign.
        radicand: Box<Math>,
        /// Which root, when it is not the square root.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index: Option<Box<Math>>,
    },
    /// A base with scripts beside it (`msub`, `msup`, `msubsup`, `mmultiscripts`).
    Scripts {
        /// What they belong to.
        base: Box<Math>,
        /// The lowered one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sub: Option<Box<Math>>,
        /// The raised one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sup: Option<Box<Math>>,
        /// The lowered one before the base.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        presub: Option<Box<Math>>,
        /// The raised one before the base.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        presup: Option<Box<Math>>,
    },
    /// A base with something under or over it (`munder`, `mover`, `munderover`).
    Stack {
        /// What they belong to.
        base: Box<Math>,
        /// What stands under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        under: Option<Box<Math>>,
        /// What stands over it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        over: Option<Box<Math>>,
        /// What is under or over is an accent: close to the base, and not smaller.
        #[serde(default, skip_serializing_if = "is_false")]
        accent: bool,
    },
    /// A matrix, a system of equations (`mtable`).
    Table(Box<MathTable>),
    /// Nothing, of the size of something (`mphantom`).
    Phantom {
        /// What it is as large as.
        body: Box<Math>,
        /// It takes the width.
        horizontal: bool,
        /// It takes height and depth.
        vertical: bool,
    },
    /// Something with its own width, or none (`mpadded`).
    Padded {
        /// What is shown.
        body: Box<Math>,
        /// The width; `None` for its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        width: Option<i32>,
        /// How far to the right of the place it is drawn, in thousandths of its own width.
        #[serde(default, skip_serializing_if = "is_zero")]
        shift: i32,
        /// How far it is raised.
        #[serde(default, skip_serializing_if = "is_zero")]
        raise: i32,
        /// Height and depth count for nothing.
        #[serde(default, skip_serializing_if = "is_false")]
        smashed: bool,
    },
    /// A change of style (`mstyle`).
    Styled {
        /// What is in the style.
        body: Box<Math>,
        /// Whether it is set as displayed formulas are, when that changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        display: Option<bool>,
        /// The script level, when that changes: 0 for text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<u8>,
        /// The size in thousandths of the size around it, when that changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<i32>,
        /// The colour, as `#rrggbb`, when that changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        color: Option<String>,
    },
    /// Something in a box or struck out (`menclose`).
    Enclosed {
        /// What is.
        body: Box<Math>,
        /// The lines.
        notation: Enclosure,
    },
}

/// An operator with what departs from the operator dictionary of MathML Core.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Operator {
    /// The characters.
    pub text: String,
    /// Where it stands to what it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Whether it grows with what is beside it, or under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stretchy: Option<bool>,
    /// Whether it grows to both sides of the axis alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symmetric: Option<bool>,
    /// Whether it is larger in displayed formulas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large: Option<bool>,
    /// Whether what is under and over it stands beside it in running text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movable_limits: Option<bool>,
    /// White before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i32>,
    /// White after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<i32>,
    /// The size it has at least, which is also the size it has at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<i32>,
}

impl Operator {
    /// An operator as the dictionary has it.
    pub fn new(text: impl Into<String>) -> Self {
        Operator { text: text.into(), ..Operator::default() }
    }
}

/// Where an operator stands to what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Before it.
    Prefix,
    /// Between two.
    Infix,
    /// After it.
    Postfix,
}

/// The lines of an [enclosure](Math::Enclosed).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Enclosure {
    /// A box around it.
    Box,
    /// A line from the lower left to the upper right.
    UpStrike,
    /// A line from the upper left to the lower right.
    DownStrike,
    /// Both.
    CrossStrike,
    /// A line through the middle.
    LineStrike,
}

/// Rows and columns of a formula.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MathTable {
    /// The rows, from the top.
    pub rows: Vec<MathRow>,
    /// How each column is aligned; those not named are centred.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<MathAlign>,
    /// White after each column; the last one named holds for the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<i32>,
    /// White between rows.
    #[serde(default)]
    pub row_gap: i32,
    /// The cells are set as displayed formulas are.
    #[serde(default, skip_serializing_if = "is_false")]
    pub display: bool,
    /// The columns that have a line before them, counted from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub column_lines: Vec<u16>,
    /// The rows that have a line above them, counted from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub row_lines: Vec<u16>,
}

/// A row of a [table](MathTable).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MathRow {
    /// The cells.
    pub cells: Vec<Math>,
    /// The number or name that the row is called by, without its place at the margin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Math>,
    /// What other places refer to it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MathAlign {
    /// To the left.
    Left,
    /// In the middle.
    #[default]
    Center,
    /// To the right.
    Right,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_zero(value: &i32) -> bool {
    *value == 0
}

impl Math {
    /// Parts deeper inside each other are not read: no formula of a text is.
    pub const MOST_DEEP: usize = 100;

    /// Parts beside each other, without a row around a single one.
    pub fn row(mut children: Vec<Math>) -> Math {
        match children.len() {
            1 => children.remove(0),
            _ => Math::Row { children },
        }
    }

    /// The parts right inside, in reading order.
    pub fn children(&self) -> Vec<&Math> {
        fn given<'m>(parts: &[&'m Option<Box<Math>>]) -> Vec<&'m Math> {
            parts.iter().filter_map(|part| part.as_deref()).collect()
        }
        match self {
            Math::Row { children } => children.iter().collect(),
            Math::Identifier { .. }
            | Math::Number { .. }
            | Math::Operator(_)
            | Math::Words { .. }
            | Math::Space { .. } => Vec::new(),
            Math::Fraction { numerator, denominator, .. } => vec![numerator, denominator],
            Math::Root { radicand, index } => {
                let mut out = given(&[index]);
                out.push(radicand);
                out
            }
            Math::Scripts { base, sub, sup, presub, presup } => {
                let mut out = given(&[presub, presup]);
                out.push(base);
                out.extend(given(&[sub, sup]));
                out
            }
            Math::Stack { base, under, over, .. } => {
                let mut out: Vec<&Math> = vec![base];
                out.extend(given(&[under, over]));
                out
            }
            Math::Table(table) => {
                table.rows.iter().flat_map(|row| row.cells.iter().chain(row.tag.as_ref())).collect()
            }
            Math::Phantom { body, .. }
            | Math::Padded { body, .. }
            | Math::Styled { body, .. }
            | Math::Enclosed { body, .. } => vec![body],
        }
    }

    /// Whether nothing in it is nested deeper than [`Math::MOST_DEEP`].
    pub fn is_bounded(&self) -> bool {
        let mut level: Vec<&Math> = vec![self];
        for _ in 0..Math::MOST_DEEP {
            level = level.into_iter().flat_map(Math::children).collect();
            if level.is_empty() {
                return true;
            }
        }
        false
    }
}
