//! What MediaWiki knows by name: namespaces, entities, the rules of templates and of boxes of facts.

pub mod country;
pub mod facts;
pub mod namespace;
pub mod simple;
pub mod units;

/// The rules of templates; the part of TOML in which they are written is read by [`simple`].
pub static TEMPLATES: [&str; 2] = [include_str!("templates.toml"), include_str!("boxes.toml")];
