//! The structure of a document, made before anything is set. Its elements are numbered in reading
//! order; setting only refers to them, so that what is set and dropped again leaves nothing behind.
//!
//! What text is set follows from the same rules here and in `flow`: one function here for each
//! construct there.

mod front;
mod inlines;
mod lists;
mod maker;
mod nodes;
mod table;

pub(super) use front::{cover_meta, listed};
pub(super) use maker::code_text;
pub(super) use nodes::{ArticleNodes, BlockNode, Tree};
