//! Images: where they come from, what kind they are, and the parsed ones.

pub mod asset;
#[cfg(feature = "pdf")]
pub(crate) mod svg;
