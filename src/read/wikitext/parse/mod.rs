//! From characters to a tree: braces, tags, lines, tables, links.

pub mod address;
pub mod block;
pub mod extension;
pub mod grid;
pub mod html;
pub mod inline;
pub mod item;
pub mod link;
pub mod list;
pub mod marker;
pub mod pairs;
pub mod preprocess;
pub mod quote;
pub mod table;
pub mod token;
pub mod tree;
