//! What MediaWiki knows by name: namespaces, entities, the rules of templates and of boxes of facts.

pub mod country;
pub mod facts;
pub mod namespace;
pub mod simple;
pub mod units;

/// The rules of templates; the part of TOML in which they are written is read by [`simple`].
pub static TEMPLATES: [&str; 7] = [
    include_str!("templates/running.toml"),
    include_str!("templates/people.toml"),
    include_str!("templates/works.toml"),
    include_str!("templates/sport.toml"),
    include_str!("templates/places.toml"),
    include_str!("templates/languages.toml"),
    include_str!("templates/boxes.toml"),
];
