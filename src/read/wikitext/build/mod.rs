//! From the tree to the model.

pub mod builder;
pub mod infobox;
pub mod listing;
pub mod media;
pub mod phrase;
pub mod reference;
pub mod running;
