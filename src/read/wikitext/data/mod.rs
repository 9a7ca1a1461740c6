//! What MediaWiki knows by name: namespaces, entities, the rules of templates and of boxes of facts.

pub mod country;
pub mod facts;
pub mod namespace;
pub mod units;
