//! Fonts: the embedded faces, those of the user and the system, and which face has which
//! character.

mod embedded;
mod face;
mod family;
mod library;
mod math;
mod script;
mod source;
mod survey;
mod web;

pub use face::{Face, FontError, Outlines};
pub use family::{FaceId, Family, FamilyId, FontStyle};
pub use library::FontLibrary;
pub(crate) use math::{Constant, Corner, MathTable};
pub(crate) use script::{advice, is_east_asian};
pub use source::{FaceRecord, FontSource};
pub use survey::{FaceSurvey, Repertoire};
