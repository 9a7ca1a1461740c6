//! What readers and writers of JSON agree on.

pub(crate) mod compact;
#[cfg(feature = "pandoc")]
pub(crate) mod pandoc;
pub mod schema;
