//! MathML (W3C MathML Core): written from the tree, and read into it.

mod read;
mod write;

pub use read::{Element, read};
pub use write::write;
