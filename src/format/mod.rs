//! The seams: what a reader and a writer are, what they are given, and how they are found.

mod context;
mod error;
mod limits;
mod name;
mod options;
mod registry;
mod seam;

pub use context::{ReadContext, WriteContext};
pub use error::Error;
pub use limits::Limits;
pub use name::Format;
pub use options::OptionError;
pub(crate) use options::options;
pub use registry::Registry;
pub use seam::{Reader, Writer};
