//! What stands under each other: pieces with white between them. The flow makes them and pages are
//! made of them; neither knows the other.

mod galley;
mod lines;
mod piece;
mod reline;

pub(super) use galley::Galley;
pub(super) use lines::{Setting, baseline};
pub(super) use piece::{Break, Glue, Ground, Halves, Heading, Kind, Piece, Reline, heights, natural};
