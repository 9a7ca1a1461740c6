//! What MediaWiki knows by name: namespaces, entities, and the rules of templates.

pub mod namespace;
pub mod units;
