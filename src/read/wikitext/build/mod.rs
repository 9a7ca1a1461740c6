//! From the tree to the model.

pub mod anchors;
pub mod builder;
pub mod gallery;
pub mod infobox;
pub mod listing;
pub mod media;
pub mod phrase;
pub mod redirect;
pub mod reference;
pub mod running;
pub mod title;
