//! The document model: what every reader makes and every writer takes.
//!
//! An owned tree of [`Node`]s. Readers build it bottom-up, transforms change it in place, writers
//! only read it. There are no raw HTML or raw TeX nodes: a construct that the model cannot hold
//! becomes a typed node, a [`Unresolved`] node or a diagnostic, never a string that only one
//! writer understands.

mod attr;
mod block;
mod document;
mod fields;
pub(crate) mod grid;
mod inline;
mod math;
mod meta;
mod node;
mod outline;
mod own;
mod plain;
mod span;
mod table;
pub mod visit;

pub use attr::{Attr, Direction, LanguageTag};
pub use block::{
    Aside, Block, BlockKind, Definition, Infobox, InfoboxImage, InfoboxRow, Level, ListItem, Marker,
    NumberStyle,
};
pub(crate) use block::{is_gallery, wordless_image};
pub use document::{Article, Asset, Citation, Citing, Document, Note, Source};
#[doc(hidden)]
pub use fields::Fields;
pub use grid::{Grid, GridRow, Part, Place};
pub use inline::{Image, Inline, InlineKind, Link, NoteId, Style, Target, Unknown, Unresolved};
pub use math::Formula;
pub(crate) use math::{Enclosure, Form, Math, MathAlign, MathRow, MathTable, Operator};
pub use meta::{Creator, Language, Meta, Origin};
pub use node::{Kind, Node};
pub use outline::OutlineItem;
#[doc(hidden)]
pub use own::{Choice, Own, OwnValue, Toml};
pub use plain::{Words, plain_text};
pub use span::{SourceId, Span};
pub use table::{Align, Cell, Column, Row, Scope, Table};

// A careless field shows here before it shows in a profile: a book holds millions of these.
const _: () = assert!(size_of::<Inline>() <= 56);
const _: () = assert!(size_of::<Block>() <= 80);
