//! What the fuzz targets run. `targets` has one function a target, each from any bytes to a panic
//! or none; `document` makes documents of bytes. Both are compiled into the crate's own tests too, where
//! properties make inputs and `cases` has those that once failed.

pub mod document;
pub mod targets;
