//! What comes in: which format it is in, and its bytes as text.

pub mod decode;
pub mod detect;
pub(crate) mod foreign;
mod name;
