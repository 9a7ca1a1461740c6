//! Images: where they come from, what kind they are, and the parsed ones.

pub mod asset;
#[allow(clippy::disallowed_methods, reason = "it reads files, where a program asks it to")]
pub(crate) mod files;
pub(crate) mod loader;
#[cfg(feature = "pdf")]
pub(crate) mod svg;
