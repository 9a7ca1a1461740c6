//! How pages look and which faces they are set in: the options of the [PDF writer](crate::write::Pdf).

pub use crate::font::{FaceRecord, FontError, FontLibrary, FontSource};
pub use crate::layout::{Notes, PageStyle};
