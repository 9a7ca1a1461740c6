//! Works that documents cite by their keys, and how citations of them are written.

mod cluster;
#[cfg(feature = "citations")]
mod formatted;
#[cfg(feature = "citations")]
mod lists;
#[cfg(feature = "citations")]
mod locale;
mod locator;
#[cfg(feature = "citations")]
mod set;
#[cfg(feature = "citations")]
mod style;
#[cfg(feature = "citations")]
mod works;

pub(crate) use cluster::Cluster;
#[cfg(feature = "citations")]
pub(crate) use cluster::Item;
#[cfg(feature = "citations")]
pub use lists::Fault;
#[cfg(feature = "citations")]
pub(crate) use set::Asked;
#[cfg(feature = "citations")]
pub use works::Works;
