//! What comes in: which format it is in, and its bytes as text.

pub mod decode;
pub mod detect;
#[allow(clippy::disallowed_methods, reason = "it opens files, for what reads them")]
pub(crate) mod files;
pub(crate) mod foreign;
mod name;
